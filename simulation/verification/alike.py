"""Whether two engines wrote down the same, and what differs first if they did not."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.play.record import Cause, Outcome, Record


def difference(expected: Record, found: Record) -> str | None:
    """Say what differs first between a record and that of the definition; None if nothing does."""
    first = first_difference(expected.attempts, found.attempts)
    if first is not None:
        return first
    for table in ("attempts", "spells", "presence", "cut_off"):
        if getattr(expected, table).tobytes() != getattr(found, table).tobytes():
            return f"the table of {table}"
    if expected.end != found.end:
        return f"play stopped at {expected.end} and at {found.end}"
    return None


def first_difference(expected: NDArray[Any], found: NDArray[Any]) -> str | None:
    """Give the first attempt that differs, in order of contact and attempt, in words."""
    tables = [np.sort(table, order=["contact", "number"]) for table in (expected, found)]
    length = min(map(len, tables))
    places = np.flatnonzero(tables[0][:length] != tables[1][:length])
    if len(places) or len(expected) != len(found):
        place = int(places[0]) if len(places) else length
        return "; ".join(_told(table, place) for table in tables)
    return None


def _told(table: NDArray[Any], place: int) -> str:
    if place >= len(table):
        return "no more attempts"
    row = dict(zip(table.dtype.names or (), table[place].tolist(), strict=True))
    row["outcome"], row["cause"] = Outcome(row["outcome"]).name, Cause(row["cause"]).name
    return ", ".join(f"{name} {value}" for name, value in row.items())
