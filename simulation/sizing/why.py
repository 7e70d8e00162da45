"""Why no size attains a norm: what happens to contacts when there are far more people than work."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from simulation.measures import Measures
from simulation.scenario.channels import Deferred
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
    causes : what keeps contacts from being on time, with the share of the offered to which it
        happens, the largest first
    """

    norm: str
    channel: str
    share: float | None
    target: float
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
        causes = sorted(_causes(scenario, norm.channel, measures), key=lambda each: -each[1])
        share = measures.get(f"norms.{name}.share")
        found.append(Miss(name, norm.channel, share, norm.target, tuple(causes)))
    return found


def _causes(scenario: Scenario, channel: str, measures: Measures) -> Iterator[tuple[Cause, float]]:
    root = f"channels.{channel}"
    offered = measures[f"{root}.offered"]
    if not offered:
        return
    ends: tuple[tuple[Cause, str], ...] = (
        ("blocked", "blocked"),
        ("impatient", "abandoned"),
        ("sent_away", "sent_away"),
        ("diverted", "diverted"),
        ("closed", "closed"),
    )
    rest = 1.0
    for cause, outcome in ends:
        share = measures[f"{root}.{outcome}"] / offered
        rest -= share
        if share >= LEAST:
            yield cause, share
    if rest >= LEAST:
        deferred = isinstance(scenario.channels[channel], Deferred)
        yield ("slow" if deferred else "late"), rest
