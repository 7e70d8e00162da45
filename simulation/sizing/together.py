"""The smallest teams that attain all norms together, in the same year.

Teams depend on each other: who is not helped at one channel comes back at another. First all teams
are sized at the same time, each for its own norms; from these sizes follows a first proposal. Then
one step of one team or site at a time is taken away as long as all norms hold, or added where they
do not. What remains is a local minimum: no team or site can do with one step less. That is tried,
not assumed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import median_low

from simulation.comparison.document import Attainment
from simulation.comparison.statistics import attainment
from simulation.sizing.answer import PILOTS, NoSize, Progress, confirming, searched
from simulation.sizing.ladder import Ladder
from simulation.sizing.played import Bench, Desk, Job, attains, ladders_of, trials, with_rungs
from simulation.sizing.trials import Levels, Outcome

_AT_A_TIME = 4
"""Replications played before it is asked whether the rest is still needed."""


@dataclass(frozen=True)
class Everyone:
    """What is asked of all teams together.

    Attributes
    ----------
    norms : by team, the norms of its channels that count
    units : the teams, and the sites of those that have some, that get a size each
    share : of the replications in which all norms have to be attained
    search, fresh : how many replications to search on, and how many others to confirm on
    """

    norms: Mapping[str, tuple[str, ...]]
    units: tuple[str, ...]
    share: float = 0.8
    search: int = 30
    fresh: int = 60

    @property
    def all_norms(self) -> tuple[str, ...]:
        """Every norm that counts, once."""
        return tuple(sorted({norm for norms in self.norms.values() for norm in norms}))


@dataclass(frozen=True)
class Sizes:
    """The answer for all teams together.

    Attributes
    ----------
    levels : rung of every team or site
    together : in how many of the fresh replications all norms are attained
    tight : units of which one step less misses too often on the replications searched on
    tight_on_fresh : units of which it does so on the fresh ones only
    added : steps that only the fresh replications asked for
    outcomes : by fresh replication, with the answer
    """

    levels: Levels
    together: Attainment
    tight: frozenset[str]
    tight_on_fresh: frozenset[str]
    added: int
    outcomes: dict[int, Outcome]


@dataclass
class SizingAll:
    """One search for the sizes of all teams.

    Attributes
    ----------
    bench, question : the scenario, and what is asked
    desk : who plays
    progress : told after each replication of a round; rounds are not known beforehand
    stage : told what begins
    """

    bench: Bench
    question: Everyone
    desk: Desk
    progress: Progress | None = None
    stage: Callable[[str], None] | None = None
    _played: int = field(default=0)

    def sizes(self, guesses: Mapping[str, int]) -> Sizes:
        """Find sizes from which no step can be taken.

        Parameters
        ----------
        guesses : rung of each team at which the searches begin

        Raises
        ------
        NoSize
            When even far more people than work do not attain all norms often enough.
        ReplicationFailed
            When a replication could not be played.
        """
        asked = self.question
        search, fresh = searched(asked.search), confirming(asked.fresh)
        self._tell("start")
        levels = self._by_site(self._proposed(guesses, search))
        self._tell("descend")
        levels = self._lowered(self._raised(levels, search), [search])
        self._tell("confirm")
        confirmed = self._lowered(self._raised(levels, fresh), [search, fresh])
        less = self._all_less(confirmed)
        kept = self._holding(less, confirmed, search)
        return Sizes(
            levels=confirmed,
            together=self._together(confirmed, fresh),
            tight=frozenset(less.keys() - kept),
            tight_on_fresh=frozenset(kept),
            added=sum(max(0, rung - dict(levels)[unit]) for unit, rung in confirmed),
            outcomes={number: self.desk.known[confirmed, number] for number in fresh},
        )

    def _tell(self, stage: str) -> None:
        if self.stage is not None:
            self.stage(stage)
        self._played = 0

    @property
    def _ladders(self) -> Mapping[str, Ladder]:
        return ladders_of(self.bench)

    # The first proposal

    def _proposed(self, guesses: Mapping[str, int], replications: range) -> dict[str, int]:
        """Size all teams at the same time, each for its own norms; then put them together."""
        found: dict[int, dict[str, int | None]] = {}
        self._sized(replications[:PILOTS], guesses, found, len(replications))
        known = {team: [own[team] for own in found.values()] for team in guesses}
        rungs = {
            team: sorted(rung for rung in own if rung is not None) for team, own in known.items()
        }
        start = {team: median_low(own) if own else guesses[team] for team, own in rungs.items()}
        self._sized(replications[PILOTS:], start, found, len(replications))
        # What no size attained while the others moved may be attained when they stand still.
        highest = {team: self._ladders[team].highest for team in guesses}
        sizes = [
            {team: highest[team] if rung is None else rung for team, rung in own.items()}
            for _, own in sorted(found.items())
        ]
        return least_together(sizes, self._need(replications))

    def _sized(
        self,
        replications: range,
        guesses: Mapping[str, int],
        found: dict[int, dict[str, int | None]],
        of: int,
    ) -> None:
        """Find the sizes of all teams in some replications, each for its own norms."""
        norms, start = tuple(sorted(self.question.norms.items())), tuple(sorted(guesses.items()))
        jobs = [Job(self.bench, number, guesses=start, norms=norms) for number in replications]
        for job, tried in self.desk.do(jobs):
            found[job.replication] = {team: own.smallest for team, own in tried.found.items()}
            if self.progress is not None:
                self.progress(len(found), of)

    def _need(self, of: Sequence[object]) -> int:
        return ceil(self.question.share * len(of) - 1e-9)

    def _by_site(self, rungs: Mapping[str, int]) -> Levels:
        """Give the sites of a team what the team's rung gives them, in whole steps."""
        levels: dict[str, int] = {}
        for unit in self.question.units:
            ladder = self._ladders[unit]
            team = self._ladders[ladder.team]
            if unit == ladder.team:
                levels[unit] = rungs[unit]
                continue
            fte = team.fte_of(rungs[ladder.team], ladder.places[0].site)
            levels[unit] = min(max(round(fte / ladder.step), ladder.lowest), ladder.highest)
        return tuple(sorted(levels.items()))

    # Up and down

    def _raised(self, levels: Levels, replications: range) -> Levels:
        """Add steps where norms fail most, until all norms are attained often enough."""
        while "" not in self._holding({"": levels}, levels, replications):
            weakest = self._weakest(levels, replications)
            levels = with_rungs(levels, {weakest: dict(levels)[weakest] + 1})
        return levels

    def _weakest(self, levels: Levels, replications: range) -> str:
        """Give the unit to strengthen: of the team whose norms fail most, the leanest site."""
        self._play({"": levels}, {"": list(replications)})
        outcomes = {number: self.desk.known[levels, number] for number in replications}
        failing = {
            team: [number for number, each in outcomes.items() if not attains(each, norms)]
            for team, norms in self.question.norms.items()
        }
        rungs = dict(levels)
        free = [unit for unit in self.question.units if rungs[unit] < self._ladders[unit].highest]
        order = sorted(failing, key=lambda name: (-len(failing[name]), name))
        if failing[order[0]] and not self._of(order[0], free):
            self._see_that_norms_can_hold(levels, order[0], replications)
        own = next((own for team in order if failing[team] and (own := self._of(team, free))), free)
        return min(own, key=lambda unit: (self._ladders[unit].plenty(rungs[unit]), unit))

    def _of(self, team: str, units: Sequence[str]) -> list[str]:
        return [unit for unit in units if self._ladders[unit].team == team]

    def _see_that_norms_can_hold(self, levels: Levels, team: str, replications: range) -> None:
        """Play the largest sizes of all teams, where one of them has no larger size.

        Raises
        ------
        NoSize
            When even these do not attain all norms often enough.
        """
        most = tuple((unit, self._ladders[unit].highest) for unit, _ in levels)
        if "" in self._holding({"": most}, levels, replications):
            return
        shown = self._together(most, replications)
        missed = {
            name: [n for n in replications if not attains(self.desk.known[most, n], norms)]
            for name, norms in self.question.norms.items()
        }
        worst = max(sorted(missed), key=lambda name: (len(missed[name]), name == team))
        raise NoSize(worst, shown.attained, shown.of, missed[worst][0], most, together=True)

    def _lowered(self, levels: Levels, sets: Sequence[range]) -> Levels:
        """Take steps away as long as all norms hold, from several units where that may go.

        Parameters
        ----------
        levels : at which they hold
        sets : replications, in each of which they have to hold often enough
        """
        while free := sorted(self._holding_in_all(less := self._all_less(levels), levels, sets)):
            rungs = dict(levels)
            lower = with_rungs(levels, {unit: rungs[unit] - 1 for unit in free})
            if len(free) > 1 and self._holding_in_all({"": lower}, levels, sets):
                levels = lower
            else:
                levels = less[free[0]]
        return levels

    def _holding_in_all(
        self, wanted: Mapping[str, Levels], base: Levels, sets: Sequence[range]
    ) -> set[str]:
        left = set(wanted)
        for replications in sets:
            left = self._holding({unit: wanted[unit] for unit in left}, base, replications)
        return left

    def _all_less(self, levels: Levels) -> dict[str, Levels]:
        return {
            unit: with_rungs(levels, {unit: rung - 1})
            for unit, rung in levels
            if rung > self._ladders[unit].lowest
        }

    # Whether norms hold

    def _holding(self, wanted: Mapping[str, Levels], base: Levels, replications: range) -> set[str]:
        """Give which levels attain all norms often enough, playing no more than decides it.

        Replications in which the norms are nearest to being missed come first, so that what
        does not hold is found out soon.

        Parameters
        ----------
        wanted : levels by unit
        base : levels from which they differ by little
        replications : of which a share has to attain
        """
        need = self._need(replications)
        orders = {unit: self._nearest_first(unit, base, replications) for unit in wanted}
        while True:
            verdicts = {
                unit: self._verdict(levels, replications, need) for unit, levels in wanted.items()
            }
            open_units = {unit: wanted[unit] for unit in wanted if verdicts[unit] is None}
            if not open_units:
                return {unit for unit, holds in verdicts.items() if holds}
            self._play(
                open_units,
                {
                    unit: [
                        number for number in orders[unit] if (levels, number) not in self.desk.known
                    ][:_AT_A_TIME]
                    for unit, levels in open_units.items()
                },
            )

    def _verdict(self, levels: Levels, replications: range, need: int) -> bool | None:
        """Tell whether levels hold, if what was played decides it."""
        norms, known = self.question.all_norms, self.desk.known
        flags = [
            attains(known[levels, number], norms)
            for number in replications
            if (levels, number) in known
        ]
        if sum(flags) >= need:
            return True
        return False if len(flags) - sum(flags) > len(replications) - need else None

    def _nearest_first(self, unit: str, base: Levels, replications: range) -> list[int]:
        """Order replications by how near the norms of a unit's team are to being missed."""
        norms = self.question.norms.get(unit.partition("/")[0], self.question.all_norms)
        targets = trials(self.bench).scenario.norms
        slack = {}
        for number in replications:
            outcome = self.desk.known.get((base, number))
            shares = {norm: outcome[norm].share for norm in norms} if outcome else {}
            slack[number] = min(
                (
                    share - targets[norm].target
                    for norm, share in shares.items()
                    if share is not None
                ),
                default=0.0,
            )
            if outcome is not None and not attains(outcome, self.question.all_norms):
                slack[number] -= 1.0
        return sorted(replications, key=lambda number: (slack[number], number))

    def _together(self, levels: Levels, replications: range) -> Attainment:
        self._play({"": levels}, {"": list(replications)})
        norms = self.question.all_norms
        outcomes = (self.desk.known[levels, number] for number in replications)
        return attainment([int(attains(outcome, norms)) for outcome in outcomes])

    def _play(self, wanted: Mapping[str, Levels], numbers: Mapping[str, Sequence[int]]) -> None:
        """Play levels in some replications each; all of one replication in one job."""
        by_number: dict[int, list[Levels]] = {}
        for unit, own in numbers.items():
            for number in own:
                by_number.setdefault(number, []).append(wanted[unit])
        jobs = [Job(self.bench, number, tuple(own)) for number, own in sorted(by_number.items())]
        for _ in self.desk.do(jobs):
            self._played += 1
            if self.progress is not None:
                self.progress(self._played, 0)


def least_together(sizes: Sequence[Mapping[str, int]], need: int) -> dict[str, int]:
    """Give sizes that suffice in enough replications, from which no step can be taken.

    Parameters
    ----------
    sizes : by replication, the size that each team needs there
    need : replications in which all teams have to have what they need
    """
    levels = {team: max(own[team] for own in sizes) for team in sizes[0]}

    def served(rungs: Mapping[str, int]) -> int:
        return sum(all(own[team] <= rung for team, rung in rungs.items()) for own in sizes)

    while True:
        lower = {team: {**levels, team: levels[team] - 1} for team in levels}
        best = max(sorted(lower), key=lambda team: served(lower[team]))
        if served(lower[best]) < need:
            return levels
        levels = lower[best]


def start_of(ladder: Ladder, busy: float = 0.85) -> int:
    """Give the rung at which the offered load keeps people busy for a share of their time."""
    rung = ceil(ladder.load_fte() / busy / ladder.step)
    return min(max(rung, ladder.lowest), ladder.highest)
