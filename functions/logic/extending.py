"""What scenarios of a caller extend, as they may spell it.

A caller's file lies somewhere on his disk, beside the scenarios that ship or elsewhere, and says
from there what it extends: ``../scenarios/small-town/0-today.yaml``. Here only its name is known.
So a spelling is taken for the one scenario whose path is the end of it, and it is refused where
none is, or several.
"""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath

from simulation.scenario.extending import with_parent
from simulation.scenario.extends import read_document
from simulation.scenario.problems import Problem, ScenarioError


def settled(
    texts: Mapping[str, str], there: Collection[str], places: Collection[str], folder: Path
) -> dict[str, str]:
    """Give texts that extend what they may mean by the path it has here.

    Parameters
    ----------
    texts : of a caller, by path
    there : paths of all files that there are
    places : folders of scenarios that are asked about; see `meant`
    folder : in which they are laid out: a text that is known by its place there is read once
    """
    return {path: _settled(path, text, there, places, folder) for path, text in texts.items()}


def astray(
    texts: Mapping[str, str], there: Collection[str], places: Collection[str], folder: Path
) -> Iterator[Problem]:
    """Name texts that extend what is not there, or may be several: no other file is ever read."""
    for path, text in texts.items():
        parent = parent_of(text, folder / path)
        if parent is not None and _here(path, parent) not in there:
            several = meant(path, parent, there, places)
            known = [os.path.relpath(each, _folder(path)) for each in several or sorted(there)]
            said = "may be more than one file" if len(several) > 1 else "is not there"
            remedy = f"choose from {', '.join(known)}"
            yield Problem(path, None, "extends", parent, said, remedy)


def goes_back_to(others: Collection[str], path: str, folder: Path) -> bool:
    """Tell whether a file that was laid out is one of some others, or extends one.

    Only then it may be read: others extend what is not there.
    """
    seen: set[str] = set()
    if not others:  # mostly: then there is nothing to read
        return False
    while path not in seen and path not in others:
        seen.add(path)
        parent = parent_of((folder / path).read_text("utf-8"), folder / path)
        if parent is None:
            return False
        path = _here(path, parent)
    return path in others


def _settled(
    path: str, text: str, there: Collection[str], places: Collection[str], folder: Path
) -> str:
    parent = parent_of(text, folder / path)
    if parent is None or _here(path, parent) in there:
        return text
    found = meant(path, parent, there, places)
    if len(found) != 1:
        return text
    return with_parent(text, os.path.relpath(found[0], _folder(path)), str(folder / path)) or text


def _here(path: str, parent: str) -> str:
    return os.path.normpath(_folder(path) / parent)


def _folder(path: str) -> PurePosixPath:
    return PurePosixPath(path).parent


@lru_cache(maxsize=64)
def parent_of(text: str, place: Path) -> str | None:
    """Give what a text extends; what is wrong with the text itself is told when it is read."""
    with suppress(ScenarioError):
        data = read_document(text.encode(), str(place)).data
        parent = data.get("extends") if isinstance(data, dict) else None
        return parent if isinstance(parent, str) else None
    return None


def meant(path: str, parent: str, there: Collection[str], places: Collection[str]) -> list[str]:
    """Give the files that may be meant by what a file extends, if it is at no such place here.

    Parameters
    ----------
    path : of the file
    parent : what it extends
    there : paths of the files that there are
    places : folders of scenarios that are asked about, to choose between files of the same name

    Examples
    --------
    >>> ship = ["amsterdam/0-today.yaml", "small-town/0-today.yaml"]
    >>> meant("mine.yaml", "scenarios/small-town/0-today.yaml", ship, [])
    ['small-town/0-today.yaml']
    >>> meant("mine.yaml", "0-today.yaml", ship, [])
    ['amsterdam/0-today.yaml', 'small-town/0-today.yaml']
    >>> meant("mine.yaml", "0-today.yaml", ship, ["small-town"])
    ['small-town/0-today.yaml']
    """
    whole = PurePosixPath(re.sub(r"\.yml$", ".yaml", parent)).parts
    parts = [part for part in whole if part != ".."]
    ends = {"/".join(parts[place:]) for place in range(len(parts))}
    found = sorted((ends & set(there)) - {path})
    if found or len(parts) > 1:
        return found
    named = sorted(each for each in there if PurePosixPath(each).name in parts)
    near = [each for each in named if str(_folder(each)) in places]
    return near or named
