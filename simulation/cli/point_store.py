"""Points of a business case kept on disk, so that an interrupted one goes on where it was."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from simulation import __version__
from simulation.cli.kept_lines import MALFORMED, KeptLines, whole_lines
from simulation.finance.points import PointJob, PointSeen

_DIGITS = 32


class PointStore(KeptLines):
    """What was done for points.

    Parameters
    ----------
    path : of the file
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.known: dict[str, PointSeen] = dict(_read(path))

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
        self.write({"job": name, "need": seen.need, "measures": seen.measures})


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


def _read(path: Path) -> Iterator[tuple[str, PointSeen]]:
    """Give the jobs of a file that are whole."""
    for told in whole_lines(path):
        with suppress(*MALFORMED):
            need, measures = told["need"], told["measures"]
            if _numbers(value for value in need.values() if value is not None) and _numbers(
                measures.values()
            ):
                yield told["job"], PointSeen(need, measures)


def _numbers(values: Iterable[object]) -> bool:
    return all(isinstance(value, int | float) for value in values)
