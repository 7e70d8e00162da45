"""Putting what validation finds into words: place, value, bound, remedy."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from simulation.scenario.anatomy import Spot, aliases, walk
from simulation.scenario.problems import Finding, Path, Plain, show, suggest
from simulation.scenario.wanted import number, wanted

KEY = "[key]"
"""Pydantic's mark for an error in a key."""

_KEY_ERRORS = frozenset({"string_pattern_mismatch", "value_error"})


def explain(
    errors: Sequence[ErrorDetails], model: type[BaseModel], data: Plain, *, at: Path = ()
) -> list[Finding]:
    """Translate validation errors.

    Parameters
    ----------
    errors
        What ``ValidationError.errors()`` gives.
    model
        The model that was validated.
    data
        The plain data that was offered to it.
    at
        Path of the data in the file.

    Returns
    -------
    list of Finding
        One for each place, in the order of the errors.
    """
    return [_finding(error, spot, at) for error, spot in locate(errors, model, data)]


def locate(
    errors: Sequence[ErrorDetails], model: type[BaseModel], data: Plain
) -> list[tuple[ErrorDetails, Spot]]:
    """Give each error its spot, keeping one for a value that fails several alternatives."""
    spots = [(error, walk(model, _location(error), data)) for error in errors]
    fitting = {spot.path for _, spot in spots if spot.fits}
    kept: dict[Path, tuple[ErrorDetails, Spot]] = {}
    for error, spot in spots:
        if not spot.fits and any(_inside(path, spot.path) for path in fitting):
            continue
        if error["type"] == "too_short" and _long_enough(error):
            continue
        kept.setdefault((*spot.path, KEY) if _in_key(error) else spot.path, (error, spot))
    return list(kept.values())


def _location(error: ErrorDetails) -> list[str | int]:
    return list(error["loc"][:-1] if _in_key(error) else error["loc"])


def _in_key(error: ErrorDetails) -> bool:
    """Tell whether an error is in a name itself, not in what stands under it."""
    return error["loc"][-1:] == (KEY,) and error["type"] in _KEY_ERRORS


def _inside(path: Path, outer: Path) -> bool:
    return path[: len(outer)] == outer


def _long_enough(error: ErrorDetails) -> bool:
    """Tell whether a list only seems short because its items have problems of their own."""
    given = error["input"]
    return isinstance(given, list | dict) and len(given) >= error["ctx"]["min_length"]


def _finding(error: ErrorDetails, spot: Spot, at: Path) -> Finding:
    path = at + spot.path
    if _in_key(error) and error["type"] != "value_error":
        name = str(spot.path[-1])
        return Finding(path, show(name), "is not a name", _NAME)
    if error["type"] == "value_error":
        return _own_words(path, error, spot)
    value, problem, remedy = _WORDS.get(error["type"], _type)(error, spot)
    return Finding(path, value, problem, remedy)


_NAME = "write small letters, digits and underscores, beginning with a letter, at most 40"
Words = tuple[str | None, str, str]


def _own_words(path: Path, error: ErrorDetails, spot: Spot) -> Finding:
    """Split a message of our own validators: what is wrong; what to do."""
    said = str(error["ctx"]["error"])
    problem, _, remedy = said.partition("; ")
    shown = repr(error["input"])
    if isinstance(spot.value, str | int | float) and problem.startswith(shown):
        problem = problem.removeprefix(shown).strip()
        return Finding(path, show(error["input"]), problem, remedy or "change it")
    return Finding(path, None, problem, remedy or "change one of them")


def _unknown(_: ErrorDetails, spot: Spot) -> Words:
    known = aliases(spot.owner) if spot.owner is not None else {}
    hint = suggest(spot.path[-1], known)
    if spot.value is None and hint.startswith("known"):
        hint += " (a text with a comma between braces needs quotes)"
    return None, f"unknown key '{spot.path[-1]}'", hint


def _missing(_: ErrorDetails, spot: Spot) -> Words:
    return None, f"'{spot.path[-1]}' is missing", f"give {wanted(spot)}"


def _out_of_bounds(error: ErrorDetails, spot: Spot) -> Words:
    (name, bound), *_ = error["ctx"].items()
    where = {"ge": "below", "le": "above", "gt": "not above", "lt": "not below"}[name]
    return show(error["input"]), f"is {where} {number(bound)}", f"give {wanted(spot)}"


def _literal(error: ErrorDetails, spot: Spot) -> Words:
    if isinstance(error["input"], dict | list):
        return _type(error, spot)
    if spot.path == ("kanaalkompas",):
        return show(error["input"]), "is not a known version of the format", "write 1"
    options = [str(option) for option in get_args(spot.kind)]
    return show(error["input"]), f"is not {wanted(spot)}", _choose(error["input"], options)


def _enum(error: ErrorDetails, spot: Spot) -> Words:
    assert isinstance(spot.kind, type)
    assert issubclass(spot.kind, Enum)
    options = [str(option.value) for option in spot.kind]
    return show(error["input"]), "is not known here", _choose(error["input"], options)


def _choose(given: object, options: list[str]) -> str:
    hint = suggest(given, options)
    return hint if hint.startswith("did") else "write " + " or ".join(options)


def _tag(error: ErrorDetails, _: Spot) -> Words:
    ctx = error["ctx"]
    options = [option.strip("' ") for option in str(ctx["expected_tags"]).split(",")]
    key = str(ctx["discriminator"]).strip("'")
    return None, f"{key} {show(ctx['tag'])} is not known", _choose(ctx["tag"], options)


def _no_tag(error: ErrorDetails, spot: Spot) -> Words:
    key = str(error["ctx"]["discriminator"]).strip("'")
    models = [model for model in get_args(spot.kind) if key in model.model_fields]
    options = [str(tag) for m in models for tag in get_args(m.model_fields[key].annotation)]
    return None, f"'{key}' is missing", _choose("", options)


def _pattern(error: ErrorDetails, _: Spot) -> Words:
    if str(error["ctx"]["pattern"]).startswith("^[a-z]"):
        return show(error["input"]), "is not a name", _NAME
    return show(error["input"]), "is not a date", "write 2019, 2019-03 or 2019-03-31"


def _length(error: ErrorDetails, _: Spot) -> Words:
    ctx, given = error["ctx"], error["input"]
    if isinstance(given, str):
        most = ctx.get("max_length")
        too_long = f"is longer than {most:,} characters" if most else "is empty"
        return show(given), too_long, "shorten it" if most else "write something, or leave it out"
    count = f"has {len(given)} item{'' if len(given) == 1 else 's'}"
    least, most = ctx.get("min_length"), ctx.get("max_length")
    return show(given), count, f"give at least {least}" if least else f"give at most {most}"


def _type(error: ErrorDetails, spot: Spot) -> Words:
    return show(error["input"]), f"is not {wanted(spot, ranged=False)}", f"give {wanted(spot)}"


_WORDS: dict[str, Callable[[ErrorDetails, Spot], Words]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "greater_than_equal": _out_of_bounds,
    "less_than_equal": _out_of_bounds,
    "greater_than": _out_of_bounds,
    "less_than": _out_of_bounds,
    "literal_error": _literal,
    "enum": _enum,
    "union_tag_invalid": _tag,
    "union_tag_not_found": _no_tag,
    "string_pattern_mismatch": _pattern,
    "too_short": _length,
    "too_long": _length,
    "string_too_short": _length,
    "string_too_long": _length,
}
