"""Questions to the result document that several parts of the page ask.

Pure: a result in, numbers and parts of the result out. Whatever is said on the page comes from
here or straight from the document.
"""

from dataclasses import dataclass

from simulation.comparison.document import (
    Attainment,
    Direction,
    Estimate,
    NormResult,
    Result,
    ScenarioResult,
)
from simulation.comparison.statistics import LIMIT_ATTAINED
from simulation.report.numbers import LARGE, interval_digits
from simulation.report.reader import half_width

STRUCTURAL = "costs.structural"
FULL = "costs.full"
ONCE = "costs.once"
OBLIGATION = "costs.obligation"
WAIT = "citizens.wait_hours"
DISTANCE = "norms_together.distance"

ENOUGH = 10
"""Replications below which there is no interval, and no verdict."""


def baseline(result: Result) -> ScenarioResult:
    """Give the scenario that the others are compared with."""
    return result.scenarios[0]


def comparable(result: Result) -> list[ScenarioResult]:
    """Give the scenarios, without the baseline, to which the same people come."""
    return [scenario for scenario in result.scenarios[1:] if scenario.same_demand]


def elsewhere(result: Result) -> list[ScenarioResult]:
    """Give the scenarios with other circumstances."""
    return [scenario for scenario in result.scenarios[1:] if not scenario.same_demand]


def place(result: Result, letter: str) -> int:
    """Give the place of a scenario in the document."""
    return [scenario.letter for scenario in result.scenarios].index(letter)


def at(result: Result, scenario: ScenarioResult, *parts: str) -> str:
    """Give the path in the document of a part of a scenario: ``scenarios.1.differences.costs``."""
    equal = result.equal_service
    if equal is not None and scenario.letter == equal.today.letter:
        return ".".join(("equal_service", "today", *parts))
    return ".".join(("scenarios", str(place(result, scenario.letter)), *parts))


def by_letter(result: Result, letter: str) -> ScenarioResult:
    """Give the scenario with a letter."""
    return result.scenarios[place(result, letter)]


def has_costs(result: Result) -> bool:
    """Tell whether structural costs can be compared."""
    return STRUCTURAL in baseline(result).measures


def has_norms(result: Result) -> bool:
    """Tell whether any scenario has a norm that counts."""
    return any(counting(scenario) for scenario in result.scenarios)


def too_few(result: Result) -> bool:
    """Tell whether a scenario that matters has too few replications for an interval."""
    return min(s.finished for s in [baseline(result), *comparable(result)]) < ENOUGH


def cost(scenario: ScenarioResult) -> Estimate | None:
    """Give the difference of the structural costs with the baseline."""
    return scenario.differences.get(STRUCTURAL)


