"""The days before which to decide about people, as formulas of how long hiring takes."""

import datetime as dt
from typing import Final

from simulation.finance.document_budget import Deadline
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.sheet import Sheet
from simulation.report.workbook.stands import BASELINE

LEAD_TIME: Final = "finance.transition.lead_time"

_DAY_0: Final = dt.date(1899, 12, 30)
"""Day 0 of a spreadsheet."""

_HARDLY: Final = "0.000000001"


def write_deadlines(desk: Desk, sheet: Sheet, row: int, columns: int) -> int:
    """Write a line for each strategy that says how long hiring takes; give the row below."""
    sheet.text(row, 0, desk.say("summary.deadlines"), "heading")
    for own in desk.cast.case.deadlines:
        row += 1
        sheet.text(row, 0, desk.title(own.letter), "wrapped")
        sheet.fit(row, {0: desk.title(own.letter)})
        sheet.formula(row, 1, day_formula(desk, own), day_number(own), "date")
    sheet.wide(row + 1, columns, "prose", desk.say("summary.lead_time", year=desk.year(0)))
    return row + 2


def day_number(own: Deadline) -> int:
    """Give the day as a spreadsheet counts them."""
    return (dt.date.fromisoformat(own.before) - _DAY_0).days


def day_formula(desk: Desk, own: Deadline) -> str:
    """Give the formula of the day; a part of a month is a part of the days of that month."""
    months = desk.inputs(own.letter, LEAD_TIME)
    month = f"DATE({desk.inputs(BASELINE, 'finance.first_year')},1-INT({months})"
    part = f"({months}-INT({months}))*DAY({month},0))"
    return f"{month},1)-ROUNDUP(MAX(0,{part}-{_HARDLY}),0)"
