"""The measures of one replication in little memory.

An experiment keeps some 1,500 numbers of every replication. Replications of one scenario have
the same paths, so the paths are kept once and each replication is a row of 8-byte numbers.
"""

from array import array
from collections.abc import Iterator, Mapping

from simulation.measures import Measures

Layout = dict[str, tuple[int, bool]]
"""Place of each path in a row, and whether its numbers are whole."""


class Row(Mapping[str, float | int]):
    """Measures by path, read-only."""

    __slots__ = ("_layout", "_values")

    def __init__(self, layout: Layout, values: "array[float]") -> None:
        self._layout = layout
        self._values = values

    def __getitem__(self, path: str) -> float | int:
        place, whole = self._layout[path]
        value = self._values[place]
        return int(value) if whole else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._layout)

    def __len__(self) -> int:
        return len(self._layout)


class Packer:
    """Makes rows that share their layouts."""

    def __init__(self) -> None:
        self._layouts: dict[tuple[tuple[str, bool], ...], Layout] = {}

    def pack(self, measures: Measures) -> Row:
        """Keep the measures of one replication; whole numbers must be below 2⁵³."""
        key = tuple((path, isinstance(value, int)) for path, value in measures.items())
        layout = self._layouts.get(key)
        if layout is None:
            layout = {path: (place, whole) for place, (path, whole) in enumerate(key)}
            self._layouts[key] = layout
        return Row(layout, array("d", measures.values()))
