"""How many people one team needs: searched on some replications, confirmed on others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import median_low

from simulation.comparison.document import Attainment
from simulation.comparison.statistics import attainment
from simulation.sizing.played import Bench, Desk, Job, attains, trials, with_rungs
from simulation.sizing.quantile import quantile, quantile_interval
from simulation.sizing.search import Found
from simulation.sizing.trials import Levels, Outcome

PILOTS = 4
"""Replications that begin at the guess of the formula; the others begin where these ended."""

SEARCH_FROM = 50_001
"""Number of the first replication to search on, so that a run shows other ones."""

CURVE = 20
"""Fresh replications on which sizes around the answer are shown."""

_AROUND = (-0.2, -0.14, -0.09, -0.05, -0.02, 0.0, 0.02, 0.05, 0.09, 0.14, 0.2)
"""Sizes around the answer that are shown, as a part of it."""

_ROUNDING = 1e-9

Progress = Callable[[int, int], None]
"""Called with (replications done, replications in all)."""


@dataclass(frozen=True)
class Question:
    """What is asked of one team.

    Attributes
    ----------
    team : name, or ``team/site``
    norms : names of the norms that have to be attained together
    share : of the replications in which they have to be, such as 0.8
    search, fresh : how many replications to search on, and how many others to confirm on
    others : rungs of other teams
    today : rung nearest to today's roster, for the curve
    """

    team: str
    norms: tuple[str, ...]
    share: float = 0.8
    search: int = 30
    fresh: int = 60
    others: Levels = ()
    today: int | None = None


@dataclass(frozen=True)
class Size:
    """The answer for one team.

    Attributes
    ----------
    rung : smallest size that attains the norms in the required share of the fresh replications
    low, high : between which sizes the answer lies with confidence; high is None where so few
        replications do not bound it
    searched : size that the search proposed
    shares : by rung, in how many of the fresh replications it attains: of the answer, and of one
        step less if there is one
    curve : what became of the norms on the first of the fresh replications, by rung: around the
        answer, and with as many people as today
    reversals : replications in which a size missed what a smaller one attained
    """

    rung: int
    low: int
    high: int | None
    searched: int
    shares: dict[int, Attainment]
    curve: dict[int, list[Outcome]]
    reversals: int


class NoSize(Exception):
    """No size of a team attains its norms often enough, or no sizes of all teams all norms.

    Attributes
    ----------
    team : name; where teams are sized together, the one that misses its norms most often
    attained, of : in how many replications the largest size does, or the largest sizes do
    replication : one in which they do not
    levels : the largest sizes
    together : whether all norms together are meant
    """

    def __init__(
        self,
        team: str,
        attained: int,
        of: int,
        replication: int,
        levels: Levels,
        *,
        together: bool = False,
    ) -> None:
        super().__init__(team)
        self.team, self.attained, self.of, self.replication = team, attained, of, replication
        self.levels, self.together = levels, together


def searched(count: int) -> range:
    """Give the numbers of the replications to search on: far from those that are shown."""
    return range(SEARCH_FROM, SEARCH_FROM + count)


def confirming(count: int) -> range:
    """Give the numbers of the replications to confirm on: the first ones, as for a run."""
    return range(1, count + 1)


def enough(attained: int, of: int, share: float) -> bool:
    """Tell whether norms are attained in a required share of replications."""
    return attained >= ceil(share * of - _ROUNDING)


@dataclass
class Sizing:
    """One search for the size of a team.

    Attributes
    ----------
    bench, question : the scenario, and what is asked
    desk : who plays
    progress : told after each replication
    """

    bench: Bench
    question: Question
    desk: Desk
    progress: Progress | None = None
    _found: dict[int, Found] = field(default_factory=dict)

    def size(self, guess: int) -> Size:
        """Find the smallest size.

        Parameters
        ----------
        guess : rung at which the first searches begin

        Raises
        ------
        NoSize
            When even far more people than work do not attain the norms often enough.
        ReplicationFailed
            When a replication could not be played.
        """
        asked = self.question
        search, fresh = searched(asked.search), confirming(asked.fresh)
        pilots = search[:PILOTS]
        self._search(pilots, guess)
        own = self._sizes(pilots)
        self._search(search[PILOTS:], median_low(own) if own else guess)
        proposed = self._proposed(search)
        self._search(fresh, proposed)
        rung = self._confirmed(fresh)
        low, high = self._interval(fresh)
        tried = range(max(rung - 1, self._lowest), rung + 1)
        return Size(
            rung=rung,
            low=min(low, rung),
            high=None if high is None else max(high, rung),
            searched=proposed,
            shares={each: self._share(each, fresh) for each in tried},
            curve=self._curve(rung, fresh[:CURVE]),
            reversals=sum(not each.monotone for each in self._found.values()),
        )

    @property
    def _lowest(self) -> int:
        return trials(self.bench).ladders[self.question.team].lowest

    @property
    def _highest(self) -> int:
        return trials(self.bench).ladders[self.question.team].highest

    def _levels(self, rung: int) -> Levels:
        return with_rungs(self.question.others, {self.question.team: rung})

    def _search(self, replications: Sequence[int], guess: int) -> None:
        asked = self.question
        jobs = [
            Job(
                self.bench,
                number,
                guesses=((asked.team, guess),),
                norms=((asked.team, asked.norms),),
                others=asked.others,
            )
            for number in replications
        ]
        for job, tried in self.desk.do(jobs):
            self._found[job.replication] = tried.found[asked.team]
            if self.progress is not None:
                self.progress(len(self._found), asked.search + asked.fresh)

    def _sizes(self, replications: Sequence[int]) -> list[int]:
        found = (self._found[number].smallest for number in replications)
        return sorted(rung for rung in found if rung is not None)

    def _proposed(self, searched: Sequence[int]) -> int:
        """Give the quantile of the sizes; what no size attains counts as too large."""
        own = self._sizes(searched)
        if not enough(len(own), len(searched), self.question.share):
            worst = next(n for n in searched if self._found[n].smallest is None)
            levels = self._levels(self._highest)
            raise NoSize(self.question.team, len(own), len(searched), worst, levels)
        own += [self._highest + 1] * (len(searched) - len(own))
        return quantile(own, self.question.share)

    def _confirmed(self, fresh: range) -> int:
        """Give the size that attains on fresh replications while one smaller does not.

        Where larger teams never do worse, that is the quantile of the fresh sizes; if not, all
        replications say so when they are played with it.
        """
        own = self._sizes(fresh)
        own += [self._highest] * (len(fresh) - len(own))
        rung = quantile(own, self.question.share)
        if self._suffices(rung, fresh):
            while rung > self._lowest and self._suffices(rung - 1, fresh):
                rung -= 1
            return rung
        while rung < self._highest:
            rung += 1
            if self._suffices(rung, fresh):
                return rung
        shown, levels = self._share(rung, fresh), self._levels(rung)
        norms, known = self.question.norms, self.desk.known
        worst = next(number for number in fresh if not attains(known[levels, number], norms))
        raise NoSize(self.question.team, shown.attained, shown.of, worst, levels)

    def _suffices(self, rung: int, fresh: range) -> bool:
        shown = self._share(rung, fresh)
        return enough(shown.attained, shown.of, self.question.share)

    def _share(self, rung: int, fresh: range) -> Attainment:
        """Play a rung on all fresh replications, where it was not."""
        levels = self._levels(rung)
        for _ in self.desk.do([Job(self.bench, number, levels=(levels,)) for number in fresh]):
            pass
        outcomes = [self.desk.known[levels, number] for number in fresh]
        return attainment([int(attains(each, self.question.norms)) for each in outcomes])

    def _interval(self, fresh: range) -> tuple[int, int | None]:
        """Give the sizes between which the quantile of the fresh sizes lies."""
        own = self._sizes(fresh)
        first, last = quantile_interval(len(fresh), self.question.share)
        # Where no size attains, the size is beyond all others.
        beyond = [self._highest + 1] * (len(fresh) - len(own))
        low = [self._lowest, *own, *beyond][first]
        return low, own[last - 1] if last <= len(own) else None

    def _curve(self, rung: int, replications: range) -> dict[int, list[Outcome]]:
        """Play sizes around the answer, and today's, all on the same replications."""
        near = {rung - 1, rung, rung + 1} | {round(rung * (1 + part)) for part in _AROUND}
        near |= set() if self.question.today is None else {self.question.today}
        rungs = sorted(each for each in near if self._lowest <= each <= self._highest)
        levels = tuple(map(self._levels, rungs))
        jobs = [Job(self.bench, number, levels=levels) for number in replications]
        for done, _ in enumerate(self.desk.do(jobs), 1):
            if self.progress is not None:
                self.progress(done, len(jobs))
        return {
            each: [self.desk.known[own, number] for number in replications]
            for each, own in zip(rungs, levels, strict=True)
        }
