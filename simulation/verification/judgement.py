"""Whether simulated and exact figures agree, given that many are judged at once.

Every figure gets Student's t interval over independent replications, at the level
1 − `FAMILY_ERROR` / (number of figures judged): all intervals of a correct simulator together
miss an exact figure in at most one run in a hundred (Bonferroni). An interval wider than its
family allows proves nothing and is a failure too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from simulation.play.engines import Engine
from simulation.verification.observe import Seen
from simulation.verification.published import LARGEST_ERROR, PublishedFigure
from simulation.verification.student import critical

FAMILY_ERROR = 0.01
"""Probability that a correct simulator fails anywhere in a run, at most."""

Verdict = Literal["agrees", "differs", "too wide"]


@dataclass(frozen=True)
class Line:
    """One figure of one case by one engine."""

    queue: str
    figure: str
    engine: Engine
    replications: int
    exact: float
    simulated: float
    half_width: float
    verdict: Verdict


def judge(
    seen: Sequence[Seen], figure: str, exact: float, precision: float, tail: float
) -> tuple[float, float, Verdict]:
    """Give the simulated figure, the half-width of its interval, and the verdict.

    Parameters
    ----------
    precision : largest half-width, relative to the exact figure
    tail : probability in each tail of the interval
    """
    mean, error, freedom = adjusted(
        [each.figures[figure] for each in seen], [each.controls for each in seen]
    )
    half = critical(tail, freedom) * error
    if abs(mean - exact) > half:
        return mean, half, "differs"
    return mean, half, "agrees" if half <= precision * exact else "too wide"


def judge_beside(
    values: Sequence[float], figure: PublishedFigure, error: float, days: int, tail: float
) -> tuple[float, float, Verdict]:
    """Judge a figure beside one that was published with an error of its own.

    Parameters
    ----------
    values : one for each independent replication
    error : standard error of the published mean
    days : that were published
    tail : probability in each tail of the interval of the difference
    """
    mean, own, freedom = adjusted(values, [()] * len(values))
    half = critical(tail, min(freedom, days - 1)) * sqrt(own * own + error * error)
    if abs(mean - figure.published) > half:
        return mean, half, "differs"
    return mean, half, "agrees" if own <= LARGEST_ERROR * error else "too wide"


def adjusted(
    values: Sequence[float], controls: Sequence[Sequence[float]]
) -> tuple[float, float, int]:
    """Give a mean, its standard error, and the degrees of freedom of that error.

    Parameters
    ----------
    values : one for each independent replication
    controls : for each replication, numbers whose expectation is exactly 0; what they explain by
        linear regression is taken off the spread (Lavenberg and Welch 1981)
    """
    found = np.asarray(values, dtype=float)
    known = np.asarray(controls, dtype=float).reshape(len(found), -1)
    known = known[:, np.ptp(known, axis=0) > 0]
    design = np.hstack([np.ones((len(found), 1)), known])
    inverse = np.linalg.pinv(design.T @ design)
    fitted = inverse @ design.T @ found
    freedom = len(found) - design.shape[1]
    variance = float(((found - design @ fitted) ** 2).sum()) / freedom
    return float(fitted[0]), float(np.sqrt(variance * inverse[0, 0])), freedom
