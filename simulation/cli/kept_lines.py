"""Work kept on disk line by line, so that what was interrupted goes on where it was.

One line of JSON for each piece of work, with a check sum. A line that was cut off by a crash, or
that is not as it was written, is left out when the file is read, and its work is done again.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Self, TextIO
from zlib import crc32

from simulation.cli.output import explained

MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading a line that somebody else wrote may raise."""


class KeptLines:
    """A file of lines, open for more of them within its context.

    Parameters
    ----------
    path : of the file
    """

    def __init__(self, path: Path) -> None:
        self.path = path
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

    def write(self, line: dict[str, Any]) -> None:
        """Write down one piece of work; nothing while the file is not open.

        Raises
        ------
        Stop
            When that cannot be done.
        """
        if self._file is None:
            return
        with explained(self.path):
            self._file.write(json.dumps({**line, "check": _check_sum(line)}) + "\n")
            self._file.flush()


def whole_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Give the lines of a file that are as they were written; none where it cannot be read."""
    lines = []
    with suppress(OSError):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    for line in lines:
        with suppress(*MALFORMED):
            told = json.loads(line)
            if told.pop("check") == _check_sum(told):
                yield told


def _check_sum(line: dict[str, Any]) -> str:
    return f"{crc32(json.dumps(line).encode()):08x}"
