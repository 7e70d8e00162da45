"""Try a deployed stack: it answers as this machine does, and stops when told.

``python -m infra.smoke [FILE ...]`` asks the stack of which ``KANAALKOMPAS_API`` is the address,
with the token in ``KANAALKOMPAS_TOKEN``, through ``kanaalkompas cloud``. It says in one line each
what it saw, and ends with 1 if anything was not as it should be. Each time has a seed of its own,
so that nothing was answered before.
"""

import argparse
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from simulation.cli.cloud.refusals import ADDRESS, TOKEN

TOWN: Final = Path(__file__).parents[1] / "scenarios" / "small-town"
DOCUMENTS: Final = ("result.json", "compare.html")
LONG: Final = 9_000
"""Replications of the run that is cancelled: it must still be under way by then."""

PATIENCE: Final = 30.0
"""Seconds until the list of runs must show it: its index may be behind."""


class Wrong(Exception):
    """Something is not as it should be."""


@dataclass(frozen=True)
class Smoke:
    """What is asked, and where files go.

    Attributes
    ----------
    files : of the scenarios
    seed : of all draws
    folder : for what comes of it
    """

    files: Sequence[str]
    seed: int
    folder: Path

    def reached(self) -> str:
        """Ask for the latest runs."""
        found = _kanaalkompas("cloud", "status").stdout.splitlines()
        return f"the API answers; this token has {len(found)} runs"

    def comparison(self) -> str:
        """Compare, 10 replications each."""
        return self._same("comparison", "--replications", "10")

    def precision(self) -> str:
        """Compare in three rounds: no difference is ever known to a cent, so each look is made."""
        return self._same("precision", "--precision", "0.01", "--max-replications", "60")

    def cancel(self) -> str:
        """Begin a long run, and cancel it."""
        asked = ["--replications", str(LONG), "--seed", str(self.seed), "--question", "compare"]
        name = _kanaalkompas("cloud", "run", *self.files, *asked, "--detach").stdout.strip()
        _kanaalkompas("cloud", "cancel", name)
        until = time.monotonic() + PATIENCE
        while "cancelled" not in (told := _line_of(name)):
            if time.monotonic() > until:
                raise Wrong(f"run {name} is not cancelled: {told or 'it is not in the list'}")
            time.sleep(1)
        return f"run {name} of {LONG:,} replications was cancelled"

    def stranger(self) -> str:
        """Ask with a token that nobody gave."""
        ended = _ended("cloud", "status", **{TOKEN: "of.no.one"})
        if ended.returncode != 0 and "is not accepted" in ended.stderr:
            return "a token that nobody gave is refused"
        if os.environ[ADDRESS].startswith("https://"):
            raise Wrong("a token that nobody gave is not refused as such: " + _words(ended))
        return "not asked of 'serve' on this machine: it takes any token"

    def _same(self, name: str, *words: str) -> str:
        """Have a question answered there and here, and compare the bytes."""
        asked = [*self.files, *words, "--seed", str(self.seed), "--language", "en"]
        there, here = self.folder / f"{name}-there", self.folder / f"{name}-here"
        began = time.monotonic()
        told = _kanaalkompas("cloud", "run", *asked, "--question", "compare", "--out", str(there))
        seconds = time.monotonic() - began
        _kanaalkompas("compare", *asked, "--as-rostered", "--out", str(here))
        other = [
            each for each in DOCUMENTS if (there / each).read_bytes() != (here / each).read_bytes()
        ]
        if other:
            raise Wrong(
                f"{' and '.join(other)} of the stack and of this machine are not the same; was the "
                "stack built from the files that are here?"
            )
        took = next((line for line in told.stderr.splitlines() if line.startswith("It took")), "")
        return (
            f"{' and '.join(DOCUMENTS)} are the same as here, byte for byte; "
            f"{seconds:.0f} s. {took}"
        )


def _ended(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simulation.cli", *words],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def _kanaalkompas(*words: str) -> subprocess.CompletedProcess[str]:
    ended = _ended(*words)
    if ended.returncode != 0:
        raise Wrong(f"'kanaalkompas {' '.join(words[:2])}' ended with {_words(ended)}")
    return ended


def _line_of(name: str) -> str:
    """Give the line about a run in the list of runs."""
    lines = _kanaalkompas("cloud", "status").stdout.splitlines()
    return next((line for line in lines if line.startswith(name)), "")


def _words(ended: subprocess.CompletedProcess[str]) -> str:
    return f"{ended.returncode}: {ended.stderr.strip() or ended.stdout.strip()}"


def tried(checks: Sequence[Callable[[], str]]) -> Iterator[bool]:
    """Make checks, say what was seen, and tell of each whether it went well."""
    for check in checks:
        try:
            print(f"ok     {check.__name__}: {check()}", flush=True)
            yield True
        except Wrong as wrong:
            print(f"WRONG  {check.__name__}: {wrong}", flush=True)
            yield False


def main() -> int:
    """Try it; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra.smoke", description=__doc__)
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="scenarios; the small town if none"
    )
    files = parser.parse_args().files or sorted(map(str, TOWN.glob("*.yaml")))
    seed = secrets.randbelow(10**9)
    address = os.environ.get(ADDRESS, "").rpartition("@")[2]  # no password, if there is one
    print(f"Trying {address or 'nothing'} with seed {seed}", flush=True)
    with TemporaryDirectory(prefix="kanaalkompas-") as folder:
        smoke = Smoke(files, seed, Path(folder))
        went = list(tried([smoke.reached]))
        if not all(went):
            return 1
        went += tried([smoke.comparison, smoke.precision, smoke.cancel, smoke.stranger])
    print("All is well." if all(went) else f"{went.count(False)} of {len(went)} went wrong.")
    return 0 if all(went) else 1


if __name__ == "__main__":
    sys.exit(main())
