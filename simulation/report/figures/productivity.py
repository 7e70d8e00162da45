"""Messages answered in a productive hour, beside what other organisations reach."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from simulation.comparison.week import RANGE, Productivity, WeekView
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
)
from simulation.report.planner import Planner, levels, titled
from simulation.report.traced import plain

_RANGE_SHADE: Final = "#d5dce3"
_MOST: Final = 6


def productivity(view: WeekView, planner: Planner) -> Chart | None:
    """Draw messages per productive hour; None where no team answers messages of citizens.

    Parameters
    ----------
    view : the week of the scenario, at ``planner.root`` in the page's document
    planner : the reader and the scenario
    """
    shown = [
        (place, own)
        for place, own in enumerate(view.productivity)
        if not own.passed_on and own.per_handling_hour is not None
    ]
    shown = sorted(shown, key=lambda each: each[1].per_hour is None)[:_MOST]
    if not shown:
        return None
    reader = planner.reader
    title = _title(planner, *shown[0])
    low, high = (reader.number(end) for end in RANGE)
    return Chart(
        key="productivity",
        title=title,
        subtitle=reader.mark(
            "week.productivity.subtitle",
            during=planner.during,
            runs=planner.runs(view.replications),
        ),
        note=reader.mark("week.productivity.note", low=low, high=high),
        alt=reader(
            "week.productivity.alt",
            title=plain(title),
            low=low,
            high=high,
            numbers="; ".join(_spoken(planner, own) for _, own in shown),
        ),
        table=_table(planner, shown),
        figure=_figure(planner, [own for _, own in shown]),
    )


def side(per_hour: float) -> str:
    """Tell where a number of messages lies: ``below``, ``within`` or ``above`` the range."""
    low, high = RANGE
    return "below" if per_hour < low else "above" if per_hour > high else "within"


def rate(planner: Planner, value: float) -> str:
    """Write messages per hour, so that the side of the range shows."""
    digits = next(d for d in range(1, 6) if side(round(value, d)) == side(value))
    return planner.reader.number(value, digits)


def _title(planner: Planner, place: int, own: Productivity) -> Markup:
    reader, name = planner.reader, planner.team(own.team)
    if own.per_hour is None:
        return titled(planner, "week.productivity.title.shared", name, {})
    low, high = (reader.number(end) for end in RANGE)
    told = planner.traced(rate(planner, own.per_hour), "productivity", place, "per_hour")
    key = f"week.productivity.title.{side(own.per_hour)}"
    return titled(planner, key, name, {"n": told, "low": low, "high": high})


def _spoken(planner: Planner, own: Productivity) -> str:
    reader = planner.reader
    return reader(
        "week.productivity.spoken",
        team=planner.team(own.team),
        channel=planner.channel(own.channel),
        n=NONE if own.per_hour is None else rate(planner, own.per_hour),
        handling=NONE if own.per_handling_hour is None else reader.number(own.per_handling_hour, 1),
    )


def _table(planner: Planner, shown: Sequence[tuple[int, Productivity]]) -> Table:
    reader = planner.reader

    def cell(place: int, own: Productivity, name: str, digits: int) -> str:
        value = getattr(own, name)
        if value is None:
            return NONE
        return planner.traced(reader.number(value, digits), "productivity", place, name)

    return Table(
        head=tuple(reader(f"week.productivity.head.{i}") for i in range(1, 7)),
        rows=tuple(
            (
                planner.team(own.team),
                planner.channel(own.channel),
                cell(place, own, "answered", 0),
                cell(place, own, "hours", 0),
                cell(place, own, "per_hour", 2),
                cell(place, own, "per_handling_hour", 2),
            )
            for place, own in shown
        ),
        prose=(0, 1),
    )


def _figure(planner: Planner, shown: Sequence[Productivity]) -> Figure:
    reader = planner.reader
    low, high = RANGE
    layout = base_layout(reader, 122 + 72 * len(shown))
    layout["margin"]["t"] = 26
    values = [each for own in shown for each in (own.per_hour, own.per_handling_hour) if each]
    layout["xaxis"] = axis(**levels(reader, max([high, *values])))
    layout["yaxis"] = axis(
        range=[len(shown) - 0.5, -0.5],
        tickvals=list(range(len(shown))),
        ticktext=[_name(planner, own) for own in shown],
        ticks="",
        showgrid=False,
    )
    layout["shapes"] = [
        {
            "type": "rect", "xref": "x", "x0": low, "x1": high, "yref": "paper", "y0": 0, "y1": 1,
            "fillcolor": _RANGE_SHADE, "line": {"width": 0}, "layer": "below",
        }
    ]  # fmt: skip
    layout["annotations"] = [
        {
            "xref": "x", "x": (low + high) / 2, "xanchor": "center", "yref": "paper", "y": 1,
            "yanchor": "bottom", "showarrow": False, "font": {"size": 12, "color": INK},
            "text": reader(
                "week.productivity.range", low=reader.number(low), high=reader.number(high)
            ),
        }
    ]  # fmt: skip
    return {"data": _dots(planner, shown), "layout": layout}


def _name(planner: Planner, own: Productivity) -> str:
    team, channel = planner.team(own.team), planner.channel(own.channel)
    return label(team if team == channel else f"{team}: {channel}", 16, 3)


def _dots(planner: Planner, shown: Sequence[Productivity]) -> list[Figure]:
    """Give the hours of handling hollow, and those at work filled, with their number."""
    reader = planner.reader

    def dots(name: str, *, hollow: bool) -> Figure:
        there = [
            (row, value, planner.team_colour(own.team))
            for row, own in enumerate(shown)
            if (value := getattr(own, name)) is not None
        ]
        shades = [shade for _, _, shade in there]
        return {
            "type": "scatter",
            "mode": "markers+text",
            "x": [neat(value, 3) for _, value, _ in there],
            "y": [row for row, _, _ in there],
            "marker": {
                "size": 14,
                "color": PAPER if hollow else shades,
                "line": {"width": 2.5, "color": shades if hollow else PAPER},
            },
            "text": [reader.number(value, 1) for _, value, _ in there],
            "textposition": "top center" if hollow else "bottom center",
            "textfont": {"size": 12, "color": INK},
            "hoverinfo": "text",
            "hovertext": [
                reader(f"week.productivity.{name}", n=reader.number(value, 1))
                for _, value, _ in there
            ],
            "cliponaxis": False,
        }

    return [dots("per_handling_hour", hollow=True), dots("per_hour", hollow=False)]
