"""A stored result, read back: bytes that may have been cut off, edited or made by anybody."""

import json
import re
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulation.comparison.consistency import inconsistencies
from simulation.comparison.document import FORMAT, Result
from simulation.comparison.references import Flaw
from simulation.scenario.problems import Plain, show

_PLAIN = re.compile(r"[\w./\[\]-]+")


Document = TypeVar("Document", bound=BaseModel)


class NotAResult(Exception):
    """What was read is not a result that can be shown; ``flaws`` says why."""

    def __init__(self, flaws: list[Flaw]) -> None:
        self.flaws = flaws
        super().__init__(flaws)


def read(content: bytes) -> Result:
    """Read a result.

    Raises
    ------
    NotAResult
        With everything that is wrong with it.
    """
    result = read_as(content, Result, FORMAT)
    flaws = inconsistencies(result)
    if flaws:
        raise NotAResult(flaws)
    return result


def read_as(content: bytes, model: type[Document], name: str) -> Document:
    """Read a document of a format by its shape.

    Parameters
    ----------
    content : JSON in UTF-8
    model, name : the format, and what it is called in ``format``

    Raises
    ------
    NotAResult
        With everything that is wrong with its shape.
    """
    data = _json(content)
    found = _format(data)
    if found is None:
        raise _refused("is not a result of Kanaalkompas")
    if found != name:
        raise _refused(f"is {show(found)}, and this version reads {name!r}", "format")
    try:
        return model.model_validate_json(content, strict=True)
    except ValidationError as error:
        raise NotAResult(misshapen(error, data)) from None


def format_of(content: bytes) -> str:
    """Give the kind of a document, without its version; empty where it has none.

    Raises
    ------
    NotAResult
        When it is no JSON.
    """
    found = _format(_json(content))
    return found.partition("/")[0] if isinstance(found, str) else ""


def _format(data: Plain) -> Plain:
    return data.get("format") if isinstance(data, dict) else None


def _refused(problem: str, place: str = "") -> NotAResult:
    return NotAResult([Flaw(place, problem)])


class _Twice(dict[str, Plain]):
    """An object in which a key occurs twice."""

    keys_twice: tuple[str, ...] = ()


def _json(content: bytes) -> Plain:
    """Read JSON in UTF-8; keys that occur twice and numbers that are none are refused."""
    found: list[_Twice] = []

    def whole(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
        data = dict(pairs)
        if len(data) == len(pairs):
            return data
        keys = [key for key, _ in pairs]
        twice = _Twice(data)
        twice.keys_twice = tuple(key for key in data if keys.count(key) > 1)
        found.append(twice)
        return twice

    try:
        text = content.decode()
        data = json.loads(text, object_pairs_hook=whole, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise _refused(f"is not text in UTF-8 (byte {error.start + 1})") from None
    except RecursionError:
        raise _refused("is not complete JSON (too deeply nested)") from None
    except ValueError as error:
        raise _refused(f"is not complete JSON ({error})") from None
    if found:
        raise NotAResult(_twice(data, ""))
    return data


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON")


def _twice(data: Plain, place: str) -> list[Flaw]:
    """Find the places of keys that occur twice."""
    flaws = []
    if isinstance(data, _Twice):
        flaws += [Flaw(_under(place, key), "occurs twice") for key in data.keys_twice]
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, part in items:
        if isinstance(part, dict | list):
            flaws += _twice(part, _under(place, key))
    return flaws


def _under(place: str, key: str | int) -> str:
    name = str(key) if _PLAIN.fullmatch(str(key)) else show(key)
    return f"{place}.{name}" if place else name


def misshapen(error: ValidationError, data: Plain) -> list[Flaw]:
    """Put what validation finds into words, one for each place."""
    details = error.errors(include_url=False)
    flaws = {flaw.place: flaw for flaw in (_flaw(detail, data) for detail in reversed(details))}
    return list(flaws.values())[::-1]


def _flaw(detail: ErrorDetails, data: Plain) -> Flaw:
    """Name the place as far as it exists: what follows are names of alternatives."""
    place, node = "", data
    for part in detail["loc"]:
        inside = isinstance(node, dict) and part in node
        if not inside and not (isinstance(node, list) and isinstance(part, int)):
            if detail["type"] == "missing" and isinstance(node, dict):
                place = _under(place, part)
            break
        node, place = node[part], _under(place, part)
    if detail["type"] == "missing":
        return Flaw(place, "is missing")
    said = detail["msg"].removeprefix("Value error, ")
    return Flaw(place, f"{show(detail['input'])}: {said[:1].lower()}{said[1:]}")
