"""Writing down what happens, row by row, as compact bytes: memory stays small and flat."""

import struct

import numpy as np

from simulation.play.floor import Attempt
from simulation.play.record import (
    ATTEMPT,
    ATTEMPT_FORMAT,
    NEVER,
    NOBODY,
    PRESENCE,
    SPELL,
    Outcome,
    Record,
)


class Journal:
    """The tables of a replication while it is played."""

    def __init__(self, channels: int) -> None:
        self.cut_off = [0] * channels
        self._rows = bytearray()
        self._spells: list[tuple[int, int, int, int]] = []
        self._presence: list[tuple[int, int, int]] = []
        self._pack = struct.Struct(ATTEMPT_FORMAT).pack

    def attempt(self, attempt: Attempt, outcome: int, ended: int, resolved: int) -> None:
        """Write down how an attempt ended."""
        started = attempt.started
        met = started != NEVER
        self._rows += self._pack(
            attempt.contact,
            attempt.number,
            attempt.channel,
            attempt.site,
            attempt.team.index if met else NOBODY,
            outcome,
            attempt.cause,
            attempt.whole if met else 0,
            resolved,
            attempt.arrived,
            attempt.since,
            started,
            ended,
        )

    def spell(self, team: int, channel: int, begin: int, end: int) -> None:
        """Write down a piece of work that is not a whole attempt."""
        self._spells.append((team, channel, begin, end))

    def present(self, team: int, time: int, present: int) -> None:
        """Write down how many of a team are at work from now on."""
        self._presence.append((team, time, present))

    def censor(self, attempt: Attempt, outcome: Outcome, end: int) -> None:
        """Write down an attempt that is still there when play stops."""
        self.attempt(attempt, outcome, end, 0)
        if outcome is Outcome.IN_SERVICE and not attempt.whole and attempt.queue.deferred:
            self.spell(attempt.team.index, attempt.channel, attempt.resumed, end)

    def record(self, end: int) -> Record:
        """Give the tables."""
        return Record(
            attempts=np.frombuffer(bytes(self._rows), dtype=ATTEMPT),
            spells=np.array(self._spells, dtype=SPELL),
            presence=np.array(self._presence, dtype=PRESENCE),
            cut_off=np.array(self.cut_off, dtype=np.int64),
            end=end,
        )
