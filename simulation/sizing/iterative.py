"""Iterative staffing: simulate, see when people come, divide the same people anew."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from statistics import median_low

from simulation.experiment.workers import Crew
from simulation.sizing.answer import Progress, searched
from simulation.sizing.ladder import Shape
from simulation.sizing.observed import Seen, shape
from simulation.sizing.played import Bench, Desk, Job, Known, Tried, ladders_of
from simulation.sizing.trials import Levels, Outcome

WATCHED = 4
"""Replications that are watched; they are among those that are searched on."""

MOST_ROUNDS = 3


def settle(
    of: Bench,
    crew: Crew[Job, Tried | str],
    norms: Mapping[str, tuple[str, ...]],
    start: Levels,
    progress: Progress | None = None,
) -> tuple[Bench, Known]:
    """Give the bench with the ladders by which the fewest people suffice, and its trials.

    Parameters
    ----------
    of : with ladders from the offered load
    crew : who does the work
    norms : of the teams that are sized, by team
    start : rungs of these teams from which their sizes are searched for
    progress : told after each replication

    Notes
    -----
    It is watched who is there when: first with far more people than work, then with the size
    found so far. From that follows a new ladder, and on a few replications the size that it takes.
    A team keeps the new ladder only if it takes fewer people; it ends when no team does.
    """
    told = _Told(progress)
    desk = Desk(crew, {}, _forget)
    sizes = _sizes(of, desk, norms, start, told)
    watched = tuple((team, ladders_of(of)[team].highest) for team, _ in start)
    for _ in range(MOST_ROUNDS):
        again = replace(of, shapes=_shapes(of, desk, watched, told))
        middle = tuple((team, median_low(sizes[team])) for team in sorted(sizes))
        tried = Desk(crew, {}, _forget)
        smaller = _sizes(again, tried, norms, middle, told)
        better = {team for team in sizes if sum(smaller[team]) < sum(sizes[team])}
        if not better:
            break
        of = replace(of, shapes=_kept(of, again, better))
        desk = tried if of == again else Desk(crew, {}, _forget)
        sizes |= {team: smaller[team] for team in better}
        watched = tuple((team, median_low(sizes[team])) for team in sorted(sizes))
    return of, desk.known


def _forget(levels: Levels, replication: int, outcome: Outcome) -> None:
    """Keep nothing on disk: most of these trials are of ladders that are given up."""


def _kept(of: Bench, again: Bench, better: Collection[str]) -> tuple[tuple[str, Shape], ...]:
    """Take the new shapes of some teams and their sites, and the old ones of the others."""
    before, after = dict(of.shapes), dict(again.shapes)
    own = {
        unit: after[unit] if unit.partition("/")[0] in better else before.get(unit)
        for unit, _ in of.steps
    }
    return tuple((unit, shape) for unit, shape in own.items() if shape is not None)


def _sizes(
    of: Bench,
    desk: Desk,
    norms: Mapping[str, tuple[str, ...]],
    start: Levels,
    told: "_Told",
) -> dict[str, list[int]]:
    """Size each team for its own norms on the first replications, in their order."""
    jobs = [
        Job(of, number, guesses=start, norms=tuple(sorted(norms.items())))
        for number in searched(WATCHED)
    ]
    found: dict[int, dict[str, int]] = {}
    for job, tried in told.of(desk.do(jobs)):
        found[job.replication] = {
            team: ladders_of(of)[team].highest if own.smallest is None else own.smallest
            for team, own in tried.found.items()
        }
    return {team: sorted(own[team] for own in found.values()) for team, _ in start}


def _shapes(of: Bench, desk: Desk, levels: Levels, told: "_Told") -> tuple[tuple[str, Shape], ...]:
    """Watch all teams and sites with teams on these rungs."""
    units = tuple(name for name, _ in of.steps)
    total: dict[str, tuple[Seen, ...]] = {}
    jobs = [Job(of, number, others=levels, watched=units) for number in searched(WATCHED)]
    for _, tried in told.of(desk.do(jobs)):
        for unit, own in tried.seen.items():
            before = total.get(unit)
            total[unit] = own if before is None else tuple(map(Seen.__add__, before, own))
    ladders = ladders_of(of)
    return tuple((unit, shape(ladders[unit], total[unit])) for unit in units)


class _Told:
    """Tells how many replications were played; how many there will be is not known."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._done = 0

    def of(self, work: Iterable[tuple[Job, Tried]]) -> Iterator[tuple[Job, Tried]]:
        """Pass work on, and tell of each piece."""
        for piece in work:
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, 0)
            yield piece
