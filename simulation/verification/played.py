"""One replication played, and step functions recomputed from what was written down."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np
from pydantic import ValidationError

from simulation.experiment.replication import Simulator
from simulation.play.engines import Engine
from simulation.play.plan import QueuePlan
from simulation.play.record import NEVER
from simulation.scenario import loads
from simulation.scenario.assumption import extract_all
from simulation.scenario.checks import cross_check
from simulation.scenario.load import validate
from simulation.scenario.scenario import Scenario

Row = dict[str, int]
"""An attempt, by column of the record."""

Change = tuple[int, int]
"""Moment, and by how much a number changes then."""


def scenario_of(data: dict[str, Any]) -> Scenario:
    """Read plain data as a scenario file is read."""
    plain, assumptions, findings = extract_all(data)
    with suppress(ValidationError):
        scenario = validate(plain)
        if not (assumptions or findings or cross_check(scenario)):
            return scenario
    # Written out and read back, which takes ten times as long and says where a mistake stands.
    return loads(json.dumps(data)).scenario


class Played:
    """A scenario with its contacts, record and measures."""

    def __init__(
        self, scenario: Scenario, engine: Engine = Engine.SIMPY, replication: int = 1
    ) -> None:
        simulator = Simulator(scenario, engine)
        self.scenario = simulator.scenario
        self.plan = simulator.plan
        played = simulator.played(replication)
        self.contacts, self.record = played.contacts, played.record
        self.measures = simulator.measured(played, replication)
        self.at_work = [levels.tolist() for levels in self.plan.at_work(replication)]
        self.names = list(self.scenario.channels)

    @cached_property
    def rows(self) -> list[Row]:
        """Attempts as dictionaries of Python numbers, in order of contact and attempt."""
        table = np.sort(self.record.attempts, order=["contact", "number"])
        names = table.dtype.names or ()
        return [dict(zip(names, row, strict=True)) for row in table.tolist()]

    @cached_property
    def by_contact(self) -> dict[int, list[Row]]:
        """Attempts by contact."""
        groups: dict[int, list[Row]] = defaultdict(list)
        for row in self.rows:
            groups[row["contact"]].append(row)
        return groups

    def of_queue(self, queue: QueuePlan) -> list[Row]:
        """Give the attempts at one queue of the plan."""
        return [
            row
            for row in self.rows
            if row["channel"] == queue.channel
            and (row["site"] == queue.site or not self.plan.channels[queue.channel].sites)
        ]

    def work(self, team: int) -> list[tuple[int, int]]:
        """Give the (begin, end) of everything that kept an agent of a team busy."""
        whole = [
            (row["started"], row["ended"])
            for row in self.rows
            if row["team"] == team and row["whole"]
        ]
        spells = self.record.spells
        parts: list[tuple[int, int]] = spells[spells["team"] == team][["begin", "end"]].tolist()
        return whole + parts

    def presence(self, team: int) -> list[Change]:
        """Give (time, change) of the number at work."""
        rows = self.record.presence
        levels = rows[rows["team"] == team][["time", "present"]].tolist()
        before = [0, *(present for _, present in levels)]
        return [(time, present - old) for (time, present), old in zip(levels, before, strict=False)]


def waits(row: Row) -> tuple[int, int]:
    """Give when an attempt began and stopped waiting."""
    return row["since"], row["ended"] if row["started"] == NEVER else row["started"]


def changes(intervals: Iterable[tuple[int, int]]) -> list[Change]:
    """Give (time, change) of the number of intervals that hold."""
    known = list(intervals)
    return [(begin, 1) for begin, _ in known] + [(end, -1) for _, end in known]


def together(*functions: list[Change]) -> Iterator[tuple[int, int | None, list[int]]]:
    """Walk through step functions given by their changes.

    Yields
    ------
    (time, next time, values) after all changes of an instant
    """
    moments: dict[int, list[int]] = defaultdict(lambda: [0] * len(functions))
    for place, function in enumerate(functions):
        for time, change in function:
            moments[time][place] += change
    values = [0] * len(functions)
    times = sorted(moments)
    for time, after in zip(times, [*times[1:], None][: len(times)], strict=True):
        values = [value + change for value, change in zip(values, moments[time], strict=True)]
        yield time, after, values
