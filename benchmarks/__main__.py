"""Play the cases in turns, print the table, and write it down.

    python -m benchmarks [--quick] [--write FOLDER] [CASE ...]

``--quick`` plays little of each, only to see that they work.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.cases import CASES, Size
from benchmarks.table import as_markdown, as_text
from simulation.play.engines import is_compiled

PACKAGES = ("simpy", "ciw", "numpy", "Cython")

ONCE = {"larger", "one worker", "two workers", "team", "all teams"}
"""Cases that take long enough to be measured once."""

BEGIN, END = "<!-- Written by make bench. -->", "<!-- Until here. -->"
"""Marks between which the page holds the tables."""


def main() -> None:
    """Read the command line, and do what it asks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"any of {', '.join(CASES)}")
    parser.add_argument("--quick", action="store_true", help="play little of each")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the table there too")
    parser.add_argument("--alone", metavar="CASE", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    unknown = sorted({*asked.cases} - {*CASES})
    if unknown:
        parser.error(f"no such case: {', '.join(unknown)}; there are {', '.join(CASES)}")
    if asked.alone:
        print(json.dumps(_here(asked.alone, Size(quick=asked.quick))))
        return
    result = {
        "machine": _machine(),
        "quick": asked.quick,
        "cases": _all(asked.cases or list(CASES), quick=asked.quick),
    }
    print(as_text(result))
    if asked.write:
        _write(asked.write, result)


def _here(name: str, size: Size) -> dict[str, float]:
    """Play one case in this process."""
    found = CASES[name][1](size)
    usage = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return {**found, "peak_mb": max(usage) * 1024 / 1e6}


def _all(names: list[str], *, quick: bool) -> list[dict[str, object]]:
    """Play cases in turns, each time in a new process, and keep the fastest of each.

    Plain SimPy always plays too: it is what the others are compared with.
    """
    names = ["plain", *(name for name in names if name != "plain")]
    best: dict[str, dict[str, float]] = {}
    for turn in range(Size(quick=quick).rounds):
        for name in names:
            if turn and name in ONCE:
                continue
            print(f"turn {turn + 1}: {name}", end="\r", file=sys.stderr, flush=True)
            found = _elsewhere(name, quick=quick)
            if name not in best or _rate(found) > _rate(best[name]):
                best[name] = found
    print(" " * 40, end="\r", file=sys.stderr)
    return [
        {
            "name": name,
            "title": CASES[name][0],
            "contacts_per_second": round(_rate(best[name])),
            "ratio": round(_rate(best[name]) / _rate(best["plain"]), 2),
            **best[name],
        }
        for name in names
    ]


def _rate(found: dict[str, float]) -> float:
    """Give contacts per second; 0 where only years are counted."""
    return found.get("contacts", 0.0) / found["seconds"]


def _elsewhere(name: str, *, quick: bool) -> dict[str, float]:
    """Play one case in a process of its own."""
    command = [sys.executable, "-m", "benchmarks", "--alone", name, *(["--quick"] * quick)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name}:\n{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _write(folder: Path, result: dict[str, Any]) -> None:
    """Write the result as data, and its tables between the marks in the page about it."""
    data, page = folder / "benchmark.json", folder / "benchmark.md"
    data.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    text = "".join([before, BEGIN, "\n\n", as_markdown(result), "\n\n", end, after])
    page.write_text(text, encoding="utf-8")


def _machine() -> dict[str, object]:
    """Say on what it was measured."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "compiled": is_compiled(),
        **{name.lower(): version(name) for name in PACKAGES},
    }


def _processor() -> str:
    names = [
        line.split(":", 1)[1].strip()
        for line in _lines(Path("/proc/cpuinfo"))
        if line.startswith("model name")
    ]
    return names[0] if names else platform.processor() or "unknown"


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


if __name__ == "__main__":
    main()
