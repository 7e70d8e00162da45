"""Finding one's way in the models: what may stand at a place of a scenario.

Validation reports a place with the names of union branches mixed in. Walking the models along
it gives the place as it is in the file, and what the format knows there.
"""

import types
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulation.scenario.problems import Path, Plain

MISSING = object()
"""Stands for a value that is not in the file."""


@dataclass(frozen=True)
class Spot:
    """A place in a scenario, and what the format has there."""

    kind: object
    """Type that is expected, without its annotations; None if the format knows nothing here."""
    metadata: tuple[Any, ...]
    """Annotations of that type, such as bounds."""
    value: Plain
    """Plain data at the place."""
    path: Path = ()
    """Place in the file."""
    owner: type[BaseModel] | None = None
    """Model of which the last key is a field."""
    optional: bool = False
    """Whether that field may be left out."""
    fits: bool = True
    """Whether the branches taken are the ones that were meant, judging by the data's shape."""
    choice: object = None
    """The union of shapes that the place may have, if there are several."""


def aliases(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Give the fields of a model by the key they have in a file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def walk(root: object, loc: Iterable[str | int], value: Plain) -> Spot:
    """Follow a place as pydantic reports it, from a type and the data given for it."""
    spot = _bare(Spot(root, (), value))
    for step in loc:
        spot = _branch(spot, step) if is_union(spot.kind) else _enter(spot, step)
        spot = _bare(spot)
    return spot


def annotations(metadata: Iterable[object]) -> tuple[object, ...]:
    """Give the annotations of a type one by one, also those inside a ``Field``."""
    return tuple(
        item for one in metadata for item in (one.metadata if isinstance(one, FieldInfo) else [one])
    )


def _bare(spot: Spot) -> Spot:
    """Take off annotations, and the choice of leaving a value out."""
    while True:
        if get_origin(spot.kind) is Annotated:
            spot = replace(
                spot,
                kind=get_args(spot.kind)[0],
                metadata=spot.metadata + get_args(spot.kind)[1:],
            )
        elif is_union(spot.kind) and len(_branches(spot.kind)) == 1:
            spot = replace(spot, kind=_branches(spot.kind)[0])
        else:
            flat = annotations(spot.metadata)
            choice = spot.kind if is_union(spot.kind) and not _tagged(spot.kind) else spot.choice
            return replace(spot, metadata=flat, choice=choice)


def is_union(kind: object) -> bool:
    """Tell whether a type is a choice between types."""
    return get_origin(kind) in {Union, types.UnionType}


def _tagged(kind: object) -> bool:
    """Tell whether each branch of a union is a model that a key such as ``kind`` names."""
    return all(
        isinstance(branch, type) and issubclass(branch, BaseModel) and bool(_tags(branch))
        for branch in _branches(kind)
    )


def _branches(kind: object) -> list[object]:
    return [branch for branch in get_args(kind) if branch is not type(None)]


def core(kind: object) -> object:
    """Take the annotations off a type."""
    return core(get_args(kind)[0]) if get_origin(kind) is Annotated else kind


def _branch(spot: Spot, label: str | int) -> Spot:
    """Take the branch of a union that a label of pydantic names."""
    kinds = _branches(spot.kind)
    models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    for model in models:
        if label in _tags(model):
            return replace(spot, kind=model, metadata=(), choice=None)
    for kind in kinds:
        bare = core(kind)
        shape = _shape(bare)
        named = {"dict": getattr(bare, "__name__", ""), "list": "tuple["}.get(shape, "")
        if named and str(label).startswith(named):
            return _chosen(spot, kind, shape)
    scalar = next(kind for kind in kinds if _shape(core(kind)) == "scalar")
    return _chosen(spot, scalar, "scalar")


def _chosen(spot: Spot, kind: object, shape: str) -> Spot:
    written = type(spot.value).__name__ if isinstance(spot.value, dict | list) else "scalar"
    return replace(spot, kind=kind, metadata=(), fits=spot.fits and shape == written)


def _shape(bare: object) -> str:
    """Tell whether a type is written as a mapping (dict), a list or a scalar."""
    if get_origin(bare) is tuple:
        return "list"
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return "dict"
    return "scalar"


def _tags(model: type[BaseModel]) -> tuple[Any, ...]:
    for name in ("kind", "family"):
        field = model.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is Literal:
            return get_args(field.annotation)
    return ()


def _enter(spot: Spot, step: str | int) -> Spot:
    """Go one key or one place in a list deeper."""
    inside = replace(spot, path=(*spot.path, step), value=_item(spot.value, step), metadata=())
    inside = replace(inside, owner=None, optional=False, choice=None)
    kind = spot.kind
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = aliases(kind).get(str(step))
        if field is None:
            return replace(inside, kind=None, owner=kind, optional=True)
        return replace(
            inside,
            kind=field.annotation,
            metadata=tuple(field.metadata),
            owner=kind,
            optional=not field.is_required(),
        )
    if get_origin(kind) is dict:
        return replace(inside, kind=get_args(kind)[1])
    if get_origin(kind) is tuple:
        return replace(inside, kind=get_args(kind)[0])
    return replace(inside, kind=None)


def _item(value: Plain, step: str | int) -> Plain:
    if isinstance(value, dict):
        return value.get(step, MISSING)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return MISSING
