"""All values that are stated as assumptions, with who answers for them."""

from simulation.comparison.document import PlacedAssumption
from simulation.report import words
from simulation.report.sections.assumptions import assumptions
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.sheet import Sheet

_TEXTS = (0, 4, 5, 6, 7, 8, 9)

COLUMNS = ("what", "value", "low", "high", "grade", "source", "owner", "remark", "for", "path")


def write_assumptions(desk: Desk) -> None:
    """Write the sheet: everything that was assumed, prices and all else."""
    sheet = desk.sheet("assumptions")
    notes = [desk.say(f"assumptions.{key}") for key in ("note", "range", "sources", "grade")]
    sheet.widths([50, 14, 12, 12, 8, 44, 20, 60, 10, 46])
    top = sheet.top(desk.say("assumptions.title"), notes, len(COLUMNS))
    sheet.header(top, desk.heads(COLUMNS), texts=_TEXTS, freeze=1)
    row = top
    for row, each in enumerate(assumptions(desk.cast.case.comparison, desk.reader), start=top + 1):
        stated = each.stated
        texts = {
            0: each.words,
            5: _source(desk, stated),
            6: stated.owner or "",
            7: desk.reader.text(stated.note),
        }
        for column, text in texts.items():
            sheet.text(row, column, text, "wrapped")
        sheet.fit(row, texts)
        for column, value in ((1, stated.value), (2, stated.low), (3, stated.high)):
            _put(desk, sheet, row, column, value)
        sheet.text(row, 4, stated.grade or "")
        sheet.text(row, 8, ", ".join(each.letters))
        sheet.text(row, 9, each.path, "small")
    sheet.end(top, row, len(COLUMNS))


def _put(desk: Desk, sheet: Sheet, row: int, column: int, value: float | str | None) -> None:
    if isinstance(value, str):
        sheet.text(row, column, words.value(desk.reader, value), "value")
    elif value is not None:
        sheet.value(row, column, value, "plain")


def _source(desk: Desk, stated: PlacedAssumption) -> str:
    if not stated.source:
        return desk.reader("own_estimate")
    return ", ".join(filter(None, (stated.source, stated.date)))
