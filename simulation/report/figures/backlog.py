"""Backlog through the week: messages without an answer at each hour, with bands."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from simulation.comparison.week import OpenWork, WeekView
from simulation.report.chart import (
    GRID,
    NONE,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    colour,
)
from simulation.report.planner import (
    WORKING_DAYS,
    Planner,
    band,
    clock,
    day_axis,
    faint,
    first_line,
    heading,
    levels,
    line,
    panels,
    suffix,
    titled,
    when,
    working,
)
from simulation.report.traced import plain
from simulation.report.words import upper_first

CLEARED: Final = 0.05
"""Part of the peak up to which a backlog counts as gone."""

_FEW: Final = 1
_FEW_DAYS: Final = 2
"""Days on which a backlog stays that a title has room to name."""

_LEAST: Final = 4
_ALONE: Final = 270
_PANEL: Final = 150
_BETWEEN: Final = 50
_BANDS: Final = ("p5", "p25", "p50", "p75", "p95")


def backlog(view: WeekView, planner: Planner) -> Chart | None:
    """Draw the backlog of the channels that citizens write to; None without any.

    Parameters
    ----------
    view : the week of the scenario, at ``planner.root`` in the page's document
    planner : the reader and the scenario
    """
    shown = _shown(view)
    if not shown:
        return None
    reader = planner.reader
    title = _title(view, planner, *shown[0])
    numbers = "; ".join(_spoken(planner, work) for _, work in shown)
    return Chart(
        key="backlog",
        title=title,
        subtitle=reader.mark(
            "week.backlog.subtitle", during=planner.during, runs=planner.runs(view.replications)
        ),
        note=reader.mark("week.backlog.note"),
        alt=reader("week.backlog.alt", title=plain(title), numbers=numbers),
        table=_table(planner, shown),
        figure=_figure(view, planner, [work for _, work in shown]),
    )


def _shown(view: WeekView) -> list[tuple[int, OpenWork]]:
    names = [answers.channel for answers in first_line(view)]
    found = [
        (place, work)
        for place, work in enumerate(view.open_work)
        if work.channel in names and any(value is not None for value in work.p50)
    ]
    return sorted(found, key=lambda each: -max(value or 0 for value in each[1].p50))


def quiet(view: WeekView, planner: Planner) -> str | None:
    """Say that there is no backlog, where there is none at any hour in 95 % of the weeks."""
    shown = _shown(view)
    if not shown or any(value for _, work in shown for value in work.p95):
        return None
    reader = planner.reader
    names = reader.listing(planner.channel(work.channel) for _, work in shown)
    return reader("week.backlog.none", channels=names)


def peak_hour(work: OpenWork) -> int:
    """Give the hour of the week with the highest median, the first of equals."""
    medians = [-1 if value is None else value for value in work.p50]
    return medians.index(max(medians))


def lowest_by_day(view: WeekView, planner: Planner, work: OpenWork) -> list[int]:
    """Give the lowest median on each working day, from the first hour at work to the last.

    On a day on which nobody is at work, that of the whole day: what lies there then is not gone.
    """
    at_work = working(view, planner, work.channel)
    if not any(at_work):
        return []
    lowest = []
    for weekday in range(WORKING_DAYS):
        day = range(24 * weekday, 24 * weekday + 24)
        hours = [hour for hour in day if at_work[hour]] or list(day)
        marks = sorted({mark for hour in hours for mark in (hour, hour + 1)})
        medians = [value for mark in marks if (value := work.p50[mark]) is not None]
        if medians:
            lowest.append(min(medians))
    return lowest


def _title(view: WeekView, planner: Planner, place: int, work: OpenWork) -> Markup:
    reader, hour = planner.reader, peak_hour(work)
    most = work.p50[hour] or 0
    lowest = lowest_by_day(view, planner, work)
    name, values = planner.channel(work.channel), {"when": when(reader, hour)}
    limit = max(_FEW, CLEARED * most)
    if most <= _FEW:
        return titled(planner, f"week.backlog.title.{'few' if most else 'empty'}", name, {})
    if lowest and min(lowest) > limit:
        never = planner.traced(reader.number(min(lowest)), "open_work", place, "p50", how="lowest")
        return titled(planner, "week.backlog.title.never", name, {**values, "n": never})
    form = "peak" if not lowest else "cleared" if max(lowest) <= limit else "partly"
    left = [day for day, least in enumerate(lowest) if least > limit]
    if left and len(left) <= _FEW_DAYS and len(lowest) == WORKING_DAYS:
        days = reader.listing(reader(f"weekday.{day}") for day in left)
        return titled(planner, "week.backlog.title.days", name, {**values, "days": days})
    return titled(planner, f"week.backlog.title.{form}", name, values)


def _spoken(planner: Planner, work: OpenWork) -> str:
    reader, hour = planner.reader, peak_hour(work)
    numbers = {
        name: reader.number(value)
        for name in _BANDS
        if (value := getattr(work, name)[hour]) is not None
    }
    return reader(
        "week.backlog.spoken", channel=planner.channel(work.channel), hour=clock(reader, hour),
        **numbers,
    )  # fmt: skip


def _table(planner: Planner, shown: Sequence[tuple[int, OpenWork]]) -> Table:
    reader = planner.reader
    rows = []
    for place, work in shown:
        name = planner.channel(work.channel)
        for hour in range(len(work.p50)):
            if work.p50[hour] is not None:
                cells = [_cell(planner, place, work, each, hour) for each in _BANDS]
                first = clock(reader, hour) if len(shown) == 1 else f"{name}, {clock(reader, hour)}"
                rows.append((upper_first(first), *cells))
    return Table(
        head=tuple(reader(f"week.backlog.head.{i}") for i in range(1, 7)), rows=tuple(rows)
    )


def _cell(planner: Planner, place: int, work: OpenWork, name: str, hour: int) -> str:
    value = getattr(work, name)[hour]
    if value is None:
        return NONE
    return planner.traced(planner.reader.number(value), "open_work", place, name, hour)


def _figure(view: WeekView, planner: Planner, shown: Sequence[OpenWork]) -> Figure:
    reader = planner.reader
    layout = base_layout(reader, 0)
    size = _ALONE if len(shown) == 1 else _PANEL
    layout["height"], layout["margin"], domains = panels(len(shown), size, _BETWEEN)
    data: list[Figure] = []
    hours = list(range(168))
    for place, work in enumerate(shown):
        name, shade = suffix(place), colour(work.channel)
        highest = max(_LEAST, *(value or 0 for value in work.p95))
        layout[f"xaxis{name}"] = day_axis(reader, place)
        layout[f"yaxis{name}"] = axis(
            **levels(reader, highest), domain=domains[place], anchor=f"x{name}"
        )
        layout["shapes"] += _closed(working(view, planner, work.channel), place)
        layout["shapes"] += [_midnight(day, place) for day in range(1, 7)]
        if len(shown) > 1:
            text = planner.channel(work.channel)
            layout["annotations"] += heading(text, domains[place], shade)
        data += band(hours, work.p5, work.p95, faint(shade, 0.18), place)
        data += band(hours, work.p25, work.p75, faint(shade, 0.35), place)
        hover = {"hoverinfo": "text", "hovertext": [_hover(planner, work, h) for h in hours]}
        data.append(line(hours, work.p50, shade, place, **hover))
    return {"data": data, "layout": layout}


def _hover(planner: Planner, work: OpenWork, hour: int) -> str:
    reader = planner.reader
    if work.p50[hour] is None:
        return ""
    return reader(
        "week.backlog.hover",
        hour=clock(reader, hour),
        p50=reader.number(work.p50[hour] or 0),
        p5=reader.number(work.p5[hour] or 0),
        p95=reader.number(work.p95[hour] or 0),
    )


def _closed(at_work: Sequence[bool], place: int) -> list[Figure]:
    """Shade the hours in which nobody is at work; nothing when that is not known."""
    if not any(at_work):
        return []
    edges = [hour for hour in range(1, len(at_work)) if at_work[hour] != at_work[hour - 1]]
    starts = [0, *edges]
    ends = [*edges, len(at_work)]
    return [
        {
            "type": "rect", "xref": f"x{suffix(place)}", "x0": start, "x1": end,
            "yref": f"y{suffix(place)} domain", "y0": 0, "y1": 1,
            "fillcolor": "#eef1f4", "line": {"width": 0}, "layer": "below",
        }
        for start, end in zip(starts, ends, strict=True)
        if not at_work[start]
    ]  # fmt: skip


def _midnight(day: int, place: int) -> Figure:
    return {
        "type": "line", "xref": f"x{suffix(place)}", "x0": 24 * day, "x1": 24 * day,
        "yref": f"y{suffix(place)} domain", "y0": 0, "y1": 1,
        "line": {"color": GRID, "width": 1}, "layer": "below",
    }  # fmt: skip
