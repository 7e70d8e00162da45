"""From the heads that are needed to a roster of people at least cost."""

from collections.abc import Sequence
from math import fsum

import numpy as np
from numpy.typing import NDArray

from simulation.costs.lines import avoidable_hour, yearly_components
from simulation.rostering.compose import cover_of, extra_weight, hours_of, people_of
from simulation.rostering.need import Location, Week, weeks_of
from simulation.rostering.problems import NoRoster, uncovered
from simulation.rostering.programme import Columns, Rules, Writer
from simulation.rostering.roster import Cost, Roster, Season, SiteRoster
from simulation.rostering.solver import GAP, Solution, Unsolvable, solve
from simulation.rostering.tours import Band, bands, contracts_of, tours
from simulation.scenario.checks.shifts import rules_of, shift_findings
from simulation.scenario.costs import Costs, PayScale
from simulation.scenario.problems import dotted
from simulation.scenario.scenario import Scenario
from simulation.scenario.teams import Team
from simulation.scenario.values import WEEK
from simulation.sizing.ladder import CONTRACT_HOURS

WEEKS_A_YEAR = 52
"""Contract weeks in a year: 1,872 hours are 52 weeks of 36."""

_CALENDAR_WEEKS = 365.0 / 7.0
_PAY = ("salary", "individual_budget", "employer_charges")


def plan_roster(
    scenario: Scenario,
    team: str,
    places: Sequence[Location],
    heads: Sequence[NDArray[np.int64]],
    *,
    gap: float = GAP,
) -> Roster:
    """Make a roster of people that has at least the heads that are needed, at least cost.

    Parameters
    ----------
    scenario : whose team it is
    team : name of the team
    places : its sites, or the team as a whole; people of one site do not work at another
    heads : people needed in each slot of each place
    gap : by how much the roster may cost more than the cheapest one, as a share of its cost

    Raises
    ------
    NoRoster
        When the rules for shifts contradict each other, or cannot cover an hour.
    """
    own = scenario.teams[team]
    rules = _rules(scenario, own)
    _must_hold(team, own)
    needs = [
        weeks_of(place, heads_there.tolist(), own.minimum_crew)
        for place, heads_there in zip(places, heads, strict=True)
    ]
    _must_be_covered(team, places, rules, needs)
    # Sites that need the same have the same roster, of other people.
    known: dict[tuple[Week, ...], tuple[Columns, Solution]] = {}
    sites = []
    for place, weeks in zip(places, needs, strict=True):
        need = tuple(weeks)
        if need not in known:
            try:
                known[need] = _solved(rules, need, gap)
            except Unsolvable:
                raise NoRoster([f"{_where(team, place)}: no roster was found"]) from None
        sites.append(_site((team, place), weeks, rules, own.shrinkage, known[need]))
    return _roster(scenario, team, sites)


def _where(team: str, place: Location) -> str:
    return team if place.site is None else f"{team}, {place.site}"


def _must_hold(name: str, team: Team) -> None:
    found = [
        f"teams.{name}.shifts.{dotted(path)}: {value} {problem}; {remedy}"
        for path, value, problem, remedy in shift_findings(rules_of(team), team.shrinkage)
    ]
    if found:
        raise NoRoster(found)


def _must_be_covered(
    team: str, places: Sequence[Location], rules: Rules, needs: Sequence[Sequence[Week]]
) -> None:
    problems = [
        problem
        for place, weeks in zip(places, needs, strict=True)
        for problem in uncovered(_where(team, place), rules.shifts, weeks, _bands(rules, weeks))
    ]
    if problems:
        raise NoRoster(problems)


def _rules(scenario: Scenario, team: Team) -> Rules:
    shifts = rules_of(team)
    rate = 1.0
    scale, costs = _scale(scenario, team)
    if scale is not None and costs is not None and avoidable_hour(scale, costs):
        rate = _pay_of_an_hour(scale, costs) / avoidable_hour(scale, costs)
    return Rules(
        shifts=shifts,
        contracts=contracts_of(shifts),
        tours=tours(shifts, team.shrinkage),
        minimum_crew=team.minimum_crew,
        horizon_weeks=scenario.horizon.length / WEEK,
        extra_rate=rate * _CALENDAR_WEEKS / WEEKS_A_YEAR,
    )


def _scale(scenario: Scenario, team: Team) -> tuple[PayScale | None, Costs | None]:
    costs = scenario.costs
    if costs is None or team.pay_scale is None:
        return None, None
    return costs.pay_scales[team.pay_scale], costs


def _pay_of_an_hour(scale: PayScale, costs: Costs) -> float:
    yearly = yearly_components(scale)
    return fsum(yearly[part] for part in _PAY) / costs.contract_hours


def _bands(rules: Rules, weeks: Sequence[Week]) -> list[Band]:
    days = [(day.opens, day.closes) for week in weeks for day in week.days]
    return bands(rules.shifts, days) if days else []


def _solved(rules: Rules, weeks: tuple[Week, ...], gap: float) -> tuple[Columns, Solution]:
    writer = Writer(rules, _bands(rules, weeks))
    writer.write(weeks)
    return writer.at, solve(writer.programme, gap=gap)


def _site(
    where: tuple[str, Location],
    weeks: Sequence[Week],
    rules: Rules,
    shrinkage: float,
    solved: tuple[Columns, Solution],
) -> SiteRoster:
    team, place = where
    at, solution = solved
    name = team if place.site is None else f"{team} {place.site}"
    people = people_of(name, weeks, rules, (at, solution.values), shrinkage)
    weight = fsum(person.contract for person in people) + extra_weight(weeks, people, rules)
    return SiteRoster(
        site=place.site,
        seasons=_seasons(place, weeks),
        people=people,
        cover=cover_of(weeks, people),
        hours=hours_of(weeks, people, shrinkage),
        weight=weight,
        bound=min(weight, solution.bound),
    )


def _seasons(place: Location, weeks: Sequence[Week]) -> tuple[Season, ...]:
    week_of = {season: number for number, week in enumerate(weeks) for season in week.seasons}
    return tuple(
        Season(first=season.first, last=season.last, week=week_of[number])
        for number, season in enumerate(place.grid.seasons)
        if number in week_of
    )


def _roster(scenario: Scenario, team: str, sites: Sequence[SiteRoster]) -> Roster:
    contracts = fsum(person.contract for site in sites for person in site.people)
    weight, bound = (fsum(getattr(site, key) for site in sites) for key in ("weight", "bound"))
    scale, costs = _scale(scenario, scenario.teams[team])
    yearly = costs.contract_hours if costs else CONTRACT_HOURS
    cost = None
    if scale is not None and costs is not None:
        euros = WEEKS_A_YEAR * avoidable_hour(scale, costs)
        cost = Cost(contracts=contracts * euros, extra_pay=(weight - contracts) * euros)
    return Roster(
        team=team,
        sites=tuple(sites),
        fte=contracts * WEEKS_A_YEAR / yearly,
        cost=cost,
        gap=1.0 - bound / weight if weight else 0.0,
    )
