"""Playing with every engine at once: what one writes down, all write down."""

import numpy as np

from simulation.play import compiled, engine
from simulation.play.record import Cause, Outcome
from tests.uncompiled import uncompiled

plain = uncompiled(compiled)

ENGINES = {
    "simpy": engine.play,
    "compiled": compiled.play,
    "uncompiled": plain.play,
}


def play_alike(plan, contacts, replication):
    """Play with every engine, see that all agree, and give the record of the definition."""
    records = {name: play(plan, contacts, replication) for name, play in ENGINES.items()}
    expected = records.pop("simpy")
    for name, record in records.items():
        assert_same(expected, record, name)
    return expected


def assert_same(expected, record, name):
    """See that a record equals that of the definition; name the first contact that differs."""
    difference = first_difference(expected.attempts, record.attempts)
    assert difference is None, f"simpy and {name} differ: {difference}"
    for table in ("attempts", "spells", "presence", "cut_off"):
        one, other = getattr(expected, table), getattr(record, table)
        assert one.tobytes() == other.tobytes(), f"simpy and {name} differ in {table}"
    assert expected.end == record.end


def first_difference(expected, found):
    """Give the first attempt that differs, in order of contact and attempt, in words."""
    tables = [np.sort(table, order=["contact", "number"]) for table in (expected, found)]
    length = min(map(len, tables))
    places = np.flatnonzero(tables[0][:length] != tables[1][:length])
    if len(places) or len(expected) != len(found):
        place = int(places[0]) if len(places) else length
        return "; ".join(_told(table, place) for table in tables)
    return None


def _told(table, place):
    if place >= len(table):
        return "no more attempts"
    row = dict(zip(table.dtype.names, table[place].tolist(), strict=True))
    row["outcome"], row["cause"] = Outcome(row["outcome"]).name, Cause(row["cause"]).name
    return ", ".join(f"{name} {value}" for name, value in row.items())
