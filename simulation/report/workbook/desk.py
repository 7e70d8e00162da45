"""What every sheet needs to be written: the case, its inputs, the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from xlsxwriter import Workbook

from simulation.report.reader import Reader
from simulation.report.workbook.inputs import Inputs
from simulation.report.workbook.sheet import Forms, Sheet
from simulation.report.workbook.stands import Cast


@dataclass(frozen=True)
class Desk:
    """A workbook while it is being written.

    Attributes
    ----------
    workbook, forms : the file, and the formats of its cells
    reader : in whose language it is
    cast, inputs : the scenarios of the case, and what their euros rest on
    sheets : by key, in the order of the file
    """

    workbook: Workbook
    forms: Forms
    reader: Reader
    cast: Cast
    inputs: Inputs
    sheets: dict[str, Sheet] = field(default_factory=dict)

    def sheet(self, key: str) -> Sheet:
        """Give a sheet; a new one comes after those that are there."""
        if key not in self.sheets:
            self.sheets[key] = Sheet(self.workbook, self.forms, self.say(f"sheet.{key}"))
        return self.sheets[key]

    def say(self, key: str, /, **values: object) -> str:
        """Give a text of the workbook."""
        return self.reader(f"book.{key}", **values)

    def heads(self, columns: Iterable[str]) -> list[str]:
        """Give the heads of columns by their keys."""
        return [self.say(f"column.{column}") for column in columns]

    def title(self, letter: str) -> str:
        """Give the badge of a scenario with what it is called."""
        return self.cast.title(self.reader, letter)

    def task_field(self, name: str | None) -> str:
        """Give the name of a task field, or say that there is none."""
        return self.reader("fin.field.none") if name is None else name

    def year(self, place: int) -> int:
        """Give the calendar year of a place."""
        return self.cast.case.terms.first_year + place
