"""Scenario files as the API takes them: each with its name, and those that they extend."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from simulation.cli.problems import Stop
from simulation.scenario.load import Loaded

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}(/[A-Za-z0-9][A-Za-z0-9_-]{0,60})?")

Sent = list[dict[str, str]]
"""Texts by ``name`` and ``text``."""


def as_sent(loaded: Sequence[Loaded]) -> tuple[Sent, Sent]:
    """Give scenarios as they are sent, and the files that they extend.

    Parameters
    ----------
    loaded : scenarios

    Raises
    ------
    Stop
        When a file has a name that the API does not take.
    """
    asked = [Path(os.path.realpath(each.files[0])) for each in loaded]
    all_files = {Path(os.path.realpath(file)): None for each in loaded for file in each.files}
    base = Path(os.path.commonpath([file.parent for file in all_files]))
    names = {file: file.relative_to(base).with_suffix("").as_posix() for file in all_files}
    problems = list(_not_sent(names))
    if problems:
        raise Stop("\n".join(problems))
    texts = {file: _read(file) for file in all_files}
    scenarios = [{"name": names[file], "text": texts[file]} for file in asked]
    others = [file for file in all_files if file not in asked]
    return scenarios, [{"name": names[file], "text": texts[file]} for file in others]


def _not_sent(names: dict[Path, str]) -> Iterator[str]:
    for file, name in names.items():
        if file.suffix != ".yaml" or _NAME.fullmatch(name) is None:
            yield (
                f"{file}: cannot be sent as {name!r}; use letters, digits, - and _, end it with "
                ".yaml, and keep scenarios that extend each other in one folder, or in folders "
                "side by side"
            )


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8-sig")
