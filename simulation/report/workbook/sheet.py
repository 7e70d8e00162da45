"""Cells of one sheet: texts that are never computed, values, and formulas with their value."""

from collections.abc import Collection, Mapping, Sequence
from math import ceil
from textwrap import wrap
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from simulation.report.reader import Reader
from simulation.report.workbook.looks import KINDS, TEXT, number_formats

Value = float | int | str | bool

_LONGEST: Final = 32_000
"""Characters that fit in a cell."""

_A4, _A3 = 9, 8
"""Paper, by the number that the format has for it."""

_WIDE: Final = 190
"""Characters on one line from which on A4 becomes too small to read."""

_HEIGHT: Final = 15.75
"""Points of a row with one line."""

_HIGHEST: Final = 409.0
"""Points of the highest row that the format knows."""

_FIT, _BOLD = 1.2, 1.15
"""Characters of a sentence in a column that is one wide; widths of a bold one."""


def _lines(text: str, width: float) -> int:
    """Give how many lines a text takes in a column, broken at spaces."""
    letters = max(1, int(_FIT * width))
    return max(1, sum(max(1, len(wrap(line, letters))) for line in text.split("\n")))


class Forms:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Workbook, reader: Reader) -> None:
        self._workbook, self._made = workbook, dict[str, Format]()
        letters = (reader(f"book.{key}") for key in ("advantage", "disadvantage", "changed"))
        self._codes = number_formats(reader.language, *letters)

    def __call__(self, name: str) -> Format:
        """Give a format: of a text (``header``), or of a number (``euro``, ``euro.input``)."""
        if name not in self._made:
            self._made[name] = self._workbook.add_format(self._properties(name))
        return self._made[name]

    def code(self, name: str) -> str:
        """Give the code of a number format, for an axis."""
        return self._codes[name]

    def _properties(self, name: str) -> dict[str, Any]:
        if name in TEXT:
            # With the mark of a text, a cell stays one when somebody edits it.
            return {**TEXT[name], "quote_prefix": True}
        code, _, kind = name.partition(".")
        # To the right, also where a formula comes to a word.
        right = {} if code == "plain" else {"align": "right"}
        return {"num_format": self._codes[code], "valign": "top", **right, **KINDS[kind]}


class Sheet:
    """One sheet, and where things stand on it."""

    def __init__(self, workbook: Workbook, forms: Forms, name: str) -> None:
        self.name, self.address, self.forms = name, quote_sheetname(name), forms
        self.page: Worksheet = workbook.add_worksheet(name)
        self._widths = list[float]()
        self.page.hide_gridlines(2)
        self.page.set_paper(_A4)
        self.page.set_landscape()
        self.page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer("&L&8&F · &A&R&8&P / &N")

    def text(self, row: int, column: int, text: str, form: str = "text") -> None:
        """Write a text; whatever it starts with, it is no formula."""
        self.page.write_string(row, column, text[:_LONGEST], self.forms(form))

    def value(self, row: int, column: int, value: float, form: str) -> None:
        """Write a number."""
        self.page.write_number(row, column, value, self.forms(form))

    def formula(self, row: int, column: int, formula: str, value: Value, form: str) -> None:
        """Write a formula with what it comes to, for viewers that do not compute."""
        self.page.write_formula(row, column, f"={formula}", self.forms(form), value)

    def wide(self, row: int, columns: int, form: str, text: str = "", *, first: int = 0) -> None:
        """Make one cell of a row, for a text or a formula that is long."""
        self.page.merge_range(row, first, row, columns - 1, "", self.forms(form))
        self.text(row, first, text, form)
        self._height(row, _lines(text, sum(self._widths[first:columns])))

    def fit(self, row: int, texts: Mapping[int, str]) -> None:
        """Make a row high enough for texts by their column; not every program does so itself."""
        self._height(row, max(_lines(text, self._widths[at]) for at, text in texts.items()))

    def _height(self, row: int, lines: int) -> None:
        self.page.set_row(row, min(_HIGHEST, _HEIGHT * lines))

    def link(self, row: int, column: int, sheet: str) -> None:
        """Write the name of a sheet, which leads to it."""
        form = self.forms("link")
        self.page.write_url(row, column, f"internal:'{sheet}'!A1", form, string=sheet)

    def widths(self, widths: Sequence[float], *, paper: int | None = None) -> None:
        """Set the widths of the columns from the first one on.

        Sheets that are wide print on A3; ``paper`` is how many columns are printed, all without.
        """
        self._widths = list(widths)
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
        self.page.set_paper(_A3 if sum(widths[:paper]) > _WIDE else _A4)

    def top(self, title: str, notes: Sequence[str], columns: int) -> int:
        """Write the title and what the sheet is about; give the row where its table begins."""
        self.text(0, 0, title, "title")
        self.page.set_row(0, 26)
        for row, note in enumerate(notes, start=1):
            self.wide(row, columns, "prose", note)
        return len(notes) + 2

    def header(
        self,
        row: int,
        names: Sequence[str],
        *,
        texts: Collection[int] | None = None,
        freeze: int | None = None,
    ) -> None:
        """Write the heads of columns.

        Parameters
        ----------
        row, names : where, and what they say
        texts : columns with texts, the others have numbers; all have texts if not given
        freeze : with so many columns the heads stay in sight, and are printed on every page
        """
        for column, name in enumerate(names):
            left = texts is None or column in texts
            self.text(row, column, name, "header" if left else "header_right")
        lines = max(
            ceil(_BOLD * len(name) / width)
            for name, width in zip(names, self._widths, strict=False)
        )
        self.page.set_row(row, min(_HIGHEST, _HEIGHT * lines + 6))
        if freeze is not None:
            self.page.freeze_panes(row + 1, freeze)
            self.page.repeat_rows(row)

    def end(self, top: int, last: int, columns: int, *, by: Sequence[int] = ()) -> None:
        """End a table: a filter on its heads, and a rule where another part of it begins.

        Parameters
        ----------
        top, last : row of the heads, and the last row
        columns : so many
        by : a part ends where one of these columns changes
        """
        if last <= top:
            return
        self.page.autofilter(top, 0, last, columns - 1)
        # Badges such as 0 are texts; without this a green corner calls them numbers.
        name = xl_col_to_name(columns - 1)
        self.page.ignore_errors({"number_stored_as_text": f"A{top + 2}:{name}{last + 1}"})
        if by:
            changes = ",".join(
                f"${xl_col_to_name(each)}{top + 2}<>${xl_col_to_name(each)}{top + 1}" for each in by
            )
            rule = {"type": "formula", "criteria": f"=OR({changes})", "format": self.forms("rule")}
            self.page.conditional_format(top + 1, 0, last, columns - 1, rule)

    def ref(self, row: int, column: int) -> str:
        """Give the address of a cell for a formula on any sheet."""
        return f"{self.address}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def here(self, row: int, column: int) -> str:
        """Give the address of a cell for a formula on this sheet."""
        return str(xl_rowcol_to_cell(row, column))

    def range(self, first: int, last: int, column: int) -> str:
        """Give the addresses of a part of a column for a formula on any sheet."""
        name = xl_col_to_name(column)
        return f"{self.address}!${name}${first + 1}:${name}${last + 1}"
