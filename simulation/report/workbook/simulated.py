"""What was simulated: people, hours and counts by scenario and year. Values, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulation.report import words
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.naming import line_words, unit_words
from simulation.report.workbook.sheet import Sheet
from simulation.report.workbook.stands import Stand

COUNTED = ("hour", "contact")
"""Units of budget lines whose quantity is simulated."""

_FIXED = 4
"""Columns before the years."""


@dataclass(frozen=True)
class Simulated:
    """Where the simulated quantities stand.

    Attributes
    ----------
    sheet : with them
    rows : by badge, kind (``today``, ``need``, ``busy``, ``line``) and name
    years : how many were simulated; later years are as the last
    first, last : rows
    total : of all values
    """

    sheet: Sheet
    rows: dict[tuple[str, str, str], int]
    years: int
    first: int
    last: int
    total: float

    def ref(self, letter: str, kind: str, name: str, place: int) -> str:
        """Give the address of a quantity in a year."""
        return self.sheet.ref(self.rows[letter, kind, name], _FIXED + min(place, self.years - 1))

    def sum(self) -> str:
        """Give the formula of the sum of everything that was simulated."""
        columns = [
            self.sheet.range(self.first, self.last, _FIXED + place) for place in range(self.years)
        ]
        return f"SUM({','.join(columns)})"


@dataclass(frozen=True)
class _Row:
    stand: Stand
    kind: str
    name: str
    what: str
    unit: str
    values: tuple[float, ...]


def write_simulated(desk: Desk) -> Simulated:
    """Write the sheet."""
    terms = desk.cast.case.terms
    sheet, years = desk.sheet("simulated"), min(terms.years, terms.life)
    later = desk.say("simulated.later", year=terms.first_year + years - 1)
    notes = [desk.say("simulated.note"), later]
    sheet.widths([10, 32, 44, 12, *([13] * years)])
    top = sheet.top(desk.say("simulated.title"), notes, _FIXED + years)
    names = desk.heads(("scenario", "what", "of", "unit"))
    names += [str(terms.first_year + place) for place in range(years)]
    sheet.header(top, names, texts=range(_FIXED), freeze=_FIXED)
    rows, total, row = dict[tuple[str, str, str], int](), 0.0, top
    for row, each in enumerate(_rows(desk, years), start=top + 1):
        sheet.text(row, 0, each.stand.letter, "badge")
        sheet.text(row, 1, desk.say(f"simulated.{each.kind}"))
        sheet.text(row, 2, each.what)
        sheet.text(row, 3, each.unit)
        for place, value in enumerate(each.values):
            sheet.value(row, _FIXED + place, value, "number")
            total += value
        rows[each.stand.letter, each.kind, each.name] = row
    sheet.end(top, row, _FIXED + years, by=(0,))
    return Simulated(sheet, rows, years, top + 1, row, total)


def _rows(desk: Desk, years: int) -> Iterator[_Row]:
    for stand in desk.cast.stands.values():
        shown = stand.years[:years]
        for team in stand.teams:
            own = [stand.team(place, team) for place in range(years)]
            name, fte = stand.team_name(desk.reader, team), desk.reader("glossary.fte.term")
            today, need = tuple(e.today_fte for e in own), tuple(e.need_fte for e in own)
            yield _Row(stand, "today", team, name, fte, today)
            yield _Row(stand, "need", team, name, fte, need)
            busy = tuple(each.handling_hours for each in own)
            yield _Row(stand, "busy", team, name, unit_words(desk, "hour"), busy)
        for line in shown[0].lines:
            if line.unit in COUNTED:
                found = ({each.name: each for each in year.lines} for year in shown)
                counts = tuple(lines[line.name].quantity for lines in found)
                what = words.upper_first(line_words(desk, stand, line.name, line.title))
                yield _Row(stand, "line", line.name, what, unit_words(desk, line.unit), counts)
