"""The sheet with all checks, and what they come to together."""

from dataclasses import dataclass
from typing import Final

from simulation.report.workbook.checks import Check, Sheets, always, as_run
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.sheet import Sheet

COLUMNS: Final = ("check", "in_workbook", "expected", "holds")
_HOLDS: Final = COLUMNS.index("holds")

_TOP: Final = 3
"""Row with what all checks come to; what was changed stands below, then what that means."""

_NEAR: Final = "0.000001"


@dataclass(frozen=True)
class Outcome:
    """Where the outcome of all checks stands: whether all hold, and how much was changed."""

    holds: str
    changed: str


def write_checks(desk: Desk, sheets: Sheets) -> Outcome:
    """Write the sheet."""
    sheet = desk.sheet("checks")
    sheet.widths([92, 18, 18, 18])
    sheet.top(desk.say("checks.title"), [desk.say("checks.note")], len(COLUMNS))
    outcome = Outcome(sheet.ref(_TOP, 1), sheet.ref(_TOP + 1, 1))
    sheet.header(_TOP + 4, desk.heads(COLUMNS), texts=(0,), freeze=1)
    first = row = _TOP + 5
    for check in always(desk, sheets):
        _write(sheet, row, check, _same(sheet, row, check))
        row += 1
    for check in as_run(desk, sheets):
        same = _same(sheet, row, check)
        not_now = f'"{desk.say("checks.not_compared")}"'
        _write(sheet, row, check, f"IF({outcome.changed}=0,{same},{not_now})")
        row += 1
    _together(desk, sheet, sheets, outcome, sheet.range(first, row - 1, _HOLDS))
    _colour(desk, sheet, first, row - 1)
    return outcome


def _write(sheet: Sheet, row: int, check: Check, holds: str) -> None:
    sheet.text(row, 0, check.what, "wrapped")
    sheet.fit(row, {0: check.what})
    sheet.formula(row, 1, check.formula, check.value, check.form)
    if isinstance(check.expected, str):
        sheet.formula(row, 2, check.expected, check.value, check.form)
    else:
        sheet.value(row, 2, check.expected, check.form)
    sheet.formula(row, _HOLDS, holds, True, "plain")


def _same(sheet: Sheet, row: int, check: Check) -> str:
    return f"ABS({sheet.here(row, 1)}-{sheet.here(row, 2)})<{check.near:.10g}"


def _together(desk: Desk, sheet: Sheet, sheets: Sheets, outcome: Outcome, holds: str) -> None:
    sheet.text(_TOP, 0, desk.say("checks.all"), "strong")
    whole = f"AND(COUNTIF({holds},FALSE)=0,SUMPRODUCT(--ISERROR({holds}))=0)"
    sheet.formula(_TOP, 1, whole, True, "plain.key")
    sheet.text(_TOP + 1, 0, desk.say("checks.changed"), "strong")
    changes = sheets.inputs.changed()
    for simulated in (sheets.simulated, sheets.contact_costs):
        changes += f"+IF(ABS({simulated.sum()}-{simulated.total!r})>{_NEAR},1,0)"
    sheet.formula(_TOP + 1, 1, changes, 0, "count.key")
    said = [desk.say(f"checks.{key}") for key in ("as_run", "not_as_run")]
    sheet.wide(_TOP + 2, len(COLUMNS), "prose")
    formula = f'IF({outcome.changed}=0,"{said[0]}","{said[1]}")'
    sheet.formula(_TOP + 2, 0, formula, said[0], "prose")


def _colour(desk: Desk, sheet: Sheet, first: int, last: int) -> None:
    for value, form in (("TRUE", "right"), ("FALSE", "wrong")):
        rule = {"type": "cell", "criteria": "==", "value": value, "format": desk.forms(form)}
        sheet.page.conditional_format(first, _HOLDS, last, _HOLDS, rule)
        sheet.page.conditional_format(_TOP, 1, _TOP, 1, rule)