def direction(estimate: Estimate | None) -> Direction | None:
    """Give the sign of a difference whose interval does not hold 0; None without interval."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return None
    if estimate.high < 0:
        return "cheaper"
    return "dearer" if estimate.low > 0 else "no_clear_difference"


def counting(scenario: ScenarioResult) -> list[NormResult]:
    """Give the norms that count for all norms together."""
    return [norm for norm in scenario.norms if norm.counts]


def attained(scenario: ScenarioResult) -> int:
    """Count the norms that are attained, of those that count."""
    return sum(norm.attainment.status == "attained" for norm in counting(scenario))


def surely(scenario: ScenarioResult) -> bool:
    """Tell whether a scenario attains all norms together, and its interval leaves no doubt."""
    together = scenario.all_norms
    return together is not None and _is_sure(together)


def _is_sure(together: Attainment) -> bool:
    return together.status == "attained" and together.decided


def limit(result: Result) -> float:
    """Give the share of the replications from which on a norm counts as attained."""
    return result.equal_service.share if result.equal_service else LIMIT_ATTAINED


def unsure(result: Result, scenario: ScenarioResult) -> bool:
    """Tell whether more replications are needed to say if a scenario attains all norms."""
    together = scenario.all_norms
    if together is None or _is_sure(together):
        return False
    return together.low < limit(result) <= together.high


def sometimes(result: Result, scenario: ScenarioResult) -> bool:
    """Tell whether a scenario attains all norms together sometimes, and surely too seldom."""
    together = scenario.all_norms
    return together is not None and together.status == "unclear" and not unsure(result, scenario)


def standing(result: Result, scenario: ScenarioResult) -> str:
    """Give how a scenario stands to all norms together: all, unsure, sometimes or not_all."""
    if surely(scenario):
        return "all"
    if unsure(result, scenario):
        return "unsure"
    return "sometimes" if sometimes(result, scenario) else "not_all"


def undecided(scenario: ScenarioResult) -> int:
    """Count the norms that are attained so far, while more replications may change that."""
    return sum(
        norm.attainment.status == "attained" and not norm.attainment.decided
        for norm in counting(scenario)
    )


def distance(scenario: ScenarioResult) -> Estimate | None:
    """Give the distance of the weakest norm to its target, as a share."""
    return scenario.measures.get(DISTANCE)


def focus(result: Result) -> ScenarioResult | None:
    """Give the scenario that figures explain: the verdict's, else the cheapest besides today.

    Without costs: the one furthest above (or least below) its norms. None if there is only the
    baseline to show.
    """
    letter, others = result.verdict.scenario, comparable(result)
    if letter is not None and letter != baseline(result).letter:
        return by_letter(result, letter)
    priced = [(difference.mean, s) for s in others if (difference := cost(s))]
    if priced:
        return min(priced, key=lambda pair: pair[0])[1]
    measured = [(gap.mean, s) for s in others if (gap := distance(s))]
    if measured:
        return max(measured, key=lambda pair: pair[0])[1]
    return others[0] if others else None


def once(result: Result, scenario: ScenarioResult) -> tuple[Estimate, str] | None:
    """Give the difference of the one-off costs with today, and its path; None without them.

    Where only one side has such costs, it is that side's level.
    """
    found = difference_at(result, scenario, ONCE).removesuffix(".mean")
    for source in (scenario.differences, scenario.measures, baseline(result).measures):
        if ONCE in source:
            return source[ONCE], found
    return None


def leaves_out(result: Result, scenario: ScenarioResult) -> bool:
    """Tell whether there are structural costs, such as overhead, that no difference counts."""
    lines = (*baseline(result).lines, *scenario.lines)
    return any(line.structural and not line.avoidable for line in lines)


def waiting_channels(result: Result, scenario: ScenarioResult) -> list[str]:
    """Give the channels on which the hours that citizens wait are measured."""
    start, end = "channels.", ".citizen_wait_hours"
    paths = [*baseline(result).measures, *scenario.measures]
    names = [p[len(start) : -len(end)] for p in paths if p.startswith(start) and p.endswith(end)]
    return [name for name in dict.fromkeys(names) if "/" not in name]


def pairs_cheaper(result: Result, scenario: ScenarioResult) -> tuple[int, int] | None:
    """Count the pairs of replications in which a scenario is cheaper; None without amounts."""
    pairs = scenario.paired(STRUCTURAL, baseline(result))
    if not pairs:
        return None
    return sum(a < b for a, b in pairs), len(pairs)


def always_as_dear(result: Result, scenario: ScenarioResult) -> bool:
    """Tell whether a scenario costs the same as the baseline in every pair of replications."""
    return all(a == b for a, b in scenario.paired(STRUCTURAL, baseline(result)))


def price_level(result: Result) -> int | None:
    """Give the year whose prices the scenarios state."""
    costs = baseline(result).scenario.get("costs") or {}
    level = costs.get("price_level")
    return level if isinstance(level, int) else None


def other_prices(result: Result) -> bool:
    """Tell whether the prices are those of another year than the simulated one."""
    level = price_level(result)
    return level is not None and str(level) != result.period.start[:4]


def billed(result: Result) -> list[ScenarioResult]:
    """Give the scenarios that have a bill: today as rostered too, where it stands apart."""
    equal = result.equal_service
    return [*([equal.today] if equal else []), *result.scenarios]


def against(result: Result, scenario: ScenarioResult) -> ScenarioResult | None:
    """Give the scenario that another one is compared with: the baseline as a rule.

    Today as rostered for a baseline that was staffed just well enough; None for what all else is
    compared with.
    """
    equal, first = result.equal_service, baseline(result)
    if equal is not None and scenario.letter == equal.today.letter:
        return None
    if scenario.letter == first.letter:
        return equal.today if equal else None
    return first


def _compared(result: Result, scenario: ScenarioResult) -> tuple[dict[str, Estimate], str]:
    """Give the differences of a scenario with what it is compared with, and their path."""
    equal = result.equal_service
    if equal is not None and scenario.letter == baseline(result).letter:
        return equal.step, "equal_service.step"
    return scenario.differences, at(result, scenario, "differences")


def difference_at(result: Result, scenario: ScenarioResult, path: str) -> str:
    """Give the path of a difference of means: of the level where only one side has the measure."""
    differences, where = _compared(result, scenario)
    if path in differences:
        return f"{where}.{path}.mean"
    owner = scenario if path in scenario.measures else against(result, scenario) or scenario
    return at(result, owner, "measures", f"{path}.mean")


def mean_difference(result: Result, scenario: ScenarioResult, path: str) -> float:
    """Give a difference of means; what a scenario does not have counts as 0."""
    differences, _ = _compared(result, scenario)
    if path in differences:
        return differences[path].mean
    other = against(result, scenario)
    mine, theirs = scenario.measures.get(path), (other or scenario).measures.get(path)
    return (mine.mean if mine else 0.0) - (theirs.mean if theirs else 0.0)


def total(result: Result, scenario: ScenarioResult, start: str, end: str) -> float | None:
    """Add up a measure over channels or teams, as a difference with today.

    Sites are parts of their team and are left out (``teams.counter/west.paid_hours``), as are
    parts of a channel.
    """
    paths = {
        path
        for measures in (scenario.measures, baseline(result).measures)
        for path in _matching(measures, start, end)
    }
    if not paths:
        return None
    return sum(mean_difference(result, scenario, path) for path in paths)


def _matching(measures: dict[str, Estimate], start: str, end: str) -> list[str]:
    return [
        path
        for path in measures
        if path.startswith(start) and path.endswith(end) and path.count(".") == end.count(".") + 1
        and "/" not in path
    ]  # fmt: skip


def own_estimates(result: Result) -> tuple[int, int]:
    """Count the assumptions without a source, and all of them, each value once."""
    found = {assumption for s in result.scenarios for assumption in s.assumptions}
    return sum(assumption.source is None for assumption in found), len(found)


@dataclass(frozen=True)
class Waterfall:
    """How the structural costs of a scenario differ from today, group by group."""

    steps: tuple[tuple[str, float], ...]
    """Group of cost lines and its difference, rounded as shown, in the stated order."""

    residual: float
    """Shown total minus the sum of the shown steps: nothing is absorbed."""

    total: float
    """Difference of the structural costs, rounded as shown."""

    once: float
    """Difference of the one-off costs: not in the total."""

    digits: int
    """Decimal place to which amounts are rounded; −3 for thousands."""


def waterfall(result: Result, scenario: ScenarioResult) -> Waterfall | None:
    """Split the difference in structural costs by group; None without costs.

    Amounts are rounded to the precision of the total's interval, to whole euros without one. The
    order is that of the bill: staff team by team, then per contact, then per month.
    """
    difference = cost(scenario)
    if difference is None:
        return None
    digits = _digits(difference)

    def shown(amount: float) -> float:
        return round(amount, digits)

    steps = tuple(
        (group, step)
        for group in _groups(result, scenario)
        if (step := shown(mean_difference(result, scenario, f"costs.groups.{group}")))
    )
    total = shown(difference.mean)
    residual = shown(total - sum(step for _, step in steps))
    return Waterfall(steps, residual, total, mean_difference(result, scenario, ONCE), digits)


def _digits(difference: Estimate) -> int:
    """Give the decimal place to show: that of the interval, cents only for small amounts."""
    most = 0 if abs(difference.mean) >= LARGE else 2
    supported = interval_digits(half_width(difference))
    return most if supported is None else min(most, supported)


def _groups(result: Result, scenario: ScenarioResult) -> list[str]:
    """Give the groups in the stated order: staff, per contact, per month, the rest."""
    order = {"staff": 0, "contact": 1, "month": 2}
    lines = [*baseline(result).lines, *scenario.lines]
    groups = dict.fromkeys(line.group for line in lines if line.structural and line.avoidable)
    return sorted(groups, key=lambda group: order.get(group.partition(".")[0], 3))
