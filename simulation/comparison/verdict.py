"""What the numbers allow to be said: which scenarios attain the norms, and which is cheapest."""

from collections.abc import Mapping, Sequence

from simulation.comparison.document import Direction, Estimate, ScenarioResult, Verdict
from simulation.comparison.resolution import Steps, widened
from simulation.comparison.statistics import LIMIT_ATTAINED, estimate

COST = "costs.structural"
SERVICE = "norms_together.distance"


def direction(difference: Estimate | None) -> Direction | None:
    """Say whether a paired difference is clearly below or above 0."""
    if difference is None or difference.low is None or difference.high is None:
        return None
    if difference.high < 0:
        return "cheaper"
    return "dearer" if difference.low > 0 else "no_clear_difference"


def reach_verdict(
    scenarios: Sequence[ScenarioResult], sized: Mapping[str, Steps] | None = None
) -> Verdict:
    """Reach the verdict over scenarios, the baseline first.

    Parameters
    ----------
    scenarios : the baseline first
    sized : what a step of every team costs in each, by letter, if each is staffed just well enough:
        then all are as near to the limit as they can be, and whether they attain is as certain as
        it will be

    Notes
    -----
    Only scenarios with the same demand as the baseline compete. The verdict is undecided while a
    scenario that might be the cheapest one attaining every norm cannot be told to attain or not.
    """
    rivals = [each for each in scenarios if each.same_demand and each.finished]
    if not any(each.all_norms for each in rivals):
        return _plain("no_norms")
    if not all(COST in each.measures for each in rivals):
        return _plain("no_costs")
    rivals = sorted(rivals, key=lambda each: each.measures[COST].mean)
    attaining = [each for each in rivals if each.all_norms and each.all_norms.status == "attained"]
    undecided = [each for each in rivals if sized is None and not _decided(each)]
    letters = tuple(each.letter for each in undecided)
    if not attaining:
        return _plain("undecided" if undecided else "none_attains", undecided=letters)
    cheapest = attaining[0]
    not_dearer = rivals[: rivals.index(cheapest) + 1]
    doubtful = any(each in undecided for each in not_dearer)
    return Verdict(
        kind="undecided" if doubtful else "cheapest_attaining",
        scenario=cheapest.letter,
        direction=direction(cheapest.differences.get(COST)),
        attaining=tuple(each.letter for each in attaining),
        undecided=letters,
        close=tuple(each.letter for each in attaining[1:] if _close(cheapest, each, sized)),
    )


def _plain(kind: str, undecided: tuple[str, ...] = ()) -> Verdict:
    return Verdict.model_validate(
        {
            "kind": kind,
            "scenario": None,
            "direction": None,
            "attaining": (),
            "undecided": undecided,
            "close": (),
        }
    )


def _decided(scenario: ScenarioResult) -> bool:
    """Whether the interval of the share that attains lies on one side of the 80 % limit."""
    together = scenario.all_norms
    return together is not None and (
        together.low >= LIMIT_ATTAINED or together.high < LIMIT_ATTAINED
    )


def paired(path: str, one: ScenarioResult, other: ScenarioResult) -> Estimate | None:
    """Estimate the paired difference ``one - other`` of a measure kept per replication."""
    values = [mine - theirs for mine, theirs in one.paired(path, other)]
    return estimate(values) if values else None


def _close(
    cheapest: ScenarioResult, other: ScenarioResult, sized: Mapping[str, Steps] | None
) -> bool:
    """Whether a scenario is not clearly dearer than the cheapest that attains."""
    difference = paired(COST, other, cheapest)
    if difference is not None and sized is not None:
        both = sized[cheapest.letter], sized[other.letter]
        difference = widened({COST: difference}, *both)[COST]
    return direction(difference) != "dearer"


def dominated_by(scenario: ScenarioResult, scenarios: Sequence[ScenarioResult]) -> tuple[str, ...]:
    """Name the scenarios that are clearly better on cost or service and not worse on the other."""
    return tuple(
        other.letter
        for other in scenarios
        if other is not scenario
        and other.same_demand
        and scenario.same_demand
        and _dominates(other, scenario)
    )


def _dominates(better: ScenarioResult, worse: ScenarioResult) -> bool:
    cost = direction(paired(COST, better, worse))
    service = direction(paired(SERVICE, better, worse))
    if cost is None or service is None:
        return False
    not_dearer = paired_mean(COST, better, worse) <= 0
    not_worse = paired_mean(SERVICE, better, worse) >= 0
    return (cost == "cheaper" and not_worse) or (service == "dearer" and not_dearer)


def paired_mean(path: str, one: ScenarioResult, other: ScenarioResult) -> float:
    """Give the mean paired difference of a measure."""
    difference = paired(path, one, other)
    return 0.0 if difference is None else difference.mean
