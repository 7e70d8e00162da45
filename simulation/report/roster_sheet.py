"""A roster for a spreadsheet: a row for each shift of each person in a week of each season."""

from collections.abc import Iterator
from typing import Final

from simulation.report import words
from simulation.report.reader import Reader
from simulation.report.spreadsheet import Cell, sheet
from simulation.rostering.roster import Roster
from simulation.scenario.values import format_clock

COLUMNS: Final = (
    "person",
    "contract",
    "site",
    "first",
    "last",
    "weekday",
    "begin",
    "break_begin",
    "break_end",
    "end",
    "hours",
)


def roster_sheet(roster: Roster, reader: Reader, team: str) -> str:
    """Write a roster as CSV, in order of site, person, date and time.

    Parameters
    ----------
    roster, reader : of one team, and the language
    team : what readers call the team
    """
    header = tuple(reader(f"roster.column.{column}") for column in COLUMNS)
    return sheet([header, *roster_rows(roster, reader, team)], reader.language)


def roster_rows(roster: Roster, reader: Reader, team: str) -> Iterator[tuple[Cell, ...]]:
    """Give a row for each shift, in order of site, person, date and time."""
    for site in roster.sites:
        for number, person in enumerate(site.people, 1):
            for season in site.seasons:
                for turn in person.turns:
                    if turn.week == season.week:
                        yield (
                            person_name(team, site.site, number),
                            person.contract,
                            site.site,
                            season.first.isoformat(),
                            season.last.isoformat(),
                            reader(f"roster.weekday.{turn.weekday}"),
                            *map(_clock, (turn.begin, turn.break_begin, turn.break_end, turn.end)),
                            turn.hours,
                        )


def person_name(team: str, site: str | None, number: int) -> str:
    """Call somebody after the team, the site and a number: ``telefoonteam 3``."""
    return " ".join((team, *([words.plain(site)] if site else []), str(number)))


def _clock(time: int | None) -> str | None:
    return None if time is None else format_clock(time)
