"""What was played for a size, kept on disk, so that an interrupted search goes on where it was."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from simulation import __version__
from simulation.cli.kept_lines import MALFORMED, KeptLines, whole_lines
from simulation.sizing.played import Bench, Known
from simulation.sizing.trials import Levels, NormOutcome, Outcome

_DIGITS = 16


class Store(KeptLines):
    """The trials of one scenario with one set of sizes.

    Parameters
    ----------
    folder : where all of them are kept
    bench : of which they are
    """

    def __init__(self, folder: Path, bench: Bench) -> None:
        text = json.dumps([__version__, bench.scenario, bench.steps, bench.plenty, bench.shapes])
        super().__init__(folder / f"{sha256(text.encode()).hexdigest()[:_DIGITS]}.jsonl")
        self.known: Known = dict(_read(self.path))

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
        norms = {name: asdict(each) for name, each in outcome.items()}
        self.write({"levels": dict(levels), "replication": replication, "norms": norms})


def _read(path: Path) -> Iterator[tuple[tuple[Levels, int], Outcome]]:
    """Give the trials of a file that are whole."""
    for told in whole_lines(path):
        with suppress(*MALFORMED):
            outcome = {name: NormOutcome(**each) for name, each in told["norms"].items()}
            yield (tuple(sorted(told["levels"].items())), told["replication"]), outcome
