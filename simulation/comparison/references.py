"""What must hold within a result of any version: names that exist, columns that fit, order.

Nothing is computed anew here. What these checks let through can be laid out in rows and shown.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from simulation.comparison.compare import letter
from simulation.comparison.document import (
    Attainment,
    EqualService,
    Estimate,
    Period,
    Result,
    ScenarioResult,
)
from simulation.comparison.precision import looks
from simulation.comparison.statistics import FEWEST
from simulation.scenario.problems import show
from simulation.scenario.values import DAY

_SPANNED = 20
"""Replications below which the percentiles are the lowest and the highest value."""


class Flaw(NamedTuple):
    """Something that is wrong with a document."""

    place: str
    """Path in the document; empty for the document as a whole."""
    problem: str
    """Value that stands there, and what is wrong with it."""


def flaws(result: Result) -> Iterator[Flaw]:
    """Name what no comparison can have written."""
    yield from _period(result.period)
    letters = [scenario.letter for scenario in result.scenarios]
    equal = result.equal_service
    for place, scenario in enumerate(result.scenarios):
        badge = letter(place, equal=equal is not None)
        yield from _scenario(f"scenarios.{place}", scenario, badge, result)
        yield from _unknown(f"scenarios.{place}.dominated_by", scenario.dominated_by, letters)
    if equal is not None:
        yield from _equal_service(equal, result)
    yield from _looked(result)
    verdict = result.verdict
    yield from _unknown("verdict.scenario", filter(None, [verdict.scenario]), letters)
    for part in ("attaining", "undecided", "close"):
        yield from _unknown(f"verdict.{part}", getattr(verdict, part), letters)


def _scenario(at: str, scenario: ScenarioResult, badge: str, result: Result) -> Iterator[Flaw]:
    if scenario.letter != badge:
        yield Flaw(f"{at}.letter", f"is {show(scenario.letter)}, not {show(badge)}")
    equal = result.equal_service
    alone = equal is not None and scenario is equal.today
    yield from _replications(at, scenario, result.replications)
    yield from _estimates(at, scenario, scenario if alone else result.scenarios[0])
    yield from _norms(at, scenario)
    yield from _lines(at, scenario)


def _equal_service(equal: EqualService, result: Result) -> Iterator[Flaw]:
    """Check how scenarios were staffed: every scenario in its order, and today beside them."""
    at, baseline = "equal_service", result.scenarios[0]
    yield from _scenario(f"{at}.today", equal.today, letter(0), result)
    both = len(set(equal.today.numbers) & set(baseline.numbers))
    for path, difference in equal.step.items():
        if path not in equal.today.measures or path not in baseline.measures:
            yield Flaw(f"{at}.step.{path}", "is no measure of 0* and of 0")
        yield from _estimate(f"{at}.step.{path}", difference, both)
    letters = [scenario.letter for scenario in result.scenarios]
    told = [each.letter for each in equal.staffing]
    if told != letters:
        yield Flaw(f"{at}.staffing", f"is of {', '.join(told)}, not of {', '.join(letters)}")
    for number, each in enumerate(equal.staffing):
        here = f"{at}.staffing.{number}"
        yield from _unknown(f"{here}.sized_for", [each.sized_for], letters)
        yield from _attainment(f"{here}.together", each.together, equal.fresh)


def _unknown(place: str, named: Iterable[str], known: Iterable[str]) -> Iterator[Flaw]:
    for name in sorted(set(named) - set(known)):
        yield Flaw(place, f"names {show(name)}, which is not in the document")


def _period(period: Period) -> Iterator[Flaw]:
    start, end = dt.datetime.fromisoformat(period.start), dt.datetime.fromisoformat(period.end)
    if end <= start:
        yield Flaw("period.end", f"is {show(period.end)}, not after the start {period.start}")
    elif abs((end - start) / dt.timedelta(microseconds=DAY) - period.days) > 1e-9 * period.days:
        yield Flaw("period.days", f"is {period.days}, and from start to end is {end - start}")
    if any(one >= other for one, other in pairwise(period.months)):
        yield Flaw("period.months", "are not in order, each once")


def _looked(result: Result) -> Iterator[Flaw]:
    if result.precision is None:
        return
    possible = list(looks(result.precision.most))
    if result.replications not in possible:
        listed = ", ".join(map(str, possible))
        yield Flaw("replications", f"is {result.replications}, not one of the looks: {listed}")


def _replications(at: str, scenario: ScenarioResult, asked: int) -> Iterator[Flaw]:
    numbers, finished = scenario.numbers, scenario.finished
    failed = [failure.replication for failure in scenario.failures]
    if len(numbers) != finished:
        yield Flaw(f"{at}.finished", f"is {finished}, and 'numbers' has {len(numbers)} items")
    for place, each in (("numbers", numbers), ("failures", failed)):
        if any(one >= other for one, other in pairwise(each)):
            yield Flaw(f"{at}.{place}", "are not in order, each once")
    both = sorted(set(numbers) & set(failed))
    if both:
        yield Flaw(f"{at}.failures", f"name replication {both[0]}, which was finished")
    if len(numbers) + len(failed) > asked:
        count = len(numbers) + len(failed)
        yield Flaw(f"{at}.numbers", f"with 'failures' are {count}, above 'replications', {asked}")
    for path, column in scenario.raw.items():
        if len(column) != len(numbers):
            yield Flaw(f"{at}.raw.{path}", f"has {len(column)} values, not {len(numbers)}")
        if path not in scenario.measures:
            yield Flaw(f"{at}.raw.{path}", "is no measure of this scenario")
        if path.endswith(".attained") and not set(column) <= {0, 1, None}:
            yield Flaw(f"{at}.raw.{path}", "holds more than 0, 1 and null")


def _estimates(at: str, scenario: ScenarioResult, baseline: ScenarioResult) -> Iterator[Flaw]:
    for path, estimate in scenario.measures.items():
        yield from _estimate(f"{at}.measures.{path}", estimate, scenario.finished)
    together = len(set(scenario.numbers) & set(baseline.numbers))
    for path, difference in scenario.differences.items():
        place = f"{at}.differences.{path}"
        if scenario is baseline:
            yield Flaw(place, "is a difference of the baseline with itself")
        elif path not in scenario.measures or path not in baseline.measures:
            yield Flaw(place, "is no measure of this scenario and of the baseline")
        yield from _estimate(place, difference, together)


def _estimate(place: str, estimate: Estimate, most: int) -> Iterator[Flaw]:
    mean, low, high, n = estimate.mean, estimate.low, estimate.high, estimate.n
    slack = 1e-9 * max(abs(mean), abs(estimate.p5), abs(estimate.p95), abs(low or 0), 1e-3)
    if not 1 <= n <= most:
        yield Flaw(f"{place}.n", f"is {n}, not from 1 to {most}, the replications there are")
    if estimate.p5 > estimate.p95:
        yield Flaw(f"{place}.p5", f"is {estimate.p5}, above the 95th percentile {estimate.p95}")
    elif n < _SPANNED and not estimate.p5 - slack <= mean <= estimate.p95 + slack:
        yield Flaw(f"{place}.mean", f"is {mean}, not from {estimate.p5} to {estimate.p95}")
    if (low is None) != (n < FEWEST) or (high is None) != (n < FEWEST):
        yield Flaw(place, f"has an interval if and only if n is at least {FEWEST}; n is {n}")
    elif low is not None and high is not None and not _around(low, mean, high, slack):
        yield Flaw(f"{place}.low", f"is {low}, and with high {high} not around the mean {mean}")


def _around(low: float, mean: float, high: float, slack: float) -> bool:
    return low <= mean <= high and abs((mean - low) - (high - mean)) <= slack


def _norms(at: str, scenario: ScenarioResult) -> Iterator[Flaw]:
    names = [norm.name for norm in scenario.norms]
    yield from _unknown(f"{at}.weakest", filter(None, [scenario.weakest]), names)
    for place, norm in enumerate(scenario.norms):
        here = f"{at}.norms.{place}"
        if norm.path != f"norms.{norm.name}.share":
            yield Flaw(f"{here}.path", f"is {show(norm.path)}, not 'norms.{norm.name}.share'")
        yield from _attainment(f"{here}.attainment", norm.attainment, scenario.finished)
    if scenario.all_norms is not None:
        yield from _attainment(f"{at}.all_norms", scenario.all_norms, scenario.finished)
    if len(set(names)) < len(names):
        yield Flaw(f"{at}.norms", "name a norm twice")


def _attainment(place: str, norm: Attainment, most: int) -> Iterator[Flaw]:
    if norm.of > most:
        yield Flaw(f"{place}.of", f"is {norm.of}, above {most}, the replications there are")
    if norm.attained > norm.of:
        yield Flaw(f"{place}.attained", f"is {norm.attained}, above 'of', {norm.of}")
    if norm.low > norm.high:
        yield Flaw(f"{place}.low", f"is {norm.low}, above 'high', {norm.high}")


def _lines(at: str, scenario: ScenarioResult) -> Iterator[Flaw]:
    names = [line.name for line in scenario.lines]
    if len(set(names)) < len(names):
        yield Flaw(f"{at}.lines", "name a line twice")
    for place, name in enumerate(names):
        for path in (f"costs.lines.{name}", f"costs.quantities.{name}"):
            if scenario.finished and path not in scenario.measures:
                yield Flaw(f"{at}.lines.{place}.name", f"is '{name}', and no measure is '{path}'")
    yield from _billed(at, scenario.measures, names)


def _billed(at: str, measures: Mapping[str, Estimate], names: Iterable[str]) -> Iterator[Flaw]:
    known = set(names)
    for path in measures:
        kind, _, name = path.removeprefix("costs.").partition(".")
        if path.startswith("costs.") and kind in {"lines", "quantities"} and name not in known:
            yield Flaw(f"{at}.measures.{path}", "is of a line that the bill does not have")
