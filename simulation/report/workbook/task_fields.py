"""Effects by task field (*taakveld*): the lines of the budget that belong to each, against 0*.

Only in a case whose budget names task fields. Every line of the sheet with the budget says to which
field it belongs; here these are added up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from simulation.finance.document import StrategyCase
from simulation.finance.document_budget import TaskField
from simulation.report.workbook.budget import Budget
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.sheet import Sheet
from simulation.report.workbook.stands import BASELINE

COLUMNS: Final = ("scenario", "year", "taakveld", "structural", "once", "together")
AT: Final = {name: column for column, name in enumerate(COLUMNS)}


@dataclass(frozen=True)
class TaskFields:
    """Where the effects stand.

    Attributes
    ----------
    sheet : with them
    rows : by badge, place of the year, and task field
    """

    sheet: Sheet
    rows: dict[tuple[str, int, str | None], int]

    def ref(self, letter: str, place: int, taakveld: str | None, column: str) -> str:
        """Give the address of a cell."""
        return self.sheet.ref(self.rows[letter, place, taakveld], AT[column])

    def total(self, letter: str, place: int, column: str) -> str:
        """Give the formula of the sum over all task fields of a strategy in a year."""
        rows = [row for key, row in self.rows.items() if key[:2] == (letter, place)]
        return f"SUM({self.sheet.range(min(rows), max(rows), AT[column])})"


def write_task_fields(desk: Desk, budget: Budget) -> TaskFields:
    """Write the sheet."""
    sheet = desk.sheet("task_fields")
    sheet.widths([40, 8, 50, 18, 18, 18])
    notes = [desk.say(f"task_fields.{key}") for key in ("note", "none")]
    top = sheet.top(desk.say("task_fields.title"), notes, len(COLUMNS))
    sheet.header(top, desk.heads(COLUMNS), texts=(0, 2), freeze=3)
    found = TaskFields(sheet, {})
    row = top
    for row, (strategy, place, own) in enumerate(_fields(desk), start=top + 1):
        found.rows[strategy.letter, place, own.taakveld] = row
        _write(desk, budget, row, own, place)
    sheet.end(top, row, len(COLUMNS), by=(0, 1))
    return found


def _fields(desk: Desk) -> Iterator[tuple[StrategyCase, int, TaskField]]:
    for strategy in desk.cast.strategies:
        for place in desk.cast.life:
            for own in desk.cast.case.task_fields:
                if own.letter == strategy.letter:
                    yield strategy, place, own


def _write(desk: Desk, budget: Budget, row: int, own: TaskField, place: int) -> None:
    sheet, year = desk.sheet("task_fields"), own.years[place]
    name = desk.task_field(own.taakveld)
    sheet.text(row, 0, desk.title(own.letter))
    sheet.value(row, AT["year"], year.year, "year")
    sheet.text(row, AT["taakveld"], name, "wrapped")
    sheet.fit(row, {AT["taakveld"]: name})
    cell = sheet.ref(row, AT["taakveld"])
    for kind, value in (("structural", year.structural), ("once", year.once)):
        before, after = (
            budget.of_field(letter, place, cell, structural=kind == "structural")
            for letter in (BASELINE, own.letter)
        )
        sheet.formula(row, AT[kind], f"ROUND({after}-{before},2)", value, "euro")
    both = "+".join(sheet.here(row, AT[kind]) for kind in ("structural", "once"))
    together = round(year.structural + year.once, 2)
    sheet.formula(row, AT["together"], f"ROUND({both},2)", together, "euro")
