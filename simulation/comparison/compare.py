"""From replications to a result: estimates, paired differences, norms, dominance, verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import fsum

from simulation import __version__
from simulation.comparison.columns import Columns
from simulation.comparison.document import (
    FORMAT,
    Attainment,
    CostLine,
    EqualService,
    Estimate,
    Failure,
    NormResult,
    Period,
    PlacedAssumption,
    Result,
    ScenarioResult,
    Staffing,
)
from simulation.comparison.hashes import asked_of_sizing, checksum, question
from simulation.comparison.precision import Goal, pairing, precision
from simulation.comparison.resolution import Steps, steps, widened
from simulation.comparison.statistics import CONFIDENCE, LIMIT_ATTAINED, attainment, estimate
from simulation.comparison.verdict import dominated_by, reach_verdict
from simulation.contacts.timetable import Timetable
from simulation.costs import lines
from simulation.experiment import Experiment
from simulation.scenario.norms import Norm
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY, format_duration


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


@dataclass(frozen=True)
class Sized:
    """How entrants were staffed just well enough for their norms.

    Attributes
    ----------
    today : the baseline as rostered
    share, search, fresh, asked_step : see `EqualService`
    staffing : of each entrant
    """

    today: Entrant
    share: float
    search: int
    fresh: int
    asked_step: float | None
    staffing: tuple[Staffing, ...]

    @property
    def asked(self) -> tuple[float, ...]:
        """What was asked of the sizing."""
        return asked_of_sizing(self.share, self.search, self.fresh, self.asked_step)


def compare(
    entrants: Sequence[Entrant],
    replications: int,
    goal: Goal | None = None,
    sized: Sized | None = None,
) -> Result:
    """Compare scenarios with the first of them.

    Parameters
    ----------
    entrants : the baseline first
    replications : asked for; fewer may be finished
    goal : precision up to which replications were added, if one was asked
    sized : how the entrants were staffed, if not as rostered
    """
    scenario = entrants[0].experiment.scenario
    columns = [Columns(entrant.experiment.ordered()) for entrant in entrants]
    badges = [letter(place, equal=sized is not None) for place in range(len(entrants))]
    limit = sized.share if sized else LIMIT_ATTAINED
    results = [
        _result(place, entrants, columns, badges[place], limit) for place in range(len(entrants))
    ]
    period = period_of(scenario)
    each_step = _steps(results, period.days, sized) if sized else None
    results = _widened(results, each_step) if each_step else _dominated(results)
    equal = _equal_service(sized, columns[0], each_step[badges[0]]) if sized and each_step else None
    shown = [*results, *([equal.today] if equal else [])]
    asked = [(result.name, result.scenario) for result in shown]
    result = Result(
        format=FORMAT,
        version=__version__,
        question=question(__version__, goal or replications, asked, sized.asked if sized else ()),
        seed=scenario.seed,
        replications=replications,
        precision=precision(goal, _parts(entrants, columns)) if goal else None,
        confidence=CONFIDENCE,
        period=period,
        organisation=scenario.organisation,
        example=any(
            assumption.source is None for entrant in entrants for assumption in entrant.assumptions
        ),
        scenarios=tuple(results),
        equal_service=equal,
        verdict=reach_verdict(results, each_step),
    )
    return result.model_copy(update={"checksum": checksum(result)})


def _dominated(results: Sequence[ScenarioResult]) -> list[ScenarioResult]:
    """Name for each scenario those that are clearly better.

    Not where all are staffed just well enough: there service is the same on purpose.
    """
    return [
        result.model_copy(update={"dominated_by": dominated_by(result, results)})
        for result in results
    ]


def _steps(results: Sequence[ScenarioResult], days: float, sized: Sized) -> dict[str, Steps]:
    """Give what one step in the size of every team costs in each scenario, by letter."""
    return {
        result.letter: steps(result.lines, days, staffing)
        for result, staffing in zip(results, sized.staffing, strict=True)
    }


def _widened(
    results: Sequence[ScenarioResult], each_step: dict[str, Steps]
) -> list[ScenarioResult]:
    """Let the intervals of differences in cost hold one step in the size of every team."""
    of_baseline = each_step[results[0].letter]
    return [
        result.model_copy(
            update={
                "differences": widened(result.differences, of_baseline, each_step[result.letter])
            }
        )
        for result in results
    ]


def _equal_service(sized: Sized, baseline: Columns, of_baseline: Steps) -> EqualService:
    today = Columns(sized.today.experiment.ordered())
    return EqualService(
        share=sized.share,
        search=sized.search,
        fresh=sized.fresh,
        asked_step=sized.asked_step,
        today=_result(0, [sized.today], [today], letter(0), sized.share),
        step=widened(_differences(baseline, today), of_baseline),
        staffing=sized.staffing,
    )


def letter(place: int, *, equal: bool = False) -> str:
    """Give the badge of the scenario at a place: 0, A, B, ..., Z, AA, AB, ...

    The baseline is 0* where it is staffed just well enough (``equal``).
    """
    if equal and not place:
        return "0*"
    text = ""
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text or "0"


def _parts(
    entrants: Sequence[Entrant], columns: Sequence[Columns]
) -> list[tuple[Scenario, Columns]]:
    return [(each.experiment.scenario, own) for each, own in zip(entrants, columns, strict=True)]


def _result(
    place: int,
    entrants: Sequence[Entrant],
    of_all: Sequence[Columns],
    badge: str,
    limit: float,
) -> ScenarioResult:
    entrant, columns, baseline = entrants[place], of_all[place], of_all[0]
    scenario = entrant.experiment.scenario
    return ScenarioResult(
        letter=badge,
        name=entrant.name,
        title=scenario.title,
        why=scenario.why,
        changes=entrant.changes,
        scenario=scenario.model_dump(mode="json", by_alias=True),
        assumptions=entrant.assumptions,
        finished=len(columns.numbers),
        numbers=tuple(columns.numbers),
        failures=tuple(_failures(entrant)),
        same_demand=same_demand(scenario, entrants[0].experiment.scenario),
        measures={path: estimate(columns.existing(path)) for path in columns},
        differences=_differences(columns, baseline) if place else {},
        pairing=pairing(columns, baseline) if place else None,
        norms=tuple(_norms(scenario, columns, limit)),
        all_norms=_attained("norms_together.attained", columns, limit),
        weakest=_weakest(scenario, columns),
        lines=tuple(_lines(scenario)),
        dominated_by=(),
        raw=_raw(columns),
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


def _differences(columns: Columns, baseline: Columns) -> dict[str, Estimate]:
    """Estimate paired differences, of the measures that some replication has in both."""
    both = ((path, columns.less(baseline, path)) for path in columns if path in baseline)
    return {path: estimate(values) for path, values in both if values}


def _attained(path: str, columns: Columns, limit: float) -> Attainment | None:
    flags = columns.existing(path)
    return attainment(flags, limit) if flags else None


def _norms(scenario: Scenario, columns: Columns, limit: float) -> list[NormResult]:
    results = []
    for name, norm in scenario.norms.items():
        attained = _attained(f"norms.{name}.attained", columns, limit) or attainment([])
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


def _weakest(scenario: Scenario, columns: Columns) -> str | None:
    means = {}
    for name, norm in scenario.norms.items():
        path = f"norms.{name}.distance"
        values = columns.existing(path)
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


def _raw(columns: Columns) -> dict[str, tuple[int | float | None, ...]]:
    """Keep every whole count, and the shares and amounts that verdicts rest on."""
    return {
        path: tuple(columns[path])
        for path in columns
        if columns.counted(path) or path.rpartition(".")[2] in KEPT
    }


def period_of(scenario: Scenario) -> Period:
    """Give the counted period of a scenario."""
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
