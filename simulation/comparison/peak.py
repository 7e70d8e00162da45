"""What a peak did, over all replications, as plain data: what tables and figures show.

Definitions are in ``docs/model.md``, under "A peak".
"""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation import __version__
from simulation.comparison.document import Entry
from simulation.comparison.fields import Hash, Moment, Number, Tally
from simulation.comparison.hashes import question
from simulation.experiment.peaks import Peaks
from simulation.measures.peak import LATER, UNTOUCHED, Peak
from simulation.scenario.horizon import Horizon
from simulation.scenario.scenario import Scenario
from simulation.scenario.text import Text
from simulation.scenario.values import HOUR, SECOND, Name, format_duration

FORMAT: Final = "kanaalkompas-peak/1"

Count = Annotated[int, Field(ge=0)]
Counts = Annotated[tuple[Count, ...], Field(min_length=1, max_length=24 * (7 * 52 + 2))]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Gone(Entry):
    """By when a peak is gone, in half of the replications and in 90 % of them.

    The moment of the start stands for a peak that was never noticed; ``null`` means later than it
    was followed.
    """

    p50: Moment | None
    """Earliest moment by which at least half of the replications have recovered."""

    p90: Moment | None
    """Earliest moment by which at least 90 % of them have."""


class Level(Entry):
    """A number that differs between replications."""

    p50: Number
    """Median of the replications."""

    p90: Number
    """90th percentile."""


class PeakCurve(Entry):
    """Open work at whole hours, from the midnight before the event until it is not followed."""

    p5: Counts
    """5th percentile of the replications with the event."""

    p50: Counts
    """Median with the event."""

    p95: Counts
    """95th percentile with the event."""

    usual_p50: Counts
    """Median without the event."""

    usual_p95: Counts
    """95th percentile without the event."""


class PeakChannel(Entry):
    """What the event did to one channel."""

    channel: Name
    """Key in the scenario."""

    title: Text | None
    """Title in the scenario."""

    deferred: bool
    """Whether open work is messages; otherwise people who wait."""

    noticed: Tally
    """Replications in which open work rose above the margin."""

    recovered: Tally
    """Those among them in which it came back within the time that was followed."""

    gone: Gone
    """By when it is back to normal."""

    largest: Level
    """Most open work, from the start until recovery."""

    usual_largest: Level
    """The same without the event, in the same time."""

    longest_wait: Level
    """Longest wait of who came in that time, in seconds; for messages opening hours until the
    answer."""

    usual_longest_wait: Level
    """The same without the event."""

    extra_attempts: Level
    """Attempts more than without the event that found the channel open, those of people who try
    again included."""

    extra_closed: Level
    """Attempts more that found the channel closed."""

    extra_lost: Level
    """Attempts more that met nobody: abandoned, blocked or sent away."""

    curve: PeakCurve
    """Open work by the hour."""


class PeakResult(Entry):
    """A peak in one scenario."""

    format: str = FORMAT
    """Name and version of the format."""

    version: str = __version__
    """Version of the model."""

    question: Hash
    """Hash of everything that determines the answer."""

    name: str
    """Name of the scenario: its file without folder and ending."""

    title: Text
    """Title of the scenario."""

    seed: Count
    """Seed of the random citizens."""

    replications: Tally
    """Replications that were asked for."""

    finished: Tally
    """Replications that were finished."""

    event: Name
    """Name of the event."""

    event_title: Text | None
    """Title of the event."""

    start: Moment
    """When it begins."""

    contacts: Number
    """Expected number of extra contacts."""

    decay: str
    """Mean time after the start at which an extra contact comes."""

    followed_until: Moment
    """Until when it is followed."""

    first_hour: Moment
    """Moment of the first number of every curve; the others follow hour by hour."""

    everywhere: Gone
    """By when all channels are back to normal."""

    extra_closed: Level
    """Attempts more that found their channel closed, over all channels."""

    extra_again: Level
    """Attempts more that somebody made because an earlier one found its channel closed."""

    channels: Annotated[tuple[PeakChannel, ...], Field(min_length=1)]
    """In the order of their names."""

    @model_validator(mode="after")
    def _as_long(self) -> Self:
        lengths = {
            len(row)
            for each in self.channels
            for row in (
                each.curve.p5,
                each.curve.p50,
                each.curve.p95,
                each.curve.usual_p50,
                each.curve.usual_p95,
            )
        }
        if len(lengths) != 1:
            raise ValueError("all curves must be as long as each other")
        return self


