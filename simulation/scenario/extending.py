"""Writing a scenario that extends another one: with other teams, or from another place."""

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import yaml

from simulation.scenario.extends import read_document
from simulation.scenario.problems import ScenarioError

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_./-]*\.yaml")
"""What YAML reads as a text without quotes."""


def with_teams(
    path: str | Path,
    out: Path,
    title: Mapping[str, str],
    why: Mapping[str, str],
    teams: Mapping[str, Any],
) -> dict[str, Any]:
    """Give the keys of a scenario file that extends another one and changes its teams.

    Parameters
    ----------
    path : of the scenario that is extended
    out : folder in which the new file will stand
    title, why : by language
    teams : what changes, by name
    """
    own = {"title": dict(title), "why": dict(why), "teams": dict(teams)}
    return {"extends": parent_from(path, out), **own}


def parent_from(path: str | Path, out: Path) -> str:
    """Give the path of a scenario as a file in a folder has to write it to extend it."""
    return Path(os.path.relpath(Path(path).resolve(), out.resolve())).as_posix()


def with_parent(text: str, parent: str, name: str) -> str | None:
    """Give a text that extends another file than it did; nothing else of it changes.

    Parameters
    ----------
    text : of a scenario that extends something
    parent : the path that it extends from now on
    name : of the file that has the text

    Returns
    -------
    None if it is written so that other parts of it would change too.
    """
    place = _place(text)
    if place is None:
        return None
    begin, end = place
    with suppress(ScenarioError):
        line = "\n" * text[begin:end].endswith("\n")
        # JSON is YAML, but not its pairs of escapes.
        written = parent if _PLAIN.fullmatch(parent) else json.dumps(parent, ensure_ascii=False)
        changed = text[:begin] + written + line + text[end:]
        wanted = {**read_document(text.encode(), name).data, "extends": parent}
        if read_document(changed.encode(), name).data == wanted:
            return changed
    return None


def _place(text: str) -> tuple[int, int] | None:
    """Find where a text says what it extends: the value of that key, from and until.

    None if the key itself stands elsewhere, as an alias or in a mapping that is merged.
    """
    depth, key, is_key = 0, "", True
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            is_key = is_key or depth == 1
        elif isinstance(event, yaml.NodeEvent):
            begin, end = event.start_mark, event.end_mark
            if depth == 1 and not is_key and key == "extends" and begin and end:
                return begin.index, end.index
            if depth == 1 and is_key:
                key = getattr(event, "value", "")
            if depth == 1:
                is_key = not is_key
            depth += isinstance(event, yaml.CollectionStartEvent)
    return None
