"""Assumptions moved: a scenario in which one value is another one, and shares still add up to 1."""

from collections.abc import Mapping

from pydantic import ValidationError

from simulation.scenario.load import validate
from simulation.scenario.problems import Plain
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import SECOND, format_duration, parse_duration

_ADD_UP = ("reasons", "sites", "to")
"""Keys under which shares stand that have to add up to 1."""

_ROUNDING = 1e-6


def amount(value: object) -> float | None:
    """Give a number as it is and a duration in seconds; None for anything else.

    Examples
    --------
    >>> amount("4 minutes"), amount(0.5), amount("often")
    (240.0, 0.5, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    try:
        return parse_duration(value) / SECOND
    except ValueError:
        return None


def value_at(scenario: Scenario, path: str) -> object:
    """Give what stands at a dotted path of a scenario; None where nothing does."""
    found: object = _part(scenario.model_dump(mode="json", by_alias=True), path.split("."))
    return found


def moved(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """Give a scenario in which values are other ones.

    Parameters
    ----------
    scenario : stays as it is
    values : numbers, and durations in seconds, by path; paths that it does not have are left out

    Raises
    ------
    ValueError
        When the scenario could not hold these values.

    Notes
    -----
    Shares that have to add up to 1 make room: those that were not moved keep their proportions.
    """
    plain: Plain = scenario.model_dump(mode="json", by_alias=True)
    groups: dict[str, list[str]] = {}
    for path, value in values.items():
        *parents, key = path.split(".")
        part = _part(plain, parents)
        if part is None or not _has(part, key):
            continue
        place, parent = int(key) if isinstance(part, list) else key, ".".join(parents)
        if parent in groups or _adds_up(part, parents):
            groups.setdefault(parent, []).append(key)
        part[place] = _like(part[place], value)
    for parent, keys in groups.items():
        _make_room(_part(plain, parent.split(".")), keys)
    try:
        return validate(plain)
    except ValidationError as error:
        raise ValueError(str(error.errors()[0]["msg"])) from error


def _part(plain: Plain, keys: list[str]) -> Plain:
    part = plain
    for key in keys:
        if part is None or not _has(part, key):
            return None
        part = part[int(key)] if isinstance(part, list) else part[key]
    return part


def _has(part: Plain, key: str) -> bool:
    if isinstance(part, list):
        return key.isdigit() and int(key) < len(part)
    return isinstance(part, dict) and part.get(key) is not None


def _like(before: object, value: float) -> object:
    """Write a value as the one that stands there: a duration, a whole number, a number."""
    if isinstance(before, str):
        return format_duration(round(value * SECOND))
    return round(value) if isinstance(before, int) and not isinstance(before, bool) else value


def _adds_up(part: Plain, parents: list[str]) -> bool:
    if not parents or not isinstance(part, dict):
        return False
    if not (parents[-1] in _ADD_UP or (parents[0] == "events" and parents[-1] == "channels")):
        return False
    numbers = [own for own in part.values() if isinstance(own, int | float)]
    return 1 < len(numbers) == len(part) and abs(sum(numbers) - 1.0) < _ROUNDING


def _make_room(shares: dict[str, float], keys: list[str]) -> None:
    """Let the shares that were not moved fill what is left; if too little is, all give way."""
    own = sum(shares[key] for key in keys)
    others = [key for key in shares if key not in keys]
    rest = sum(shares[key] for key in others)
    if own < 1.0 and rest > 0.0:
        for key in others:
            shares[key] *= (1.0 - own) / rest
        return
    total = own + rest
    for key in shares:
        shares[key] /= total
