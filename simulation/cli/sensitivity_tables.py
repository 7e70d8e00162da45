"""What `business-case` prints of sensitivity: assumptions by what they do, and all together."""

from collections.abc import Callable, Iterator
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

_ROWS: Final = 10
_FLIPS: Final = 8
_BIG: Final = 100.0
_DIGITS: Final = 3

Effect = Callable[[float, Teller], str]
"""Writes a cost with its side."""


def show_sensitivity(told: Sensitivity, tell: Teller, console: Console, effect: Effect) -> None:
    """Print what would change the answer."""
    for base in told.bases:
        own = [each for each in told.swings if each.letter == base.letter]
        shown = own[:_ROWS]
        put_prose(
            console,
            tell(
                "sens_swings",
                letter=base.letter,
                base=effect(base.contracts, tell),
                shown=len(shown),
                count=len(own),
            ),
        )
        put(console, Text())
        show_tables(console, [_table(shown, tell, effect)])
        if base.margin is not None:
            margin = tell.reader.signed(100.0 * base.margin)
            put_prose(console, tell("sens_base", margin=margin))
        for each in told.together:
            if each.letter == base.letter:
                put_prose(console, _together(each, tell, effect))
        put(console, Text())
    for sentence in (*_flips(told, tell), *_left_out(told, tell)):
        put_prose(console, sentence)
    put(console, Text())


def _table(swings: list[Swing], tell: Teller, effect: Effect) -> Table:
    first, *rest = (tell(f"sens_{name}") for name in ("path", "range", "low", "high", "norm"))
    table = Table([Column(first, "name"), *map(Column, rest)])
    for each in swings:
        ends = (each.low, each.high)
        table.add(
            # Names break at spaces; a path gives way at its dots.
            f"{each.path.replace('.', '. ')} ({_how(each, tell)})",
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
    costs, value = own.structural, own.present_value
    cubes = ", ".join(f"{effect(each.low, tell)} – {effect(each.high, tell)}" for each in own.cubes)
    parts = [
        tell(
            "sens_together",
            low=effect(costs.low, tell),
            median=effect(costs.median, tell),
            high=effect(costs.high, tell),
            cubes=cubes,
            value_low=effect(-value.low, tell),
            value_high=effect(-value.high, tell),
        ),
        tell(
            "sens_back",
            never=tell.reader.number(round(own.never * (own.points - own.impossible))),
            points=tell.reader.number(own.points - own.impossible),
            median=tell("sens_back_never")
            if own.payback is None
            else tell("sens_back_years", years=tell.reader.number(own.payback, 1)),
        ),
        tell(f"sens_how_{own.found}"),
    ]
    return " ".join(parts)


def _flips(told: Sensitivity, tell: Teller) -> Iterator[str]:
    if not told.flips:
        yield tell("sens_no_flips")
        return
    yield tell("sens_flips")
    by_letter = {base.letter: base for base in told.bases}
    for flip in told.flips[:_FLIPS]:
        yield "  " + _flip(flip, by_letter[flip.letters[0]], tell)
    if len(told.flips) > _FLIPS:
        yield "  " + tell("sens_more_flips", count=len(told.flips) - _FLIPS)


def _flip(flip: Flip, base: Base, tell: Teller) -> str:
    side = "cheaper" if base.contracts > 0.0 else "dearer"
    key = "sens_ranking" if flip.kind == "ranking" else f"sens_sign_{side}"
    return tell(
        key,
        letter=flip.letters[0],
        first=flip.letters[0],
        second=flip.letters[-1],
        path=flip.path,
        value=_value(flip.value, flip.unit, tell),
        base=_value(flip.base, flip.unit, tell),
    )


def _left_out(told: Sensitivity, tell: Teller) -> Iterator[str]:
    if told.left_out:
        parts = [_left(each, tell) for each in told.left_out]
        yield f"{tell('sens_left_out')} {'; '.join(parts)}."
    if told.quick:
        yield tell("sens_quick")


def _left(each: LeftOut, tell: Teller) -> str:
    return tell(f"sens_left_{each.what}", letter=each.letter, path=each.path, count=each.count)


def _value(value: float, unit: str, tell: Teller) -> str:
    shown = tell.reader.number(value, 0 if abs(value) >= _BIG or value == int(value) else _DIGITS)
    return tell("turn_seconds", seconds=shown) if unit == "seconds" else shown
