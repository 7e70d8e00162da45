"""What to reserve for a strategy, and which of its costs are 0 because nobody stated them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from simulation.finance.document import StrategyCase
from simulation.report import words
from simulation.report.case_view import BASELINE, THOUSAND, CaseView, together
from simulation.report.numbers import signed_number
from simulation.report.traced import Traced

_CLOSE: Final = THOUSAND / 2
"""Euros below which nothing is reserved: on the page it is 0."""

_COSTS: Final = ("hiring", "training", "settling_in", "dual_running", "advice")
_WAYS: Final = ("flexible", "attrition", "redeployment", "redundancy")


def reserve(view: CaseView, strategy: StrategyCase, place: int) -> Iterator[Markup]:
    """Say what to reserve on top of 0*: in the first year, and in each year after it."""
    amounts = [together(effect) for effect in strategy.effects]
    some = [n for n, amount in enumerate(amounts) if n and amount >= _CLOSE]
    if not some and amounts[0] < _CLOSE:
        yield view.reader.mark("fin.reserve.none", scenario=view.name(strategy.letter))
        return
    yield view.reader.mark(
        f"fin.reserve.{_kind(len(some), len(amounts) - 1)}",
        scenario=view.name(strategy.letter),
        first=_amount(view, place, 0, max(0.0, amounts[0])),
        year=_year(view, place, 0),
        later=_later(view, place, amounts, some) if some else "",
        begin=_year(view, place, some[0]) if some else "",
        end=_year(view, place, some[-1]) if some else "",
    )
    if some:
        yield from _contracts(view, strategy, place)


def _kind(some: int, later: int) -> str:
    """Name the sentence by how many of the later years ask for anything."""
    if not some:
        return "once"
    if some == later:
        return "yearly"
    return "twice" if some == 1 else "most"


def _later(view: CaseView, place: int, amounts: Sequence[float], some: Sequence[int]) -> Markup:
    """Write what a later year asks: one amount, or from the lowest to the highest."""
    low, high = (pick(some, key=lambda n: amounts[n]) for pick in (min, max))
    ends = [_amount(view, place, n, amounts[n]) for n in (low, high)]
    if len(some) < len(amounts) - 1 or ends[0] == ends[1]:
        return view.reader.mark("fin.reserve.amount", amount=ends[1])
    return view.reader.mark("interval", low=ends[0], high=ends[1])


def _amount(view: CaseView, place: int, year: int, amount: float) -> Traced:
    """Write an amount to the thousand, as the table of the budget does."""
    thousands = view.reader.euros(THOUSAND * round(amount / THOUSAND))
    return Traced(thousands, f"strategies.{place}.effects.{year}", "reserve")


def _year(view: CaseView, place: int, year: int) -> Traced:
    return Traced(str(view.year(year)), f"strategies.{place}.effects.{year}.year", "name")


def _contracts(view: CaseView, strategy: StrategyCase, place: int) -> Iterator[Markup]:
    """Name the contracts that teams have more or fewer than in 0*."""
    path = f"strategies.{place}.effects.{view.settled}"
    teams = [
        view.reader.mark(
            "fin.reserve.team",
            team=words.lower_first(view.team(strategy.letter, each.team)),
            contracts=Traced(
                signed_number(more, view.reader.language), f"{path}.teams.{n}", "contracts_more"
            ),
        )
        for n, each in enumerate(strategy.effects[view.settled].teams)
        if (more := -each.cashable_contracts - each.avoided_contracts)
    ]
    if teams:
        yield view.reader.mark(
            "fin.reserve.contracts",
            teams=Markup(view.reader.listing(teams)),
            year=_year(view, place, view.settled),
        )


# What is 0


def zeros(view: CaseView) -> Iterator[str]:
    """Say which costs of a transition, and which ways to end a contract, are 0 or not stated."""
    reader = view.reader
    finance = _part(view.scenario(BASELINE).scenario, "finance")
    costs = [
        reader(f"fin.part.{each}") for each in _COSTS if not _part(finance, "transition").get(each)
    ]
    if costs:
        yield reader("fin.zero.costs", parts=reader.listing(costs))
    workforce = _part(finance, "workforce")
    ways = [text for way in _WAYS if (text := _way(view, workforce, way))]
    if ways:
        yield reader("fin.zero.ways", parts="; ".join(ways))


def _way(view: CaseView, workforce: Mapping[str, Any], way: str) -> str:
    """Name a way to end contracts with the teams of today that have none; empty if all have."""
    today = [team.team for team in view.budget(BASELINE, 0)[1].teams if team.today_fte]
    without = [team for team in today if not _part(workforce, team).get(way)]
    name = view.reader(f"fin.way.{way}")
    if not without or len(without) == len(today):
        return name if without else ""
    teams = view.reader.listing(words.lower_first(view.team(BASELINE, team)) for team in without)
    return view.reader("fin.zero.teams", name=name, teams=teams)


def _part(parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = parent.get(key)
    return found if isinstance(found, dict) else {}
