"""Scenario files as the API takes them: each with its name, and those that they extend.

On a disk they may lie anywhere. Here they lie side by side, each called as it is on the disk, since
a result names it so; files that are called the same have a folder with a number. What they extend
is written accordingly.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from simulation.cli.problems import Stop
from simulation.scenario.extending import with_parent
from simulation.scenario.load import Loaded

_MOST_BYTES: Final = 240
"""Of a name that the API takes."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")

Sent = list[dict[str, str]]
"""Texts by ``name`` and ``text``."""

_File = tuple[str, ...]
"""Where a file really is, and then the one that it extends, and so on: what it says is theirs too.

A link that extends another file than what it leads to is so another file.
"""


def as_sent(loaded: Sequence[Loaded]) -> tuple[Sent, Sent]:
    """Give scenarios as they are sent, and the files that they extend.

    Parameters
    ----------
    loaded : scenarios

    Raises
    ------
    Stop
        When a file has a name that the API does not take, or is written in too odd a way.
    """
    asked = {_file(each.files): each.files[0] for each in loaded}
    paths = dict(asked)
    for each in loaded:
        for place, path in enumerate(each.files):
            paths.setdefault(_file(each.files[place:]), path)
    problems = "\n".join(_not_sent(paths.values()))
    if problems:
        raise Stop(problems)
    names = dict(zip(paths, _names(paths.values()), strict=True))
    sent = [
        {"name": names[file], "text": _text(path, names[file], names.get(file[1:]))}
        for file, path in paths.items()
    ]
    return sent[: len(asked)], sent[len(asked) :]


def _file(files: Sequence[str]) -> _File:
    return tuple(map(os.path.realpath, files))


def _names(paths: Iterable[str]) -> Iterator[str]:
    """Name files as on disk without folder and ending; number those that are called the same."""
    stems = [Path(path).stem for path in paths]
    alike, numbers = Counter(map(str.casefold, stems)), Counter[str]()
    for stem in stems:
        numbers[stem.casefold()] += 1
        yield stem if alike[stem.casefold()] == 1 else f"{numbers[stem.casefold()]}/{stem}"


def _not_sent(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        stem = Path(path).stem
        wrong = "a control character" if _CONTROL.search(stem) else None
        wrong = "a backslash" if "\\" in stem else wrong
        try:
            if len(stem.encode()) > _MOST_BYTES:
                wrong = f"more than {_MOST_BYTES} bytes"
        except UnicodeEncodeError:
            wrong = "what is no UTF-8"
        if wrong:
            yield f"{path!r}: cannot be sent, because its name has {wrong}; give it another name"


def _text(path: str, name: str, parent: str | None) -> str:
    """Read a file, and have it extend its parent by the name with which that one is sent."""
    text = Path(path).read_text(encoding="utf-8-sig")
    if parent is None:
        return text
    further = os.path.relpath(f"{parent}.yaml", PurePosixPath(name).parent)
    changed = with_parent(text, further, path)
    if changed is None:
        raise Stop(f"{path}: extends: write it on a line of its own, such as 'extends: today.yaml'")
    return changed
