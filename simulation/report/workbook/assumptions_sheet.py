"""All values that are stated as assumptions, with who answers for them."""

from simulation.comparison.document import PlacedAssumption
from simulation.report import words
from simulation.report.sections.assumptions import assumptions
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.sheet import Sheet

COLUMNS = ("what", "value", "low", "high", "grade", "source", "owner", "remark", "for", "path")


def write_assumptions(desk: Desk) -> None:
    """Write the sheet: everything that was assumed, prices and all else."""
    sheet = desk.sheet("assumptions")
    notes = [desk.say(f"assumptions.{key}") for key in ("note", "range", "grade")]
    top = sheet.top(desk.say("assumptions.title"), notes, len(COLUMNS))
    sheet.header(top, [desk.say(f"column.{name}") for name in COLUMNS], freeze=1)
    sheet.widths([48, 14, 12, 12, 7, 44, 20, 60, 10, 46])
    row = top
    for row, each in enumerate(assumptions(desk.cast.case.comparison, desk.reader), start=top + 1):
        stated = each.stated
        sheet.text(row, 0, each.words, "wrapped")
        for column, value in ((1, stated.value), (2, stated.low), (3, stated.high)):
            _put(desk, sheet, row, column, value)
        sheet.text(row, 4, stated.grade or "")
        sheet.text(row, 5, _source(desk, stated), "wrapped")
        sheet.text(row, 6, stated.owner or "", "wrapped")
        sheet.text(row, 7, desk.reader.text(stated.note), "wrapped")
        sheet.text(row, 8, ", ".join(each.letters))
        sheet.text(row, 9, each.path, "small")
    if row > top:
        sheet.page.autofilter(top, 0, row, len(COLUMNS) - 1)


def _put(desk: Desk, sheet: Sheet, row: int, column: int, value: float | str | None) -> None:
    if isinstance(value, str):
        sheet.text(row, column, words.value(desk.reader, value))
    elif value is not None:
        sheet.value(row, column, value, "plain")


def _source(desk: Desk, stated: PlacedAssumption) -> str:
    if not stated.source:
        return desk.reader("own_estimate")
    return ", ".join(filter(None, (stated.source, stated.date)))
