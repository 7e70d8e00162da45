"""What may be said of hours and whole contracts: why two pages differ, and where a step decides.

Both pages say the same sentence. On the page of the comparison the paths of what stands in the
case document begin with ``case``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from simulation.finance.bridge import Bridge, bridge
from simulation.finance.contracts import one_step_off
from simulation.finance.document import StrategyCase, TeamYear
from simulation.report import words
from simulation.report.case_view import BASELINE, THOUSAND, CaseView, contracts
from simulation.report.traced import Traced

_MOST: Final = 2
"""Teams of which a sentence says what a step does; more are named, and stand in the table."""


@dataclass(frozen=True)
class Near:
    """What one step of a team's size does to its whole contracts.

    Attributes
    ----------
    step : full-time equivalents from one size to the next
    now, fewer, more : contracts more than today: as needed, and at a step less and more
    """

    step: float
    now: int
    fewer: int
    more: int

    def changes(self) -> tuple[tuple[str, int], ...]:
        """Give how many contracts less a step less takes, and more a step more; none if alike."""
        both = (("less", self.now - self.fewer), ("more", self.more - self.now))
        return tuple((way, many) for way, many in both if many)


def near(view: CaseView, letter: str, team: TeamYear) -> Near | None:
    """Tell what one step does to the contracts of a team; None where it keeps its roster."""
    step = _step(view, letter, team.team)
    if step is None:
        return None
    off = one_step_off(team.today_fte, team.need_fte, team.contract_fte, step)
    return Near(step, team.needed, *off)


def _step(view: CaseView, letter: str, team: str) -> float | None:
    """Give the smallest step of a team, or of its sites."""
    equal = view.result.equal_service
    found = [
        unit.step
        for staffing in (equal.staffing if equal else ())
        if staffing.letter == letter
        for unit in staffing.units
        if unit.unit.partition("/")[0] == team and unit.step is not None
    ]
    return min(found, default=None)


# Where a step decides


def steps(view: CaseView, strategy: StrategyCase) -> Iterator[Markup]:
    """Say of which teams of a strategy one step decides how many contracts it takes.

    Of those whose contracts it changes; of all teams where it changes none.
    """
    letter, effect = strategy.letter, strategy.effects[view.settled]
    order, own = view.budget(letter, view.settled)
    changed = {
        each.team for each in effect.teams if each.cashable_contracts or each.avoided_contracts
    }
    close = [
        (team, found, f"years.{order}.teams.{place}")
        for place, team in enumerate(own.teams)
        if not changed or team.team in changed
        if (found := near(view, letter, team)) and found.changes()
    ]
    name = view.name(letter)
    if len(close) > _MOST:
        teams = (words.lower_first(view.team(letter, team.team)) for team, *_ in close)
        yield view.reader.mark("fin.near.many", scenario=name, teams=view.reader.listing(teams))
    elif close:
        parts = [part for each in close for part in _step_parts(view, letter, *each)]
        yield view.reader.mark("fin.near", scenario=name, parts=Markup("; ").join(parts))


def _step_parts(
    view: CaseView, letter: str, team: TeamYear, found: Near, path: str
) -> Iterator[Markup]:
    for way, many in found.changes():
        yield view.reader.mark(
            f"fin.near.{way}",
            team=words.lower_first(view.team(letter, team.team)),
            need=Traced(view.reader.number(team.need_fte, 2), f"{path}.need_fte"),
            step=view.reader.number(found.step, 1),
            contracts=Traced(contracts(many, view.reader), f"{path}.need_fte", f"step_{way}"),
            amount=view.about(many * team.contract_cost, f"{path}.contract_cost", f"step_{way}"),
        )


# Why two pages differ


def bridges(view: CaseView, root: str = "") -> Iterator[Markup]:
    """Lead from the amounts of the comparison to those of the business case.

    For the step from 0 to 0*, and for the strategy that is worth most.
    """
    strategies = view.case.strategies
    letters = (BASELINE, strategies[view.best].letter) if strategies else ()
    for letter in letters:
        found = bridge(view.case, letter, view.settled)
        if found is not None:
            yield _bridge(view, found, root)


def _bridge(view: CaseView, found: Bridge, root: str) -> Markup:
    reader, place = view.reader, view.settled
    order, own = view.budget(found.letter, place)
    path, told = f"{root}years.{order}", _thousands(found)
    parts = [
        reader.mark(
            f"fin.bridge.{part}",
            amount=Traced(reader.signed_euros(amount), path, f"bridge_{part}"),
        )
        for part in ("rounding", "kept", "rest")
        if (amount := getattr(told, part))
    ]
    return reader.mark(
        "fin.bridge" if parts else "fin.bridge.alike",
        scenario=BASELINE if found.letter == BASELINE else view.name(found.letter),
        hours=_side(view, told, told.hours, path, "bridge_hours"),
        contracts=_side(view, told, told.contracts, path, "bridge_contracts"),
        year=Traced(str(own.year), f"{path}.year", "name"),
        parts=Markup(reader.listing(parts)),
    )


def _side(view: CaseView, found: Bridge, amount: float, path: str, how: str) -> Markup:
    """Write an amount as so much more or less than the other scenario."""
    way = "same" if not amount else "more" if amount > 0 else "less"
    text = Traced(view.reader.euros(amount), path, how)
    return view.reader.mark(f"fin.bridge.{way}", amount=text, other=found.other)


def _thousands(found: Bridge) -> Bridge:
    """Round to thousands as the tables do; the rest is what then is left, so that it adds up."""
    hours, rounding, kept, contracts = (
        THOUSAND * round(amount / THOUSAND)
        for amount in (found.hours, found.rounding, found.kept, found.contracts)
    )
    rest = contracts - hours - rounding - kept
    return Bridge(found.letter, found.other, hours, rounding, kept, rest, contracts)
