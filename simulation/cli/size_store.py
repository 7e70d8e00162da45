"""What was played for a size, kept on disk, so that an interrupted search goes on where it was.

One line of JSON for each trial, with a check sum. A line that was cut off by a crash, or that is
not as it was written, is played again.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Self, TextIO
from zlib import crc32

from simulation import __version__
from simulation.cli.output import explained
from simulation.sizing.played import Bench, Known
from simulation.sizing.trials import Levels, NormOutcome, Outcome

_DIGITS = 16


class Store:
    """The trials of one scenario with one set of sizes.

    Parameters
    ----------
    folder : where all of them are kept
    bench : of which they are
    """

    def __init__(self, folder: Path, bench: Bench) -> None:
        text = json.dumps([__version__, bench.scenario, bench.steps, bench.plenty, bench.shapes])
        self.path = folder / f"{sha256(text.encode()).hexdigest()[:_DIGITS]}.jsonl"
        self.known: Known = dict(_read(self.path))
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        """Open the file, to keep what is played from now on.

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

    def add(self, played: Known) -> None:
        """Keep what was played elsewhere, as far as it is not known."""
        for (levels, replication), outcome in sorted(played.items()):
            if (levels, replication) not in self.known:
                self.known[levels, replication] = outcome
                self.keep(levels, replication, outcome)

    def keep(self, levels: Levels, replication: int, outcome: Outcome) -> None:
        """Write down one trial.

        Raises
        ------
        Stop
            When that cannot be done.
        """
        if self._file is None:
            return
        norms = {name: asdict(each) for name, each in outcome.items()}
        line = {"levels": dict(levels), "replication": replication, "norms": norms}
        with explained(self.path):
            self._file.write(json.dumps({**line, "check": _check_sum(line)}) + "\n")
            self._file.flush()


def _check_sum(line: dict[str, Any]) -> str:
    return f"{crc32(json.dumps(line).encode()):08x}"


def _read(path: Path) -> Iterator[tuple[tuple[Levels, int], Outcome]]:
    """Give the trials of a file that are whole; none where it cannot be read."""
    lines = []
    with suppress(OSError):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    for line in lines:
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            told = json.loads(line)
            if told.pop("check") != _check_sum(told):
                continue
            outcome = {name: NormOutcome(**each) for name, each in told["norms"].items()}
            yield (tuple(sorted(told["levels"].items())), told["replication"]), outcome
