"""Dataclasses of arrays as plain data, and back."""

from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, get_type_hints

import numpy as np

Own = TypeVar("Own")


def plain(own: object) -> dict[str, Any]:
    """Give a dataclass of arrays, and of other such dataclasses, as plain data."""
    assert is_dataclass(own)
    return {each.name: _part(getattr(own, each.name)) for each in fields(own)}


def _part(part: Any) -> dict[str, Any]:  # noqa: ANN401 - an array or a dataclass of them
    if is_dataclass(part):
        return plain(part)
    return {"of": part.dtype.name, "shape": part.shape, "flat": part.ravel().tolist()}


def read(kind: type[Own], told: dict[str, Any]) -> Own:
    """Read what `plain` gave."""
    hints = get_type_hints(kind)
    return kind(
        **{
            name: read(hints[name], part) if is_dataclass(hints[name]) else _array(part)
            for name, part in told.items()
        }
    )


def _array(part: dict[str, Any]) -> np.ndarray[Any, Any]:
    return np.array(part["flat"], dtype=part["of"]).reshape(part["shape"])
