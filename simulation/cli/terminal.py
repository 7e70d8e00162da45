"""The two places that a command writes to: its result on stdout, all else on stderr."""

import codecs
import os
import sys
import unicodedata
from typing import TYPE_CHECKING, Final

from simulation.cli.folding import fold, glued

if TYPE_CHECKING:  # rich takes as long to import as all the rest of a command that prints plainly
    from rich.console import Console
    from rich.text import Text

PIPED: Final = 100
"""Columns of a result that goes to a file or another command, unless COLUMNS says otherwise."""

NARROWEST: Final = 40
WIDEST_PROSE: Final = 100
"""Columns within which sentences stay: longer lines are hard to read."""

_SIGNS: Final = {"✓": "+", "✗": "x", "≈": "~", "−": "-", "–": "-", "─": "-", "€": "EUR", "’": "'"}
"""What stands for a sign that a terminal cannot show."""


def make_tolerant() -> None:
    """Show something near where a terminal cannot show a sign, instead of failing."""
    codecs.register_error("kanaalkompas", _near)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="kanaalkompas")


def _near(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_SIGNS.get(sign, "?") for sign in signs), error.end


def visible(text: str) -> str:
    """Spell out what a terminal would do and not show: a text from elsewhere may clear the screen.

    Spaces of every width stay as they are.
    """
    return "".join(
        sign
        if sign.isprintable() or unicodedata.category(sign) == "Zs"
        else sign.encode("unicode_escape").decode()
        for sign in text
    )


def results() -> "Console":
    """Give the console for results; plain text when it is not a terminal."""
    return _console(stderr=False)


def messages() -> "Console":
    """Give the console for progress and messages."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> "Console":
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    told = os.environ.get("COLUMNS", "").isdigit()
    width = console.width if told or console.is_terminal else PIPED
    console.width = max(NARROWEST, width)
    return console


def put(console: "Console", line: "Text") -> None:
    """Print a line as it is: not broken, not cut."""
    console.print(line, soft_wrap=True)


def put_prose(console: "Console", sentence: str, style: str = "") -> None:
    """Print a sentence, broken at spaces and never between a figure and what it counts."""
    from rich.text import Text  # noqa: PLC0415

    for line in fold(glued(sentence), min(console.width, WIDEST_PROSE)):
        put(console, Text(line, style))


def write(text: str) -> None:
    """Write a document to stdout, in UTF-8 and with the line ends that it has."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
        return
    buffer.write(text.encode())
    buffer.flush()
