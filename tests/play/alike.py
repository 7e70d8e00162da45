"""Playing with every engine at once: what one writes down, all write down."""

from simulation.play import compiled, engine
from simulation.verification.alike import difference
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
    told = difference(expected, record)
    assert told is None, f"simpy and {name} differ: {told}"
