"""Answer times of messages: by hours of opening, and by working day, beside the norm."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from simulation.comparison.week import Answers, WeekView
from simulation.report import words
from simulation.report.chart import (
    INK,
    PAPER,
    QUIET,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    colour,
    neat,
)
from simulation.report.planner import Planner, first_line, line, named, percents, titled
from simulation.report.promise import Promise, exact, promise, within_hours
from simulation.report.traced import plain

EIGHT: Final = 8.0
"""The line at a day's work, in opening hours."""

DAYS: Final = 4
"""Working days that are shown, that of arrival included."""

TABLE_HOURS: Final = (1, 2, 4, 8, 16, 24, 40)
_LEAST, _MOST = 12.0, 40.0
_CURVE: Final = [0.47, 1.0]
_BARS: Final = [0.0, 0.29]
_DASHES: Final = ("solid", "dash", "dot", "dashdot")


def answers(view: WeekView, planner: Planner) -> Chart | None:
    """Draw how soon messages are answered; None where there are none.

    Parameters
    ----------
    view : the week of the scenario, at ``planner.root`` in the page's document
    planner : the reader and the scenario
    """
    shown = first_line(view)
    if not shown:
        return None
    reader = planner.reader
    title = _title(view, planner, shown[0])
    return Chart(
        key="answers",
        title=title,
        subtitle=reader.mark(
            "week.answers.subtitle",
            channels=reader.listing(
                words.lower_first(words.clip(planner.channel(each.channel), 40)) for each in shown
            ),
            during=planner.during,
            runs=planner.runs(view.replications),
        ),
        note=reader.mark("week.answers.note"),
        alt=reader(
            "week.answers.alt",
            title=plain(title),
            numbers="; ".join(_spoken(planner, each) for each in shown),
        ),
        table=_table(view, planner, shown),
        figure=_figure(planner, shown),
    )


def _title(view: WeekView, planner: Planner, own: Answers) -> Markup:
    told = promise(planner, own)
    path = ("answers", view.answers.index(own), *told.path)
    name = planner.channel(own.channel)
    values: dict[str, str] = {
        "share": planner.traced(exact(planner, told.share, told.target), *path),
        "within": _within(planner, told.within),
    }
    if told.target is None:
        return titled(planner, "week.answers.title.plain", name, values)
    side = "at" if told.share == told.target else "above" if told.share > told.target else "below"
    values["target"] = _target(planner, told.target)
    return titled(planner, f"week.answers.title.{side}", name, values)


def _within(planner: Planner, text: str) -> str:
    if text == "0 working days":
        return planner.reader("week.same_day")
    return words.within(planner.reader, text)


def _target(planner: Planner, target: float) -> str:
    return planner.reader.percent(target, 0 if round(100 * target, 6) % 1 == 0 else 1)


def _spoken(planner: Planner, own: Answers) -> str:
    reader = planner.reader
    return reader(
        "week.answers.spoken",
        channel=planner.channel(own.channel),
        hours=exact(planner, within_hours(own, EIGHT)[0]),
        same=exact(planner, own.by_day[0]),
        one=exact(planner, own.by_day[1]),
        two=exact(planner, own.by_day[2]),
    )


def _table(view: WeekView, planner: Planner, shown: Sequence[Answers]) -> Table:
    reader, rows = planner.reader, []
    for own in shown:
        place, name = view.answers.index(own), planner.channel(own.channel)
        points = [
            (f"{hours} hours working time", *within_hours(own, hours), "within")
            for hours in TABLE_HOURS
            if hours <= own.hours[-1] or hours == EIGHT
        ]
        points += [(f"{day} working days", own.by_day[day], day, "by_day") for day in range(DAYS)]
        for text, share, at, which in points:
            told = planner.traced(reader.percent(share, 1), "answers", place, which, at)
            rows.append((name, _within(planner, text), told))
    return Table(
        head=tuple(reader(f"week.answers.head.{i}") for i in range(1, 4)),
        rows=tuple(rows),
        prose=(0, 1),
    )


