"""One random scenario played, and step functions recomputed from what was written down."""

import json
from collections import defaultdict
from functools import cached_property

import numpy as np

from simulation.experiment.replication import Simulator
from simulation.measures import measure
from simulation.play.engine import play
from simulation.play.record import NEVER
from simulation.scenario import loads


def scenario_of(data):
    """Read plain data as a scenario file is read."""
    return loads(json.dumps(data)).scenario


class Played:
    """A scenario with its contacts, record and measures."""

    def __init__(self, data, replication=1):
        self.data = data
        self.simulator = Simulator(scenario_of(data))
        self.scenario = self.simulator.scenario
        self.plan = self.simulator.plan
        self.contacts = self.simulator.sampler.contacts(replication)
        self.record = play(self.plan, self.contacts, replication)
        self.measures = measure(self.plan, self.contacts, self.record, replication)
        self.at_work = [levels.tolist() for levels in self.plan.at_work(replication)]
        self.names = list(self.scenario.channels)

    @cached_property
    def rows(self):
        """Attempts as dictionaries of Python numbers, in order of contact and attempt."""
        table = np.sort(self.record.attempts, order=["contact", "number"])
        names = table.dtype.names or ()
        return [dict(zip(names, row, strict=True)) for row in table.tolist()]

    @cached_property
    def by_contact(self):
        """Attempts by contact."""
        groups = defaultdict(list)
        for row in self.rows:
            groups[row["contact"]].append(row)
        return groups

    def of_queue(self, queue):
        """Give the attempts at one queue of the plan."""
        return [
            row
            for row in self.rows
            if row["channel"] == queue.channel
            and (row["site"] == queue.site or not self.plan.channels[queue.channel].sites)
        ]

    def work(self, team):
        """Give the (begin, end) of everything that kept an agent of a team busy."""
        whole = [
            (row["started"], row["ended"])
            for row in self.rows
            if row["team"] == team and row["whole"]
        ]
        spells = self.record.spells
        spells = spells[spells["team"] == team][["begin", "end"]].tolist()
        return whole + spells

    def presence(self, team):
        """Give (time, change) of the number at work."""
        rows = self.record.presence
        rows = rows[rows["team"] == team][["time", "present"]].tolist()
        before = [0, *(present for _, present in rows)]
        return [(time, present - old) for (time, present), old in zip(rows, before, strict=False)]


def waits(row):
    """Give when an attempt began and stopped waiting."""
    return row["since"], row["ended"] if row["started"] == NEVER else row["started"]


def changes(intervals):
    """Give (time, change) of the number of intervals that hold."""
    return [(begin, 1) for begin, _ in intervals] + [(end, -1) for _, end in intervals]


def together(*functions):
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
