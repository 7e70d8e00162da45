"""What a run was: when, how long, on what machine, by which command.

All that differs between two runs of the same question stands here and not in the result.
"""

import os
import platform
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from simulation.comparison.document import Result

_LIBRARIES = ("numpy", "simpy", "pydantic", "holidays", "plotly")


@dataclass(frozen=True)
class Occasion:
    """One run of a command."""

    command: str
    started: datetime
    workers: int
    engine: str
    interrupted: bool


def run_record(occasion: Occasion, result: Result, text: str) -> dict[str, Any]:
    """Give the record of a run as plain data.

    Parameters
    ----------
    occasion : the run
    result : what came out of it
    text : the result as it was written, of which the record keeps the hash
    """
    ended = datetime.now(UTC)
    return {
        "question": result.question,
        "result_sha256": sha256(text.encode()).hexdigest(),
        "command": occasion.command,
        "started": occasion.started.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
        "seconds": round((ended - occasion.started).total_seconds(), 1),
        "interrupted": occasion.interrupted,
        "finished": {each.letter: each.finished for each in result.scenarios},
        "failed": {each.letter: len(each.failures) for each in result.scenarios},
        "workers": occasion.workers,
        "engine": occasion.engine,
        "machine": {
            "system": platform.platform(),
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
        },
        "versions": {
            "kanaalkompas": result.version,
            "python": sys.version.split()[0],
            **{library: version(library) for library in _LIBRARIES},
        },
    }
