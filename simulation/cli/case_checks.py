"""What keeps scenarios from having a business case together: all of it is told at once."""

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from simulation.cli.inputs import Asked
from simulation.finance.case import finance_of, homeless
from simulation.finance.reconcile import unknown_covers
from simulation.finance.years import is_calendar_year
from simulation.scenario.finance import Finance, Workforce


def wrong(asked: Sequence[Asked]) -> Iterator[str]:
    """Say what keeps scenarios from having a business case."""
    baseline = asked[0].scenario
    for each in asked:
        path, scenario = each.loaded.path, each.scenario
        if scenario.costs is None:
            yield f"{path}: costs: there are no prices; a business case needs them"
        if not is_calendar_year(scenario.horizon):
            yield (
                f"{path}: horizon: is not one calendar year, and a part of a year is never taken "
                "for one; write 'start: 2026-01-01' and 'length: 365 days', without warm-up"
            )
        for team in homeless(baseline, scenario):
            yield (
                f"{path}: teams.{team}: today has this team and the strategy does not; say whose "
                f"people they become with finance.workforce.TEAM.takes_over: [{team}]"
            )
        yield from _other_terms(asked[0], each)
        yield from _taken_over(asked[0], each)
        if (budget := finance_of(scenario).budget) and budget != finance_of(baseline).budget:
            yield (
                f"{path}: finance.budget: is another one than that of the baseline, and only that "
                "is held against today; write it in the baseline's file alone"
            )
    for flaw in unknown_covers([each.scenario for each in asked]):
        yield f"{asked[0].loaded.path}: {flaw}"
    if len(asked) == 1:
        yield "a business case compares; name the baseline and at least one strategy"


_TERMS = (
    "first_year",
    "years",
    "life",
    "prices",
    "real_rate",
    "nominal_rate",
    "indexation",
)
"""What has to be alike, or years and euros of strategies could not be compared."""


def _other_terms(baseline: Asked, other: Asked) -> Iterator[str]:
    """Name the terms that a strategy states otherwise than the baseline."""
    mine, theirs = finance_of(baseline.scenario), finance_of(other.scenario)
    for term in _TERMS:
        here, there = getattr(mine, term), getattr(theirs, term)
        if here != there:
            yield (
                f"{other.loaded.path}: finance.{term}: {_shown(there)} is not {_shown(here)}, as "
                f"in {baseline.loaded.path}; make them alike"
            )

    if (moves := _moves(theirs)) != _moves(mine):
        differ = ", ".join(sorted(key for key, own in moves.items() if own != _moves(mine)[key]))
        yield (
            f"{other.loaded.path}: finance.transition: {differ} differs from "
            f"{baseline.loaded.path}, so that what the norms ask anyway would be credited to the "
            "strategy; write it in the baseline's file, and what only the strategy costs under "
            "costs.once"
        )
    for team in baseline.scenario.teams:
        if _people(mine, team) != _people(theirs, team) and team in other.scenario.teams:
            yield (
                f"{other.loaded.path}: finance.workforce.{team}: is not as in "
                f"{baseline.loaded.path}; the people are the same, so make them alike"
            )


def _moves(finance: Finance) -> dict[str, object]:
    """Give what a move costs; how long hiring takes is a date and no cost."""
    return finance.transition.model_dump(exclude={"lead_time"})


def _people(finance: Finance, team: str) -> Workforce:
    own = finance.workforce.get(team, Workforce())
    return own.model_copy(update={"takes_over": ()})


def _taken_over(baseline: Asked, other: Asked) -> Iterator[str]:
    """Name teams that cannot be taken over, or whose contracts are of another size."""
    taken: set[str] = set()
    for team, own in finance_of(other.scenario).workforce.items():
        for gone in own.takes_over:
            place = f"{other.loaded.path}: finance.workforce.{team}.takes_over: {gone}"
            if gone not in baseline.scenario.teams:
                known = ", ".join(baseline.scenario.teams)
                yield f"{place} is not a team of today; choose from {known}"
            elif gone in other.scenario.teams:
                yield f"{place} is still a team of the strategy; take it away, or remove this"
            elif gone in taken:
                yield f"{place} is taken over twice; name it once"
            elif (before := _people(finance_of(baseline.scenario), gone).contract) != own.contract:
                yield (
                    f"{place} has contracts of {before:g} hours and {team} of {own.contract:g}; "
                    "make them alike, for the people are the same"
                )
            taken.add(gone)


def _shown(value: object) -> str:
    if isinstance(value, BaseModel):
        return ", ".join(f"{key} {own}" for key, own in value)
    return "nothing" if value is None else str(value)
