"""What may be said of break-even: from which value on a strategy costs no more than 0*.

It is about the structural cost of a year of full use, in whole contracts. The page of a comparison
shows it too: there the paths of figures begin with ``case``, for they stand in the case document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from simulation.finance.document_break_even import BreakEven
from simulation.report import words
from simulation.report.case_view import CaseView
from simulation.report.traced import Traced

_BIG: Final = 100.0
_DIGITS: Final = 3


@dataclass(frozen=True)
class Turn:
    """The break-even of one strategy, for one reader.

    Attributes
    ----------
    view : the case and the reader
    found : the break-even
    path : of it, in the document that the page shows
    """

    view: CaseView
    found: BreakEven
    path: str

    def value(self, value: float | None, name: str) -> Traced:
        """Write a value that stands under a name."""
        return Traced(written(self.view, self.found, value or 0.0), f"{self.path}.{name}")

    def end(self, place: int) -> Traced:
        """Write the value of a point, from the front or the back."""
        order = place % len(self.found.points)
        return self.value(self.found.points[order].value, f"points.{order}.value")


def written(view: CaseView, found: BreakEven, value: float) -> str:
    """Write a value in its unit."""
    if found.unit == "share":
        return view.reader.percent(value)
    return in_unit(view, found.unit, value)


def in_unit(view: CaseView, unit: str, value: float) -> str:
    """Write a value of an assumption: a number, or seconds."""
    if unit == "seconds":
        return view.reader("fin.turn.seconds", n=view.reader.number(value))
    if abs(value) >= _BIG:
        return view.reader.number(value)
    return words.value(view.reader, round(value, _DIGITS))


def turns(view: CaseView, root: str = "") -> list[list[Turn]]:
    """Give the break-evens of all strategies by assumption, that of replaced contacts first."""
    groups: dict[str | None, list[Turn]] = {}
    for order, found in enumerate(view.case.break_even):
        if found.points:
            turn = Turn(view, found, f"{root}break_even.{order}")
            groups.setdefault(found.path, []).append(turn)
    return [groups[path] for path in sorted(groups, key=lambda path: (path is not None, path))]


def main(group: Sequence[Turn]) -> Turn:
    """Give the one that a title is about: of the best strategy that has a break-even at all."""
    worth = {each.letter: each.present_value for each in group[0].view.case.strategies}
    turning = [turn for turn in group if turn.found.side in {"from", "up_to"}]
    return max(turning or group, key=lambda turn: worth.get(turn.found.letter, 0.0))


def title(group: Sequence[Turn]) -> Markup:
    """Say where the best strategy turns."""
    turn = main(group)
    kind = "share" if turn.found.path is None else "other"
    return Markup(
        words.upper_first(
            turn.view.reader.mark(
                f"fin.turn.title.{turn.found.side}.{kind}",
                scenario=turn.view.name(turn.found.letter),
                value=turn.value(turn.found.value, "value"),
            )
        )
    )


def sentence(turn: Turn) -> Markup:
    """Say where a strategy turns, how well that is known, and what it is now."""
    found, reader = turn.found, turn.view.reader
    key = "never_other" if found.side == "never" and found.path is not None else found.side
    return reader.mark(
        f"fin.turn.{key}",
        value=turn.value(found.value, "value"),
        low=_bound(turn, found.low, "low"),
        high=_bound(turn, found.high, "high"),
        base=turn.value(found.base, "base"),
        lowest=turn.end(0),
        highest=turn.end(-1),
    )


def _bound(turn: Turn, value: float | None, name: str) -> str:
    """Write an end of an interval; or that it lies beyond what was tried."""
    if value is not None:
        return turn.value(value, name)
    beyond = "high" if name == "high" and turn.found.side == "from" else "low"
    return turn.view.reader(f"fin.turn.beyond.{beyond}")


def subject(view: CaseView, found: BreakEven) -> str:
    """Name the assumption that is moved."""
    if found.path is None:
        return view.reader("fin.turn.share")
    return words.path_words(view.reader, view.scenario(found.letter), found.path)
