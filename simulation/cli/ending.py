"""How a run of scenarios ends: its result, what failed, its identity, its exit code."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from simulation.cli.compare_tables import show
from simulation.cli.document import as_csv, as_json
from simulation.cli.inputs import Asked
from simulation.cli.options import Format, Language
from simulation.cli.problems import DONE, FAULT, INTERRUPTED, NORM_NOT_ATTAINED, Stop, say
from simulation.cli.run_tables import show as show_one
from simulation.cli.terminal import write
from simulation.comparison.compare import Entrant, Sized, compare
from simulation.comparison.document import PlacedAssumption, Result, Staffing
from simulation.comparison.precision import Goal
from simulation.experiment.run import Experiment, Run

_SHORT: Final = 16
"""Digits of the question's hash that are shown."""

_MOST_FAILURES: Final = 10


@dataclass(frozen=True)
class Staffed:
    """How scenarios were staffed just well enough for their norms.

    Attributes
    ----------
    asked : share, replications searched and confirmed on, and the step if one was asked
    staffing : of each scenario
    """

    asked: tuple[float, int, int, float | None]
    staffing: tuple[Staffing, ...]


def compared(
    asked: Sequence[Asked],
    run: Run,
    goal: Goal | None = None,
    staffed: Staffed | None = None,
) -> Result:
    """Make the result of a run, and name on stderr what is missing from it.

    Parameters
    ----------
    asked, run : scenarios, and their replications in the same order
    goal : precision that was asked
    staffed : how they were staffed just well enough; then the last one is the baseline as rostered

    Raises
    ------
    Stop
        When no replication was finished.
    """
    entrants = [
        _entrant(each, experiment) for each, experiment in zip(asked, run.experiments, strict=True)
    ]
    sized = None
    if staffed is not None:
        *entrants, today = entrants
        sized = Sized(today, *staffed.asked, staffing=staffed.staffing)
    result = compare(entrants, run.experiments[0].scenario.replications, goal, sized)
    _name_failures(result)
    if not any(scenario.finished for scenario in result.scenarios):
        code = INTERRUPTED if run.interrupted else FAULT
        raise Stop("no replication was finished; nothing is written", code)
    if run.interrupted:
        counts = ", ".join(f"{each.letter}: {each.finished}" for each in result.scenarios)
        say(
            f"Interrupted; what was finished is kept ({counts} of {result.replications} "
            "replications)."
        )
    return result


def _entrant(asked: Asked, experiment: Experiment) -> Entrant:
    """Put a scenario and its replications together for a comparison."""
    return Entrant(
        name=Path(asked.loaded.path).stem,
        file=asked.command,
        changes=asked.loaded.changes,
        assumptions=tuple(
            PlacedAssumption.model_validate(
                {"path": placed.path, **_plain(placed.assumption.model_dump())}
            )
            for placed in asked.loaded.assumptions
        ),
        experiment=experiment,
    )


def _plain(assumption: dict[str, Any]) -> dict[str, Any]:
    """Write the lists of an assumption as one text."""
    return {
        key: ", ".join(map(str, value)) if isinstance(value, tuple) else value
        for key, value in assumption.items()
    }


def _name_failures(result: Result) -> None:
    failures = [
        f"Replication {failure.replication} of {scenario.name} failed ({failure.error}); "
        f"repeat it alone with: {failure.command}"
        for scenario in result.scenarios
        for failure in scenario.failures
    ]
    for line in failures[:_MOST_FAILURES]:
        say(line)
    if len(failures) > _MOST_FAILURES:
        say(f"... and {len(failures) - _MOST_FAILURES} more, all named in the result.")


def show_result(result: Result, form: Format, language: Language) -> None:
    """Write the result on stdout: tables of a comparison, JSON or CSV."""
    if form is Format.JSON:
        write(as_json(result))
    elif form is Format.CSV:
        write(as_csv(result))
    elif len(result.scenarios) == 1 and result.equal_service is None:
        show_one(result, language.value)
    else:
        show(result, language.value)


def identify(result: Result, repeat: str, alone: int | None = None) -> None:
    """Say which run this was (``alone``: of one replication), and the command that repeats it."""
    played = f"replications {result.replications}"
    if alone is not None:
        played = f"only replication {alone} of {result.replications}"
    say(
        f"Question {result.question[:_SHORT]}, version {result.version}, seed {result.seed}, "
        f"{played}"
    )
    say(f"Repeat with: {repeat}")


def code_of(result: Result, run: Run, *, fail_on_norm: bool = False) -> int:
    """Give the exit code of a run."""
    if run.interrupted:
        return INTERRUPTED
    if any(scenario.failures for scenario in result.scenarios):
        return FAULT
    together = [each.all_norms for each in result.scenarios if each.all_norms]
    if fail_on_norm and any(all_norms.status != "attained" for all_norms in together):
        return NORM_NOT_ATTAINED
    return DONE
