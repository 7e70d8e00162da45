"""Effects: what a strategy does to the budget of each year, apart from what the norms ask."""

from collections.abc import Iterator, Mapping, Sequence
from math import fsum

from simulation.finance.document import (
    ScenarioYear,
    StrategyCase,
    TeamEffect,
    TeamYear,
    YearEffect,
)
from simulation.finance.formulas import payback, present_value


def strategy_case(
    letter: str, years: Mapping[str, Sequence[ScenarioYear]], rate: float
) -> StrategyCase:
    """Give the business case of a strategy against 0*.

    Parameters
    ----------
    letter : of the strategy
    years : by letter, over the whole life; 0 and 0* too
    rate : discount rate a year
    """
    effects = tuple(
        _effect(today, baseline, own)
        for today, baseline, own in zip(years["0"], years["0*"], years[letter], strict=True)
    )
    advantages = [-(effect.structural + effect.once) for effect in effects]
    return StrategyCase(
        letter=letter,
        effects=effects,
        present_value=present_value(advantages, rate),
        payback=payback(advantages),
    )


def total(year: ScenarioYear, *, structural: bool) -> float:
    """Add up the lines of a year that recur, or those that do not; in euros, to the cent."""
    return round(fsum(line.amount for line in year.lines if line.structural is structural), 2)


def _effect(today: ScenarioYear, baseline: ScenarioYear, own: ScenarioYear) -> YearEffect:
    return YearEffect(
        year=own.year,
        structural=_less(own, baseline, structural=True),
        once=_less(own, baseline, structural=False),
        already=_less(baseline, today, structural=True),
        teams=tuple(_team_effects(baseline, own)),
    )


def _less(own: ScenarioYear, other: ScenarioYear, *, structural: bool) -> float:
    return round(total(own, structural=structural) - total(other, structural=structural), 2)


def _team_effects(baseline: ScenarioYear, own: ScenarioYear) -> Iterator[TeamEffect]:
    before = {team.team: team for team in baseline.teams}
    for team in own.teams:
        yield _team_effect(before.get(team.team), team)


def _team_effect(before: TeamYear | None, team: TeamYear) -> TeamEffect:
    changed = before.change if before else 0
    cashable = max(0, -team.change) - max(0, -changed)
    avoided = max(0, changed) - max(0, team.change)
    hours = (before.handling_hours if before else 0.0) - team.handling_hours
    return TeamEffect(
        team=team.team,
        cashable_contracts=cashable,
        cashable=round(cashable * team.contract_cost, 2),
        avoided_contracts=avoided,
        avoided=round(avoided * team.contract_cost, 2),
        unabsorbed_contracts=team.unabsorbed,
        capacity_hours=hours,
        capacity=round(hours * team.hour_cost, 2),
    )
