"""The engines by name: one answer, at different speeds.

``simpy`` is the definition, on SimPy's clock. ``compiled`` is the same rules in a compiled loop:
the same record, contact for contact. ``auto`` takes the compiled one where it was compiled.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command line asks for names only
    from simulation.contacts.table import Contacts
    from simulation.play.plan import Plan
    from simulation.play.record import Record


class Engine(StrEnum):
    """Who plays."""

    AUTO = "auto"
    SIMPY = "simpy"
    COMPILED = "compiled"


def is_compiled() -> bool:
    """Whether the compiled engine was compiled when this product was installed."""
    try:
        from simulation.play.compiled import COMPILED  # noqa: PLC0415 - may need Cython
    except ImportError:
        return False
    return COMPILED


def chosen(engine: Engine) -> Engine:
    """Give the engine that plays: never `Engine.AUTO`."""
    if engine is not Engine.AUTO:
        return engine
    return Engine.COMPILED if is_compiled() else Engine.SIMPY


def player(engine: Engine = Engine.AUTO) -> "Callable[[Plan, Contacts, int], Record]":
    """Give the function that plays one replication of a plan and its contacts.

    Raises
    ------
    ImportError
        When ``compiled`` is asked for, was not compiled, and Cython is not there to run it
        uncompiled.
    """
    if chosen(engine) is Engine.COMPILED:
        from simulation.play.compiled import play  # noqa: PLC0415
    else:
        from simulation.play.engine import play  # noqa: PLC0415
    return play
