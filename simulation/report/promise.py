"""What a norm promises of answer times, beside what came of it."""

from dataclasses import dataclass
from typing import Final

from simulation.comparison.week import Answers
from simulation.measures.week_teams import PERCENT
from simulation.report.planner import Planner
from simulation.scenario.norms import Norm
from simulation.scenario.values import HOUR, format_duration

_PLAIN: Final = "answered_within / offered"
"""Formula of the shares that are drawn; a norm with another one is not put beside them."""


@dataclass(frozen=True)
class Promise:
    """What a norm says of answer times, or the first working day where there is none.

    Attributes
    ----------
    within : how long, as in a scenario
    share : of the messages that were answered so soon
    path : where the share stands, under its channel
    target : share that is wanted, if there is a norm
    """

    within: str
    share: float
    path: tuple[str, int]
    target: float | None = None


def within_hours(own: Answers, hours: float) -> tuple[float, int]:
    """Give the share answered within so many opening hours, and its place in the curve."""
    place = max(
        (at for at, edge in enumerate(own.hours) if edge <= hours), default=len(own.hours) - 1
    )
    return own.within[place], place


def promise(planner: Planner, own: Answers) -> Promise:
    """Give what the first norm of a channel promises; norms that count come first."""
    norms = [
        norm
        for norm in planner.scenario.norms.values()
        if norm.channel == own.channel and norm.formula == _PLAIN
    ]
    for norm in sorted(norms, key=lambda norm: not norm.counts):
        found = _promise(own, norm)
        if found is not None:
            return found
    return Promise("1 working days", own.by_day[1], ("by_day", 1))


def _promise(own: Answers, norm: Norm) -> Promise | None:
    days, time = norm.within_working_days, norm.within_working_time
    if days is not None and days < len(own.by_day):
        return Promise(f"{days} working days", own.by_day[days], ("by_day", days), norm.target)
    if time is not None:
        share, place = within_hours(own, time / HOUR)
        text = f"{format_duration(time)} working time"
        return Promise(text, share, ("within", place), norm.target)
    return None


def exact(planner: Planner, share: float, target: float | None = None) -> str:
    """Write a share so that the side of a target shows, and 100 % only where it is all."""
    for digits in range(4):
        shown = round(100 * share, digits)
        same_side = target is None or (shown < 100 * target) == (share < target)
        if same_side and (shown < PERCENT or share == 1):
            break
    return planner.reader.percent(share, digits)
