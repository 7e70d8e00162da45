"""The measures of an experiment by path: one value for each replication, in order.

Rows of one layout lie together as a matrix, so that a column is cut out when it is needed and
thousands of replications take no more than their numbers.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.experiment.row import Layout, Packer, Row

Value = float | int | None
"""A measure in one replication; None where it does not exist."""

Rows = Sequence[tuple[int, Mapping[str, float | int]]]
"""Measures by number of the replication, in order."""


class Columns(Mapping[str, list[Value]]):
    """Values by path, for the replications of ``numbers``."""

    def __init__(self, rows: Rows) -> None:
        self.numbers = [number for number, _ in rows]
        packer = Packer()
        packed = [row if isinstance(row, Row) else packer.pack(dict(row)) for _, row in rows]
        self._blocks = list(_blocks(packed))
        self._paths = dict.fromkeys(path for block in self._blocks for path in block.layout)

    def __getitem__(self, path: str) -> list[Value]:
        if path not in self._paths:
            raise KeyError(path)
        column: list[Value] = [None] * len(self.numbers)
        for block in self._blocks:
            for place, value in zip(block.places, block.column(path), strict=False):
                column[place] = value
        return column

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def counted(self, path: str) -> bool:
        """Tell whether a measure is a whole count."""
        return any(path in block.layout and block.layout[path][1] for block in self._blocks)

    def existing(self, path: str) -> list[float]:
        """Give the values of a measure in the replications in which it exists."""
        if path not in self._paths:
            return []
        return [value for value in self[path] if value is not None]

    def less(self, other: "Columns", path: str) -> list[float]:
        """Give the differences with another experiment, in replications that both have."""
        theirs = dict(zip(other.numbers, other[path], strict=True))
        pairs = ((mine, theirs.get(n)) for n, mine in zip(self.numbers, self[path], strict=True))
        return [mine - its for mine, its in pairs if mine is not None and its is not None]


class _Block:
    """Rows of one layout."""

    def __init__(self, layout: Layout, rows: list[tuple[int, Row]]) -> None:
        self.layout = layout
        self.places = [place for place, _ in rows]
        self._table: NDArray[np.float64] = np.empty((len(layout), len(rows)))
        for number, (_, row) in enumerate(rows):
            self._table[:, number] = row.values_in_order

    def column(self, path: str) -> list[float]:
        """Give the values of a measure; none if the layout does not have it."""
        if path not in self.layout:
            return []
        place, whole = self.layout[path]
        values = self._table[place]
        column: list[float] = values.astype(np.int64).tolist() if whole else values.tolist()
        return column


def _blocks(rows: Sequence[Row]) -> Iterator[_Block]:
    by_layout: dict[int, list[tuple[int, Row]]] = {}
    for place, row in enumerate(rows):
        by_layout.setdefault(id(row.layout), []).append((place, row))
    for alike in by_layout.values():
        yield _Block(alike[0][1].layout, alike)
