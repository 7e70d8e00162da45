"""Run the verification pack and write what it says on its page: ``make verify``.

Only what stands under the last heading is written, and only when everything agrees.
"""

import os
import platform
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from simulation import __version__
from simulation.experiment.workers import cores

PAGE = Path(__file__).parent / "verification.md"

HEADING = "## The last full run\n"
"""What follows this heading on the page is replaced."""

_RUN = """\

<!-- Written by docs/generate_verification.py. -->

Version {version} on {date}, Python {python}, NumPy {numpy}, {cores} cores: {taken} on the clock,
{used} of processor time.

```text
{report}
```
"""


def main() -> int:
    """Run, show and write; give the exit code."""
    begun = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-m", "simulation.cli.main", "verify"],
        check=False,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "96", "NO_COLOR": "1"},
        cwd=PAGE.parents[1],
    )
    sys.stdout.write(ended.stdout)
    if ended.returncode:
        sys.stderr.write(f"Not everything agrees; {PAGE.name} stays as it was.\n")
        return ended.returncode
    run = _RUN.format(
        version=__version__,
        date=f"{datetime.now(UTC):%-d %B %Y}",
        python=platform.python_version(),
        numpy=np.__version__,
        cores=cores(),
        taken=_minutes(time.monotonic() - begun),
        used=_minutes(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime),
        report=ended.stdout.strip("\n"),
    )
    prose, heading, _ = PAGE.read_text(encoding="utf-8").partition(HEADING)
    PAGE.write_text(prose + heading + run, encoding="utf-8")
    return 0


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


if __name__ == "__main__":
    sys.exit(main())
