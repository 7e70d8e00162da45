"""Effects: what a strategy does to the budget of each year, apart from what the norms ask."""

from collections.abc import Mapping, Sequence
from math import fsum

from simulation.finance.document import (
    ScenarioYear,
    StrategyCase,
    TeamEffect,
    TeamYear,
    YearEffect,
)
from simulation.finance.formulas import payback, present_value, to_cents


def strategy_case(
    letter: str,
    years: Mapping[str, Sequence[ScenarioYear]],
    rate: float,
    taken_over: Mapping[str, Sequence[str]],
) -> StrategyCase:
    """Give the business case of a strategy against 0*.

    Parameters
    ----------
    letter : of the strategy
    years : by letter, over the whole life; 0 and 0* too
    rate : discount rate a year
    taken_over : by team of the strategy, the teams of today whose people come to it
    """
    effects = tuple(
        _effect(today, baseline, own, taken_over)
        for today, baseline, own in zip(years["0"], years["0*"], years[letter], strict=True)
    )
    advantages = [-(effect.structural + effect.once) for effect in effects]
    return StrategyCase(
        letter=letter,
        effects=effects,
        present_value=present_value(advantages, rate),
        # In cents, which add up without a remainder.
        payback=payback([round(100 * each) for each in advantages]),
    )


def total(year: ScenarioYear, *, structural: bool) -> float:
    """Add up the lines of a year that recur, or those that do not; in euros, to the cent."""
    return round(fsum(line.amount for line in year.lines if line.structural is structural), 2)


def _effect(
    today: ScenarioYear,
    baseline: ScenarioYear,
    own: ScenarioYear,
    taken_over: Mapping[str, Sequence[str]],
) -> YearEffect:
    before = {team.team: team for team in baseline.teams}
    return YearEffect(
        year=own.year,
        structural=_less(own, baseline, structural=True),
        once=_less(own, baseline, structural=False),
        already=_less(baseline, today, structural=True),
        teams=tuple(
            _team_effect(
                [
                    before[name]
                    for name in (team.team, *taken_over.get(team.team, ()))
                    if name in before
                ],
                team,
            )
            for team in own.teams
        ),
    )


def _less(own: ScenarioYear, other: ScenarioYear, *, structural: bool) -> float:
    return round(total(own, structural=structural) - total(other, structural=structural), 2)


def _team_effect(before: Sequence[TeamYear], team: TeamYear) -> TeamEffect:
    """Compare a team with those of 0* that do its work there."""
    cashable = max(0, -team.change) - sum(max(0, -each.change) for each in before)
    avoided = sum(max(0, each.change) for each in before) - max(0, team.change)
    hours = fsum(each.handling_hours for each in before) - team.handling_hours
    return TeamEffect(
        team=team.team,
        cashable_contracts=cashable,
        cashable=to_cents(cashable * team.contract_cost),
        avoided_contracts=avoided,
        avoided=to_cents(avoided * team.contract_cost),
        unabsorbed_contracts=team.unabsorbed,
        capacity_hours=hours,
        capacity=to_cents(hours * team.hour_cost),
    )
