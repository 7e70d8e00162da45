"""The two places that a command writes to: its result on stdout, all else on stderr."""

import sys

from rich.console import Console


def make_tolerant() -> None:
    """Show a question mark where a terminal cannot show a sign, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def results() -> Console:
    """Give the console for results; plain text when it is not a terminal."""
    return _console(stderr=False)


def messages() -> Console:
    """Give the console for progress and messages."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def write(text: str) -> None:
    """Write a document to stdout, in UTF-8 and with the line ends that it has."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
        return
    buffer.write(text.encode())
    buffer.flush()
