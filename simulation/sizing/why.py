"""Why no size attains a norm: what happens to contacts when there are far more people than work."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from simulation.measures import Measures
from simulation.scenario.channels import Deferred
from simulation.scenario.norms import Norm
from simulation.scenario.scenario import Scenario

Cause = Literal["blocked", "impatient", "sent_away", "diverted", "closed", "late", "slow"]

LEAST = 0.005
"""Share of the contacts below which a cause is not named."""


@dataclass(frozen=True)
class Miss:
    """A norm that even the largest team misses.

    Attributes
    ----------
    norm, channel : names
    share : of the contacts on time with the largest team; None when nobody was served
    target : that is asked
    monthly : whether it is asked in every month
    causes : what keeps contacts from being on time, with the share of those who find it
        open to which it happens, the largest first
    """

    norm: str
    channel: str
    share: float | None
    target: float
    monthly: bool
    causes: tuple[tuple[Cause, float], ...]


def misses(scenario: Scenario, norms: tuple[str, ...], measures: Measures) -> list[Miss]:
    """Explain the norms that are missed in one replication with the largest team.

    Parameters
    ----------
    scenario : that was played
    norms : names of the norms of the team
    measures : of the replication
    """
    found = []
    for name in norms:
        if measures[f"norms.{name}.attained"]:
            continue
        norm = scenario.norms[name]
        share = measures.get(f"norms.{name}.share")
        causes = sorted(_causes(scenario, norm, share or 0.0, measures), key=lambda each: -each[1])
        monthly = norm.period == "month"
        found.append(Miss(name, norm.channel, share, norm.target, monthly, tuple(causes)))
    return found


def _causes(
    scenario: Scenario, norm: Norm, on_time: float, measures: Measures
) -> Iterator[tuple[Cause, float]]:
    root = f"channels.{norm.channel}"
    # Who finds a channel closed is not in its service level, unless that is everybody.
    offered = measures[f"{root}.offered"] - measures[f"{root}.closed"]
    if not offered:
        yield "closed", 1.0
        return
    ends: tuple[tuple[Cause, str], ...] = (
        ("blocked", "blocked"),
        ("impatient", "abandoned"),
        ("sent_away", "sent_away"),
        ("diverted", "diverted"),
    )
    for cause, outcome in ends:
        share = measures[f"{root}.{outcome}"] / offered
        if share >= LEAST:
            yield cause, share
    served = measures[f"{root}.answered"] / offered
    late = served - on_time * (served if norm.formula == "answered_within / answered" else 1.0)
    if late >= LEAST:
        deferred = isinstance(scenario.channels[norm.channel], Deferred)
        yield ("slow" if deferred else "late"), late
