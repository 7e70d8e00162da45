"""What is wrong with a scenario file, said so that its author can put it right.

Every problem names the file and line, the place in the scenario, the value that stands there,
what is wrong with it and what to write instead. A file is never refused with one problem when
there are six: they are collected and raised together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple

Path = tuple[str | int, ...]
"""A place in a scenario: keys, and positions in lists counted from 0."""

Plain = Any
"""Plain data: what JSON can hold."""

LONGEST_VALUE = 60
MOST_SHOWN = 60


class Finding(NamedTuple):
    """A problem at a place, before it is known in which file that was written."""

    path: Path
    value: str | None
    problem: str
    remedy: str


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong."""

    file: str
    """Name of the file, as it was given."""
    line: int | None
    """Line on which it stands, counted from 1; none when it concerns no line."""
    place: str
    """Dotted path in the scenario; empty for the file as a whole."""
    value: str | None
    """What stands there, shortened; none when it is about what is missing."""
    problem: str
    """What is wrong, continuing the value: ``is below 0``."""
    remedy: str
    """What to do instead: ``give a number from 0 to 1``."""
    column: int | None = None
    """Column on the line, counted from 1, where that helps to find it."""

    def __str__(self) -> str:
        """Write the problem on one line."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        if self.column is not None:
            where += f":{self.column}"
        what = self.problem if self.value is None else f"{self.value} {self.problem}"
        return ": ".join(part for part in (where, self.place, f"{what}; {self.remedy}") if part)


class ScenarioError(Exception):
    """A scenario file holds problems; all of them are in ``problems``."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Write a header and one line for each problem."""
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        lines = [f"{self.problems[0].file}: {count} {noun}" if count else "no problems"]
        lines += [f"  {problem}" for problem in self.problems[:MOST_SHOWN]]
        if count > MOST_SHOWN:
            lines.append(f"  ... and {count - MOST_SHOWN} more")
        return "\n".join(lines)


def dotted(path: Path) -> str:
    """Write a path as it is shown: ``teams.kcc.roster.0.heads``."""
    return ".".join(str(part) for part in path)


def show(value: object) -> str:
    """Show a value from a file briefly."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 4] + "..." + text[-1]


def suggest(name: object, known: Iterable[str]) -> str:
    """Say which known name was probably meant, or list the known ones."""
    names = list(known)
    if not names:
        return "none is known here"
    near = get_close_matches(str(name), names, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    listed = ", ".join(names[:MOST_SHOWN]) + (", ..." if len(names) > MOST_SHOWN else "")
    return f"known here: {listed}"
