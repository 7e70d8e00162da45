"""What `business-case` prints of break-even: where a strategy costs no more than 0*."""

from collections.abc import Callable, Iterator
from typing import Final

from rich.console import Console

from simulation.cli.layout import Column, Table
from simulation.cli.tables import NONE, Teller, show_tables
from simulation.cli.terminal import put_prose
from simulation.finance.document_break_even import BreakEven, BreakEvenPoint
from simulation.report import words
from simulation.report.case_view import CaseView

_SHARE_DIGITS: Final = 1
_DIGITS: Final = 3
_BIG: Final = 100.0
_THOUSAND: Final = 1_000.0

Effect = Callable[[float, Teller], str]
"""Writes a cost with its side."""


def show_break_evens(
    view: CaseView, letter: str, tell: Teller, console: Console, effect: Effect
) -> None:
    """Print where the structural cost of a strategy turns."""
    case = view.case
    own = [each for each in case.break_even if each.letter == letter]
    for each in own:
        put_prose(console, sentence(view, each, tell))
        if each.points:
            show_tables(console, [_table(each, tell, effect)])
    if any(each.points for each in own):
        put_prose(console, tell("turn_note", year=case.terms.price_level))


def sentence(view: CaseView, found: BreakEven, tell: Teller) -> str:
    """Say where it turns."""
    head = tell("turn_share")
    if found.path is not None:
        scenario = view.scenario(found.letter)
        name = words.upper_first(words.path_words(view.reader, scenario, found.path))
        head = tell("turn_path", path=name)
    if found.side == "none":
        return tell("turn_none", letter=found.letter)
    key = "never_path" if found.side == "never" and found.path is not None else found.side
    told = tell(
        f"turn_{key}",
        letter=found.letter,
        value=_value(found.value, found, tell),
        interval=tell(
            "turn_between",
            low=tell("turn_no_begin") if found.low is None else _value(found.low, found, tell),
            high=_end(found, tell),
        ),
        base=_value(found.base, found, tell),
        lowest=_value(found.points[0].value, found, tell),
        highest=_value(found.points[-1].value, found, tell),
    )
    return f"{head}. {told}"


def _end(found: BreakEven, tell: Teller) -> str:
    if found.high is not None:
        return _value(found.high, found, tell)
    return tell("turn_no_end" if found.side == "from" else "turn_no_begin")


def _table(found: BreakEven, tell: Teller, effect: Effect) -> Table:
    names = ("turn_value", "turn_contracts", "turn_interval", "turn_fte")
    first, *rest = (tell(name) for name in names)
    table = Table([Column(first, "name"), *map(Column, rest)])
    for point in found.points:
        if point.simulated:
            table.add(
                _value(point.value, found, tell),
                effect(point.contracts, tell),
                " – ".join(_interval(point, tell, effect)) or NONE,
                _without_rounding(point, tell, effect),
            )
    return table


def _without_rounding(point: BreakEvenPoint, tell: Teller, effect: Effect) -> str:
    fte = effect(point.fte, tell)
    return fte if point.half is None else f"{fte} ± {tell.reader.number(point.half / _THOUSAND)}"


def _interval(point: BreakEvenPoint, tell: Teller, effect: Effect) -> Iterator[str]:
    for end in (point.low, point.high):
        if end is not None:
            yield effect(end, tell)


def _value(value: float | None, found: BreakEven, tell: Teller) -> str:
    if value is None:
        return NONE
    if found.unit == "share":
        return tell.reader.percent(value, _SHARE_DIGITS)
    shown = tell.reader.number(value, 0 if abs(value) >= _BIG else _DIGITS)
    return tell("turn_seconds", seconds=shown) if found.unit == "seconds" else shown
