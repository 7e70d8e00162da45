"""When how many people are needed: a table of the week for each place and season."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from markupsafe import Markup

from simulation.report import words
from simulation.report.planner import Planner
from simulation.report.traced import Traced
from simulation.sizing.document import PlaceHeads, SeasonHeads, SizeResult, SlotHeads, TeamSize

SHADES: Final = 6
"""Shades of a cell: the darker, the more people."""

HALF: Final = 0.5
"""Differences from today's roster that are smaller are not shown; from here on they are one."""


@dataclass(frozen=True)
class Cell:
    """One part of the week.

    Attributes
    ----------
    heads : people needed; none where the team does not work
    gap : difference from today's roster, with its sign as an arrow; empty where there is none
    spoken : the same for who does not see the arrow
    shade : from 1 to `SHADES`
    """

    heads: Traced
    gap: str
    spoken: str
    shade: int


@dataclass(frozen=True)
class Week:
    """The week of one place in one season."""

    id: str
    title: Markup
    subtitle: str
    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


def weeks(result: SizeResult, planner: Planner) -> list[Week]:
    """Give the weeks of all places and seasons."""
    return [
        _week(team, (n, at, number), place, season, planner)
        for n, team in enumerate(result.teams)
        for at, place in enumerate(team.places)
        for number, season in enumerate(place.seasons)
    ]


def name_of(team: TeamSize, planner: Planner, site: str | None = None) -> str:
    """Write the name of a team, with its site."""
    site = site or team.unit.partition("/")[2]
    name = planner.team(team.team)
    return f"{name}, {words.plain(site).capitalize()}" if site else name


def _week(
    team: TeamSize,
    at: tuple[int, int, int],
    place: PlaceHeads,
    season: SeasonHeads,
    planner: Planner,
) -> Week:
    reader = planner.reader
    root = f"teams.{at[0]}.places.{at[1]}.seasons.{at[2]}.slots"
    spans = sorted({(slot.begin, slot.end) for slot in season.slots})
    most = max((slot.heads for slot in season.slots), default=0)
    name = name_of(team, planner, place.site)
    numbered = list(enumerate(season.slots))
    rows = []
    for weekday, group in groupby(numbered, key=lambda row: row[1].weekday):
        own = {(slot.begin, slot.end): (number, slot) for number, slot in group}
        cells = tuple(
            _cell(own[span][1], f"{root}.{own[span][0]}.heads", most, planner)
            if span in own
            else None
            for span in spans
        )
        rows.append((reader(f"weekday.short.{weekday}"), cells))
    period = _period(season, planner)
    return Week(
        id="-".join(map(str, at)),
        title=_title(season, name, planner),
        subtitle=reader("size.heads.subtitle", name=name, period=period),
        label=reader("size.heads.label", name=name, period=period),
        columns=tuple(begin.removesuffix(":00") for begin, _ in spans),
        rows=tuple(rows),
    )


def _cell(slot: SlotHeads, path: str, most: int, planner: Planner) -> Cell:
    reader, gap = planner.reader, slot.heads - slot.today
    arrow, people = "▲" if gap > 0 else "▼", int(abs(gap) + HALF)
    shown = f"{arrow}\N{NO-BREAK SPACE}{reader.number(people)}" if people else ""
    return Cell(
        heads=Traced(reader.number(slot.heads), path),
        gap=shown,
        spoken=reader("size.heads.cell", n=slot.heads, now=reader.number(slot.today)),
        shade=1 + (SHADES - 1) * slot.heads // most if most else 1,
    )


def _title(season: SeasonHeads, name: str, planner: Planner) -> Markup:
    short = max(season.slots, key=lambda slot: slot.heads - slot.today, default=None)
    if short is None or short.heads - short.today < HALF:
        return planner.reader.mark("size.heads.title.enough", name=name)
    moment = planner.reader(
        "size.heads.moment",
        weekday=planner.reader(f"weekday.{short.weekday}"),
        **{"from": short.begin, "until": short.end},
    )
    return planner.reader.mark("size.heads.title.short", name=name, when=moment)


def _period(season: SeasonHeads, planner: Planner) -> str:
    first, last = (dt.date.fromisoformat(day) for day in (season.first, season.last))
    return planner.reader(
        "period.days",
        start=words.date(planner.reader, first, year=first.year != last.year),
        end=words.date(planner.reader, last),
    )
