"""Occupancy by the hour: a small panel for each team, with the ceiling to watch."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from simulation.comparison.week import CEILING, Occupancy, WeekView
from simulation.report.chart import (
    INK,
    NONE,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    neat,
)
from simulation.report.planner import (
    WORKING_DAYS,
    Planner,
    band,
    faint,
    heading,
    line,
    panels,
    percents,
    suffix,
    titled,
)
from simulation.report.traced import plain

COLUMNS: Final = 2
MOST_TEAMS: Final = 8
_WEEKDAY: Final = "#9aa5b0"
_GAP: Final = 0.12
_TICKS: Final = 4
_LARGEST_STEP: Final = 6
_PANEL: Final = 150
_BETWEEN: Final = 62


def occupancy(view: WeekView, planner: Planner) -> Chart | None:
    """Draw how busy teams are by the hour of the day; None without teams.

    Parameters
    ----------
    view : the week of the scenario, at ``planner.root`` in the page's document
    planner : the reader and the scenario
    """
    shown = list(enumerate(view.occupancy))[:MOST_TEAMS]
    if not shown:
        return None
    reader = planner.reader
    title = _title(view, planner)
    return Chart(
        key="occupancy",
        title=title,
        subtitle=reader.mark(
            "week.occupancy.subtitle",
            during=planner.during,
            runs=planner.runs(view.replications),
        ),
        note=reader.mark("week.occupancy.note", ceiling=reader.percent(CEILING)),
        alt=reader(
            "week.occupancy.alt",
            title=plain(title),
            numbers="; ".join(_spoken(planner, each) for _, each in shown),
        ),
        table=_table(planner, shown),
        figure=_figure(planner, [each for _, each in shown]),
    )


def above(own: Occupancy) -> list[int]:
    """Give the hours of the day in which mean occupancy is above the ceiling."""
    return [hour for hour, share in enumerate(own.mean) if share is not None and share > CEILING]


def busiest(own: Occupancy) -> int:
    """Give the hour with the highest mean occupancy."""
    shares = [-1.0 if share is None else share for share in own.mean]
    return shares.index(max(shares))


def _title(view: WeekView, planner: Planner) -> Markup:
    reader = planner.reader
    over = [(place, each) for place, each in enumerate(view.occupancy) if above(each)]
    ceiling = reader.percent(CEILING)
    total = planner.traced(reader.number(len(view.occupancy)), "occupancy", how="length")
    if not over:
        if len(view.occupancy) == 1:
            name = planner.team(view.occupancy[0].team)
            return titled(planner, "week.occupancy.title.none_alone", name, {"ceiling": ceiling})
        return reader.mark("week.occupancy.title.none", ceiling=ceiling)
    if len(over) == 1:
        place, own = over[0]
        hours = planner.traced(
            reader.number(len(above(own))), "occupancy", place, "mean", how="above"
        )
        form = "one" if len(above(own)) == 1 else "other"
        return titled(
            planner,
            f"week.occupancy.title.team.{form}",
            planner.team(own.team),
            {"n": hours, "ceiling": ceiling},
        )
    count = planner.traced(reader.number(len(over)), "occupancy", how="above")
    return reader.mark("week.occupancy.title.more", n=count, of=total, ceiling=ceiling)


def _spoken(planner: Planner, own: Occupancy) -> str:
    hour = busiest(own)
    return planner.reader(
        "week.occupancy.spoken",
        team=planner.team(own.team),
        hour=_span(planner, hour),
        share=planner.reader.percent(own.mean[hour] or 0.0),
    )


def _span(planner: Planner, hour: int) -> str:
    return planner.reader("week.hour", start=hour, end=hour + 1)


def _table(planner: Planner, shown: Sequence[tuple[int, Occupancy]]) -> Table:
    reader, rows = planner.reader, []
    for place, own in shown:
        for hour, mean in enumerate(own.mean):
            if mean is None:
                continue
            root = ("occupancy", place)
            cells = [
                _cell(planner, mean, *root, "mean", hour),
                _cell(planner, own.p5[hour], *root, "p5", hour),
                _cell(planner, own.p95[hour], *root, "p95", hour),
                *(
                    _cell(planner, own.by_weekday[day][hour], *root, "by_weekday", day, hour)
                    for day in range(WORKING_DAYS)
                ),
            ]
            rows.append((f"{planner.team(own.team)}, {_span(planner, hour)}", *cells))
    weekdays = [reader(f"weekday.short.{day}") for day in range(WORKING_DAYS)]
    head = [reader(f"week.occupancy.head.{i}") for i in range(1, 5)]
    return Table(head=(*head, *weekdays), rows=tuple(rows))


def _cell(planner: Planner, share: float | None, *path: str | int) -> str:
    return NONE if share is None else planner.traced(planner.reader.percent(share), *path)


def _figure(planner: Planner, shown: Sequence[Occupancy]) -> Figure:
    reader = planner.reader
    columns = min(COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    layout = base_layout(reader, 0)
    layout["height"], layout["margin"], domains = panels(rows, _PANEL, _BETWEEN)
    width = (1 - _GAP * (columns - 1)) / columns
    first, last = _hours(shown)
    data: list[Figure] = []
    for place, own in enumerate(shown):
        row, column = divmod(place, columns)
        left = column * (width + _GAP)
        name, shade = suffix(place), planner.team_colour(own.team)
        layout[f"xaxis{name}"] = axis(
            **_day(planner, first, last), domain=[neat(left), neat(left + width)], anchor=f"y{name}"
        )
        layout[f"yaxis{name}"] = axis(
            **percents(reader), domain=domains[row], anchor=f"x{name}",
            showticklabels=column == 0,
        )  # fmt: skip
        text = planner.team(own.team)
        layout["annotations"] += heading(text, domains[row], shade, neat(left))
        layout["shapes"].append(_ceiling(place))
        data += _panel(planner, own, shade, place)
    return {"data": data, "layout": layout}


def _hours(shown: Sequence[Occupancy]) -> tuple[int, int]:
    """Give the first hour in which anybody is at work, and that after the last."""
    there = [hour for own in shown for hour, share in enumerate(own.mean) if share is not None]
    return min(there), max(there) + 1


def _day(planner: Planner, first: int, last: int) -> Figure:
    step = next((step for step in (1, 2, 3, 4) if last - first <= _TICKS * step), _LARGEST_STEP)
    ticks = list(range(first, last + 1, step))
    return {
        "range": [first, last],
        "tickvals": ticks,
        "ticktext": [planner.reader("week.hours", n=hour) for hour in ticks],
    }


def _ceiling(place: int) -> Figure:
    height = neat(100 * CEILING)
    return {
        "type": "line", "xref": f"x{suffix(place)} domain", "x0": 0, "x1": 1,
        "yref": f"y{suffix(place)}", "y0": height, "y1": height,
        "line": {"color": INK, "width": 1.5, "dash": "dot"}, "layer": "above",
    }  # fmt: skip


def _panel(planner: Planner, own: Occupancy, shade: str, place: int) -> list[Figure]:
    """Give the band over days, a grey line for each weekday, and the mean."""
    there = [hour for hour, share in enumerate(own.mean) if share is not None]
    middle = [hour + 0.5 for hour in there]

    def row(shares: Sequence[float | None]) -> list[float | None]:
        return [None if (share := shares[hour]) is None else neat(100 * share, 2) for hour in there]

    hover = [
        planner.reader(
            "week.occupancy.hover",
            hour=_span(planner, hour),
            share=planner.reader.percent(own.mean[hour] or 0.0),
        )
        for hour in there
    ]
    weekdays = [
        line(middle, row(own.by_weekday[day]), _WEEKDAY, place,
             line={"width": 1, "color": _WEEKDAY})
        for day in range(WORKING_DAYS)
        if any(share is not None for share in own.by_weekday[day])
    ]  # fmt: skip
    return [
        *band(middle, row(own.p5), row(own.p95), faint(shade, 0.15), place),
        *weekdays,
        line(middle, row(own.mean), shade, place, hoverinfo="text", hovertext=hover),
    ]
