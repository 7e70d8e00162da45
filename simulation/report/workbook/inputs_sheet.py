"""The sheet with the named inputs: change one here, and everything follows."""

from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from simulation.report.workbook.desk import Desk
from simulation.report.workbook.inputs import GROUPS, Input
from simulation.report.workbook.naming import input_words
from simulation.report.workbook.sheet import Sheet

COLUMNS = ("what", "value", "unit", "for", "low", "high", "source", "name", "run_value", "changed")
_VALUE, _RUN, _CHANGED = (COLUMNS.index(name) for name in ("value", "run_value", "changed"))


_HEADING = 26
"""Points of a row with a heading."""


@dataclass(frozen=True)
class InputCells:
    """Where the inputs stand.

    Attributes
    ----------
    sheet : with them
    first, last : rows
    """

    sheet: Sheet
    first: int
    last: int

    def changed(self) -> str:
        """Give the formula of how many inputs are not as in the run."""
        return f"SUM({self.sheet.range(self.first, self.last, _CHANGED)})"


def write_inputs(desk: Desk) -> InputCells:
    """Write the sheet and name its cells."""
    sheet = desk.sheet("inputs")
    notes = [desk.say("inputs.note"), desk.say("inputs.names"), desk.say("inputs.fixed")]
    sheet.widths([58, 14, 19, 20, 12, 12, 56, 50, 14, 12])
    top = sheet.top(desk.say("inputs.title"), notes, len(COLUMNS))
    sheet.header(top, desk.heads(COLUMNS), texts=(0, 2, 3, 6, 7), freeze=1)
    row = top
    for group in GROUPS:
        inputs = desk.inputs.of(group)
        if inputs:
            row += 1
            sheet.text(row, 0, desk.say(f"group.{group}"), "heading")
            sheet.page.set_row(row, _HEADING)
        for each in inputs:
            row += 1
            _write(desk, sheet, each, row)
    sheet.page.conditional_format(
        top + 1, _CHANGED, row, _CHANGED,
        {"type": "cell", "criteria": "==", "value": 1, "format": desk.forms("warning")},
    )  # fmt: skip
    return InputCells(sheet, top + 1, row)


def _write(desk: Desk, sheet: Sheet, each: Input, row: int) -> None:
    form, stated = _form(each), each.stated
    sheet.text(row, 0, input_words(desk, each))
    sheet.value(row, _VALUE, each.value, form if each.group == "fixed" else f"{form}.input")
    if each.group != "fixed":
        _guard(desk, sheet, each, row)
    sheet.text(row, 2, desk.say(f"unit.{each.unit}"))
    everyone = len(each.letters) == len(desk.cast.stands)
    sheet.text(row, 3, desk.say("all") if everyone else ", ".join(each.letters))
    for column, end in ((4, stated and stated.low), (5, stated and stated.high)):
        if isinstance(end, int | float):
            sheet.value(row, column, end, form)
    source = _source(desk, each)
    sheet.text(row, 6, source, "small_wrapped")
    sheet.fit(row, {6: source[: -len(source) // 5]})  # small letters take a fifth less
    sheet.text(row, 7, each.name, "small")
    sheet.value(row, _RUN, each.value, form)
    changed = f"IF({sheet.here(row, _VALUE)}={sheet.here(row, _RUN)},0,1)"
    sheet.formula(row, _CHANGED, changed, 0, "flag")
    address = xl_rowcol_to_cell(row, _VALUE, row_abs=True, col_abs=True)
    desk.workbook.define_name(each.name, f"={sheet.address}!{address}")


def _guard(desk: Desk, sheet: Sheet, each: Input, row: int) -> None:
    """Let the cell take only what a scenario may state."""
    least, most = each.bounds
    told = desk.say("inputs.bounds", least=f"{least:g}", most=f"{most:g}")
    rule = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_title": desk.say("inputs.title"),
        "error_message": told,
    }
    sheet.page.data_validation(row, _VALUE, row, _VALUE, rule)


def _form(each: Input) -> str:
    if each.share:
        return "percent"
    if each.unit in {"year", "years"}:
        return "year"
    return "rate" if each.unit.startswith("euro") else "quantity"


def _source(desk: Desk, each: Input) -> str:
    """Give the source of an assumption; a plain value has none of its own."""
    if each.stated is None:
        return ""
    return ", ".join(filter(None, (each.stated.source, each.stated.date))) or desk.reader(
        "own_estimate"
    )
