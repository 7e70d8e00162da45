"""Service levels by their named formulas, and whether norms are attained.

Attempts that found the channel closed are not offered for a service level. *Within T* is at
most T: on the clock until the conversation begins (live, chat), in opening hours until the
answer is sent, or by closing time of the Nth working day after the day of arrival.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from simulation.measures.counts import Measure
from simulation.measures.rules import Rules
from simulation.measures.tally import Tally
from simulation.play.plan import Plan
from simulation.play.record import Outcome
from simulation.scenario.norms import Norm

Whole = NDArray[np.int64]


def service_level(norm: Norm, ended: Whole, quick: Whole) -> tuple[Whole, Whole]:
    """Give numerator and denominator of a norm's formula, by month.

    Parameters
    ----------
    norm : its formula
    ended, quick : int64, shape (months, outcomes), all attempts and those within the norm's time
    """
    answered = ended[:, Outcome.ANSWERED]
    offered = ended.sum(axis=1) - ended[:, Outcome.CLOSED]
    served_quickly, left_quickly = quick[:, Outcome.ANSWERED], quick[:, Outcome.ABANDONED]
    match norm.formula:
        case "answered_within / offered":
            return served_quickly, offered
        case "answered_within / (offered - abandoned_within)":
            return served_quickly, offered - left_quickly
        case "(answered_within + abandoned_within) / offered":
            return served_quickly + left_quickly, offered
        case "answered_within / answered":
            return served_quickly, answered


def _attained(norm: Norm, part: int, whole: int, closed: int) -> bool:
    """Whether a share is at or above target.

    A share of nothing is, when nobody came; it is not when all who came found it closed.
    """
    if not whole:
        return not closed
    # 55 / 100 is the number 0.55, whereas 0.55 * 100 is a little more than 55.
    return part / whole >= norm.target


def norms(plan: Plan, rules: Rules, tally: Tally) -> Iterator[Measure]:
    """Measure every norm, by month where it is monthly, and all of them together.

    A period in which nobody came attains its norm: nobody was kept waiting.
    """
    together, distances = True, []
    for (name, norm), rule, quick in zip(
        plan.scenario.norms.items(), rules.norms, tally.quick, strict=True
    ):
        ended = tally.attempts[rule.channel].sum(axis=0)
        closed = ended[:, Outcome.CLOSED]
        parts, wholes = service_level(norm, ended, quick)
        part, whole = int(parts.sum()), int(wholes.sum())
        root = f"norms.{name}"
        if whole:
            yield f"{root}.share", part / whole
            yield f"{root}.distance", part / whole - norm.target
        attained = _attained(norm, part, whole, int(closed.sum()))
        if norm.period == "month":
            by_month = list(zip(parts.tolist(), wholes.tolist(), closed.tolist(), strict=True))
            attained = all(_attained(norm, *month) for month in by_month)
            for month, (part_m, whole_m, _) in zip(rules.months, by_month, strict=True):
                if whole_m:
                    yield f"{root}.months.{month}.share", part_m / whole_m
        yield f"{root}.attained", int(attained)
        if norm.counts:
            together &= attained
            if whole:
                distances.append(part / whole - norm.target)
    if any(norm.counts for norm in plan.scenario.norms.values()):
        yield "norms_together.attained", int(together)
        if distances:
            yield "norms_together.distance", min(distances)