def _figure(planner: Planner, shown: Sequence[Answers]) -> Figure:
    reader = planner.reader
    layout = base_layout(reader, 400 + 34 * (len(shown) - 1) * DAYS // 2)
    layout["margin"] = {"l": 8, "r": 12, "t": 22, "b": 30}
    end = _end(shown)
    step = 4 if end <= 24 else 8  # noqa: PLR2004
    layout["xaxis"] = axis(
        range=[0, neat(1.03 * end)],
        anchor="y",
        tickvals=list(range(0, int(end) + 1, step)),
        ticktext=[reader("week.hours", n=hour) for hour in range(0, int(end) + 1, step)],
    )
    layout["yaxis"] = axis(**percents(reader), domain=_CURVE, anchor="x")
    layout["xaxis2"] = axis(**percents(reader), anchor="y2")
    layout["xaxis2"]["range"] = [0, 112]
    layout["yaxis2"] = axis(
        range=[DAYS - 0.5, -0.5],
        tickvals=list(range(DAYS)),
        ticktext=[_within(planner, f"{day} working days") for day in range(DAYS)],
        domain=_BARS,
        anchor="x2",
        showgrid=False,
        ticks="",
    )
    layout["shapes"], layout["annotations"] = _eight(), [_eight_name(planner)]
    data: list[Figure] = []
    for number, own in enumerate(shown):
        shade, norm = colour(own.channel), promise(planner, own)
        data.append(_curve(planner, own, end, shade, _DASHES[number % len(_DASHES)]))
        data.append(_bars(planner, own, shade, number, len(shown)))
        if norm.target is not None:
            layout["shapes"] += _norm(own, norm, end)
            layout["annotations"].append(_norm_name(planner, norm, end))
    if len(shown) > 1:
        layout["annotations"] += _names(planner, shown, end)
    return {"data": data, "layout": layout}


def _end(shown: Sequence[Answers]) -> float:
    """Give until where curves are drawn: where they are flat, in steps of four hours."""
    flat = max(
        next(hour for hour, share in zip(own.hours, own.within, strict=True)
             if share >= 0.995 * own.within[-1])
        for own in shown
    )  # fmt: skip
    return min(_MOST, max(_LEAST, 4.0 * (flat // 4 + 1)))


def _curve(planner: Planner, own: Answers, end: float, shade: str, dash: str) -> Figure:
    every = 1 if end <= _LEAST else 3
    points = [
        (hour, share)
        for at, (hour, share) in enumerate(zip(own.hours, own.within, strict=True))
        if hour <= end and at % every == 0
    ]
    if points[-1][0] < end:
        points.append((end, within_hours(own, end)[0]))
    reader = planner.reader
    hover = [
        reader("week.answers.hover", n=reader.number(hour, 2), share=reader.percent(share))
        for hour, share in points
    ]
    return line(
        [neat(hour) for hour, _ in points],
        [neat(100 * share, 3) for _, share in points],
        shade,
        line={"width": 2.5, "color": shade, "shape": "hv", "dash": dash},
        hoverinfo="text",
        hovertext=hover,
    )


def _bars(planner: Planner, own: Answers, shade: str, number: int, of: int) -> Figure:
    height = 0.62 / of
    shares = own.by_day[:DAYS]
    return {
        "type": "bar",
        "orientation": "h",
        "xaxis": "x2",
        "yaxis": "y2",
        "x": [neat(100 * share, 3) for share in shares],
        "y": [neat(day + (number - (of - 1) / 2) * height) for day in range(DAYS)],
        "width": neat(0.9 * height),
        "marker": {"color": shade, "line": {"width": 1, "color": PAPER}},
        "text": [exact(planner, share) for share in shares],
        "textposition": "outside",
        "textfont": {"size": 12, "color": INK},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _eight() -> list[Figure]:
    return [
        {
            "type": "line", "xref": "x", "x0": EIGHT, "x1": EIGHT, "yref": "y domain", "y0": 0,
            "y1": 1, "line": {"color": QUIET, "width": 1.5, "dash": "dash"}, "layer": "above",
        }
    ]  # fmt: skip


def _eight_name(planner: Planner) -> Figure:
    return {
        "xref": "x", "x": EIGHT, "xanchor": "center", "yref": "y domain", "y": 1,
        "yanchor": "bottom", "text": words.within(planner.reader, "8 hours working time"),
        "showarrow": False, "font": {"size": 12, "color": QUIET},
    }  # fmt: skip


def _norm(own: Answers, norm: Promise, end: float) -> list[Figure]:
    """Mark a norm: a stroke across the bar of its day, or a cross on the curve."""
    which, place = norm.path
    target = neat(100 * (norm.target or 0.0))
    stroke: Figure = {"type": "line", "line": {"color": INK, "width": 3}, "layer": "above"}
    if which == "by_day":
        if place >= DAYS:
            return []
        return [
            {**stroke, "xref": "x2", "x0": target, "x1": target, "yref": "y2",
             "y0": place - 0.42, "y1": place + 0.42}
        ]  # fmt: skip
    hours = own.hours[place]
    if hours > end:
        return []
    return [
        {**stroke, "xref": "x", "x0": neat(max(0.0, hours - end / 40)),
         "x1": neat(hours + end / 40), "yref": "y", "y0": target, "y1": target}
    ]  # fmt: skip


def _norm_name(planner: Planner, norm: Promise, end: float) -> Figure:
    """Name the norm, in the empty half beside its mark."""
    which, _ = norm.path
    reader = planner.reader
    text = reader("service.norm", target=_target(planner, norm.target or 0.0))
    name: Figure = {"text": text, "showarrow": False, "font": {"size": 12, "color": INK}}
    if which == "by_day":
        return {
            **name, "xref": "x2", "x": neat(100 * (norm.target or 0.0)), "xanchor": "center",
            "yref": "y2 domain", "y": 1, "yanchor": "bottom",
        }  # fmt: skip
    return {
        **name, "xref": "x", "x": neat(EIGHT + end / 30), "xanchor": "left", "yref": "y",
        "y": neat(100 * (norm.target or 0.0)), "yanchor": "top", "yshift": -6,
    }  # fmt: skip


def _names(planner: Planner, shown: Sequence[Answers], end: float) -> list[Figure]:
    """Name the curves, in the empty corner below them."""
    return [
        each
        for number, own in enumerate(shown)
        for each in named(
            planner.channel(own.channel), colour(own.channel),
            xref="x", x=neat(0.5 * end), yref="y", y=8 + 14 * number,
        )
    ]  # fmt: skip
