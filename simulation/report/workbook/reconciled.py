"""The budget beside today as simulated: every euro between them by its name.

Only in a case whose baseline states budget figures. Those stand here as values that may be
changed, what is simulated as values that may not, and everything between them as formulas.
"""

from dataclasses import dataclass
from typing import Final

from simulation.finance.document_budget import EntryLine, GapLine, OpenPart, Reconciliation
from simulation.report import words
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.sheet import Sheet
from simulation.report.workbook.stands import TODAY, short

COLUMNS: Final = (
    "entry", "stated", "index", "gap", "gaps", "rest", "not_covered", "full", "covers",
)  # fmt: skip
_AT: Final = {name: column for column, name in enumerate(COLUMNS)}
_SUMS: Final = ("stated", "index", "gaps", "rest", "not_covered", "full")

_FACTOR: Final = 4
"""Row of the factor from the year of the budget to the price level."""


@dataclass(frozen=True)
class Reconciled:
    """Where the totals stand, by column."""

    sheet: Sheet
    row: int

    def total(self, column: str) -> str:
        """Give the address of a total."""
        return self.sheet.ref(self.row, _AT[column])


def write_reconciled(desk: Desk, found: Reconciliation) -> Reconciled:
    """Write the sheet."""
    sheet = desk.sheet("reconciled")
    sheet.widths([52, *([17] * 7), 50])
    notes = [desk.say(f"reconciled.{key}") for key in ("note", "rest")]
    sheet.top(desk.say("reconciled.title"), notes, len(COLUMNS))
    told = desk.say("reconciled.factor", year=found.year, level=found.price_level)
    sheet.text(_FACTOR, 0, told)
    sheet.value(_FACTOR, 1, found.factor, "fine.input")
    sheet.header(_FACTOR + 2, desk.heads(COLUMNS), texts=(0, 8), freeze=1)
    rows, row = list[int](), _FACTOR + 3
    for entry in found.entries:
        rows.append(row)
        row = _entry(desk, sheet, entry, row)
    for part in found.open:
        rows.append(row)
        row = _open(desk, sheet, part, row)
    _totals(desk, sheet, found, rows=rows, row=row)
    return Reconciled(sheet, row)


def _entry(desk: Desk, sheet: Sheet, entry: EntryLine, row: int) -> int:
    """Write an entry of the budget, and below it the differences that are known."""
    title = desk.reader.text(entry.title) or words.plain(entry.name)
    sheet.text(row, 0, short(title), "strong")
    stated, factor = sheet.here(row, _AT["stated"]), sheet.ref(_FACTOR, 1)
    sheet.value(row, _AT["stated"], entry.budget, "euro.input")
    index = f"ROUND({stated}*{factor}-{stated},2)"
    sheet.formula(row, _AT["index"], index, entry.index, "euro")
    last = row + len(entry.gaps)
    gaps = f"SUM({sheet.range(row + 1, last, _AT['gaps'])})" if entry.gaps else "0"
    sheet.formula(row, _AT["gaps"], gaps, sum(gap.amount for gap in entry.gaps), "euro")
    sheet.value(row, _AT["full"], entry.simulated, "euro")
    known = "-".join(sheet.here(row, _AT[name]) for name in ("full", "stated", "index", "gaps"))
    sheet.formula(row, _AT["rest"], f"ROUND({known},2)", entry.rest, "euro")
    sheet.text(row, _AT["covers"], ", ".join(entry.covers), "small")
    for place, gap in enumerate(entry.gaps, start=row + 1):
        _gap(desk, sheet, gap, place)
    return last + 1


def _gap(desk: Desk, sheet: Sheet, gap: GapLine, row: int) -> None:
    title = desk.reader.text(gap.title) or words.plain(gap.name)
    sheet.text(
        row, 0, f"   {desk.say('reconciled.gap', title=words.clip(title, words.LONGEST_TITLE))}"
    )
    sheet.value(row, _AT["gap"], gap.stated, "euro.input")
    formula = f"ROUND({sheet.here(row, _AT['gap'])}*{sheet.ref(_FACTOR, 1)},2)"
    sheet.formula(row, _AT["gaps"], formula, gap.amount, "euro")


def _open(desk: Desk, sheet: Sheet, part: OpenPart, row: int) -> int:
    """Write a part of the bill for which no entry pays."""
    scenario = desk.cast.stands[TODAY].scenario
    line = next((each for each in scenario.lines if each.name == part.part), None)
    name = (
        words.group_name(desk.reader, scenario, part.part)
        if line is None
        else words.line_name(desk.reader, scenario, line)
    )
    sheet.text(row, 0, short(name))
    sheet.value(row, _AT["full"], part.amount, "euro")
    full = sheet.here(row, _AT["full"])
    sheet.formula(row, _AT["not_covered"], full, part.amount, "euro")
    return row + 1


def _totals(desk: Desk, sheet: Sheet, found: Reconciliation, *, rows: list[int], row: int) -> None:
    sheet.text(row, 0, desk.say("together"), "total")
    values = (found.budget, found.index, found.gaps, found.rest, found.not_covered, found.simulated)
    for name, value in zip(_SUMS, values, strict=True):
        cells = "+".join(sheet.here(each, _AT[name]) for each in rows)
        sheet.formula(row, _AT[name], f"ROUND({cells},2)", value, "euro.total")
