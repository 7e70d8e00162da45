"""From replications to a result: estimates, paired differences, norms, dominance, verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import fsum

from simulation import __version__
from simulation.comparison.document import (
    FORMAT,
    Attainment,
    CostLine,
    Estimate,
    Failure,
    NormResult,
    Period,
    PlacedAssumption,
    Result,
    ScenarioResult,
)
from simulation.comparison.hashes import checksum, question
from simulation.comparison.statistics import CONFIDENCE, attainment, estimate
from simulation.comparison.verdict import dominated_by, reach_verdict
from simulation.contacts.timetable import Timetable
from simulation.costs import lines
from simulation.experiment import Experiment
from simulation.scenario.norms import Norm
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY, format_duration

Rows = Sequence[tuple[int, Mapping[str, float | int]]]
"""Measures by number of the replication, in order."""


@dataclass(frozen=True)
class Entrant:
    """A scenario with what is known of its file, and its replications."""

    name: str
    """Stem of the file's name."""
    file: str
    """File as the user named it, for the command that repeats a failing replication."""
    changes: tuple[str, ...]
    assumptions: tuple[PlacedAssumption, ...]
    experiment: Experiment


def compare(entrants: Sequence[Entrant], replications: int) -> Result:
    """Compare scenarios with the first of them.

    Parameters
    ----------
    entrants : the baseline first
    replications : asked for; fewer may be finished
    """
    scenario = entrants[0].experiment.scenario
    baseline = entrants[0].experiment
    results = [_result(place, entrant, baseline) for place, entrant in enumerate(entrants)]
    results = [
        result.model_copy(update={"dominated_by": dominated_by(result, results)})
        for result in results
    ]
    asked = [(result.name, result.scenario) for result in results]
    result = Result(
        format=FORMAT,
        version=__version__,
        question=question(__version__, replications, asked),
        seed=scenario.seed,
        replications=replications,
        confidence=CONFIDENCE,
        period=_period(scenario),
        organisation=scenario.organisation,
        example=any(
            assumption.source is None for entrant in entrants for assumption in entrant.assumptions
        ),
        scenarios=tuple(results),
        verdict=reach_verdict(results),
    )
    return result.model_copy(update={"checksum": checksum(result)})


def letter(place: int) -> str:
    """Give the badge of the scenario at a place: 0, A, B, ..., Z, AA, AB, ..."""
    text = ""
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text or "0"


def _result(place: int, entrant: Entrant, baseline: Experiment) -> ScenarioResult:
    experiment = entrant.experiment
    scenario = experiment.scenario
    rows = experiment.ordered()
    own = experiment is baseline
    return ScenarioResult(
        letter=letter(place),
        name=entrant.name,
        title=scenario.title,
        why=scenario.why,
        changes=entrant.changes,
        scenario=scenario.model_dump(mode="json", by_alias=True),
        assumptions=entrant.assumptions,
        finished=len(rows),
        numbers=tuple(number for number, _ in rows),
        failures=tuple(_failures(entrant)),
        same_demand=same_demand(scenario, baseline.scenario),
        measures=estimates(rows),
        differences={} if own else estimates(_paired(rows, baseline.ordered())),
        norms=tuple(_norms(scenario, rows)),
        all_norms=_attained("norms_together.attained", rows),
        weakest=_weakest(scenario, rows),
        lines=tuple(_lines(scenario)),
        dominated_by=(),
        raw=_raw(rows),
    )


def _failures(entrant: Entrant) -> list[Failure]:
    return [
        Failure(
            replication=number,
            error=error,
            command=f"kanaalkompas run {entrant.file} --replication {number}",
        )
        for number, error in sorted(entrant.experiment.failed.items())
    ]


def same_demand(scenario: Scenario, baseline: Scenario) -> bool:
    """Whether the same people would come, before any strategy shifts them."""
    parts = ("horizon", "seed", "calendar", "reasons", "demand", "variation", "events")
    alike = all(getattr(scenario, part) == getattr(baseline, part) for part in parts)
    return alike and scenario.shift.trend == baseline.shift.trend


