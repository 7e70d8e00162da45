"""A chart with all that belongs to it, and what Plotly figures of this page share.

A figure is a plain mapping in the form of Plotly's JSON. Values are rounded and stand in lists.
Texts in a figure are escaped, for Plotly reads some HTML in them.
"""

import html
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from simulation.comparison.document import Direction, Estimate, Result, ScenarioResult
from simulation.report.numbers import signed_number
from simulation.report.reader import Reader
from simulation.report.speech import title

Figure = dict[str, Any]
"""A Plotly figure: ``data`` and ``layout``."""

INK: Final = "#1b2733"
QUIET: Final = "#52606d"
GRID: Final = "#dfe5eb"
PAPER: Final = "#ffffff"
GOOD_LAND: Final = "#e3f1ef"
FONT: Final = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"

CHANNELS: Final = (
    ("#004488", ("balie", "counter", "desk", "loket")),
    ("#C4500A", ("phone", "telefoon", "call", "kcc")),
    ("#138086", ("webcare", "social", "whatsapp", "chat")),
)
"""Colour of a channel, by what its name contains; told apart by colour-blind people too."""

OTHER: Final = "#5b6770"
CHEAPER: Final = "#00695c"
DEARER: Final = "#b3450a"
NONE: Final = "–"
"""Stands in a table where there is no figure."""

CONFIG: Final[dict[str, Any]] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
"""Configuration of every figure: no buttons, no upload, no zoom."""


@dataclass(frozen=True)
class Table:
    """The numbers of a chart."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Cells; those that show a figure carry its path in the result document."""

    prose: tuple[int, ...] = (0,)
    """Columns that hold text and not numbers."""

    badges: tuple[str, ...] = ()
    """Letter of the scenario of each row, where rows are scenarios."""


@dataclass(frozen=True)
class Chart:
    """A figure with its takeaway, its explanation and its numbers."""

    key: str
    title: Markup
    subtitle: Markup
    note: Markup
    alt: str
    table: Table
    figure: Figure
    legend: tuple[tuple[str, str], ...] = ()
    """Badges with the titles of the scenarios."""


def colour(name: str) -> str:
    """Give the colour of a channel or team, by its name."""
    for shade, parts in CHANNELS:
        if any(part in name for part in parts):
            return shade
    return OTHER


def team_colour(scenario: ScenarioResult, group: str) -> str:
    """Give the colour of a cost group: that of the one channel its team serves."""
    team = group.partition(".")[2]
    teams = scenario.scenario.get("teams")
    node = teams.get(team) if isinstance(teams, dict) else None
    served = list(node.get("channels") or {}) if isinstance(node, dict) else []
    return colour(served[0]) if len(served) == 1 else colour(team) if not served else OTHER


def colour_of(way: Direction | None) -> str:
    """Give the colour of a difference with today."""
    return {"cheaper": CHEAPER, "dearer": DEARER}.get(way or "", QUIET)


def ends(estimate: Estimate) -> tuple[float, float]:
    """Give the ends of an interval; the mean where there is none."""
    low = estimate.mean if estimate.low is None else estimate.low
    high = estimate.mean if estimate.high is None else estimate.high
    return low, high


def label(text: str, width: int = 18, lines: int = 3) -> str:
    """Break a text over lines, escaped for Plotly."""
    wrapped = textwrap.wrap(text, width, max_lines=lines, placeholder="…") or [""]
    return "<br>".join(html.escape(line, quote=False) for line in wrapped)


def scale(values: Sequence[float], reader: Reader, digits: int = -99) -> tuple[float, str]:
    """Choose the unit of an axis in euros: its size, and its name.

    ``digits`` is the decimal place to which amounts are rounded: a unit in which they would need
    more than one decimal is too large.
    """
    largest = max((abs(value) for value in values), default=0.0)
    for size, unit in ((1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if largest >= 2 * size and digits + math.log10(size) <= 1:
            return size, reader(f"axis.{unit}")
    return 1.0, reader("axis.euro")


def span(values: Sequence[float], room: float = 0.08) -> tuple[float, float]:
    """Give a range that holds 0 and all values, with some room on both sides."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    width = (high - low) or 1.0
    return low - room * width, high + room * width


def ticks(low: float, high: float, reader: Reader, zero: str = "0") -> Figure:
    """Give a range with about five round, signed ticks; an axis without room has fewer."""
    rough = (high - low) / 5.5
    size = 10.0 ** math.floor(math.log10(rough))
    step = size * next(factor for factor in (1, 2, 2.5, 5, 10) if factor * size >= rough)
    digits = next((d for d in range(9) if math.isclose(round(step, d), step)), 9)
    places = range(math.ceil(low / step), math.floor(high / step) + 1)
    return {
        "range": [neat(low), neat(high)],
        "tickvals": [neat(place * step) for place in places],
        "ticktext": [
            signed_number(place * step, reader.language, digits) if place else zero
            for place in places
        ],
    }


def base_layout(reader: Reader, height: int) -> Figure:
    """Give the layout that all figures share."""
    return {
        "height": height,
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 8, "r": 12, "t": 8, "b": 44},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": INK, "font": {"color": PAPER, "size": 13}},
        "separators": ",." if reader.language == "nl" else ".,",
        "shapes": [],
        "annotations": [],
    }


def axis(**more: object) -> Figure:
    """Give an axis in the style of the page, that cannot be dragged."""
    return {
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": GRID,
        "linecolor": QUIET,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": QUIET,
        "automargin": True,
        "nticks": 6,
        "tickfont": {"size": 12},
        **more,
    }


def legend(
    result: Result, reader: Reader, scenarios: Sequence[ScenarioResult]
) -> tuple[tuple[str, str], ...]:
    """Give badges and titles of scenarios."""
    return tuple((s.letter, title(reader, result, s.letter)) for s in scenarios)


def neat(value: float, digits: int = 4) -> float:
    """Round a coordinate: figures stay small and the same on every machine."""
    return float(f"{value:.{digits + 2}g}")
