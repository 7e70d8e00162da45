"""All assumptions together: points of a Latin hypercube, each on the same replications.

Every assumption takes each part of its range once in a cube. A second cube with points of its own
says how sure the first is. What points differ by is due to the assumptions; the error of the
simulation itself is added to the ends.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np

from simulation.finance.document_sensitivity import Spread, Together
from simulation.finance.elsewhere import Elsewhere, Impossible, Looker, Place
from simulation.finance.structural import Seen, less
from simulation.finance.tornado import Beside, Stage

CUBES = 2
"""Cubes, each with points of its own."""

Value = Callable[[str, Mapping[str, Seen]], tuple[float, float | None]]
"""Gives net present value and payback of a strategy at one point, from what 0* and it take."""


@dataclass(frozen=True)
class Cube:
    """What is asked of all assumptions together.

    Attributes
    ----------
    besides : strategies beside 0*
    points : of one cube
    seed : of the cubes
    resize : whether people are searched for at each point; else they follow from the work
    """

    besides: Sequence[Beside]
    points: int
    seed: int
    resize: bool


@dataclass(frozen=True)
class _Answer:
    cube: int
    cost: float
    present_value: float
    payback: float | None


def percentiles(dimensions: int, points: int, seed: int) -> list[list[float]]:
    """Give the points of a Latin hypercube, from 0 to 1.

    References
    ----------
    McKay, Beckman and Conover (1979), A comparison of three methods for selecting values of
    input variables in the analysis of output from a computer code.
    """
    (rng,) = np.random.default_rng(seed).spawn(1)  # as scipy does: the same points
    within = rng.uniform(size=(points, dimensions))
    parts = np.zeros((dimensions, points))
    for own in parts:
        own[:] = rng.permutation(points) + 1
    drawn: list[list[float]] = ((parts.T - within) / points).tolist()
    return drawn


def together(
    asked: Cube,
    looker: Looker,
    value: Value,
    errors: Mapping[str, tuple[float, float]],
    stage: Stage,
) -> list[Together]:
    """Move all assumptions together.

    Parameters
    ----------
    asked : what is asked
    looker : plays points
    value : gives present value and payback at a point
    errors : half of the interval of the simulation around structural cost and net present value,
        by strategy
    stage : told what begins
    """
    points = list(_points(asked))
    stage("Assumptions together")
    made = [_made(asked, looker, point) for _, point in points]
    all_of = [each for own in made for each in own.values()]
    looker.prepare(all_of, sizes=False)
    if asked.resize:
        stage("Sizes with assumptions together")
        looker.prepare(all_of, sizes=True)
    seen = [_seen(asked, looker, own) for own in made]
    told = []
    for beside in asked.besides if points else ():
        answers = list(_answers(beside, points, seen, value))
        told.append(_told(asked, beside, answers, len(points), errors[beside.own.stand.letter]))
    return [each for each in told if each is not None]


def _points(asked: Cube) -> Iterator[tuple[int, dict[str, float]]]:
    """Give the number of the cube and the percentile of every assumption, point by point."""
    paths = sorted({path for beside in asked.besides for path in beside.ranges()})
    for cube in range(CUBES if paths else 0):
        for point in percentiles(len(paths), asked.points, asked.seed + cube):
            yield cube, dict(zip(paths, point, strict=True))


def _places(asked: Cube) -> dict[str, Place]:
    places = [place for beside in asked.besides for place in (beside.baseline, beside.own)]
    return {place.stand.letter: place for place in places}


def _made(asked: Cube, looker: Looker, point: Mapping[str, float]) -> dict[str, Elsewhere]:
    """Give the scenarios of a point, as far as they could hold it."""
    made = {}
    for letter, place in _places(asked).items():
        values = {path: own.at(point[path]) for path, own in place.ranges.items() if path in point}
        try:
            made[letter] = looker.elsewhere(place, values)
        except Impossible:
            continue
    return made


def _seen(asked: Cube, looker: Looker, made: Mapping[str, Elsewhere]) -> dict[str, Seen]:
    seen = {}
    for letter, own in made.items():
        try:
            seen[letter] = looker.resized(own) if asked.resize else looker.interpolated(own)
        except Impossible:
            continue
    return seen


def _answers(
    beside: Beside,
    points: Sequence[tuple[int, Mapping[str, float]]],
    seen: Sequence[Mapping[str, Seen]],
    value: Value,
) -> Iterator[_Answer]:
    own, baseline = beside.own.stand.letter, beside.baseline.stand.letter
    for (cube, _), at in zip(points, seen, strict=True):
        if own in at and baseline in at:
            cost = less(at[own], at[baseline], beside.today)
            yield _Answer(cube, cost.contracts, *value(own, at))


def _told(
    asked: Cube, beside: Beside, answers: Sequence[_Answer], points: int, error: tuple[float, float]
) -> Together | None:
    """Give the ranges of a strategy; None where a cube has no possible point."""
    by_cube = [[each.cost for each in answers if each.cube == cube] for cube in range(CUBES)]
    if not all(by_cube):
        return None
    return Together(
        letter=beside.own.stand.letter,
        points=points,
        impossible=points - len(answers),
        found="resized" if asked.resize else "interpolated",
        structural=spread([each.cost for each in answers], error[0]),
        present_value=spread([each.present_value for each in answers], error[1]),
        never=sum(each.payback is None for each in answers) / len(answers),
        payback=_median([each.payback for each in answers]),
        cubes=tuple(spread(costs, error[0]) for costs in by_cube),
    )


def spread(values: Sequence[float], error: float) -> Spread:
    """Give the 5th, 50th and 95th percentile of points, with the error of the simulation added.

    Parameters
    ----------
    values : of all points
    error : half of the 90 % interval of the simulation; independent of the assumptions, so that
        squares add up

    Examples
    --------
    >>> spread([0.0, 10.0, 20.0], 0.0)
    Spread(low=1.0, median=10.0, high=19.0)
    """
    low, median, high = (percentile(values, share) for share in (0.05, 0.5, 0.95))
    return Spread(
        low=median - sqrt((median - low) ** 2 + error**2),
        median=median,
        high=median + sqrt((high - median) ** 2 + error**2),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Give a percentile, on straight lines between the values in order."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _median(years: Sequence[float | None]) -> float | None:
    """Give the median of paybacks; None, for never, is later than all."""
    ordered = sorted(own for own in years if own is not None)
    places = ((len(years) - 1) // 2, len(years) // 2)
    return fsum(ordered[n] for n in places) / 2 if places[1] < len(ordered) else None
