"""How a tally is filled: by the compiled loop where it was compiled, otherwise on columns."""

from collections.abc import Callable

from simulation.contacts.table import Contacts
from simulation.measures import columns
from simulation.measures.rules import Rules
from simulation.measures.tally import Tally
from simulation.play.record import Record


def _chosen() -> Callable[[Rules, Contacts, Record], Tally]:
    try:
        from simulation.measures import compiled  # noqa: PLC0415 - may need Cython
    except ImportError:
        return columns.tally
    return compiled.tally if compiled.COMPILED else columns.tally


tally = _chosen()
"""Count and add up one replication."""
