"""Saying what may stand at a place of a scenario: ``a number from 0 to 1``."""

from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, WithJsonSchema

from simulation.scenario.anatomy import Spot, aliases, core
from simulation.scenario.values import YEARS

_SHOWN_KEYS = 6
_PLAIN_BELOW = 1e9
_YEARS = {YEARS.start, YEARS.stop - 1}


def wanted(spot: Spot, *, ranged: bool = True) -> str:
    """Describe what may stand at a place.

    Parameters
    ----------
    spot
        The place.
    ranged
        Whether to tell the bounds of a number too.
    """
    if spot.choice is None:
        return _noun(spot.kind, spot.metadata, ranged=ranged)
    kinds = [kind for kind in get_args(spot.choice) if kind is not type(None)]
    nouns = [
        _noun(spot.kind, spot.metadata, ranged=ranged)
        if core(kind) == spot.kind
        else _other(core(kind))
        for kind in kinds
    ]
    return ", or ".join(nouns)


def example(metadata: tuple[Any, ...]) -> str | None:
    """Give an example of a value that is written as a text, such as a duration."""
    for item in metadata:
        if isinstance(item, WithJsonSchema):
            return str((item.json_schema or {})["examples"][0])
    return None


def number(value: float) -> str:
    """Write a bound: ``1,000,000``, ``0.05``, ``1e12``; a year as ``1990``."""
    if value in _YEARS:
        return f"{value:.0f}"
    if abs(value) < _PLAIN_BELOW and value == int(value):
        return f"{value:,.0f}"
    return f"{value:g}".replace("e+", "e")


def _other(kind: object) -> str:
    """Describe another shape that the value may have."""
    if get_origin(kind) is not tuple:
        return _noun(kind, (), ranged=False)
    item = core(get_args(kind)[0])
    return "a list of them" if item in {int, float} else "a list of blocks"


def _noun(kind: object, metadata: tuple[Any, ...], *, ranged: bool) -> str:
    if (shown := example(metadata)) is not None:
        return f"a value such as '{shown}'"
    if kind in {int, float}:
        noun = "a whole number" if kind is int else "a number"
        return noun + (_range(metadata) if ranged else "")
    if get_origin(kind) in {Literal, tuple}:
        options = " or ".join(repr(option) for option in get_args(kind))
        return "a list" if get_origin(kind) is tuple else options
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return "a mapping with " + ", ".join(list(aliases(kind))[:_SHOWN_KEYS])
    return "a text" if kind is str else "true or false" if kind is bool else "a mapping"


def _range(metadata: tuple[Any, ...]) -> str:
    low = high = ""
    for bound in metadata:
        match bound:
            case Ge(ge=value):
                low = number(value)  # type: ignore[arg-type]
            case Gt(gt=value):
                low = f"above {number(value)}"  # type: ignore[arg-type]
            case Le(le=value):
                high = number(value)  # type: ignore[arg-type]
            case Lt(lt=value):
                high = f"{number(value)} (not included)"  # type: ignore[arg-type]
    if low and high:
        return f" {low} and up to {high}" if low.startswith("above") else f" from {low} to {high}"
    return f" from {low}" if low else f" up to {high}" if high else ""
