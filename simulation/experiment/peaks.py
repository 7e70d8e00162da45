"""A peak over many replications: each is played with the event and without it.

The horizon is cut off at the midnight at which the event is no longer followed. What happens
before it does not change by that: who comes in an interval, how busy a day is and who is absent
do not depend on what comes after. The beginning is never cut off, for it does matter.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from simulation.contacts.timetable import Timetable
from simulation.experiment.replication import simulator
from simulation.experiment.run import Progress
from simulation.experiment.workers import Workers, hire, in_one_line, play_each
from simulation.measures.peak import Peak, PeakRules, measure_peak, peak_rules
from simulation.play.engines import Engine
from simulation.play.plan import make_plan
from simulation.scenario.demand import Event
from simulation.scenario.scenario import Scenario, by_name
from simulation.scenario.values import DAY, WEEK


@dataclass(frozen=True)
class Incident:
    """An event, and how long it is followed.

    Attributes
    ----------
    name : key in the scenario; an event that has it is replaced
    event : what happens
    weeks : how long it is followed after its start, up to the end of the horizon
    """

    name: str
    event: Event
    weeks: int


@dataclass
class Peaks:
    """What became of the replications.

    Attributes
    ----------
    scenario : with the event, its names in order, its horizon cut off where it is no longer
        followed
    incident : the event
    rules : what both plays are compared by
    finished : by number of the replication
    failed : error, in one line, by number
    interrupted : whether Ctrl-C ended it before all were played
    """

    scenario: Scenario
    incident: Incident
    rules: PeakRules
    finished: dict[int, Peak] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)
    interrupted: bool = False

    def ordered(self) -> list[Peak]:
        """Give the finished replications in the order of their numbers."""
        return [self.finished[number] for number in sorted(self.finished)]


@dataclass(frozen=True)
class PeakJob:
    """One replication."""

    with_event: str
    without: str
    window: tuple[int, int]
    number: int
    engine: Engine


def window_of(scenario: Scenario, incident: Incident) -> tuple[int, int]:
    """Give from when until when an event is followed, in microseconds.

    Raises
    ------
    ValueError
        When it does not start within the counted part of the horizon.
    """
    horizon = scenario.horizon
    start = Timetable(horizon, scenario.calendar).moment(incident.event.start)
    if not horizon.warm_up <= start < horizon.length:
        first, last = (
            horizon.start + dt.timedelta(microseconds=time)
            for time in (horizon.warm_up, horizon.length)
        )
        raise ValueError(
            f"the event starts at {incident.event.start:%Y-%m-%d %H:%M}, outside the simulated"
            f" period; give a moment from {first:%Y-%m-%d %H:%M} until {last:%Y-%m-%d %H:%M}"
        )
    midnight = horizon.midnight
    end = -(-(start + incident.weeks * WEEK + midnight) // DAY) * DAY - midnight
    return start, min(end, horizon.length)


def both(scenario: Scenario, incident: Incident) -> tuple[Scenario, Scenario]:
    """Give a scenario with an event and without it, cut off where it is no longer followed."""
    _, end = window_of(scenario, incident)
    horizon = scenario.horizon.model_copy(update={"length": end})
    others = {name: event for name, event in scenario.events.items() if name != incident.name}
    without = by_name(scenario.model_copy(update={"horizon": horizon, "events": others}))
    events = {**others, incident.name: incident.event}
    return by_name(without.model_copy(update={"events": events})), without


def play_peaks(
    scenario: Scenario,
    incident: Incident,
    replications: Sequence[int],
    *,
    workers: Workers = None,
    progress: Progress | None = None,
    engine: Engine = Engine.AUTO,
) -> Peaks:
    """Play a scenario with an event and without it.

    Parameters
    ----------
    scenario : what is simulated
    incident : the event
    replications : their numbers, from 1
    workers : number of processes, 1 works in this process; who has work done elsewhere; all cores
        if not given
    progress : told after each replication
    engine : who plays; a result does not depend on it

    Returns
    -------
    What was finished; after Ctrl-C that is not everything.

    Raises
    ------
    ValueError
        When the event does not start within the counted part of the horizon.
    """
    window = window_of(scenario, incident)
    pair = both(scenario, incident)
    texts = [each.model_dump_json(by_alias=True) for each in pair]
    peaks = Peaks(pair[0], incident, PeakRules(make_plan(pair[1]), window))
    jobs = [PeakJob(texts[0], texts[1], window, number, engine) for number in replications]
    crew = hire(attempt, workers, len(jobs))
    keep = peaks.finished.__setitem__
    peaks.failed, peaks.interrupted = play_each(crew, jobs, keep, progress)
    return peaks


def attempt(job: PeakJob) -> Peak | str:
    """Play one replication twice; an error becomes its one-line text."""
    try:
        plan = simulator(job.without, job.engine).plan
        records = [
            simulator(text, job.engine).played(job.number).record
            for text in (job.with_event, job.without)
        ]
        return measure_peak(peak_rules(plan, job.window), *records)
    except Exception as error:
        return in_one_line(error)
