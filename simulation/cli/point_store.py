"""Points of a business case kept on disk, so that an interrupted one goes on where it was.

One line of JSON for each job, with a check sum. A line that was cut off by a crash, or that is not
as it was written, is done again.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Self, TextIO
from zlib import crc32

from simulation import __version__
from simulation.cli.output import explained
from simulation.finance.points import PointJob, PointSeen

_DIGITS = 32


class PointStore:
    """What was done for points.

    Parameters
    ----------
    path : of the file
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, PointSeen] = dict(_read(path))
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        """Open the file, to keep what is done from now on.

        Raises
        ------
        Stop
            When it cannot be written.
        """
        with explained(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            cut_off = self.path.exists() and self.path.read_bytes()[-1:] not in {b"", b"\n"}
            self._file = self.path.open("a", encoding="utf-8")
            if cut_off:
                self._file.write("\n")
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self._file is not None:
            # What could not be written was told when it was kept.
            with suppress(OSError):
                self._file.close()
            self._file = None

    def recall(self, job: PointJob) -> PointSeen | None:
        """Give what a job came to if it was done before."""
        return self.known.get(_name(job))

    def keep(self, job: PointJob, seen: PointSeen) -> None:
        """Write down what a job came to.

        Raises
        ------
        Stop
            When that cannot be done.
        """
        name = _name(job)
        self.known[name] = seen
        if self._file is None:
            return
        line = {"job": name, "need": seen.need, "measures": seen.measures}
        with explained(self.path):
            self._file.write(json.dumps({**line, "check": _check_sum(line)}) + "\n")
            self._file.flush()


def _name(job: PointJob) -> str:
    bench = job.bench
    asked = [
        __version__,
        bench.scenario,
        bench.steps,
        bench.plenty,
        bench.shapes,
        job.start,
        job.levels,
        job.replication,
    ]
    return sha256(json.dumps(asked).encode()).hexdigest()[:_DIGITS]


def _check_sum(line: dict[str, Any]) -> str:
    return f"{crc32(json.dumps(line).encode()):08x}"


def _read(path: Path) -> Iterator[tuple[str, PointSeen]]:
    """Give the jobs of a file that are whole; none where it cannot be read."""
    lines = []
    with suppress(OSError):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    for line in lines:
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            told = json.loads(line)
            if told.pop("check") != _check_sum(told):
                continue
            yield told["job"], PointSeen(told["need"], told["measures"])
