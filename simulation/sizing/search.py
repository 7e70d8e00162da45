"""The smallest size that attains the norms in one replication, found by trying."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """What trying sizes came to in one replication.

    Attributes
    ----------
    smallest : smallest rung from which on every rung that was tried attains; None if the highest
        does not
    tried : whether each rung that was tried attains
    """

    smallest: int | None
    tried: dict[int, bool]

    @property
    def monotone(self) -> bool:
        """Whether no rung that was tried misses what a lower one attains."""
        flags = [self.tried[rung] for rung in sorted(self.tried)]
        return flags == sorted(flags)


def smallest(attains: Callable[[int], bool], low: int, high: int, guess: int) -> Found:
    """Search for the smallest rung that attains: by growing steps from a guess, then by halving.

    A larger team need not attain what a smaller one does, so one rung beyond the answer is tried
    as well, and everything that was tried is given back.

    Parameters
    ----------
    attains : plays a rung, and tells whether the norms are attained
    low, high : first and last rung that may be tried
    guess : where to begin
    """
    tried: dict[int, bool] = {}

    def holds(rung: int) -> bool:
        if rung not in tried:
            tried[rung] = attains(rung)
        return tried[rung]

    start = min(max(guess, low), high)
    while True:
        below, above = _bracket(holds, low, high, start)
        while above - below > 1:
            middle = (below + above) // 2
            below, above = (below, middle) if holds(middle) else (middle, above)
        if above > high:
            return Found(None, tried)
        if above == high or holds(above + 1):
            return Found(_from_which_on(tried), tried)
        start = above + 1


def _bracket(holds: Callable[[int], bool], low: int, high: int, guess: int) -> tuple[int, int]:
    """Give a rung that misses and a higher one that attains.

    One below the lowest means that no rung misses, one above the highest that none attains.
    """
    step = 1
    if holds(guess):
        above = guess
        while above > low:
            below = max(low, above - step)
            if not holds(below):
                return below, above
            above, step = below, 2 * step
        return low - 1, low
    below = guess
    while below < high:
        above = min(high, below + step)
        if holds(above):
            return below, above
        below, step = above, 2 * step
    return high, high + 1


def _from_which_on(tried: dict[int, bool]) -> int | None:
    """Give the rung from which on everything that was tried attains."""
    answer = None
    for rung in sorted(tried, reverse=True):
        if not tried[rung]:
            break
        answer = rung
    return answer
