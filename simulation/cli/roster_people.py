"""The week by person that `roster` prints: who works when."""

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from simulation.cli.layout import Column, Table
from simulation.cli.tables import Teller, show_tables
from simulation.cli.terminal import put, put_prose, results
from simulation.report import words
from simulation.report.roster_sheet import person_name
from simulation.rostering.roster import Roster, SiteRoster
from simulation.scenario.values import format_clock

_MOST_PEOPLE: Final = 20
_MOST_WEEKS: Final = 4
"""What is printed of large rosters: the CSV has all of it."""

_WORKING_DAYS: Final = 5

Entry = tuple[int, dict[int, str]]
"""Number of a person, and the shift on each weekday."""


def show_people(roster: Roster, name: str, file: str, tell: Teller) -> None:
    """Print each week of a roster, a row for each person.

    Parameters
    ----------
    roster : of one team
    name : of the team, with a capital
    file : name of the scenario's file, after which the CSV is named
    tell : the language
    """
    console, weeks = results(), list(_weeks(roster))
    for site, week in weeks[:_MOST_WEEKS]:
        put_prose(console, _title(site, week, name, tell))
        entries = list(_entries(site, week))
        shown = entries[:_MOST_PEOPLE]
        table = _table(shown, site, name, tell)
        # Numbers alone where whole names leave too little room for the days.
        fits = table.fits(console.width)
        show_tables(console, [table if fits else _table(shown, site, "", tell)])
        if len(entries) > _MOST_PEOPLE:
            put_prose(console, tell("roster_people_more", n=len(entries) - _MOST_PEOPLE, file=file))
            put(console, Text())
    more = len(weeks) - _MOST_WEEKS
    said = tell("roster_people_note", file=file)
    put_prose(console, f"{tell('roster_weeks_more', n=more)} {said}" if more > 0 else said)
    put(console, Text())


def _weeks(roster: Roster) -> Iterator[tuple[SiteRoster, int]]:
    for site in roster.sites:
        for hours in site.hours:
            yield site, hours.week


def _title(site: SiteRoster, week: int, name: str, tell: Teller) -> str:
    where = f"{name}: {words.plain(site.site)}" if site.site else name
    if len(site.hours) == 1:
        return tell("roster_people_week", name=where)
    season = next(each for each in site.seasons if each.week == week)
    first = words.date(tell.reader, season.first)
    return tell("roster_people_from", name=where, first=first)


def _entries(site: SiteRoster, week: int) -> Iterator[Entry]:
    """Give everyone who works in a week."""
    for number, person in enumerate(site.people, 1):
        shifts: dict[int, str] = {}
        for turn in person.turns:
            if turn.week == week:
                shift = f"{format_clock(turn.begin)}–{format_clock(turn.end)}"
                before = shifts.get(turn.weekday)
                shifts[turn.weekday] = f"{before}, {shift}" if before else shift
        if shifts:
            yield number, shifts


def _table(entries: list[Entry], site: SiteRoster, name: str, tell: Teller) -> Table:
    """Lay out a week; weekends only if anybody works then."""
    worked = {day for _, shifts in entries for day in shifts}
    days = [day for day in range(7) if day < _WORKING_DAYS or day in worked]
    columns = [Column(tell(f"size_weekday_{day}")) for day in days]
    table = Table([Column(tell("roster_person"), "name"), *columns])
    for number, shifts in entries:
        who = person_name(name, site.site, number) if name else str(number)
        table.add(who, *(shifts.get(day, "") for day in days))
    return table
