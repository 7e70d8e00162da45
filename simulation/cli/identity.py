"""Which run a table comes from, in the reader's language, and the command that repeats it."""

from typing import Final

from rich.text import Text

from simulation.cli.tables import Teller
from simulation.cli.terminal import put, put_prose, results
from simulation.comparison.document import Result

_SHORT: Final = 16
"""Digits of the question's hash that are shown."""


def show_identity(result: Result, repeat: str, language: str, alone: int | None = None) -> None:
    """Print which run this was (``alone``: of one replication), and the command that repeats it.

    The command stands whole on a line of its own, so that it can be copied.
    """
    tell, console = Teller(language), results()
    said = tell(
        "identity",
        question=result.question[:_SHORT],
        version=result.version,
        seed=result.seed,
        played=_played(result, tell, alone),
    )
    put_prose(console, f"{said} {tell('repeat')}")
    put(console, Text(f"  {repeat}"))


def _played(result: Result, tell: Teller, alone: int | None) -> str:
    """Say how many replications were played, scenario by scenario where some are missing."""
    asked = tell.reader.number(result.replications)
    if alone is not None:
        return tell("played_alone", n=alone, of=asked)
    if any(scenario.finished < result.replications for scenario in result.scenarios):
        counts = ", ".join(f"{each.letter}: {each.finished}" for each in result.scenarios)
        return tell("played_part", n=asked, counts=counts)
    return tell("played_once") if result.replications == 1 else tell("played", n=asked)
