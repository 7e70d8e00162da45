"""Whether a result is what its own replications give: it is made again, and compared.

The document holds each scenario complete, and for each replication the counts, norms and amounts
that a verdict rests on. `compare` makes a result of those once more; every difference with what
the document says is a flaw. What another version of the model wrote is not made again, since its
rules may have been other ones; its hashes and references are checked all the same.
"""

from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from simulation import __version__
from simulation.comparison import references
from simulation.comparison.compare import KEPT, Entrant, Sized, compare
from simulation.comparison.differing import differing
from simulation.comparison.document import Result, ScenarioResult
from simulation.comparison.hashes import checksum, goal_of, question_of
from simulation.comparison.references import Flaw
from simulation.comparison.sums import misfits
from simulation.experiment import Experiment
from simulation.scenario.checks.names import unknown_names
from simulation.scenario.explain import explain
from simulation.scenario.load import validate
from simulation.scenario.problems import Plain, dotted
from simulation.scenario.scenario import Scenario

TODAY = -1
"""Place of the baseline as rostered, where scenarios are staffed just well enough."""

_SHORT = 16
"""Digits of a hash that are shown."""

_RUN, _NUMBER = "kanaalkompas run ", " --replication "


def inconsistencies(result: Result) -> list[Flaw]:
    """Give all that is wrong within a result, one flaw for each place."""
    found = [*_asked(result), *references.flaws(result)]
    if result.version == __version__:
        found += _scenarios_and_numbers(result, whole=not any(map(_of_replications, found)))
    if not found:
        found += _checked(result)
    return list({flaw.place: flaw for flaw in reversed(found)}.values())[::-1]


def _asked(result: Result) -> Iterator[Flaw]:
    hashed = question_of(result)
    if result.question != hashed:
        yield Flaw(
            "question",
            f"is {result.question[:_SHORT]}..., and version, replications and scenarios give "
            f"{hashed[:_SHORT]}...: one of them was changed",
        )


def _checked(result: Result) -> Iterator[Flaw]:
    """Compare the checksum: the last resort, since it does not say what was changed."""
    if result.checksum is not None and result.checksum != (hashed := checksum(result)):
        yield Flaw(
            "checksum",
            f"is {result.checksum[:_SHORT]}..., and the document gives {hashed[:_SHORT]}...: "
            "something was changed",
        )


def _of_replications(flaw: Flaw) -> bool:
    """Tell whether columns cannot be laid out as replications."""
    return bool({"raw", "numbers", "finished"} & set(flaw.place.split(".")[2:3]))


def _scenarios_and_numbers(result: Result, *, whole: bool) -> list[Flaw]:
    """Read the scenarios back; if all are in order, make the result again and compare."""
    flaws: list[Flaw] = []
    scenarios: dict[int, Scenario] = {}
    told_all = _with_today(result)
    for place, (at, told) in told_all.items():
        scenario, wrong = _scenario(f"{at}.scenario", told.scenario)
        flaws += wrong
        if scenario is not None:
            scenarios[place] = scenario
            flaws += _replications(at, scenario, result.replications)
            flaws += _assumed(f"{at}.assumptions", told)
    if len(scenarios) < len(told_all) or not whole:
        return flaws
    try:
        again = _again(result, scenarios)
    except ValidationError as error:
        return [*flaws, Flaw("scenarios", f"cannot be computed again: {_first(error)}")]
    hashes = {"checksum", "question"}
    stated = result.model_dump(mode="json", exclude=hashes)
    flaws += [*differing(stated, again.model_dump(mode="json", exclude=hashes)), *_kept(result)]
    return flaws if any(map(_of_lines, flaws)) else [*flaws, *misfits(result, scenarios)]


def _with_today(result: Result) -> dict[int, tuple[str, ScenarioResult]]:
    """Give each scenario with its path, by place; the baseline as rostered at `TODAY`."""
    told = {
        place: (f"scenarios.{place}", scenario) for place, scenario in enumerate(result.scenarios)
    }
    if result.equal_service is not None:
        told[TODAY] = "equal_service.today", result.equal_service.today
    return told


def _of_lines(flaw: Flaw) -> bool:
    """Tell whether the bill itself is not that of the scenario: its sums then say nothing."""
    return ".lines" in flaw.place and ".measures." not in flaw.place


def _first(error: ValidationError) -> str:
    return str(error.errors(include_url=False)[0]["msg"])


def _scenario(at: str, plain: dict[str, Plain]) -> tuple[Scenario | None, list[Flaw]]:
    """Read a scenario as it stands in a document; names in it must exist, too."""
    try:
        scenario = validate(plain)
    except ValidationError as error:
        found = explain(error.errors(include_url=False), Scenario, plain)
    else:
        found = list(unknown_names(scenario))
        if not found:
            return scenario, []
    return None, [
        Flaw(f"{at}.{dotted(each.path)}", " ".join(filter(None, (each.value, each.problem))))
        for each in found
    ]


def _replications(at: str, scenario: Scenario, asked: int) -> Iterator[Flaw]:
    if scenario.replications != asked:
        there = f"{scenario.replications} at {at}.scenario.replications"
        yield Flaw("replications", f"is {asked}, and there is {there}")


def _again(result: Result, scenarios: Mapping[int, Scenario]) -> Result:
    """Make the result again from its scenarios and the values of its replications."""
    entrants = [_entrant(told, scenarios[n]) for n, told in enumerate(result.scenarios)]
    equal = result.equal_service
    sized = None
    if equal is not None:
        today = _entrant(equal.today, scenarios[TODAY])
        sized = Sized(
            today, equal.share, equal.search, equal.fresh, equal.asked_step, equal.staffing
        )
    return compare(entrants, result.replications, goal_of(result), sized)


def _entrant(told: ScenarioResult, scenario: Scenario) -> Entrant:
    """Give a scenario with the values of its replications."""
    return Entrant(
        name=told.name,
        file=_file(told),
        changes=told.changes,
        assumptions=told.assumptions,
        experiment=Experiment(
            scenario,
            _finished(told),
            {failure.replication: failure.error for failure in told.failures},
        ),
    )


def _finished(told: ScenarioResult) -> dict[int, Mapping[str, float | int]]:
    """Lay the columns of a scenario out as replications."""
    return {
        number: {
            path: value for path, column in told.raw.items() if (value := column[place]) is not None
        }
        for place, number in enumerate(told.numbers)
    }


def _file(told: ScenarioResult) -> str:
    """Read from the command of a failure which file was run: nothing else in a document says it."""
    for failure in told.failures:
        file, found, _ = failure.command.removeprefix(_RUN).rpartition(_NUMBER)
        if found:
            return file
    return "FILE"


def _kept(result: Result) -> Iterator[Flaw]:
    """Name the measures that must be kept for each replication and are not."""
    for at, told in _with_today(result).values():
        for path in told.measures:
            if path.rpartition(".")[2] in KEPT and path not in told.raw:
                yield Flaw(f"{at}.raw.{path}", "is missing")


def _assumed(at: str, told: ScenarioResult) -> Iterator[Flaw]:
    """Compare assumptions that are numbers with the values in the scenario."""
    for place, assumption in enumerate(told.assumptions):
        value: Plain = told.scenario
        for key in assumption.path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if _is_number(value) and _is_number(assumption.value) and value != assumption.value:
            yield Flaw(
                f"{at}.{place}.value",
                f"is {assumption.value}, and the scenario has {value} at {assumption.path}",
            )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