def peak_result(peaks: Peaks, name: str, replications: int) -> PeakResult:
    """Put together what was played.

    Parameters
    ----------
    peaks : with at least one replication that was finished
    name : of the scenario
    replications : how many were asked for
    """
    scenario, event, done = peaks.scenario, peaks.incident.event, peaks.ordered()
    window = peaks.rules.window
    recovered = np.array([each.recovered for each in done])
    return PeakResult(
        question=question(
            __version__, replications, [(f"{name} {peaks.incident.name}", _plain(scenario))]
        ),
        name=name,
        title=scenario.title,
        seed=scenario.seed,
        replications=replications,
        finished=len(done),
        event=peaks.incident.name,
        event_title=event.title,
        start=event.start.isoformat(),
        contacts=event.contacts,
        decay=format_duration(event.decay),
        followed_until=_moment(scenario.horizon, window[1]),
        first_hour=_moment(scenario.horizon, peaks.rules.curve_marks.first),
        everywhere=_gone(scenario.horizon, window[0], recovered.max(axis=1)),
        extra_closed=_extra(done, "closed"),
        extra_again=_extra(done, "again"),
        channels=tuple(_channel(peaks, done, place) for place in range(len(scenario.channels))),
    )


def _extra(done: Sequence[Peak], what: str) -> Level:
    """Give how many more there are with the event, over all channels."""
    sums = [
        [int(getattr(side, what).sum()) for side in (each.with_event, each.without)]
        for each in done
    ]
    return _level(np.array([more - usual for more, usual in sums], np.float64))


def _plain(scenario: Scenario) -> dict[str, Any]:
    plain: dict[str, Any] = scenario.model_dump(mode="json")
    return plain


def _channel(peaks: Peaks, done: Sequence[Peak], place: int) -> PeakChannel:
    scenario, window = peaks.scenario, peaks.rules.window
    name = list(scenario.channels)[place]
    recovered = np.array([each.recovered[place] for each in done])
    noticed = recovered != UNTOUCHED

    def levels(what: str, scale: int = 1) -> list[Floats]:
        return [
            np.array([getattr(side, what)[place] for side in sides]) / scale
            for sides in ([each.with_event for each in done], [each.without for each in done])
        ]

    largest, longest = levels("largest"), levels("longest", SECOND)
    attempts, lost, closed = levels("attempts"), levels("lost"), levels("closed")
    return PeakChannel(
        channel=name,
        title=scenario.channels[name].title,
        deferred=peaks.rules.deferred[place],
        noticed=int(noticed.sum()),
        recovered=int((noticed & (recovered != LATER)).sum()),
        gone=_gone(scenario.horizon, window[0], recovered),
        largest=_level(largest[0]),
        usual_largest=_level(largest[1]),
        longest_wait=_level(longest[0]),
        usual_longest_wait=_level(longest[1]),
        extra_attempts=_level(attempts[0] - attempts[1]),
        extra_closed=_level(closed[0] - closed[1]),
        extra_lost=_level(lost[0] - lost[1]),
        curve=_curve(done, place),
    )


def _curve(done: Sequence[Peak], place: int) -> PeakCurve:
    more = np.sort([each.with_event.curve[place] for each in done], axis=0)
    usual = np.sort([each.without.curve[place] for each in done], axis=0)

    def row(table: Ints, percent: int) -> Counts:
        return tuple(table[_rank(len(table), percent)].tolist())

    return PeakCurve(
        p5=row(more, 5),
        p50=row(more, 50),
        p95=row(more, 95),
        usual_p50=row(usual, 50),
        usual_p95=row(usual, 95),
    )


def _rank(count: int, percent: int) -> int:
    """Give the place of the smallest value that at least so many per cent do not exceed."""
    return max(0, -(-count * percent // 100) - 1)


def _level(values: Floats) -> Level:
    ordered = np.sort(values)
    return Level(
        p50=float(ordered[_rank(len(ordered), 50)]), p90=float(ordered[_rank(len(ordered), 90)])
    )


def _gone(horizon: Horizon, start: int, recovered: Ints) -> Gone:
    ordered = np.sort(recovered)
    moments = []
    for percent in (50, 90):
        time = int(ordered[_rank(len(ordered), percent)])
        moments.append(None if time == LATER else _moment(horizon, max(time, start)))
    return Gone(p50=moments[0], p90=moments[1])


def _moment(horizon: Horizon, time: int) -> str:
    return (horizon.start + dt.timedelta(microseconds=time)).isoformat()


def hours_of(result: PeakResult) -> list[dt.datetime]:
    """Give the moments of the numbers in a curve."""
    first = dt.datetime.fromisoformat(result.first_hour)
    step = dt.timedelta(microseconds=HOUR)
    return [first + place * step for place in range(len(result.channels[0].curve.p50))]
