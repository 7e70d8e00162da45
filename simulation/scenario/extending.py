"""Writing a scenario that extends another one: the same organisation, with other teams."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


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
    extended = Path(os.path.relpath(Path(path).resolve(), out.resolve())).as_posix()
    return {"extends": extended, "title": dict(title), "why": dict(why), "teams": dict(teams)}
