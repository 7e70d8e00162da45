"""The contact log of one replication of an answer: every attempt, as the command line writes it."""

import gzip
import io
from typing import Final

from functions.logic.places import at
from functions.storage.ports import Files

_LEVEL: Final = 1
"""Of compression: the most takes ten times as long, and makes a log a quarter smaller."""


def place_of(key: str, letter: str, replication: int) -> str:
    """Give the key of the log of a scenario, by its badge."""
    return at(key, "logs", f"{letter}-{replication}.csv.gz")


def write_contact_log(files: Files, key: str, letter: str, replication: int) -> None:
    """Play one replication once more, and keep its log; nothing if that was done.

    Raises
    ------
    LookupError
        When the answer has no such scenario.
    """
    # Tables and NumPy are imported where they are needed: the API only asks where a log is.
    from simulation.cli.contact_log import Log  # noqa: PLC0415
    from simulation.cli.log_files import write_csv  # noqa: PLC0415
    from simulation.experiment.replication import simulator  # noqa: PLC0415
    from simulation.play.engines import Engine  # noqa: PLC0415

    place = place_of(key, letter, replication)
    if files.read(place) is not None:
        return
    scenario = files.read(at(key, "scenarios", letter))
    if scenario is None:
        raise LookupError(f"{key}: there is no scenario {letter}")
    own = simulator(scenario.decode(), Engine.AUTO)
    log = Log(own, own.played(replication), replication)
    packed = io.BytesIO()
    with (
        gzip.GzipFile("", "wb", _LEVEL, packed, mtime=0) as file,
        io.TextIOWrapper(file, encoding="utf-8", newline="") as text,
    ):
        write_csv(log, text)
    files.write_new(place, packed.getvalue())
