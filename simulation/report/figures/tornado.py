"""Tornado: what each assumption does to the cost of the best strategy, one at a time."""

from collections.abc import Iterator, Sequence
from typing import Final

from simulation.finance.document_sensitivity import End, Swing
from simulation.report.case_view import CaseView
from simulation.report.chart import (
    INK,
    NONE,
    PAPER,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    label,
    neat,
    scale,
    span,
    ticks,
)
from simulation.report.numbers import points, signed_euros
from simulation.report.sensing import SEARCHED, TIPPING, Sense, marks, sense, still, title
from simulation.report.traced import Traced, plain
from simulation.report.turning import in_unit

MOST: Final = 10
"""Bars in the figure; the table has every assumption that moves the cost."""

_LOW: Final = "#004488"
_HIGH: Final = "#C4500A"
_NAME: Final = 38


def tornado(view: CaseView) -> Chart | None:
    """Draw the assumptions that do most, the largest first; None where that was not asked."""
    own = sense(view)
    found = own.ranked.moving if own else ()
    if own is None or not found:
        return None
    reader, told = view.reader, title(own)
    shown = [swing for _, swing in found[:MOST]]
    spoken = "; ".join(
        reader(
            "fin.sens.spoken",
            name=own.name(swing.letter, swing.path),
            low=signed_euros(swing.low.contracts, reader.language),
            high=signed_euros(swing.high.contracts, reader.language),
        )
        for swing in shown
    )
    place, base = own.base(own.letter)
    return Chart(
        key="tornado",
        title=told,
        subtitle=reader.mark(
            "fin.sens.subtitle",
            scenario=view.name(own.letter),
            year=str(view.case.terms.price_level),
            base=view.effect(base, f"{own.path}.bases.{place}.contracts"),
        ),
        note=reader.mark(
            "fin.sens.note",
            shown=reader.number(len(shown)),
            of=Traced(reader.number(len(found)), f"{own.path}.swings", "count"),
            still=still(own),
            marks=" ".join(_notes(own, [swing for _, swing in found])),
        ),
        alt=reader("fin.sens.alt", title=plain(told), numbers=spoken),
        table=_table(own, found),
        figure=_figure(own, shown, base),
    )


def _notes(own: Sense, swings: Sequence[Swing]) -> Iterator[str]:
    """Explain the marks that any row has."""
    told = "".join(marks(swings).values())
    for mark, key in ((SEARCHED, "searched"), (TIPPING, "tipping")):
        if mark in told:
            yield f"{mark} {own.view.reader(f'fin.sens.{key}')}"


def _table(own: Sense, found: Sequence[tuple[int, Swing]]) -> Table:
    reader, marked = own.view.reader, marks([swing for _, swing in found])

    def end(place: int, swing: Swing, side: str) -> tuple[str, ...]:
        value: End = getattr(swing, side)
        path = f"{own.path}.swings.{place}.{side}"
        margin = value.margin
        return (
            Traced(in_unit(own.view, swing.unit, value.value), f"{path}.value"),
            Traced(signed_euros(value.contracts, reader.language), f"{path}.contracts"),
            NONE
            if margin is None
            else Traced(points(margin, reader.language), f"{path}.margin", "points"),
        )

    heads = ("name", *("low", "low_cost", "low_norm"), *("high", "high_cost", "high_norm"), "found")
    return Table(
        head=tuple(reader(f"fin.sens.head.{name}") for name in heads),
        rows=tuple(
            (
                own.name(swing.letter, swing.path),
                *end(place, swing, "low"),
                *end(place, swing, "high"),
                f"{reader(f'fin.sens.found.{_found(swing)}')}{marked.get(swing.path, '')}",
            )
            for place, swing in found
        ),
        prose=(0, 7),
    )


def _found(swing: Swing) -> str:
    kinds = {swing.low.found, swing.high.found}
    order = ("resized", "interpolated", "priced", "unmoved")
    return next(kind for kind in order if kind in kinds)


def _figure(own: Sense, shown: Sequence[Swing], base: float) -> Figure:
    reader, marked = own.view.reader, marks([swing for _, swing in own.ranked.moving])
    ends = [each for swing in shown for each in (swing.low.contracts, swing.high.contracts)]
    size, unit = scale([*ends, base], reader)
    low, high = span([value / size for value in (*ends, base)])
    layout = base_layout(reader, 80 + 46 * len(shown))
    layout["barmode"] = "overlay"
    layout["xaxis"] = axis(
        **ticks(low, high, reader),
        title={
            "text": unit.partition("(")[2].rstrip(")") or unit,
            "standoff": 8,
            "font": {"size": 13},
        },
    )
    layout["yaxis"] = axis(
        range=[len(shown) - 0.45, -0.85], showticklabels=False, ticks="", showgrid=False,
        showline=False,
    )  # fmt: skip
    layout["annotations"] = [
        {
            "xref": "paper", "x": 0, "xanchor": "left", "y": neat(row - 0.2), "yanchor": "bottom",
            "text": label(_short(own.name(swing.letter, swing.path)), _NAME, 1)
            + marked.get(swing.path, ""),
            "showarrow": False, "font": {"size": 13}, "bgcolor": PAPER, "borderpad": 1,
        }
        for row, swing in enumerate(shown)
    ]  # fmt: skip
    layout["shapes"] = [_upright(base / size, "solid"), _upright(0.0, "dot")]
    return {
        "data": [
            _trace(own, shown, "low", (base, size)),
            _trace(own, shown, "high", (base, size)),
        ],
        "layout": layout,
    }


def _short(name: str) -> str:
    """Keep the end of a long name, which tells assumptions apart."""
    kept: list[str] = []
    for part in reversed(name.split(" › ")):
        if kept and len(" › ".join([part, *kept])) > _NAME - 4:
            return " › ".join(["…", *kept])
        kept.insert(0, part)
    return name


def _upright(x: float, dash: str) -> Figure:
    return {
        "type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": neat(x), "x1": neat(x),
        "layer": "between", "line": {"color": INK, "width": 1.2, "dash": dash},
    }  # fmt: skip


def _trace(own: Sense, shown: Sequence[Swing], side: str, sizes: tuple[float, float]) -> Figure:
    """Give the bars of one end of the ranges; those of the low end are hatched."""
    base, size = sizes
    ends: list[End] = [getattr(swing, side) for swing in shown]
    shade = _LOW if side == "low" else _HIGH
    language = own.view.reader.language
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(ends))),
        "x": [neat((end.contracts - base) / size) for end in ends],
        "base": [neat(base / size)] * len(ends),
        "width": 0.36 if side == "low" else 0.24,
        "marker": {
            "color": shade,
            "line": {"color": shade, "width": 1},
            "pattern": {
                "shape": "/" if side == "low" else "",
                "fillmode": "replace",
                "size": 7,
                "solidity": 0.35,
            },
        },
        "hoverinfo": "text",
        "hovertext": [
            f"{in_unit(own.view, swing.unit, end.value)}: {signed_euros(end.contracts, language)}"
            for swing, end in zip(shown, ends, strict=True)
        ],
    }
