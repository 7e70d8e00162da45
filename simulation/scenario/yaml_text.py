"""YAML as people mean it, with the line of every value.

Scalars follow the core schema of YAML 1.2, so ``10:30``, ``2026-01-05``, ``yes`` and ``off``
stay the texts they look like. What a scenario never needs is refused: tags, duplicate keys,
keys that are not texts, several documents, recursion, and aliases that expand to a bomb. The
size of what aliases stand for is computed from the parts, without expanding anything.
"""

import math
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from simulation.scenario.problems import Path, Plain, Problem, ScenarioError, dotted, show

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_DIGITS = 40

_TAG = "tag:yaml.org,2002:"
_NUMBER = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
_CORE = (
    ("null", r"^(?:null|Null|NULL|~|)$", ["n", "N", "~", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    ("float", rf"^(?:{_NUMBER}|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$", list("-+.0123456789")),
)


class Position(NamedTuple):
    """Where something was written."""

    file: str
    line: int


@dataclass(frozen=True)
class Document:
    """Plain data, and where each part of it was written."""

    data: Plain
    positions: dict[Path, Position] = field(repr=False)

    def position(self, path: Path) -> Position:
        """Give the position of a path, or of the nearest part around it."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions[path]


class _Mark(Protocol):
    """A place in the text, as PyYAML gives it: line and column counted from 0."""

    line: int
    column: int


class _Refused(Exception):
    """The file cannot be read any further."""

    def __init__(self, mark: _Mark | None, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.mark, self.problem, self.remedy = mark, problem, remedy


class _Loader(yaml.SafeLoader):
    """PyYAML's composer with the scalars of YAML 1.2 and with bounds."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.open_anchors: list[str | None] = []
        self.sizes: dict[int, tuple[int, int]] = {}
        self.tagged: list[tuple[_Mark, str]] = []

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        """Compose one node, refusing what a scenario must not hold."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            if event.anchor in self.open_anchors:
                raise _Refused(event.start_mark, "an alias contains itself", "write it out")
        elif getattr(event, "tag", None) is not None:
            self.tagged.append((event.start_mark, event.tag))
        if len(self.open_anchors) >= MAX_DEPTH:
            raise _Refused(
                event.start_mark, f"nested deeper than {MAX_DEPTH} levels", "make it flatter"
            )
        self.open_anchors.append(getattr(event, "anchor", None))
        node = super().compose_node(parent, index)
        self.open_anchors.pop()
        if node is not None:
            self._measure(node)
        return node

    def _measure(self, node: Node) -> None:
        if id(node) in self.sizes or isinstance(node, ScalarNode):
            return
        if isinstance(node, MappingNode):
            children = [child for pair in node.value for child in pair]
        else:
            children = list(node.value)
        sizes = [self.sizes.get(id(child), (1, 1)) for child in children]
        nodes = 1 + sum(size[0] for size in sizes)
        depth = 1 + max((size[1] for size in sizes), default=0)
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            raise _Refused(
                node.start_mark,
                f"holds more than {MAX_NODES:,} values or {MAX_DEPTH} levels, aliases written out",
                "make the file smaller and flatter",
            )
        self.sizes[id(node)] = nodes, depth


for _name, _pattern, _first in _CORE:
    _Loader.add_implicit_resolver(_TAG + _name, re.compile(_pattern), _first)


def read_yaml(content: bytes | str, file: str) -> Document:
    """Read one YAML document.

    Parameters
    ----------
    content
        The text, or its bytes in UTF-8.
    file
        Name used in problems.

    Raises
    ------
    ScenarioError
        With every problem that can be found.
    """
    try:
        root, loader = _compose(_decode(content))
    except _Refused as refused:
        raise ScenarioError([_problem(file, refused)]) from None
    if loader.tagged:
        refusals = [
            _Refused(mark, f"the tag {show(tag)} is not allowed", "leave it out")
            for mark, tag in loader.tagged
        ]
        raise ScenarioError(_problem(file, refusal) for refusal in refusals)
    reader = _Reader(file)
    data = reader.plain(root, ())
    if reader.problems:
        raise ScenarioError(reader.problems)
    return Document(data, reader.positions)


def _problem(file: str, refused: _Refused) -> Problem:
    mark = refused.mark
    line, column = (None, None) if mark is None else (mark.line + 1, mark.column + 1)
    return Problem(file, line, "", None, refused.problem, refused.remedy, column)


def _decode(content: bytes | str) -> str:
    size = len(content)
    if size > MAX_BYTES:
        raise _Refused(None, f"{size:,} bytes is more than {MAX_BYTES:,}", "make the file smaller")
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n")
        mark = yaml.Mark(
            "", error.start, line, error.start - content.rfind(b"\n", 0, error.start) - 1, None, 0
        )
        raise _Refused(mark, "is not UTF-8 text", "save the file as UTF-8") from None


def _compose(text: str) -> tuple[Node, _Loader]:
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        raise _Refused(
            _mark_at(text, error.position),
            f"the character U+{error.character:04X} is not allowed"
            if isinstance(error.character, int)
            else "a control character is not allowed",
            "remove it",
        ) from None
    except yaml.MarkedYAMLError as error:
        raise _syntax(error) from None
    except (ValueError, OverflowError):  # an escape or version number that no reader can hold
        raise _Refused(None, "holds a number that is too large", "look for \\U or %YAML") from None
    if root is None:
        raise _Refused(None, "the file is empty", "write a scenario; 'init' gives an example")
    return root, loader


def _mark_at(text: str, place: int) -> _Mark:
    line_start = text.rfind("\n", 0, place) + 1
    return yaml.Mark("", place, text.count("\n", 0, place), place - line_start, None, 0)


def _syntax(error: yaml.MarkedYAMLError) -> _Refused:
    mark = error.problem_mark or error.context_mark
    said = error.problem or "cannot be read"
    if "but found another document" in said:
        return _Refused(mark, "a second document begins", "write one scenario in a file")
    if "\\t" in said or "'\t'" in said:
        return _Refused(mark, "a tab stands in the indentation", "indent with spaces")
    if "undefined alias" in said:
        return _Refused(mark, said.replace("found undefined", "undefined"), "define it first")
    context = f" {error.context}" if error.context else ""
    return _Refused(
        mark,
        f"is not valid YAML:{context} {said}".replace("\n", " "),
        "check indentation, colons and quotes just before this place",
    )


def _is_key(node: Node) -> bool:
    """Tell whether a node can be a key: a text, or a year as people write it."""
    return isinstance(node, ScalarNode) and (
        node.tag == _TAG + "str" or re.fullmatch(r"[12][0-9]{3}", node.value) is not None
    )


class _Reader:
    """Turns nodes into plain data, collecting positions and problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.positions: dict[Path, Position] = {}
        self.problems: list[Problem] = []

    def plain(self, node: Node, path: Path) -> Plain:
        """Give the plain data of a node and remember where everything stands."""
        self.positions.setdefault(path, Position(self.file, node.start_mark.line + 1))
        if isinstance(node, ScalarNode):
            return self._scalar(node, path)
        if isinstance(node, SequenceNode):
            return [self.plain(child, (*path, i)) for i, child in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: Node, path: Path) -> dict[str, Plain]:
        data: dict[str, Plain] = {}
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not _is_key(key_node):
                scalar = isinstance(key_node, ScalarNode)
                shown = key_node.value if scalar else "a list or mapping"
                self._refuse(key_node, path, shown, "is not a text", "write a name as key")
                continue
            key = key_node.value
            if key in data:
                self._refuse(
                    key_node,
                    (*path, key),
                    None,
                    f"the key '{key}' was written on line {first_lines[key]} already",
                    "keep one of them",
                )
                continue
            first_lines[key] = line
            self.positions[*path, key] = Position(self.file, line)
            data[key] = self.plain(value_node, (*path, key))
        return data

    def _scalar(self, node: ScalarNode, path: Path) -> Plain:
        text: str = node.value
        kind = node.tag.removeprefix(_TAG)
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind in {"int", "float"}:
            return self._number(node, path, kind)
        if any("\ud800" <= character <= "\udfff" for character in text):
            self._refuse(node, path, None, "half a character (\\uD800 to \\uDFFF)", "remove it")
        return text

    def _number(self, node: ScalarNode, path: Path, kind: str) -> int | float:
        text: str = node.value
        if len(text) > MAX_DIGITS:
            self._refuse(node, path, show(text), "is too long a number", "round it")
            return 0
        if kind == "int":
            return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
        number = math.nan if text[-1] in "fFnN" else float(text)
        if not math.isfinite(number):
            self._refuse(node, path, text, "is not a finite number", "give a finite number")
            return 0
        return number

    def _refuse(self, node: Node, path: Path, value: str | None, problem: str, remedy: str) -> None:
        mark = node.start_mark
        self.problems.append(
            Problem(self.file, mark.line + 1, dotted(path), value, problem, remedy, mark.column + 1)
        )
