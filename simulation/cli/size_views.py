"""What a week looks like with the sizes that were found, and what a peak does."""

from pathlib import Path

from simulation.cli.inputs import read_all
from simulation.cli.problems import say
from simulation.cli.progress import shown
from simulation.cli.signals import ignore_from_now_on
from simulation.comparison.peak import peak_result
from simulation.comparison.week import week_view
from simulation.experiment.incident import Wish, wished
from simulation.experiment.peaks import Incident, play_peaks
from simulation.experiment.weeks import play_weeks
from simulation.experiment.workers import Workers
from simulation.play.engines import Engine
from simulation.scenario.scenario import Scenario
from simulation.sizing.document import SizeResult

MOST = 15
"""Replications that are looked at; the first of those on which the size was confirmed."""

WEEKS = 2
"""How long a peak is followed."""


def with_views(
    result: SizeResult, path: Path, workers: Workers, engine: Engine
) -> SizeResult | None:
    """Add the week and the peak to a size; None if that was interrupted, as nothing is after that.

    Parameters
    ----------
    result : what was found
    path : the scenario with the rosters that were found
    workers, engine : as for a run
    """
    scenario = read_all([str(path)])[0].scenario.model_copy(update={"seed": result.seed})
    numbers = range(1, min(result.fresh, MOST) + 1)
    with shown("Looking at the week", "simulated periods") as progress:
        weeks = play_weeks(scenario, numbers, workers, progress, engine)
    if weeks.interrupted:
        ignore_from_now_on()
        return None
    if weeks.failed:
        number, reason = next(iter(sorted(weeks.failed.items())))
        say(f"The week is not shown: replication {number} failed ({reason})")
        return result
    result = result.model_copy(update={"week": week_view(scenario, weeks.tally)})
    return _with_peak(result, scenario, numbers, workers, engine) if scenario.events else result


def _with_peak(
    result: SizeResult, scenario: Scenario, numbers: range, workers: Workers, engine: Engine
) -> SizeResult | None:
    """Follow the first event of the scenario, where it lies within the period."""
    try:
        incident = Incident(*wished(scenario, Wish()), WEEKS)
        with shown("Looking at a peak", "simulated periods") as progress:
            peaks = play_peaks(
                scenario, incident, numbers, workers=workers, progress=progress, engine=engine
            )
    except ValueError as error:
        say(f"The peak is not shown: {error}")
        return result
    if peaks.interrupted:
        ignore_from_now_on()
        return None
    if len(peaks.finished) < len(numbers):
        return result
    return result.model_copy(update={"peak": peak_result(peaks, result.name, len(numbers))})
