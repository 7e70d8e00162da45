"""Break-even: the structural cost of each strategy less that of 0*, as an assumption moves."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from simulation.finance.document_break_even import BreakEvenPoint
from simulation.report.case_view import CaseView
from simulation.report.chart import (
    GOOD_LAND,
    INK,
    QUIET,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    neat,
    scale,
    span,
    ticks,
)
from simulation.report.figures.present_value import DASHES, SHADES, letters_at
from simulation.report.numbers import signed_euros
from simulation.report.planner import band, faint, line
from simulation.report.traced import Traced, plain
from simulation.report.turning import Turn, sentence, subject, title, turns, written

KEY: Final = "break-even"
"""Of the first figure, which is that of replaced contacts; those after it are numbered."""

MOST: Final = 5
_AMOUNTS: Final = ("contracts", "low", "high", "fte")
_HEIGHT: Final = 330
_BAND: Final = 0.13
_FAINT: Final = 0.07
"""Strength of the band around the line without rounding."""

_LAND: Final = 0.16
"""Height of where a strategy costs no more than 0*, at least, as a part of what is above it."""


def break_evens(view: CaseView, root: str = "") -> Iterator[Chart]:
    """Draw the break-even of all strategies, a figure for each assumption that is moved."""
    for place, group in enumerate(turns(view, root), start=1):
        yield _chart(view, KEY if place == 1 else f"{KEY}-{place}", group)


def _chart(view: CaseView, key: str, group: Sequence[Turn]) -> Chart:
    reader, found = view.reader, group[0].found
    told = title(group)
    spoken = " ".join(f"{turn.found.letter}: {plain(sentence(turn))}" for turn in group)
    return Chart(
        key=key,
        title=told,
        subtitle=reader.mark(
            "fin.turn.subtitle",
            subject=subject(view, found),
            year=str(view.case.terms.price_level),
            bands=reader(f"fin.turn.bands.{_bands(group)}"),
        ),
        note=reader.mark("fin.turn.note"),
        alt=reader("fin.turn.alt", title=plain(told), numbers=spoken),
        table=_table(view, group),
        figure=_figure(view, group[:MOST]),
    )


def _table(view: CaseView, group: Sequence[Turn]) -> Table:
    language = view.reader.language

    def euros(turn: Turn, order: int, name: str) -> str:
        value = getattr(turn.found.points[order], name)
        path = f"{turn.path}.points.{order}.{name}"
        return "–" if value is None else Traced(signed_euros(value, language), path)

    return Table(
        head=tuple(
            view.reader(f"fin.turn.head.{n}")
            for n in ("scenario", "value", "contracts", "low", "high", "fte", "half")
        ),
        rows=tuple(
            (
                turn.found.letter,
                turn.value(point.value, f"points.{order}.value"),
                *(euros(turn, order, name) for name in _AMOUNTS),
                "–"
                if point.half is None
                else Traced(view.reader.euros(point.half), f"{turn.path}.points.{order}.half"),
            )
            for turn in group
            for order, point in enumerate(turn.found.points)
            if point.simulated
        ),
    )


def _figure(view: CaseView, group: Sequence[Turn]) -> Figure:
    reader = view.reader
    times = 100.0 if group[0].found.unit == "share" else 1.0
    values = [
        each
        for turn in group
        for point in turn.found.points
        for each in (point.contracts, *_around(point), point.low, point.high)
        if each is not None
    ]
    size, unit = scale(values, reader)
    low, high = span([value / size for value in values])
    low = min(low, -_LAND * high)
    layout = base_layout(reader, _HEIGHT)
    layout["margin"] |= {"t": 20, "b": 52, "r": 30}
    layout["xaxis"] = _values_axis(view, group, times)
    layout["yaxis"] = axis(
        **ticks(low, high, reader),
        title={
            "text": unit.partition("(")[2].rstrip(")") or unit,
            "font": {"size": 12},
            "standoff": 6,
        },
    )
    layout["shapes"] = [*_ground(low), *_bases(group, times)]
    letters = [turn.found.letter for turn in group]
    ends = [turn.found.points[-1].contracts / size for turn in group]
    layout["annotations"] = [
        *letters_at(letters, ends, layout["xaxis"]["range"][1], high - low),
        _cheaper(view),
    ]
    return {
        "data": [
            trace
            for order, turn in enumerate(group)
            for trace in _traces(view, order, turn, (size, times))
        ],
        "layout": layout,
    }


def _values_axis(view: CaseView, group: Sequence[Turn], times: float) -> Figure:
    ends = [point.value for turn in group for point in turn.found.points]
    low, high = min(ends) * times, max(ends) * times
    room = 0.02 * ((high - low) or 1.0)
    found, shown = group[0].found, ticks(low - room, high + room, view.reader)
    shown["ticktext"] = [written(view, found, value / times) for value in shown["tickvals"]]
    return axis(
        **shown,
        title={"text": view.reader(f"fin.turn.axis.{found.unit}"), "font": {"size": 12}},
        showgrid=False,
    )


def _traces(view: CaseView, order: int, turn: Turn, sizes: tuple[float, float]) -> Iterator[Figure]:
    """Give the band, the line in whole contracts with its steps, and the one without rounding."""
    (size, times), points = sizes, turn.found.points
    shade = SHADES[order % len(SHADES)]
    x = [neat(point.value * times) for point in points]
    if all(point.low is not None and point.high is not None for point in points):
        low, high = (
            [neat((getattr(point, end) or 0.0) / size) for point in points]
            for end in ("low", "high")
        )
        yield from band(x, low, high, faint(shade, _BAND))
    if all(point.half is not None for point in points):
        low, high = (
            [neat(end / size) for end in ends] for ends in zip(*map(_around, points), strict=True)
        )
        yield from band(x, low, high, faint(shade, _FAINT))
    whole = [neat(point.fte / size) for point in points]
    yield line(x, whole, shade) | {"line": {"width": 1, "color": shade, "dash": "dot"}}
    steps_x, steps_y = _steps(x, [neat(point.contracts / size) for point in points])
    dash = DASHES[order % len(DASHES)]
    yield line(steps_x, steps_y, shade) | {"line": {"width": 2.5, "color": shade, "dash": dash}}
    played = [point for point in points if point.simulated]
    yield line(
        [neat(point.value * times) for point in played],
        [neat(point.contracts / size) for point in played],
        shade,
        mode="markers",
        marker={"size": 6, "color": shade},
    ) | {
        "hoverinfo": "text",
        "hovertext": [
            f"{turn.found.letter} {written(view, turn.found, point.value)}: "
            f"{signed_euros(point.contracts, view.reader.language)}"
            for point in played
        ],
    }


def _bands(group: Sequence[Turn]) -> str:
    """Say what is in the bands: cases of earlier versions have no step in them."""
    points = (point for turn in group for point in turn.found.points)
    return "simulation" if any(point.half is None for point in points) else "step"


def _around(point: BreakEvenPoint) -> tuple[float, float]:
    """Give the interval around the cost without rounding; the cost itself where it has none."""
    half = point.half or 0.0
    return point.fte - half, point.fte + half


def _steps(x: Sequence[float], y: Sequence[float]) -> tuple[list[float], list[float]]:
    """Let a line jump where a contract comes or goes: halfway between two values, upright.

    A jump is a rise that is much larger than those beside it.
    """
    rises = sorted(abs(b - a) for a, b in pairwise(y))
    usual = rises[len(rises) // 2] if rises else 0.0
    across, up = [x[0]], [y[0]]
    for (x0, y0), (x1, y1) in pairwise(zip(x, y, strict=True)):
        if abs(y1 - y0) > max(4 * usual, 1e-9):
            middle = neat((x0 + x1) / 2)
            across += [middle, middle]
            up += [y0, y1]
        across.append(x1)
        up.append(y1)
    return across, up


def _ground(low: float) -> Iterator[Figure]:
    """Colour where a strategy costs no more than 0*, below the zero line."""
    yield {
        "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": neat(low), "y1": 0,
        "fillcolor": GOOD_LAND, "line": {"width": 0}, "layer": "below",
    }  # fmt: skip
    yield {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "layer": "between",
        "line": {"color": INK, "width": 1.2},
    }  # fmt: skip


def _bases(group: Sequence[Turn], times: float) -> Iterator[Figure]:
    """Draw what an assumption is in each scenario, as upright lines."""
    for base in dict.fromkeys(turn.found.base for turn in group):
        if base is not None:
            yield {
                "type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": neat(base * times),
                "x1": neat(base * times), "line": {"color": QUIET, "width": 1.5, "dash": "dot"},
            }  # fmt: skip


def _cheaper(view: CaseView) -> Figure:
    return {
        "xref": "paper", "x": 0.01, "xanchor": "left", "yref": "paper", "y": 0.02,
        "yanchor": "bottom", "showarrow": False, "text": view.reader("fin.turn.cheaper"),
        "font": {"size": 12, "color": INK}, "bgcolor": GOOD_LAND, "borderpad": 1,
    }  # fmt: skip
