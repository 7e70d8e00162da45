"""What it takes to be an identity: something that holds in every run, exactly."""

from collections.abc import Callable
from math import isclose

from simulation.verification.played import Played

Identity = Callable[[Played], None]
"""Looks at a run; its docstring says what holds. Raises `Broken` where it does not."""


class Broken(Exception):
    """An identity does not hold; the text says where."""


def hold(condition: object, place: object = "") -> None:
    """See that something holds; unlike an assertion also where Python leaves those out.

    Raises
    ------
    Broken
        When it does not.
    """
    if not condition:
        raise Broken(str(place))


def near(one: float, other: float) -> bool:
    """Tell whether two sums of hours are the same but for rounding."""
    return isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)
