"""Ranges: assumptions that could be otherwise, and which values their percentiles are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from simulation.comparison.document import PlacedAssumption
from simulation.finance.moved import amount

_LOW, _MIDDLE, _HIGH = 0.05, 0.5, 0.95


@dataclass(frozen=True)
class Range:
    """An assumption with a range.

    Attributes
    ----------
    path : in the scenario
    unit : numbers, or durations in seconds
    value, low, high : as stated, and its 5th and 95th percentile
    """

    path: str
    unit: Literal["number", "seconds"]
    value: float
    low: float
    high: float

    @property
    def priced(self) -> bool:
        """Whether only amounts change with it, and neither people nor quantities."""
        return only_priced(self.path)

    def at(self, percentile: float) -> float:
        """Give the value at a percentile: straight lines between low, value and high.

        Examples
        --------
        >>> wait = Range("wait", "number", 2.0, 1.0, 4.0)
        >>> wait.at(0.01), wait.at(0.5), wait.at(0.95), wait.at(1.0)
        (1.0, 2.0, 4.0, 4.0)
        """
        inside = min(max(percentile, _LOW), _HIGH)
        if inside <= _MIDDLE:
            return self.low + (self.value - self.low) * (inside - _LOW) / (_MIDDLE - _LOW)
        return self.value + (self.high - self.value) * (inside - _MIDDLE) / (_HIGH - _MIDDLE)


def only_priced(path: str) -> bool:
    """Tell whether a value changes nothing but amounts."""
    return path.startswith(("costs.", "finance.")) and path != "costs.contract_hours"


def ranges(assumptions: Iterable[PlacedAssumption]) -> Iterator[Range]:
    """Give the ranges of assumptions that have both ends and can move."""
    for each in assumptions:
        value, low, high = amount(each.value), amount(each.low), amount(each.high)
        if value is None or low is None or high is None or low == high:
            continue
        unit: Literal["number", "seconds"] = "seconds" if isinstance(each.value, str) else "number"
        yield Range(each.path, unit, value, low, high)
