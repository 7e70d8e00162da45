"""How many people one team needs: searched on some replications, confirmed on others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median_low

from simulation.comparison.document import Attainment
from simulation.comparison.statistics import attainment, share_interval
from simulation.experiment.workers import Crew
from simulation.sizing.played import (
    Bench,
    Keep,
    Known,
    Search,
    Searched,
    attains,
    search_all,
    trials,
)
from simulation.sizing.quantile import quantile, quantile_interval
from simulation.sizing.trials import Levels, Outcome

PILOTS = 4
"""Replications that begin at the guess of the formula; the others begin where these ended."""

_MOST_MOVES = 20

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Question:
    """What is asked of one team.

    Attributes
    ----------
    team : name
    norms : names of the norms that have to be attained together
    share : of the replications in which they have to be, such as 0.8
    search, fresh : replications to search on, and others to confirm on
    others : rungs of other teams
    """

    team: str
    norms: tuple[str, ...]
    share: float = 0.8
    search: int = 30
    fresh: int = 60
    others: Levels = ()


@dataclass(frozen=True)
class Size:
    """The answer for one team.

    Attributes
    ----------
    rung : smallest size that attains the norms in the required share of the fresh replications
    low, high : between which sizes the answer lies with confidence
    searched : size that the search proposed
    shares : by rung, in how many of the fresh replications it attains
    outcomes : by rung and replication, everything that was tried
    reversals : replications in which a size missed what a smaller one attained
    fresh : numbers of the fresh replications
    """

    rung: int
    low: int
    high: int
    searched: int
    shares: dict[int, Attainment]
    outcomes: dict[int, dict[int, Outcome]]
    reversals: int
    fresh: range


class NoSize(Exception):
    """No size of the team attains its norms often enough."""

    def __init__(self, team: str, attained: int, of: int, outcome: Outcome) -> None:
        super().__init__(team)
        self.team, self.attained, self.of, self.outcome = team, attained, of, outcome


@dataclass
class Sizing:
    """One search for the size of a team.

    Attributes
    ----------
    bench, question : the scenario, and what is asked
    crew : who does the searches
    known, keep : what was played before, and who is told what is played
    progress : told after each replication
    """

    bench: Bench
    question: Question
    crew: Crew[Search, Searched | str]
    known: Known
    keep: Keep
    progress: Progress | None = None
    _done: int = 0
    _found: dict[int, Searched] = field(default_factory=dict)

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
        pilots = range(1, min(PILOTS, asked.search) + 1)
        self._do(pilots, guess)
        start = median_low(self._sizes(pilots)) if self._sizes(pilots) else guess
        first = range(1, asked.search + 1)
        self._do(range(len(pilots) + 1, asked.search + 1), start)
        proposed = self._quantile(first)
        fresh = range(asked.search + 1, asked.search + asked.fresh + 1)
        rung = self._confirm(proposed, fresh)
        low, high = self._interval(fresh, rung)
        return Size(
            rung=rung,
            low=low,
            high=high,
            searched=proposed,
            shares={each: self._share(each, fresh) for each in (rung - 1, rung)},
            outcomes=self._by_rung(),
            reversals=sum(not each.found.monotone for each in self._found.values()),
            fresh=fresh,
        )

    def _do(self, replications: Sequence[int], guess: int, must: tuple[int, ...] = ()) -> None:
        asked = self.question
        orders = [
            Search(self.bench, asked.team, asked.others, asked.norms, number, guess, must)
            for number in replications
        ]
        for order, searched in search_all(self.crew, orders, self.known, self.keep):
            before = self._found.get(order.replication)
            if before is not None:
                searched.outcomes.update(before.outcomes)
            else:
                self._done += 1
            self._found[order.replication] = searched
            if self.progress is not None:
                self.progress(self._done, asked.search + asked.fresh)

    def _sizes(self, replications: Sequence[int]) -> list[int]:
        found = (self._found[number].found.smallest for number in replications)
        return sorted(rung for rung in found if rung is not None)

    def _quantile(self, replications: Sequence[int]) -> int:
        """Give the quantile of the sizes; what no size attains counts as the largest."""
        own = self._sizes(replications)
        missing = len(replications) - len(own)
        highest = trials(self.bench).ladders[self.question.team].highest
        rung = quantile(own + [highest + 1] * missing, self.question.share)
        if rung > highest:
            worst = next(n for n in replications if self._found[n].found.smallest is None)
            raise NoSize(
                self.question.team,
                len(own),
                len(replications),
                self._found[worst].outcomes[highest],
            )
        return rung

    def _confirm(self, proposed: int, fresh: range) -> int:
        """Move to the size that attains on fresh replications while one smaller does not."""
        rung, share = proposed, self.question.share
        lowest = trials(self.bench).ladders[self.question.team].lowest
        for _ in range(_MOST_MOVES):
            self._do(fresh, rung, (rung - 1, rung))
            if self._attained(rung, fresh) < share * len(fresh) - 1e-9:
                rung += 1
            elif rung > lowest and self._attained(rung - 1, fresh) >= share * len(fresh) - 1e-9:
                rung -= 1
            else:
                break
        return rung

    def _attained(self, rung: int, fresh: range) -> int:
        return sum(
            attains(self._found[number].outcomes[rung], self.question.norms)
            for number in fresh
            if rung in self._found[number].outcomes
        )

    def _share(self, rung: int, fresh: range) -> Attainment:
        lowest = trials(self.bench).ladders[self.question.team].lowest
        if rung < lowest:
            return attainment([0] * len(fresh))
        flags = [
            attains(self._found[number].outcomes[rung], self.question.norms) for number in fresh
        ]
        return attainment(flags)

    def _interval(self, fresh: range, rung: int) -> tuple[int, int]:
        """Give the sizes between which the quantile of the fresh sizes lies."""
        own = self._sizes(fresh)
        first, last = quantile_interval(len(fresh), self.question.share)
        low = own[first - 1] if first else own[0]
        high = own[last - 1] if last <= len(own) else own[-1] + 1
        return min(low, rung), max(high, rung)

    def _by_rung(self) -> dict[int, dict[int, Outcome]]:
        table: dict[int, dict[int, Outcome]] = {}
        for number in sorted(self._found):
            for rung, outcome in self._found[number].outcomes.items():
                table.setdefault(rung, {})[number] = outcome
        return dict(sorted(table.items()))


def surely(size: Size, share: float) -> bool:
    """Whether the fresh replications leave no doubt that the size suffices."""
    shown = size.shares[size.rung]
    return share_interval(shown.attained, shown.of)[0] >= share
