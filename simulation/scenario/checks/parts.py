"""Going through all parts of a scenario, with the place of each in the file."""

from collections.abc import Iterator

from simulation.scenario.base import Part
from simulation.scenario.channels import Return
from simulation.scenario.problems import Path
from simulation.scenario.scenario import Scenario


def everything(part: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Give every value inside a part, itself included, with its path."""
    yield path, part
    if isinstance(part, Part):
        for name, field in type(part).model_fields.items():
            yield from everything(getattr(part, name), (*path, field.alias or name))
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from everything(value, (*path, key))
    elif isinstance(part, tuple) and part and isinstance(part[0], Part):
        for place, value in enumerate(part):
            yield from everything(value, (*path, place))


def returns(scenario: Scenario) -> Iterator[tuple[Path, str, Return]]:
    """Give every rule of coming back: its path, the channel it belongs to, the rule."""
    for path, part in everything(scenario.channels, ("channels",)):
        if isinstance(part, Return):
            yield path, str(path[1]), part
