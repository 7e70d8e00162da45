"""Where a document says something else than it should, leaf by leaf."""

import json
from collections.abc import Iterator
from math import isclose

from simulation.comparison.references import Flaw
from simulation.scenario.problems import LONGEST_VALUE, Plain, show


def close(one: float, other: float, slack: float = 1e-9) -> bool:
    """Tell whether two numbers are the same but for rounding in sums."""
    return isclose(one, other, rel_tol=1e-9, abs_tol=slack)


def differing(told: Plain, expected: Plain, place: str = "") -> Iterator[Flaw]:
    """Name the leaves of a document that are not those of the expected one.

    Measures and differences that are not in the expected one are left alone: their values in
    each replication are not kept.
    """
    if told == expected:
        return
    if isinstance(told, dict) and isinstance(expected, dict):
        optional = place.endswith((".measures", ".differences", ".step"))
        for key in expected if optional else dict.fromkeys([*expected, *told]):
            here = f"{place}.{key}" if place else str(key)
            if key not in told:
                yield Flaw(here, "is missing")
            elif key not in expected:
                yield Flaw(here, f"is {_brief(told[key])}, and there can be no such value")
            else:
                yield from differing(told[key], expected[key], here)
    elif isinstance(told, list) and isinstance(expected, list) and len(told) == len(expected):
        for number, pair in enumerate(zip(told, expected, strict=True)):
            yield from differing(*pair, f"{place}.{number}")
    elif not _nearly(told, expected):
        yield Flaw(
            place, f"is {_brief(told)}, and scenario and replications give {_brief(expected)}"
        )


def _brief(value: Plain) -> str:
    """Show a value, and a list of plain values whole if it is short."""
    text = json.dumps(value, ensure_ascii=False)
    return text if isinstance(value, list) and len(text) <= LONGEST_VALUE else show(value)


def _nearly(told: Plain, expected: Plain) -> bool:
    return _is_number(told) and _is_number(expected) and close(told, expected)


def _is_number(value: Plain) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
