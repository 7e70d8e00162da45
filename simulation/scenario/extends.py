"""A scenario that extends another one and says only what changes.

Mappings merge key by key; lists and single values replace what was inherited; ``null`` removes
a key. What only makes sense as a whole is replaced as a whole: an assumption, a distribution
of another family, a channel of another kind. Title and memo are never inherited.
"""

import os.path
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath

from simulation.scenario.problems import Path, Plain, Problem, ScenarioError, dotted, show
from simulation.scenario.yaml_text import MAX_BYTES, Document, Position, read_yaml

MAX_FILES = 10
"""Longest chain of files."""

OWN = ("title", "why")
"""Keys that every file of a chain gives itself."""

_SILENT = frozenset({"kanaalkompas", "extends", *OWN})


@dataclass(frozen=True)
class Chain:
    """A file merged with all it extends."""

    document: Document
    files: tuple[str, ...]
    """The file, the one it extends, and so on."""
    changes: tuple[str, ...]
    """Dotted paths that the file itself sets or removes, in order."""
    problems: tuple[Problem, ...] = ()
    """Problems that leave the document usable."""


def read_chain(name: str) -> Chain:
    """Read a file and everything it extends.

    Raises
    ------
    ScenarioError
        When a file of the chain cannot be read, is missing, or extends itself.
    """
    return _read(name, ())


def single(document: Document, name: str) -> Chain:
    """Treat a text without a file as a chain of one.

    Raises
    ------
    ScenarioError
        When it extends something.
    """
    own = _mapping(document)
    if "extends" in own:
        raise ScenarioError(
            [
                _problem(
                    document,
                    ("extends",),
                    "is only possible in a file",
                    "write the whole scenario",
                )
            ]
        )
    return Chain(document, (name,), tuple(_leaves(own, ())))


def _read(name: str, above: tuple[tuple[str, Position], ...]) -> Chain:
    """Read a file that was asked for by the files above it."""
    document = read_document(_content(name, above), name)
    own = _mapping(document)
    changes = tuple(_leaves(own, ()))
    if "extends" not in own:
        return Chain(document, (name,), changes)
    parent = _parent(name, document)
    links = (*above, (name, document.position(("extends",))))
    _refuse_bad_chain(parent, links)
    base = _read(parent, links)
    problems = tuple(_own_texts(document, own))
    return Chain(merge(base.document, document), (name, *base.files), changes, problems)


@lru_cache(maxsize=6 * MAX_FILES)
def read_document(content: bytes, name: str) -> Document:
    """Read a text once: the scenarios of a comparison extend the same file.

    Raises
    ------
    ScenarioError
        With every problem that can be found in the text itself.
    """
    return read_yaml(content, name)


def _content(name: str, above: tuple[tuple[str, Position], ...]) -> bytes:
    path = FilePath(name)
    try:
        if above and path.exists() and not (path.is_file() or path.is_dir()):
            raise _broken(above, name, "is not an ordinary file", "name a scenario file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        problem, remedy = "does not exist", "check the path; it is relative to the file itself"
    except IsADirectoryError:
        problem, remedy = "is a directory", "name a file"
    except (OSError, ValueError):
        problem, remedy = "cannot be read", "check the path and its permissions"
    if not above:
        if problem == "does not exist":
            remedy = "check the path"
        raise ScenarioError([Problem(name, None, "", None, f"the file {problem}", remedy)])
    raise _broken(above, name, problem, remedy)


def _broken(
    above: tuple[tuple[str, Position], ...], name: str, problem: str, remedy: str
) -> ScenarioError:
    """Point at the ``extends`` that asked for a file, with the chain up to it."""
    line = above[-1][1].line
    chain = " -> ".join([*(link for link, _ in above), name])
    what = f"{problem} ({chain})"
    file = above[-1][0]
    written = os.path.relpath(name, FilePath(file).parent)
    return ScenarioError([Problem(file, line, "extends", show(written), what, remedy)])


def _mapping(document: Document) -> dict[str, Plain]:
    if isinstance(document.data, dict):
        return document.data
    raise ScenarioError(
        [_problem(document, (), "is not a mapping", "begin with keys such as 'title:'")]
    )


def _problem(document: Document, path: Path, problem: str, remedy: str) -> Problem:
    position = document.position(path)
    value: Plain = document.data
    for step in path:
        value = value[step]
    return Problem(position.file, position.line, dotted(path), show(value), problem, remedy)


def _parent(name: str, document: Document) -> str:
    parent = document.data["extends"]
    if not isinstance(parent, str) or not parent.strip() or "\0" in parent:
        problem, remedy = "is not a file name", "write the path of one file, such as base.yaml"
    elif FilePath(parent).is_absolute():
        problem, remedy = "is an absolute path", "write it relative to the file itself"
    else:
        return os.path.normpath(FilePath(name).parent / parent)
    raise ScenarioError([_problem(document, ("extends",), problem, remedy)])


def _refuse_bad_chain(parent: str, links: tuple[tuple[str, Position], ...]) -> None:
    if os.path.realpath(parent) in [os.path.realpath(name) for name, _ in links]:
        raise _broken(links, parent, "makes a circle", "let one of them extend nothing")
    if len(links) >= MAX_FILES:
        raise _broken(links, parent, f"is more than {MAX_FILES} files deep", "extend fewer files")


def _own_texts(document: Document, own: dict[str, Plain]) -> Iterator[Problem]:
    position = document.position(())
    for key in OWN:
        if own.get(key) is None:
            yield Problem(
                position.file,
                position.line,
                key,
                None,
                f"'{key}' is missing",
                f"a scenario that extends another has a '{key}' of its own",
            )


def merge(base: Document, own: Document) -> Document:
    """Merge a document over the one it extends.

    Positions follow: what is inherited keeps the file and line where it was written.
    """
    inherited = {key: part for key, part in base.data.items() if key not in OWN}
    changed = {key: part for key, part in own.data.items() if key != "extends"}
    gone: set[Path] = set()
    data = _merged(inherited, changed, (), gone)
    kept = {path: where for path, where in base.positions.items() if not _under(path, gone)}
    return Document(data, {**kept, **own.positions})


def _merged(base: dict[str, Plain], own: dict[str, Plain], path: Path, gone: set[Path]) -> Plain:
    data = dict(base)
    for key, part in own.items():
        place = (*path, key)
        inherited = base.get(key)
        if part is None and key in base:
            data.pop(key)
            gone.add(place)
        elif isinstance(part, dict) and isinstance(inherited, dict) and not _whole(part, inherited):
            data[key] = _merged(inherited, part, place, gone)
        else:
            data[key] = part
            gone.add(place)
    return data


def _whole(part: dict[str, Plain], inherited: dict[str, Plain]) -> bool:
    """Tell whether a mapping replaces the inherited one as a whole."""
    if "value" in part or "family" in part:
        return True
    return "kind" in part and part["kind"] != inherited.get("kind")


def _under(path: Path, gone: set[Path]) -> bool:
    return any(path[:length] in gone for length in range(1, len(path) + 1))


def _leaves(part: Plain, path: Path) -> Iterator[str]:
    """Give the dotted path of everything a file sets; assumptions and lists count as one."""
    if isinstance(part, dict) and part and not {"value", "family"} & set(part):
        for key, inner in part.items():
            if path or key not in _SILENT:
                yield from _leaves(inner, (*path, key))
    elif path:
        yield dotted(path)
