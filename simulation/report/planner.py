"""What the figures for planners share: one scenario, in one language, and the drawing of panels.

These figures show one staffed scenario from plain data (`simulation.comparison.week` and
`simulation.comparison.peak`), not a comparison.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from markupsafe import Markup

from simulation.comparison.compare import period_of
from simulation.comparison.week import Answers, WeekView
from simulation.report import words
from simulation.report.chart import INK, Figure, axis, colour, label, neat
from simulation.report.reader import Reader
from simulation.report.traced import Traced, plain
from simulation.scenario.scenario import Scenario, by_name
from simulation.scenario.text import Text

SHORT_NAME: Final = 22
MOST_OF_NAME: Final = 3
"""Characters and words of a name in a title."""

MOST_WORDS: Final = 12
"""Words in a title."""

WORKING_DAYS: Final = 5

LONGEST_NAME: Final = 14
"""Characters of a name in a figure, so that what stands beside it has room on a phone."""

MOST_PANELS: Final = 4
"""Panels above each other that a figure has at most."""

_ABOVE: Final = 24
_BELOW: Final = 32
"""Pixels for the name of the first panel, and for the axis of the last one."""


@dataclass(frozen=True)
class Planner:
    """One scenario as one reader sees it.

    Attributes
    ----------
    reader : the language
    scenario : the one that was played
    root : path in the page's document of the data that is drawn, such as ``week``; empty where
        that is the document itself
    """

    reader: Reader
    scenario: Scenario
    root: str

    def channel(self, name: str) -> str:
        """Give what readers call a channel."""
        own = self.scenario.channels.get(name)
        return self._name("channels", name, own.title if own else None)

    def team(self, name: str) -> str:
        """Give what readers call a team."""
        own = self.scenario.teams.get(name)
        return self._name("teams", name, own.title if own else None)

    def norm(self, name: str) -> str:
        """Give what readers call a norm, within a sentence."""
        norm = self.scenario.norms[name]
        if norm.title is not None:
            return self.reader.text(norm.title)
        return self.channel(norm.channel)

    def _name(self, room: str, name: str, title: Text | None) -> str:
        if title is not None:
            return words.upper_first(self.reader.text(title))
        known = f"{room}.{name}"
        return self.reader(known) if self.reader.knows(known) else words.plain(name).capitalize()

    @cached_property
    def during(self) -> str:
        """Say in which period, as a part of a sentence."""
        period = period_of(self.scenario)
        kind = "year" if period.calendar_year else "part"
        name = period.start[:4] if period.calendar_year else words.period(self.reader, period)
        return self.reader(f"during.{kind}", period=name)

    def traced(self, text: str, *path: str | int, how: str = "") -> Traced:
        """Give a text that shows a figure, with its path."""
        parts = map(str, (self.root, *path) if self.root else path)
        return Traced(text, ".".join(parts), how)

    def runs(self, count: int, path: str = "replications") -> Markup:
        """Say in how many simulations."""
        number = self.traced(self.reader.number(count), path)
        form = "one" if count == 1 else "other"
        return self.reader.mark(f"week.runs.{form}", n=number)

    def teams_of(self, channel: str) -> list[str]:
        """Give the teams that serve a channel."""
        return [name for name, team in self.scenario.teams.items() if channel in team.channels]

    def team_colour(self, team: str) -> str:
        """Give the colour of the one channel that a team serves, else that of its name."""
        own = self.scenario.teams.get(team)
        served = list(own.channels) if own else []
        return colour(served[0]) if len(served) == 1 else colour(team)


def titled(planner: Planner, key: str, name: str, values: dict[str, str]) -> Markup:
    """Write a title that begins with a name: as much of it as twelve words leave room for.

    Parameters
    ----------
    planner, key : the reader, and the text, whose ``{name}`` is filled in
    name : of a channel or team
    values : what fills the other placeholders
    """
    said = [
        planner.reader.mark(key, name=words.clip(name, SHORT_NAME, most), **values)
        for most in range(MOST_OF_NAME, 0, -1)
    ]
    return next((title for title in said if len(plain(title).split()) <= MOST_WORDS), said[-1])


def planner(reader: Reader, scenario: Scenario, root: str = "week") -> Planner:
    """Prepare figures; names of the scenario stand in the order in which it was played."""
    return Planner(reader, by_name(scenario), root)


def first_line(view: WeekView) -> list[Answers]:
    """Give the channels of messages that citizens write to; all of them if there are none."""
    own = [answers for answers in view.answers if not answers.passed_on]
    return (own or list(view.answers))[:MOST_PANELS]


def working(view: WeekView, planner: Planner, channel: str) -> list[bool]:
    """Tell for each hour of the week whether anybody who serves a channel is at work."""
    teams = planner.teams_of(channel)
    days = [each.by_weekday for each in view.occupancy if each.team in teams]
    return [
        any(by_weekday[weekday][hour] is not None for by_weekday in days)
        for weekday in range(7)
        for hour in range(24)
    ]


def when(reader: Reader, hour_of_week: int) -> str:
    """Name a part of a weekday: ``maandagochtend``."""
    weekday, hour = divmod(hour_of_week, 24)
    return reader(
        "week.daypart",
        weekday=reader(f"weekday.{weekday}"),
        part=reader(f"daypart.{hour // 6}"),
    )


def clock(reader: Reader, hour_of_week: int) -> str:
    """Write an hour of the week: ``ma 09:00``."""
    weekday, hour = divmod(hour_of_week, 24)
    return f"{reader(f'weekday.short.{weekday}')} {hour:02d}:00"


def faint(shade: str, strength: float) -> str:
    """Give a colour that what lies below shines through."""
    red, green, blue = (int(shade[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"


def levels(reader: Reader, highest: float) -> Figure:
    """Give an axis range from 0 up, with about four round ticks."""
    rough = max(highest, 1.0) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = max(1.0, size * next(factor for factor in (1, 2, 5, 10) if factor * size >= rough))
    places = range(math.floor(max(highest, 1.0) * 1.05 / step) + 1)
    return {
        "range": [0, neat(max(highest, 1.0) * 1.08)],
        "tickvals": [neat(place * step) for place in places],
        "ticktext": [reader.number(place * step) for place in places],
    }


def percents(reader: Reader, *, high: int = 100, step: int = 20) -> Figure:
    """Give an axis from 0 to 100 %."""
    ticks = range(0, high + 1, step)
    return {
        "range": [0, high + 2],
        "tickvals": list(ticks),
        "ticktext": [reader.percent(tick / 100) for tick in ticks],
    }


def panels(number: int, height: int, between: int) -> tuple[int, Figure, list[list[float]]]:
    """Lay out panels above each other.

    Parameters
    ----------
    number, height, between : how many, how high each is, and the room between two, in pixels

    Returns
    -------
    Height of the figure, its margins, and the domain of each panel, from the top.
    """
    inside = number * height + (number - 1) * between
    domains = []
    for place in range(number):
        top = inside - place * (height + between)
        domains.append([neat((top - height) / inside), neat(top / inside)])
    margin = {"l": 8, "r": 12, "t": _ABOVE, "b": _BELOW}
    return inside + _ABOVE + _BELOW, margin, domains


def suffix(place: int) -> str:
    """Give the number that Plotly puts behind ``x`` and ``y`` for a panel, from 0 on."""
    return "" if place == 0 else str(place + 1)


def named(text: str, shade: str, **place: object) -> list[Figure]:
    """Give a name behind a mark in its colour, as two annotations: text has to be legible.

    A style within one text would be refused by the page's Content-Security-Policy.
    """
    share: Figure = {"showarrow": False, "xanchor": "left", **place}
    font = {"size": 13, "weight": 700}
    return [
        {**share, "text": "■", "font": {**font, "color": shade}},
        {**share, "text": label(text, LONGEST_NAME, 1), "font": {**font, "color": INK},
         "xshift": 15},
    ]  # fmt: skip


def heading(text: str, domain: Sequence[float], shade: str, x: float = 0.0) -> list[Figure]:
    """Give the name of a panel, above it."""
    return named(text, shade, xref="paper", x=x, yref="paper", y=domain[1], yanchor="bottom")


def band(
    x: Sequence[float], low: Sequence[float | None], high: Sequence[float | None], fill: str,
    place: int = 0,
) -> list[Figure]:  # fmt: skip
    """Give the area between two lines, as two traces."""
    edge = {
        "type": "scatter", "mode": "lines", "x": list(x), "line": {"width": 0},
        "hoverinfo": "skip", "xaxis": f"x{suffix(place)}", "yaxis": f"y{suffix(place)}",
    }  # fmt: skip
    return [
        {**edge, "y": list(low)},
        {**edge, "y": list(high), "fill": "tonexty", "fillcolor": fill},
    ]


def line(
    x: Sequence[float], y: Sequence[float | None], shade: str, place: int = 0, **more: object
) -> Figure:
    """Give a line."""
    return {
        "type": "scatter", "mode": "lines", "x": list(x), "y": list(y),
        "line": {"width": 2.5, "color": shade}, "hoverinfo": "skip",
        "xaxis": f"x{suffix(place)}", "yaxis": f"y{suffix(place)}", **more,
    }  # fmt: skip


def day_axis(reader: Reader, place: int, **more: object) -> Figure:
    """Give the axis of a week, with the days named in their middle."""
    return axis(
        range=[0, 168],
        tickvals=[24 * day + 12 for day in range(7)],
        ticktext=[reader(f"weekday.short.{day}") for day in range(7)],
        showgrid=False,
        ticks="",
        anchor=f"y{suffix(place)}",
        **more,
    )
