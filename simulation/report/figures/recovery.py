"""Recovery after a peak: open work with the event and without it, until it is gone."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from simulation.comparison.peak import Gone, Level, PeakChannel, PeakResult, hours_of
from simulation.report import moments, words
from simulation.report.chart import (
    INK,
    QUIET,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    colour,
)
from simulation.report.numbers import signed_number
from simulation.report.planner import (
    MOST_PANELS,
    Planner,
    band,
    clock,
    faint,
    heading,
    levels,
    line,
    panels,
    suffix,
)
from simulation.report.traced import plain

AFTER: Final = dt.timedelta(days=2)
"""What is drawn after the moment at which it is gone in 90 % of the simulations."""

_LONG: Final = 10 * 24
"""Hours from which every third is drawn."""

_TICKS: Final = 7
_LEAST: Final = 4
_PANEL: Final = 110
_BETWEEN: Final = 40


def recovery(result: PeakResult, planner: Planner) -> Chart | None:
    """Draw what an event did; None where it was never noticed.

    Parameters
    ----------
    result : the peak, at ``planner.root`` in the page's document
    planner : the reader and the scenario
    """
    shown = _shown(result)
    if not shown:
        return None
    reader = planner.reader
    title = recovery_title(result, planner)
    return Chart(
        key="recovery",
        title=title,
        subtitle=reader.mark(
            "peak.subtitle",
            event=words.lower_first(_event(planner, result)),
            moment=planner.traced(
                moments.moment(reader, dt.datetime.fromisoformat(result.start)),
                "start", how="name",
            ),
            contacts=planner.traced(reader.number(result.contacts), "contacts"),
            runs=planner.runs(result.finished, "finished"),
        ),
        note=reader.mark("peak.note"),
        alt=reader(
            "peak.alt",
            title=plain(title),
            numbers="; ".join(_spoken(planner, result, own) for _, own in shown),
        ),
        table=recovery_table(result, planner),
        figure=_figure(planner, result, [own for _, own in shown]),
    )  # fmt: skip


def recovery_title(result: PeakResult, planner: Planner) -> Markup:
    """Say by when the peak is gone everywhere, in 90 % of the simulations."""
    reader, gone = planner.reader, result.everywhere.p90
    if gone is None:
        last = _by(planner, result, gone)
        return reader.mark(
            "peak.title.stays", later=planner.traced(last, "followed_until", how="name")
        )
    if gone == result.start:
        return reader.mark("peak.title.unnoticed")
    told = planner.traced(_by(planner, result, gone), "everywhere", "p90", how="name")
    return reader.mark("peak.title.gone", moment=told)


def _by(planner: Planner, result: PeakResult, when: str | None) -> str:
    return moments.gone_by(planner.reader, result, when)


def _event(planner: Planner, result: PeakResult) -> str:
    return planner.reader.text(result.event_title, words.plain(result.event))


def _shown(result: PeakResult) -> list[tuple[int, PeakChannel]]:
    """Give the channels in which most simulations notice it, the most touched first."""
    found = [
        (place, own)
        for place, own in enumerate(result.channels)
        if 2 * own.noticed >= result.finished
    ]
    if not found:
        found = [(place, own) for place, own in enumerate(result.channels) if own.noticed]
    found.sort(key=lambda each: each[1].usual_largest.p50 - each[1].largest.p50)
    return found[:MOST_PANELS]


def _spoken(planner: Planner, result: PeakResult, own: PeakChannel) -> str:
    reader = planner.reader
    return reader(
        "peak.spoken",
        channel=planner.channel(own.channel),
        largest=reader.number(own.largest.p50),
        usual=reader.number(own.usual_largest.p50),
        gone=_by(planner, result, own.gone.p90),
    )


def recovery_table(result: PeakResult, planner: Planner) -> Table:
    """Give a row for each channel: by when it is gone, how bad it gets, who is lost."""
    reader = planner.reader
    rows = []
    for place, own in enumerate(result.channels):
        root = ("channels", place)

        def gone(which: str, own: PeakChannel = own, root: tuple[str, int] = root) -> str:
            text = _by(planner, result, getattr(own.gone, which))
            return planner.traced(text, *root, "gone", which, how="name")

        def level(text: str, name: str, which: str = "p50", root: tuple[str, int] = root) -> str:
            return planner.traced(text, *root, name, which)

        rows.append(
            (
                planner.channel(own.channel),
                gone("p50"),
                gone("p90"),
                level(_open(planner, own, own.usual_largest.p50), "usual_largest"),
                level(_open(planner, own, own.largest.p50), "largest"),
                level(_open(planner, own, own.largest.p90), "largest", "p90"),
                level(_wait(planner, own, own.usual_longest_wait), "usual_longest_wait"),
                level(_wait(planner, own, own.longest_wait), "longest_wait"),
                level(signed_number(own.extra_attempts.p50, reader.language), "extra_attempts"),
                level(signed_number(own.extra_closed.p50, reader.language), "extra_closed"),
                level(signed_number(own.extra_lost.p50, reader.language), "extra_lost"),
            )
        )
    head = tuple(reader(f"peak.head.{i}") for i in range(1, 12))
    return Table(head=head, rows=tuple(rows), prose=(0, 1, 2))


def _open(planner: Planner, own: PeakChannel, count: float) -> str:
    return moments.open_work(planner.reader, own, count)


def _wait(planner: Planner, own: PeakChannel, level: Level) -> str:
    return moments.wait(planner.reader, own, level.p50)


def _figure(planner: Planner, result: PeakResult, shown: Sequence[PeakChannel]) -> Figure:
    reader = planner.reader
    hours = hours_of(result)
    places = _places(result, hours)
    x = list(places)
    layout = base_layout(reader, 0)
    layout["height"], layout["margin"], domains = panels(len(shown), _PANEL, _BETWEEN)
    data: list[Figure] = []
    for number, own in enumerate(shown):
        name, shade, curve = suffix(number), colour(own.channel), own.curve
        highest = max(_LEAST, *(curve.p95[place] for place in places))
        layout[f"xaxis{name}"] = axis(
            **_days(planner, hours, places), anchor=f"y{name}", showgrid=False,
            showticklabels=number == len(shown) - 1,
        )  # fmt: skip
        layout[f"yaxis{name}"] = axis(
            **levels(reader, highest), domain=domains[number], anchor=f"x{name}"
        )
        text = planner.channel(own.channel)
        layout["annotations"] += heading(text, domains[number], shade)
        layout["annotations"].append(_gone_name(planner, result, own, domains[number]))
        layout["shapes"] += _marks(result, own.gone, hours, number)
        data += band(x, _at(curve.p5, places), _at(curve.p95, places), faint(shade, 0.2), number)
        data.append(
            line(x, _at(curve.usual_p50, places), QUIET, number,
                 line={"width": 1.5, "color": QUIET, "dash": "dot"})
        )  # fmt: skip
        data.append(
            line(x, _at(curve.p50, places), shade, number, hoverinfo="text",
                 hovertext=[_hover(planner, own, hours, place) for place in places])
        )  # fmt: skip
    return {"data": data, "layout": layout}


def _places(result: PeakResult, hours: Sequence[dt.datetime]) -> list[int]:
    """Choose the hours that are drawn: until some days after it is gone, every third of many."""
    last = result.everywhere.p90 or result.followed_until
    end = dt.datetime.fromisoformat(last) + AFTER
    count = sum(hour <= end for hour in hours)
    return list(range(0, count, 3 if count > _LONG else 1))


def _at(row: Sequence[int], places: Sequence[int]) -> list[float]:
    return [row[place] for place in places]


def _days(planner: Planner, hours: Sequence[dt.datetime], places: Sequence[int]) -> Figure:
    """Give the axis: days by their date, as many as fit."""
    days = [place for place in range(places[-1] + 1) if hours[place].hour == 0]
    every = -(-len(days) // _TICKS)
    chosen = days[::every]
    reader = planner.reader
    return {
        "range": [places[0], places[-1]],
        "tickvals": chosen,
        "ticktext": [
            f"{reader(f'weekday.short.{hours[place].weekday()}')} {hours[place].day}"
            for place in chosen
        ],
    }


def _place(hours: Sequence[dt.datetime], moment: str) -> float:
    """Give where a moment lies on the axis, in hours."""
    return (dt.datetime.fromisoformat(moment) - hours[0]) / dt.timedelta(hours=1)


def _marks(
    result: PeakResult, gone: Gone, hours: Sequence[dt.datetime], number: int
) -> list[Figure]:
    """Give strokes at the start, and where it is gone in 90 % of the simulations."""
    found = [(result.start, "solid", QUIET)]
    if gone.p90 is not None and gone.p90 != result.start:
        found.append((gone.p90, "dash", INK))
    return [
        {
            "type": "line", "xref": f"x{suffix(number)}", "x0": _place(hours, moment),
            "x1": _place(hours, moment), "yref": f"y{suffix(number)} domain", "y0": 0, "y1": 1,
            "line": {"color": shade, "width": 1.5, "dash": dash}, "layer": "above",
        }
        for moment, dash, shade in found
    ]  # fmt: skip


def _gone_name(
    planner: Planner, result: PeakResult, own: PeakChannel, domain: Sequence[float]
) -> Figure:
    text = planner.reader("peak.gone", moment=_short_by(planner, result, own.gone.p90))
    return {
        "xref": "paper", "x": 1, "xanchor": "right", "yref": "paper", "y": domain[1],
        "yanchor": "bottom", "text": text, "showarrow": False,
        "font": {"size": 12, "color": INK},
    }  # fmt: skip


def _short_by(planner: Planner, result: PeakResult, when: str | None) -> str:
    if when is None or when == result.start:
        return _by(planner, result, when)
    moment = dt.datetime.fromisoformat(when)
    reader = planner.reader
    day, month = f"weekday.short.{moment.weekday()}", f"month.short.{moment.month}"
    return f"{reader(day)} {moment.day} {reader(month)} {moment:%H:%M}"


def _hover(planner: Planner, own: PeakChannel, hours: Sequence[dt.datetime], place: int) -> str:
    reader, hour = planner.reader, hours[place]
    return reader(
        "peak.hover",
        hour=f"{clock(reader, 24 * hour.weekday() + hour.hour)}",
        day=hour.day,
        n=reader.number(own.curve.p50[place]),
        usual=reader.number(own.curve.usual_p50[place]),
    )
