"""What `business-case` prints of sensitivity: assumptions by what they do, and all together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from simulation.cli.layout import Column, Table
from simulation.cli.tables import NONE, Teller, show_tables
from simulation.cli.terminal import put, put_prose
from simulation.finance.document_sensitivity import (
    Base,
    End,
    Flip,
    LeftOut,
    Sensitivity,
    Swing,
    Together,
)
from simulation.finance.ranked import ranked
from simulation.report.case_view import CaseView
from simulation.report.sensing import SEARCHED, TIPPING, Sense, marks

_ROWS: Final = 10
_FLIPS: Final = 8
_BIG: Final = 100.0
_DIGITS: Final = 3

Effect = Callable[[float, Teller], str]
"""Writes a cost with its side."""

Named = Callable[[str, str], str]
"""Names an assumption of a scenario, by its badge and the path in its file."""


def show_sensitivity(
    view: CaseView, told: Sensitivity, tell: Teller, console: Console, effect: Effect
) -> None:
    """Print what would change the answer; assumptions are named as on the page."""
    sense = Sense(view, told)
    for base in told.bases:
        together = [each for each in told.together if each.letter == base.letter]
        put_prose(console, " ".join(_head(base, together, tell, effect)))
        put(console, Text())
        _show_swings(sense, base, tell, console, effect)
        for each in together:
            put_prose(console, _together(each, tell, effect))
        put(console, Text())
    for sentence in (*_flips(sense, tell), *_left_out(sense, tell)):
        put_prose(console, sentence)
    put(console, Text())


def _head(base: Base, together: Sequence[Together], tell: Teller, effect: Effect) -> Iterator[str]:
    """Give the answer as it is beside the middle of all assumptions together."""
    yield tell("sens_swings", letter=base.letter, base=effect(base.contracts, tell))
    for each in together:
        costs = each.structural
        yield tell(
            "sens_together",
            low=effect(costs.low, tell),
            median=effect(costs.median, tell),
            high=effect(costs.high, tell),
        )
        yield tell(f"sens_bases_{each.found}")


def _show_swings(sense: Sense, base: Base, tell: Teller, console: Console, effect: Effect) -> None:
    """Print the assumptions that move the cost, and how many do not."""
    found = ranked(sense.told, base.letter)
    moving = [swing for _, swing in found.moving]
    shown, marked = moving[:_ROWS], marks(moving)
    if shown:
        put_prose(console, tell("sens_largest", shown=len(shown), count=len(found.moving)))
        put(console, Text())
        show_tables(console, [_table(shown, marked, sense.name, tell, effect)])
    put_prose(console, tell("sens_still", still=found.still, norm=found.norm_only))
    told = "".join(marked.get(swing.path, "") for swing in shown)
    for mark, key in ((SEARCHED, "sens_searched"), (TIPPING, "sens_tipping")):
        if mark in told:
            put_prose(console, f"{mark} {tell(key)}")
    if shown and base.margin is not None:
        margin = tell.reader.signed(100.0 * base.margin)
        put_prose(console, tell("sens_base", margin=margin))


def _table(
    swings: list[Swing], marked: Mapping[str, str], named: Named, tell: Teller, effect: Effect
) -> Table:
    first, *rest = (tell(f"sens_{name}") for name in ("path", "range", "low", "high", "norm"))
    table = Table([Column(first, "name"), *map(Column, rest)])
    for each in swings:
        ends = (each.low, each.high)
        table.add(
            f"{named(each.letter, each.path)} ({_how(each, tell)}{marked.get(each.path, '')})",
            " – ".join(_value(end.value, each.unit, tell) for end in ends),
            *(effect(end.contracts, tell) for end in ends),
            " | ".join(_margin(end, tell) for end in ends),
        )
    return table


def _how(swing: Swing, tell: Teller) -> str:
    kinds = {swing.low.found, swing.high.found}
    order = ("resized", "interpolated", "priced", "unmoved")
    return tell(f"sens_{next(kind for kind in order if kind in kinds)}")


def _margin(end: End, tell: Teller) -> str:
    return NONE if end.margin is None else tell.reader.signed(100.0 * end.margin)


def _together(own: Together, tell: Teller, effect: Effect) -> str:
    value = own.present_value
    cubes = tell.reader.listing(
        tell.reader("interval", low=effect(each.low, tell), high=effect(each.high, tell))
        for each in own.cubes
    )
    parts = [
        tell(
            "sens_value",
            cubes=cubes,
            low=effect(-value.low, tell),
            median=effect(-value.median, tell),
            high=effect(-value.high, tell),
        ),
        tell(
            "sens_back",
            never=tell.reader.number(round(own.never * (own.points - own.impossible))),
            points=tell.reader.number(own.points - own.impossible),
            median=tell("sens_back_never")
            if own.payback is None
            else tell("sens_back_years", years=tell.reader.number(own.payback, 1)),
        ),
    ]
    return " ".join(parts)


def _flips(sense: Sense, tell: Teller) -> Iterator[str]:
    told = sense.told
    if not told.flips:
        yield tell("sens_no_flips")
        return
    yield tell("sens_flips")
    by_letter = {base.letter: base for base in told.bases}
    for flip in told.flips[:_FLIPS]:
        yield "  " + _flip(flip, by_letter[flip.letters[0]], sense.name, tell)
    if len(told.flips) > _FLIPS:
        yield "  " + tell("sens_more_flips", count=len(told.flips) - _FLIPS)


def _flip(flip: Flip, base: Base, named: Named, tell: Teller) -> str:
    side = "cheaper" if base.contracts > 0.0 else "dearer"
    key = "sens_ranking" if flip.kind == "ranking" else f"sens_sign_{side}"
    return tell(
        key,
        letter=flip.letters[0],
        first=flip.letters[0],
        second=flip.letters[-1],
        path=named(flip.letters[0], flip.path),
        value=_value(flip.value, flip.unit, tell),
        base=_value(flip.base, flip.unit, tell),
    )


def _left_out(sense: Sense, tell: Teller) -> Iterator[str]:
    told = sense.told
    if told.left_out:
        parts = [_left(each, sense, tell) for each in told.left_out]
        yield f"{tell('sens_left_out')} {'; '.join(parts)}."
    if told.quick:
        yield tell("sens_quick")


def _left(each: LeftOut, sense: Sense, tell: Teller) -> str:
    letter = each.letter or sense.view.result.scenarios[0].letter
    path = sense.name(letter, each.path) if each.path else ""
    return tell(f"sens_left_{each.what}", letter=each.letter, path=path, count=each.count)


def _value(value: float, unit: str, tell: Teller) -> str:
    shown = tell.reader.number(value, 0 if abs(value) >= _BIG or value == int(value) else _DIGITS)
    return tell("turn_seconds", seconds=shown) if unit == "seconds" else shown
