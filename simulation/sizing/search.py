"""The smallest size that attains the norms in one replication, found by trying."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field


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


Tries = Generator[int, bool, Found]
"""Gives rungs to try, is told whether each attains, and returns what was found."""


@dataclass(frozen=True)
class Range:
    """The rungs that may be tried, and the one to begin with."""

    low: int
    high: int
    guess: int


def smallest(attains: Callable[[int], bool], where: Range) -> Found:
    """Search for the smallest rung that attains, trying rungs one after the other."""
    found = smallest_of_each(lambda rungs: {"": attains(rungs[""])}, {"": where})
    return found[""]


def smallest_of_each(
    attain: Callable[[Mapping[str, int]], Mapping[str, bool]], where: Mapping[str, Range]
) -> dict[str, Found]:
    """Search for the smallest rung of several teams at the same time.

    Parameters
    ----------
    attain : plays rungs of all teams, and tells of each whether its norms are attained
    where : by team

    Notes
    -----
    Every team goes on searching while the others move. What one finds is right as far as the
    sizes of the others do not matter to it.
    """
    tries = {name: _Searcher(own).run() for name, own in where.items()}
    rungs = {name: next(own) for name, own in tries.items()}
    found: dict[str, Found] = {}
    while len(found) < len(tries):
        flags = attain(rungs)
        for name in tries.keys() - found.keys():
            try:
                rungs[name] = tries[name].send(flags[name])
            except StopIteration as end:
                found[name] = end.value
                rungs[name] = where[name].high if end.value.smallest is None else end.value.smallest
    return found


@dataclass
class _Searcher:
    """Searches by growing steps from a guess, then by halving.

    A larger team need not attain what a smaller one does, so one rung beyond the answer is tried
    as well, and everything that was tried is given back.
    """

    where: Range
    tried: dict[int, bool] = field(default_factory=dict)

    def run(self) -> Tries:
        low, high = self.where.low, self.where.high
        start = min(max(self.where.guess, low), high)
        while True:
            below, above = yield from self._bracket(start)
            while above - below > 1:
                middle = (below + above) // 2
                below, above = (
                    (below, middle) if (yield from self._holds(middle)) else (middle, above)
                )
            if above > high:
                return Found(None, self.tried)
            if above == high or (yield from self._holds(above + 1)):
                return Found(_from_which_on(self.tried), self.tried)
            start = above + 1

    def _holds(self, rung: int) -> Generator[int, bool, bool]:
        if rung not in self.tried:
            self.tried[rung] = yield rung
        return self.tried[rung]

    def _bracket(self, start: int) -> Generator[int, bool, tuple[int, int]]:
        """Give a rung that misses and a higher one that attains.

        One below the lowest means that no rung misses, one above the highest that none attains.
        """
        low, high, step, here = self.where.low, self.where.high, 1, start
        if (yield from self._holds(start)):
            while here > low:
                below = max(low, here - step)
                if not (yield from self._holds(below)):
                    return below, here
                here, step = below, 2 * step
            return low - 1, low
        while here < high:
            above = min(high, here + step)
            if (yield from self._holds(above)):
                return here, above
            here, step = above, 2 * step
        return high, high + 1


def _from_which_on(tried: dict[int, bool]) -> int | None:
    """Give the rung from which on everything that was tried attains."""
    answer = None
    for rung in sorted(tried, reverse=True):
        if not tried[rung]:
            break
        answer = rung
    return answer
