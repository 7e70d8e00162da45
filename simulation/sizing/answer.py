"""How many people one team needs: searched on some replications, confirmed on others."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from simulation.comparison.document import Attainment
from simulation.comparison.statistics import attainment
from simulation.sizing.counted import Counted
from simulation.sizing.ladder import Ladder
from simulation.sizing.played import Bench, Desk, Job, ladders_of, with_rungs
from simulation.sizing.quantile import quantile, quantile_interval
from simulation.sizing.trials import Levels, Outcome

PILOTS = 4
"""Replications that begin at the guess of the formula; what follows begins where these ended."""

SEARCH_FROM = 50_001
"""Number of the first replication to search on, so that a run shows other ones."""

CURVE = 10
"""Fresh replications on which sizes around the answer are shown."""

_AROUND = (-0.2, -0.07, 0.07, 0.2)
"""Sizes around the answer that are shown beside its neighbours, as a part of it."""

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


def needed(of: int, share: float) -> int:
    """Give in how many replications norms have to be attained, for a required share of them."""
    return ceil(share * of - _ROUNDING)


def enough(attained: int, of: int, share: float) -> bool:
    """Tell whether norms are attained in a required share of replications."""
    return attained >= needed(of, share)


@dataclass
class Sizing:
    """One search for the size of a team.

    Attributes
    ----------
    bench, question : the scenario, and what is asked
    desk : who plays
    progress : told after each job; how many there will be at most is known as long as nothing
        turns out otherwise than was proposed
    stage : told what begins
    """

    bench: Bench
    question: Question
    desk: Desk
    progress: Progress | None = None
    stage: Callable[[str], None] | None = None
    _done: int = 0
    _total: int = 0

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
        self._begin("search", 0)
        search = self._counted(searched(asked.search))
        proposed = self._proposed(search, guess)
        fresh = self._counted(confirming(asked.fresh))
        self._begin("confirm", 2 * asked.fresh + min(CURVE, asked.fresh))
        rung = self._confirmed(fresh, proposed)
        low, high = self._interval(fresh, rung)
        curve = self._curve(rung, fresh)
        self._end()
        return Size(
            rung=rung,
            low=low,
            high=high,
            searched=proposed,
            shares={each: self._share(each, fresh) for each in self._with_one_less(rung)},
            curve=curve,
            reversals=search.reversals() + fresh.reversals(),
        )

    @property
    def _ladder(self) -> Ladder:
        return ladders_of(self.bench)[self.question.team]

    def _levels(self, rung: int) -> Levels:
        return with_rungs(self.question.others, {self.question.team: rung})

    def _with_one_less(self, rung: int) -> range:
        return range(max(rung - 1, self._ladder.lowest), rung + 1)

    def _counted(self, replications: range) -> Counted:
        low, high = self._ladder.lowest, self._ladder.highest
        norms = self.question.norms
        return Counted(
            self.bench, self.desk, replications, norms, low, high, self._levels, self._tell
        )

    def _begin(self, stage: str, total: int) -> None:
        self._done, self._total = 0, total
        if self.stage is not None:
            self.stage(stage)

    def _end(self) -> None:
        if self.progress is not None and self._done:
            self.progress(self._done, self._done)

    def _tell(self) -> None:
        self._done += 1
        if self.progress is not None:
            self.progress(self._done, self._total if self._done < self._total else 0)

    def _proposed(self, search: Counted, guess: int) -> int:
        """Give the quantile of the smallest sizes; what no size attains counts as too large."""
        pilots = self._pilots(search, guess)
        start = quantile(pilots, self.question.share) if pilots else guess
        need = needed(len(search.replications), self.question.share)
        rung = search.smallest(need, start)
        if rung is None:
            raise self._no_size(self._ladder.highest, search)
        return rung

    def _pilots(self, search: Counted, guess: int) -> list[int]:
        """Search the smallest size of a few replications, with one size beyond it."""
        asked = self.question
        jobs = [
            Job(
                self.bench,
                number,
                guesses=((asked.team, guess),),
                norms=((asked.team, asked.norms),),
                others=asked.others,
            )
            for number in search.replications[:PILOTS]
        ]
        found = {}
        for job, tried in self.desk.do(jobs):
            found[job.replication] = tried.found[asked.team]
            search.tried[job.replication] = dict(tried.found[asked.team].tried)
            self._tell()
        own = (each.smallest for each in found.values())
        return sorted(rung for rung in own if rung is not None)

    def _confirmed(self, fresh: Counted, proposed: int) -> int:
        """Give the size that attains on fresh replications while one smaller does not.

        Where larger teams never do worse, that is the quantile of the fresh sizes; if not, all
        replications say so when they are played with it.
        """
        lowest, highest = self._ladder.lowest, self._ladder.highest
        need = needed(len(fresh.replications), self.question.share)
        found = fresh.smallest(need, proposed)
        rung = highest if found is None else found
        fresh.play(self._with_one_less(rung), fresh.replications)
        if self._suffices(rung, fresh):
            while rung > lowest and self._suffices(rung - 1, fresh):
                rung -= 1
            return rung
        while rung < highest:
            rung += 1
            if self._suffices(rung, fresh):
                return rung
        raise self._no_size(rung, fresh)

    def _no_size(self, rung: int, counted: Counted) -> NoSize:
        shown, levels = self._share(rung, counted), self._levels(rung)
        worst = next(number for number in counted.replications if not counted.tried[number][rung])
        return NoSize(self.question.team, shown.attained, shown.of, worst, levels)

    def _suffices(self, rung: int, fresh: Counted) -> bool:
        shown = self._share(rung, fresh)
        return enough(shown.attained, shown.of, self.question.share)

    def _share(self, rung: int, counted: Counted) -> Attainment:
        """Play a rung on all replications, where it was not."""
        counted.play([rung], counted.replications)
        return attainment([int(counted.tried[each][rung]) for each in counted.replications])

    def _interval(self, fresh: Counted, rung: int) -> tuple[int, int | None]:
        """Give the sizes between which the quantile of the fresh sizes lies."""
        count = len(fresh.replications)
        first, last = quantile_interval(count, self.question.share)
        low = fresh.smallest(first, rung) if first else self._ladder.lowest
        # Where no size attains, the size is beyond all others.
        high = fresh.smallest(last, rung) if last <= count else None
        return rung if low is None else min(low, rung), None if high is None else max(high, rung)

    def _curve(self, rung: int, fresh: Counted) -> dict[int, list[Outcome]]:
        """Play sizes around the answer, and today's, all on the same replications."""
        near = {rung - 1, rung, rung + 1} | {round(rung * (1 + part)) for part in _AROUND}
        near |= set() if self.question.today is None else {self.question.today}
        lowest, highest = self._ladder.lowest, self._ladder.highest
        rungs = sorted(each for each in near if lowest <= each <= highest)
        numbers = fresh.replications[:CURVE]
        fresh.play(rungs, numbers)
        known = self.desk.known
        return {each: [known[self._levels(each), number] for number in numbers] for each in rungs}
