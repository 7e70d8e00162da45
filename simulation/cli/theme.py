"""The file of a theme: read within bounds, and every problem in it told at once."""

from pathlib import Path
from typing import Final

from simulation.cli.problems import Stop
from simulation.report.shell import Theme
from simulation.scenario.problems import ScenarioError

LARGEST: Final = 1_000_000
"""Bytes. Tokens of a whole design system take a quarter of this; a few fonts fit as well."""


def read_theme(path: Path) -> Theme:
    """Read a theme.

    Raises
    ------
    Stop
        When the file cannot be read or is not in order.
    """
    # What reads style sheets is needed only where there is a theme.
    from simulation.report import theme  # noqa: PLC0415

    try:
        return theme.read_theme(_text(path), str(path))
    except ScenarioError as error:
        raise Stop(str(error)) from error


def _text(path: Path) -> str:
    """Read a file; no more of it than a theme may hold."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or error
        raise Stop(f"{path}: cannot be read: {reason}; name a file of CSS") from error
    if len(content) > LARGEST:
        remedy = "keep only tokens and fonts that the page uses"
        raise Stop(f"{path}: is larger than {LARGEST:,} bytes; {remedy}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Stop(f"{path}: byte {error.start} is not UTF-8; save it as UTF-8") from error
