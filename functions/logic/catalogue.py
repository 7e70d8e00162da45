"""What ships: scenarios, and the assumptions in them."""

from functools import cache
from typing import Any

from functions.logic.question import SHIPPED, shipped
from simulation.scenario.load import load
from simulation.scenario.yaml_text import read_yaml

Plain = dict[str, Any]


@cache
def read_shipped() -> dict[str, Plain]:
    """Give what stands in each scenario file that ships, by name, in order."""
    return {
        name: read_yaml((SHIPPED / f"{name}.yaml").read_bytes(), name).data for name in shipped()
    }


@cache
def scenario_views() -> tuple[Plain, ...]:
    """Give name, title in both languages and what it extends of each scenario that ships."""
    return tuple(_scenario(name, data) for name, data in read_shipped().items())


def _scenario(name: str, data: Plain) -> Plain:
    title = data["title"]
    parent = data.get("extends")
    return {
        "name": name,
        "title": title if isinstance(title, dict) else {"nl": title, "en": title},
        "extends": parent and f"{name.rpartition('/')[0]}/{parent.removesuffix('.yaml')}",
    }


@cache
def assumption_views(name: str | None = None) -> tuple[Plain, ...]:
    """Give the assumptions of a scenario that ships, those that it takes over included.

    Parameters
    ----------
    name : of the scenario; all of them if None, each assumption once with its scenarios

    Raises
    ------
    LookupError
        When no such scenario ships.
    """
    names = shipped()
    if name is not None and name not in names:
        raise LookupError(name)
    found: dict[tuple[str, str], Plain] = {}
    for own in names if name is None else [name]:
        for each in load(SHIPPED / f"{own}.yaml").assumptions:
            plain = each.assumption.model_dump(mode="json")
            told = found.setdefault(
                (each.path, str(plain)), {"path": each.path, "scenarios": [], **plain}
            )
            told["scenarios"].append(own)
    return tuple(found.values())
