"""What must add up in a result where values per replication are not kept.

Means, unlike percentiles, add up: the mean of a sum is the sum of the means, and the mean of a
paired difference the difference of the means. Percentiles keep their place under whatever grows
with the quantity, as an amount does.
"""

from collections.abc import Iterator, Mapping
from math import fsum

from simulation.comparison.differing import close
from simulation.comparison.document import CostLine, Estimate, Result, ScenarioResult
from simulation.comparison.references import Flaw
from simulation.costs import price
from simulation.scenario.scenario import Scenario

HALF_A_CENT = 0.005
_ENDS = ("p5", "p95")


def misfits(result: Result, scenarios: Mapping[int, Scenario]) -> Iterator[Flaw]:
    """Name the means and amounts that do not follow from the others in the document.

    Parameters
    ----------
    result : whose names and columns fit
    scenarios : those of the result, by place
    """
    for place, scenario in scenarios.items():
        if place < 0 and result.equal_service is not None:
            told, at = result.equal_service.today, "equal_service.today"
        else:
            told, at = result.scenarios[place], f"scenarios.{place}"
        if place > 0:
            yield from _differences(at, told, result.scenarios[0])
        if told.finished and told.lines:
            yield from _amounts(f"{at}.measures", told, scenario)
            yield from _totals(f"{at}.measures", told)


def _differences(at: str, told: ScenarioResult, baseline: ScenarioResult) -> Iterator[Flaw]:
    """Compare mean differences with differences of means, where all rest on the same numbers."""
    if told.numbers != baseline.numbers:
        return
    for path, measure in told.measures.items():
        before, place = baseline.measures.get(path), f"{at}.differences.{path}"
        if before is None or not measure.n == before.n == told.finished:
            continue
        difference = told.differences.get(path)
        if difference is None:
            yield Flaw(place, "is missing")
            continue
        expected, size = measure.mean - before.mean, max(abs(measure.mean), abs(before.mean))
        if not close(difference.mean, expected, slack=1e-9 * max(size, 1.0)):
            yield _other(f"{place}.mean", difference.mean, expected, "the two means give")


def _amounts(at: str, told: ScenarioResult, scenario: Scenario) -> Iterator[Flaw]:
    """Compare each line with its quantity × rate: the ends to the cent, the mean within half one.

    An amount grows with its quantity, so that its percentiles are those of the quantity, priced.
    """
    for end in _ENDS:
        bill = price(scenario, _Ends(told.measures, end))
        for line, quantity, cents in zip(bill.lines, bill.quantities, bill.cents, strict=True):
            stated = (
                (f"costs.quantities.{line.name}", quantity, "what it counts gives"),
                (f"costs.lines.{line.name}", cents / 100, "quantity × rate gives"),
            )
            for path, expected, basis in stated:
                measure = told.measures.get(path)
                if measure is not None and not close(getattr(measure, end), expected):
                    yield _other(f"{at}.{path}.{end}", getattr(measure, end), expected, basis)
    for each in told.lines:
        yield from _amount(at, told.measures, each)


class _Ends(dict[str, float]):
    """One percentile of every measure, by path; 0 where a measure does not exist."""

    def __init__(self, measures: Mapping[str, Estimate], end: str) -> None:
        super().__init__({path: getattr(each, end) for path, each in measures.items()})

    def __missing__(self, path: str) -> float:
        return 0.0


def _amount(at: str, measures: Mapping[str, Estimate], line: CostLine) -> Iterator[Flaw]:
    amount, quantity = f"costs.lines.{line.name}", f"costs.quantities.{line.name}"
    if amount not in measures or quantity not in measures:
        return
    found, expected = measures[amount].mean, measures[quantity].mean * line.rate
    if abs(found - expected) > HALF_A_CENT + 1e-9 * max(1.0, abs(expected)):
        yield _other(f"{at}.{amount}.mean", found, expected, "quantity × rate gives")


def _totals(at: str, told: ScenarioResult) -> Iterator[Flaw]:
    """Compare totals and groups with the sums of their lines."""
    avoidable = [line for line in told.lines if line.avoidable]
    sums = {
        "costs.structural": [line for line in avoidable if line.structural],
        "costs.full": [line for line in told.lines if line.structural],
        "costs.once": [line for line in told.lines if not line.structural],
        "costs.total": list(told.lines),
    }
    for line in avoidable:
        sums.setdefault(f"costs.groups.{line.group}", []).append(line)
    for path, parts in sums.items():
        amounts = [told.measures.get(f"costs.lines.{part.name}") for part in parts]
        expected = fsum(amount.mean for amount in amounts if amount is not None)
        if path not in told.measures:
            yield Flaw(f"{at}.{path}", "is missing")
        elif None not in amounts and not close(told.measures[path].mean, expected):
            found = told.measures[path].mean
            yield _other(f"{at}.{path}.mean", found, expected, "the lines add up to")


def _other(place: str, found: float, expected: float, basis: str) -> Flaw:
    return Flaw(place, f"is {found}, and {basis} {expected}")
