"""Shifts: how long people work, when they may begin, how they rest, and their contracts.

The rules of the Dutch Working Hours Act (Arbeidstijdenwet) hold where a scenario says nothing
else. A roster of real people is made within them; a simulation by heads does not look at them.
"""

from typing import Annotated

from pydantic import Field

from simulation.scenario.base import Part
from simulation.scenario.blocks import Block
from simulation.scenario.values import DAY, HOUR, MINUTE, Duration

LONGEST_SHIFT = 10 * HOUR
"""Beyond it the law asks a second break (Arbeidstijdenwet, article 5:4)."""

FINEST = 5 * MINUTE
"""Lengths and breaks are multiples of it."""


class ExtraPay(Block):
    """A part of the week in which an hour is paid more."""

    share: Annotated[float, Field(ge=0, le=3)]
    """What comes on top, as a share of the pay of an hour."""


def _irregular_hours() -> tuple[ExtraPay, ...]:
    """Give what CAR-UWO, article 3:11, pays for irregular hours."""
    workdays, saturday, sunday = (0, 1, 2, 3, 4), (5,), (6,)
    parts = (
        (workdays, 0, 6, 0.40),
        (workdays, 6, 8, 0.20),
        (workdays, 18, 22, 0.20),
        (workdays, 22, 24, 0.40),
        (saturday, 0, 24, 0.40),
        (sunday, 0, 24, 0.65),
    )
    return tuple(
        ExtraPay.model_construct(
            days=days,
            start=begin * HOUR,
            until=min(end * HOUR, DAY),
            first_date=None,
            last_date=None,
            share=share,
        )
        for days, begin, end, share in parts
    )


class Shifts(Part):
    """What a shift and a contract can be, for rosters of people."""

    lengths: Annotated[tuple[Duration, ...], Field(min_length=1, max_length=8)] = (
        4 * HOUR,
        6 * HOUR,
        8 * HOUR,
    )
    """Hours of work in a shift, its break not counted; from 1 to 10 hours. The default is our own
    estimate."""

    start_every: Duration = 30 * MINUTE
    """Shifts begin at opening time or a multiple of this later, or end at closing time."""

    break_after: Duration = 330 * MINUTE
    """Longest time that people work without a break; a longer shift has one. Arbeidstijdenwet,
    article 5:4: 5.5 hours."""

    break_length: Duration = 30 * MINUTE
    """Length of the break, which is not paid. Arbeidstijdenwet, article 5:4: 30 minutes."""

    contracts: Annotated[
        tuple[Annotated[float, Field(ge=1, le=48)], ...], Field(min_length=1, max_length=12)
    ] = (36.0, 32.0, 28.0, 24.0, 20.0, 16.0)
    """Paid hours a week of the contracts that may be given. The default is our own estimate, with
    the 36 hours of full time in the collective agreement of Dutch municipalities."""

    max_days: Annotated[int, Field(ge=1, le=6)] = 5
    """Most shifts of one person in a week."""

    rest: Duration = 11 * HOUR
    """Shortest time between two shifts of one person. Arbeidstijdenwet, article 5:3: 11 hours."""

    extra_pay: Annotated[tuple[ExtraPay, ...], Field(max_length=50)] = _irregular_hours()
    """When an hour is paid more. The default is CAR-UWO, article 3:11 (toelage onregelmatige
    dienst): Monday to Friday 20 % from 6 to 8 and from 18 to 22 hours and 40 % at night, Saturday
    40 %, Sunday 65 %."""
