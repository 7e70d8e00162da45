"""What is done by default where nothing was compiled: less, and it is said."""

from collections.abc import Sequence

from simulation.cli.problems import say
from simulation.play.engines import Engine, chosen
from simulation.scenario.load import Loaded

FEWER = 10
"""Replications where SimPy plays for want of the compiled engine and nobody asks for a number."""


def default_replications(loaded: Sequence[Loaded], engine: Engine) -> int | None:
    """Give how many replications to play when nobody asks; None for what the scenarios say."""
    if engine is not Engine.AUTO or chosen(engine) is Engine.COMPILED:
        return None
    stated = any("replications" in each.scenario.model_fields_set for each in loaded)
    slower = "The fast engine was not compiled: SimPy plays, some twenty times slower"
    remedy = "With a C compiler, 'make setup' compiles it"
    if stated:
        say(f"{slower}. {remedy}.")
        return None
    say(f"{slower}, and {FEWER} replications unless you ask for more. {remedy}.")
    return FEWER


def too_slow_for_sizes(engine: Engine) -> bool:
    """Tell whether nothing was compiled, so that equal service would take too long.

    What is then done instead is said.
    """
    if engine is not Engine.AUTO or chosen(engine) is Engine.COMPILED:
        return False
    say(
        "Scenarios are compared as they are rostered, and not at equal service: finding the size of"
        " every team takes SimPy hours. --equal-service does it all the same."
    )
    return True
