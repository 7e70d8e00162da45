"""The contact log: every attempt of one replication as a row that people and programs can read.

This gives the columns; how a file spells them is in `simulation.cli.log_files`.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.table import Effect, Source
from simulation.experiment.replication import Played, Simulator
from simulation.play.plan import Plan
from simulation.play.record import NEVER, NOBODY, Cause, Outcome

Kind = Literal["count", "name", "moment", "seconds", "flag"]


@dataclass(frozen=True)
class Column:
    """A column of the log."""

    name: str
    kind: Kind
    meaning: str


def words(kind: type[IntEnum]) -> tuple[str, ...]:
    """Give the words that the log has for the members of an enumeration, in their order."""
    return tuple(member.name.lower() for member in kind)


def _listed(kind: type[IntEnum]) -> str:
    return ", ".join(f"`{word}`" for word in words(kind))


COLUMNS: Final = (
    Column("replication", "count", "Number of the replication"),
    Column("contact", "count", "Who: the same number for all attempts of one contact"),
    Column("attempt", "count", "Number of the attempt, from 1, over all threads of the contact"),
    Column("reason", "name", "Why the citizen makes contact"),
    Column("channel", "name", "Where"),
    Column("site", "name", "Which site, of a channel that has them"),
    Column("source", "name", "Where the contact comes from: " + _listed(Source)),
    Column("effect", "name", "What channel shift did to the contact: " + _listed(Effect)),
    Column("cause", "name", "Why this attempt was made: " + _listed(Cause)),
    Column("outcome", "name", "How it ended: " + _listed(Outcome)),
    Column("team", "name", "Who answered; empty if nobody did"),
    Column("arrived_local", "moment", "Arrival"),
    Column("arrived_seconds", "seconds", "The same, in seconds from the start of the horizon"),
    Column(
        "since_local",
        "moment",
        "From when waiting counts: the arrival, or the next opening for a message at night",
    ),
    Column("since_seconds", "seconds", "The same, in seconds from the start of the horizon"),
    Column("started_local", "moment", "Begin of the work; empty if nobody began"),
    Column("started_seconds", "seconds", "The same, in seconds from the start of the horizon"),
    Column("ended_local", "moment", "End of the work, wrap-up included; without work, of the wait"),
    Column("ended_seconds", "seconds", "The same, in seconds from the start of the horizon"),
    Column(
        "wait_seconds",
        "seconds",
        "From `since` until the conversation began; of a message until the answer; else the end",
    ),
    Column("uninterrupted", "flag", "Whether the work was one piece from `started` to `ended`"),
    Column("resolved", "flag", "Whether the answer resolved the question"),
    Column("counted", "flag", "Whether measures count it: not if the contact came in the warm-up"),
)


@dataclass(frozen=True)
class Names:
    """A column of names: a code for each row, and the name for each code."""

    codes: NDArray[np.int64]
    names: tuple[str, ...]
    """An empty name stands for nothing."""


Values = NDArray[Any] | Names
"""A column: counts, codes with names, microseconds (`NEVER` for what never was), or flags."""


class Log:
    """The attempts of one replication, in order of arrival.

    Parameters
    ----------
    simulator : of the scenario
    played : what happened
    replication : its number
    """

    def __init__(self, simulator: Simulator, played: Played, replication: int) -> None:
        self.replication = replication
        self.scenario = simulator.scenario
        self._plan: Plan = simulator.plan
        self._contacts = played.contacts
        rows = played.record.attempts
        self._rows = rows[np.lexsort((rows["number"], rows["contact"], rows["arrived"]))]
        first = self._contacts.time[self._rows["contact"]]
        self._counted = first >= self.scenario.horizon.warm_up

    def __len__(self) -> int:
        return len(self._rows)

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

    def moments(self, times: NDArray[np.int64]) -> NDArray[np.datetime64]:
        """Give microseconds from the start of the horizon as moments in local civil time."""
        start = np.datetime64(self.scenario.horizon.start, "us")
        moments: NDArray[np.datetime64] = start + times.astype("timedelta64[us]")
        return moments

    def part(self, part: slice) -> list[Values]:
        """Give some rows, as values in the order of `COLUMNS`."""
        rows, contacts, scenario = self._rows[part], self._contacts, self.scenario
        contact = rows["contact"]
        times = {name: rows[name] for name in ("arrived", "since", "started", "ended")}
        return [
            np.full(len(rows), self.replication),
            contact,
            rows["number"],
            Names(contacts.reason[contact], tuple(scenario.reasons)),
            Names(rows["channel"], tuple(scenario.channels)),
            self._sites(rows),
            _named(Source, contacts.source[contact]),
            _named(Effect, contacts.effect[contact]),
            _named(Cause, rows["cause"]),
            _named(Outcome, rows["outcome"]),
            Names(rows["team"] - NOBODY, ("", *(team.name for team in self._plan.teams))),
            *(column for each in times.values() for column in (each, each)),
            self._waits(rows),
            rows["whole"] != 0,
            rows["resolved"] != 0,
            self._counted[part],
        ]

    def _sites(self, rows: NDArray[Any]) -> Names:
        """Name sites: those of all channels in a row, after an empty one."""
        of_channel = [list(channel.sites) for channel in self.scenario.channels.values()]
        begin = np.cumsum([1, *map(len, of_channel[:-1])])
        has = np.array([bool(sites) for sites in of_channel])
        codes = np.where(has[rows["channel"]], begin[rows["channel"]] + rows["site"], 0)
        return Names(codes, ("", *(site for sites in of_channel for site in sites)))

    def _waits(self, rows: NDArray[Any]) -> NDArray[np.int64]:
        """Give waits: until the conversation, else until the end."""
        deferred = np.array([channel.deferred for channel in self._plan.channels])
        began = (rows["started"] != NEVER) & ~deferred[rows["channel"]]
        waits: NDArray[np.int64] = np.where(began, rows["started"], rows["ended"]) - rows["since"]
        return waits


def _named(kind: type[IntEnum], codes: NDArray[Any]) -> Names:
    return Names(codes, words(kind))
