"""What `roster` writes: the document, a row for each shift, the shortages, and a scenario."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from simulation.cli.tables import Teller
from simulation.report import words
from simulation.report.reader import Reader
from simulation.report.roster_sheet import COLUMNS, roster_rows
from simulation.report.spreadsheet import Cell, sheet
from simulation.rostering.need import Location
from simulation.rostering.roster import Roster
from simulation.rostering.rostered import blocks_of
from simulation.rostering.shortage import Difference
from simulation.scenario.extending import with_teams
from simulation.scenario.scenario import Scenario
from simulation.scenario.text import Text
from simulation.scenario.values import HOUR, format_clock

Compared = tuple[str, Location, Sequence[Difference]]
"""Team, place, and today's people beside those who are needed."""

SHORTAGE = (
    "team",
    "site",
    "first_date",
    "last_date",
    "weekday",
    "from",
    "until",
    "needed",
    "today",
    "short",
    "hours_short_a_week",
)
"""Columns of the shortages, by their key in the texts."""

_WHY = {
    "nl": "Hetzelfde aanbod, met een rooster van diensten en contracten. Pauzes zijn eruit.",
    "en": "The same offer, with a roster of shifts and contracts. Breaks are left out.",
}


def as_csv(scenario: Scenario, rosters: Sequence[Roster], language: str) -> str:
    """Write rosters as CSV for a spreadsheet: a row for each shift of each person."""
    reader = Reader(language)
    header = tuple(reader(f"roster.column.{column}") for column in COLUMNS)
    rows = [
        row
        for roster in rosters
        for row in roster_rows(roster, reader, team_name(scenario, roster.team, reader))
    ]
    return sheet([header, *rows], language)


def team_name(scenario: Scenario, team: str, reader: Reader) -> str:
    """Give what readers call a team, within a sentence."""
    return reader.text(scenario.teams[team].title, words.plain(team))


def shortage_csv(compared: Sequence[Compared], language: str) -> str:
    """Write today's people beside those who are needed: a row for each part of the week."""
    tell = Teller(language)
    rows: list[Sequence[Cell]] = [[tell(f"column_{column}") for column in SHORTAGE]]
    for team, place, parts in compared:
        for part in parts:
            season = place.grid.seasons[part.season]
            rows.append(
                (
                    team,
                    place.site,
                    season.first.isoformat(),
                    season.last.isoformat(),
                    tell(f"size_weekday_{part.weekday}").lower(),
                    format_clock(part.begin),
                    format_clock(part.end),
                    part.needed,
                    part.today,
                    part.short,
                    part.short * (part.end - part.begin) / HOUR,
                )
            )
    return sheet(rows, language)


def as_scenario(path: str, title: Text, out: Path, rosters: Sequence[Roster]) -> str:
    """Write a scenario that extends another one, with the people of rosters at work.

    Parameters
    ----------
    path : of the scenario
    title : of the scenario
    out : folder in which the new one will stand
    rosters : of its teams
    """
    titles = {
        language: f"{Reader(language).text(title)}, {words}"
        for language, words in (("nl", "met diensten"), ("en", "with shifts"))
    }
    plain = with_teams(path, out, titles, _WHY, {roster.team: _team(roster) for roster in rosters})
    return yaml.safe_dump(
        plain, default_flow_style=None, allow_unicode=True, sort_keys=False, width=100
    )


def _team(roster: Roster) -> Mapping[str, Any]:
    blocks = {
        site.site: [
            block.model_dump(mode="json", by_alias=True, exclude_none=True)
            for block in blocks_of(site)
        ]
        for site in roster.sites
    }
    return {"roster": blocks[None]} if None in blocks else {"sites": blocks}
