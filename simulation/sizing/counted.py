"""In how many replications sizes suffice, found out by playing no more than decides it.

The k-th of the smallest sizes, in order, is the smallest size that suffices in k replications. So a
quantile needs no smallest size of every replication: it is enough to know on which side of a few
sizes each of them lies.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from simulation.sizing.played import Bench, Desk, Job, attains
from simulation.sizing.search import Range, smallest
from simulation.sizing.trials import Levels


@dataclass
class Counted:
    """The smallest sizes of one team in some replications, as far as they are known.

    Attributes
    ----------
    bench, desk : the scenario, and who plays
    replications : numbers
    norms : that have to be attained together
    low, high : the lowest rung and the highest
    levels : gives the levels of all teams with the team on a rung
    told : called after each trial
    tried : by replication, whether each rung that was tried attains
    """

    bench: Bench
    desk: Desk
    replications: range
    norms: tuple[str, ...]
    low: int
    high: int
    levels: Callable[[int], Levels]
    told: Callable[[], None]
    tried: dict[int, dict[int, bool]] = field(default_factory=dict)

    def smallest(self, need: int, guess: int) -> int | None:
        """Give the smallest rung that suffices in so many replications; None if none does.

        Parameters
        ----------
        need : from 1 to the number of replications
        guess : rung to begin with
        """
        where = Range(self.low, self.high, guess)
        return smallest(lambda rung: self.suffices(rung, need), where).smallest

    def suffices(self, rung: int, need: int) -> bool:
        """Tell whether the smallest size is at most a rung in so many replications.

        What is played does not depend on what was played for another question, nor on the number
        of workers: as many replications as it takes at least to decide it, then again.
        """
        while True:
            verdicts = [self._at_most(rung, number) for number in self.replications]
            hits, misses = verdicts.count(True), verdicts.count(False)
            most = len(verdicts) - misses
            if hits >= need or most < need:
                return hits >= need
            unknown = [
                number
                for number, verdict in zip(self.replications, verdicts, strict=True)
                if verdict is None
            ]
            self.play([rung], unknown[: min(need - hits, most - need + 1)])

    def play(self, rungs: Iterable[int], replications: Iterable[int]) -> None:
        """Play rungs in replications; all of one replication in one job."""
        levels = {rung: self.levels(rung) for rung in rungs}
        numbers = list(replications)
        for _ in self.desk.do([Job(self.bench, each, tuple(levels.values())) for each in numbers]):
            self.told()
        for number in numbers:
            for rung, own in levels.items():
                outcome = self.desk.known[own, number]
                self.tried.setdefault(number, {})[rung] = attains(outcome, self.norms)

    def reversals(self) -> int:
        """Count the replications in which a rung missed what a lower one attained."""
        flags = ([own[rung] for rung in sorted(own)] for own in self.tried.values())
        return sum(each != sorted(each) for each in flags)

    def _at_most(self, rung: int, number: int) -> bool | None:
        """Tell whether the smallest size of a replication is at most a rung; None if not known.

        That is the one from which on every rung that was tried attains. What one rung attains,
        those between it and the next one that was tried are taken to attain too.
        """
        tried = self.tried.get(number, {})
        missed = max((own for own, flag in tried.items() if not flag), default=self.low - 1)
        if missed >= rung:
            return False
        return True if any(missed < own <= rung for own in tried) else None
