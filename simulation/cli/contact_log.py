"""The contact log: every attempt of one replication as a row that people can read."""

import csv
from collections.abc import Iterator, Sequence
from typing import Any, Final, TextIO

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.table import Contacts, Source
from simulation.experiment.replication import Simulator
from simulation.play.engines import Engine
from simulation.play.record import NEVER, NOBODY, Cause, Outcome
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import SECOND

COLUMNS: Final = (
    "contact",
    "attempt",
    "reason",
    "channel",
    "site",
    "source",
    "cause",
    "outcome",
    "team",
    "arrived",
    "since",
    "started",
    "ended",
    "wait_seconds",
    "resolved",
    "counted",
)
"""``since`` is when waiting began to count; ``counted`` is false for contacts of the warm-up,
which no measure counts."""

_CHUNK: Final = 20_000


class Log:
    """The attempts of one replication, in order of arrival.

    Parameters
    ----------
    scenario : what is simulated
    replication : its number
    engine : who plays
    """

    def __init__(self, scenario: Scenario, replication: int, engine: Engine = Engine.AUTO) -> None:
        self.replication = replication
        simulator = Simulator(scenario, engine)
        self._scenario, self._plan = simulator.scenario, simulator.plan
        self._contacts: Contacts = simulator.sampler.contacts(replication)
        rows = simulator.play(self._plan, self._contacts, replication).attempts
        self._rows = rows[np.lexsort((rows["number"], rows["contact"], rows["arrived"]))]
        first = self._contacts.time[self._rows["contact"]]
        self._counted = first >= scenario.horizon.warm_up

    def write(self, file: TextIO) -> None:
        """Write a header and a row for every attempt, piece by piece."""
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for start in range(0, len(self._rows), _CHUNK):
            table.writerows(self._lines(slice(start, start + _CHUNK)))

    def summary(self) -> str:
        """Say what the log holds, in the counts that the measures give."""
        counted = self._rows[self._counted]
        counts = []
        for place, channel in enumerate(self._plan.channels):
            outcomes = counted["outcome"][counted["channel"] == place]
            answered = int((outcomes == Outcome.ANSWERED).sum())
            counts.append(f"{channel.name} {len(outcomes)} offered, {answered} answered")
        warm_up = len(self._rows) - len(counted)
        left = f", besides {warm_up} attempts of the warm-up" if warm_up else ""
        return (
            f"{len(counted)} attempts in replication {self.replication}{left} ({'; '.join(counts)})"
        )

    def _lines(self, part: slice) -> Iterator[tuple[object, ...]]:
        """Give the rows of a part of the log."""
        rows = self._rows[part]
        contact = rows["contact"]
        reasons = _names(list(self._scenario.reasons), self._contacts.reason[contact])
        teams = [team.name for team in self._plan.teams]
        columns = (
            contact.tolist(),
            rows["number"].tolist(),
            reasons,
            _names(list(self._scenario.channels), rows["channel"]),
            self._sites(rows),
            [Source(code).name.lower() for code in self._contacts.source[contact].tolist()],
            [Cause(code).name.lower() for code in rows["cause"].tolist()],
            [Outcome(code).name.lower() for code in rows["outcome"].tolist()],
            ["" if code == NOBODY else teams[code] for code in rows["team"].tolist()],
            self._moments(rows["arrived"]),
            self._moments(rows["since"]),
            self._moments(rows["started"]),
            self._moments(rows["ended"]),
            self._waits(rows),
            _flags(rows["resolved"] != 0),
            _flags(self._counted[part]),
        )
        return zip(*columns, strict=True)

    def _sites(self, rows: NDArray[Any]) -> list[str]:
        sites = [list(channel.sites) or [""] for channel in self._scenario.channels.values()]
        pairs = zip(rows["channel"].tolist(), rows["site"].tolist(), strict=True)
        return [sites[channel][max(site, 0)] for channel, site in pairs]

    def _moments(self, times: NDArray[np.int64]) -> list[str]:
        """Write times as local date and time, with microseconds; nothing for what never was."""
        start = np.datetime64(self._scenario.horizon.start, "us")
        texts = np.datetime_as_string(start + times.astype("timedelta64[us]"), unit="us")
        return [str(text) for text in np.where(times == NEVER, "", texts)]

    def _waits(self, rows: NDArray[Any]) -> list[str]:
        """Write waits in seconds: until the conversation, else until the end."""
        deferred = np.array([channel.deferred for channel in self._plan.channels])
        began = (rows["started"] != NEVER) & ~deferred[rows["channel"]]
        waits = np.where(began, rows["started"], rows["ended"]) - rows["since"]
        return [f"{wait // SECOND}.{wait % SECOND:06d}" for wait in waits.tolist()]


def _names(names: Sequence[str], codes: NDArray[Any]) -> list[str]:
    return [names[code] for code in codes.tolist()]


def _flags(flags: NDArray[np.bool_]) -> list[str]:
    return ["true" if flag else "false" for flag in flags.tolist()]
