"""The layout of tables in a terminal: figures stay whole, names give way.

A column of figures never breaks; a column of names breaks at spaces. Columns that do not fit beside
the names follow in a table of their own, whole, with the names repeated. A line is wider than the
terminal only where the names and one column of figures already are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Final, Literal

from rich.cells import cell_len
from rich.text import Text

from simulation.cli.folding import NBSP, fold, glued

GAP: Final = "  "
LEAST: Final = 20
"""Cells that a column of names has at least, if its names are that long."""

Kind = Literal["badge", "name", "figure", "status"]
"""Badges and names lead a table; figures stand to the right in their column, words to the left."""

Cell = str | Text


@dataclass(frozen=True)
class Column:
    """A column: its heading, on as many lines as it has, and what stands in it."""

    heading: str
    kind: Kind = "figure"


@dataclass(frozen=True)
class Table:
    """Badges, one column of names, and columns of figures and statuses."""

    columns: Sequence[Column]
    rows: list[list[Cell]] = field(default_factory=list)
    lines_before: set[int] = field(default_factory=set)
    """Rows before which a line is drawn."""

    def add(self, *cells: Cell) -> None:
        """Add a row."""
        self.rows.append([_clean(cell) for cell in cells])

    def draw_line(self) -> None:
        """Draw a line before the next row."""
        self.lines_before.add(len(self.rows))

    def fits(self, width: int) -> bool:
        """Tell whether all columns stand beside each other in a width."""
        return len(list(self._parts(width))) == 1

    def lines(self, width: int) -> Iterator[Text]:
        """Give the lines of the table, or of the tables that it takes."""
        for place, part in enumerate(self._parts(width)):
            if place:
                yield Text()
            yield from part._drawn(width)

    def _parts(self, width: int) -> Iterator["Table"]:
        """Give tables with the leading columns, each with as many others as fit."""
        sizes = self._sizes()
        leading = [n for n, column in enumerate(self.columns) if column.kind in {"badge", "name"}]
        room = width - sum(self._least(n, sizes[n]) + len(GAP) for n in leading)
        taken, used = list[int](), 0
        for n in range(len(leading), len(self.columns)):
            if taken and used + sizes[n] > room:
                yield self._with([*leading, *taken])
                taken, used = [], 0
            used += sizes[n] + len(GAP)
            taken.append(n)
        yield self._with([*leading, *taken])

    def _least(self, n: int, size: int) -> int:
        return min(size, LEAST) if self.columns[n].kind == "name" else size

    def _with(self, numbers: Sequence[int]) -> "Table":
        rows = [[row[n] for n in numbers] for row in self.rows]
        return replace(self, columns=[self.columns[n] for n in numbers], rows=rows)

    def _sizes(self) -> list[int]:
        """Give the width that each column asks for."""
        return [
            max(
                cell_len(line)
                for cell in (column.heading, *(row[n] for row in self.rows))
                for line in str(cell).split("\n")
            )
            for n, column in enumerate(self.columns)
        ]

    def _drawn(self, width: int) -> Iterator[Text]:
        sizes = self._sizes()
        name = [column.kind for column in self.columns].index("name")
        others = sum(sizes) - sizes[name] + len(GAP) * (len(sizes) - 1)
        sizes[name] = min(sizes[name], max(self._least(name, sizes[name]), width - others))
        rule = "─" * (others + sizes[name])
        headings = [Text(column.heading, "bold") for column in self.columns]
        yield from self._row(headings, sizes, bottom=True)
        yield Text(rule, "dim")
        for n, row in enumerate(self.rows):
            if n in self.lines_before:
                yield Text(rule, "dim")
            yield from self._row(row, sizes)

    def _row(
        self, cells: Sequence[Cell], sizes: Sequence[int], *, bottom: bool = False
    ) -> Iterator[Text]:
        """Give the lines of a row, with all cells at its top, or at its bottom."""
        blocks = [
            _block(cell, column, size)
            for cell, column, size in zip(cells, self.columns, sizes, strict=True)
        ]
        if bottom:
            height = max(map(len, blocks))
            blocks = [[Text()] * (height - len(block)) + block for block in blocks]
        for pieces in zip_longest(*blocks, fillvalue=Text()):
            line = Text()
            for piece, column, size in zip(pieces, self.columns, sizes, strict=True):
                space = " " * (size - piece.cell_len)
                before, after = (space, "") if column.kind == "figure" else ("", space)
                line.append(before).append_text(piece).append(after + GAP)
            line.rstrip()
            yield line


def _clean(cell: Cell) -> Cell:
    """Clean every line of a cell; a no-break space has done its work in a cell of figures."""
    return "\n".join(map(glued, cell.split("\n"))) if isinstance(cell, str) else cell


def _block(cell: Cell, column: Column, size: int) -> list[Text]:
    """Give the lines of a cell; only names are broken."""
    if column.kind == "name":
        style = cell.style if isinstance(cell, Text) else ""
        parts = str(cell).split("\n")
        return [Text(line, style) for part in parts for line in fold(part, size)]
    text = cell.copy() if isinstance(cell, Text) else Text(cell)
    text.plain = text.plain.replace(NBSP, " ")
    return list(text.split("\n", allow_blank=True))