def estimates(rows: Rows) -> dict[str, Estimate]:
    """Estimate every measure that exists in at least one replication, by path."""
    columns: dict[str, list[float]] = {}
    for _, measures in rows:
        for path, value in measures.items():
            columns.setdefault(path, []).append(value)
    return {path: estimate(values) for path, values in columns.items()}


def _paired(rows: Rows, baseline: Rows) -> Rows:
    """Subtract the baseline's measures of the same replication, where both have them."""
    before = dict(baseline)
    return [
        (
            number,
            {
                path: value - before[number][path]
                for path, value in measures.items()
                if path in before[number]
            },
        )
        for number, measures in rows
        if number in before
    ]


def _attained(path: str, rows: Rows) -> Attainment | None:
    flags = [measures[path] for _, measures in rows if path in measures]
    return attainment(flags) if flags else None


def _norms(scenario: Scenario, rows: Rows) -> list[NormResult]:
    results = []
    for name, norm in scenario.norms.items():
        attained = _attained(f"norms.{name}.attained", rows) or attainment([])
        kind, within = _within(norm)
        results.append(
            NormResult.model_validate(
                {
                    "name": name,
                    "title": norm.title,
                    "channel": norm.channel,
                    "within": within,
                    "kind": kind,
                    "target": norm.target,
                    "formula": norm.formula,
                    "period": norm.period,
                    "counts": norm.counts,
                    "attainment": attained,
                    "path": f"norms.{name}.share",
                }
            )
        )
    return results


def _within(norm: Norm) -> tuple[str, str]:
    if norm.within is not None:
        return "clock", format_duration(norm.within)
    if norm.within_working_time is not None:
        return "working_time", f"{format_duration(norm.within_working_time)} working time"
    return "working_days", f"{norm.within_working_days} working days"


def _weakest(scenario: Scenario, rows: Rows) -> str | None:
    means = {}
    for name, norm in scenario.norms.items():
        path = f"norms.{name}.distance"
        values = [measures[path] for _, measures in rows if path in measures]
        if norm.counts and values:
            means[name] = fsum(values) / len(values)
    return min(means, key=means.__getitem__) if means else None


def _lines(scenario: Scenario) -> list[CostLine]:
    return [
        CostLine(
            name=line.name,
            group=line.group,
            title=line.title,
            unit=line.unit,
            rate=line.rate,
            avoidable=line.avoidable,
            structural=line.structural,
            sources=line.sources,
            vat=line.vat,
        )
        for line in lines(scenario)
    ]


KEPT = ("attained", "share", "structural", "total", "full", "once", "distance")
"""Last names of the measures that are kept for each replication, besides whole counts."""


def _raw(rows: Rows) -> dict[str, tuple[int | float | None, ...]]:
    """Keep every whole count, and the shares and amounts that verdicts rest on."""
    paths = dict.fromkeys(
        path
        for _, measures in rows
        for path, value in measures.items()
        if isinstance(value, int) or path.rpartition(".")[2] in KEPT
    )
    return {path: tuple(measures.get(path) for _, measures in rows) for path in paths}


def _period(scenario: Scenario) -> Period:
    horizon = scenario.horizon
    start = horizon.start + timedelta(microseconds=horizon.warm_up)
    end = horizon.start + timedelta(microseconds=horizon.length)
    year = (start.month, start.day, start.hour, start.minute) == (1, 1, 0, 0)
    return Period(
        start=start.isoformat(),
        end=end.isoformat(),
        name=horizon.name,
        days=(horizon.length - horizon.warm_up) / DAY,
        months=tuple(Timetable(horizon, scenario.calendar).months(horizon.length)),
        calendar_year=year and end == start.replace(year=start.year + 1),
    )
