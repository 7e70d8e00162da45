"""The measures of one replication in little memory.

An experiment keeps up to some 1,500 numbers of every replication. Replications of one scenario
have the same paths, so the paths are kept once and each replication is a row of 8-byte numbers.
"""

from array import array
from collections.abc import Iterator, Mapping

from simulation.measures import Measures

Layout = dict[str, tuple[int, bool]]
"""Place of each path in a row, and whether its numbers are whole."""


class Row(Mapping[str, float | int]):
    """Measures by path, read-only."""

    __slots__ = ("layout", "values_in_order")

    def __init__(self, layout: Layout, values_in_order: "array[float]") -> None:
        self.layout = layout
        self.values_in_order = values_in_order

    def __getitem__(self, path: str) -> float | int:
        place, whole = self.layout[path]
        value = self.values_in_order[place]
        return int(value) if whole else value

    def __iter__(self) -> Iterator[str]:
        return iter(self.layout)

    def __len__(self) -> int:
        return len(self.layout)


class Packer:
    """Makes rows that share their layouts."""

    def __init__(self) -> None:
        self._layouts: dict[tuple[tuple[str, bool], ...], Layout] = {}
        self._last: tuple[Layout, Layout] | None = None

    def pack(self, measures: Measures) -> Row:
        """Keep the measures of one replication; whole numbers must be below 2⁵³."""
        key = tuple((path, isinstance(value, int)) for path, value in measures.items())
        return Row(self._shared(key), array("d", measures.values()))

    def adopt(self, row: Row) -> Row:
        """Give a row that another packer made, with a layout of this one."""
        if self._last is None or self._last[0] is not row.layout:
            key = tuple((path, whole) for path, (_, whole) in row.layout.items())
            self._last = row.layout, self._shared(key)
        return Row(self._last[1], row.values_in_order)

    def _shared(self, key: tuple[tuple[str, bool], ...]) -> Layout:
        layout = self._layouts.get(key)
        if layout is None:
            layout = {path: (place, whole) for place, (path, whole) in enumerate(key)}
            self._layouts[key] = layout
        return layout
