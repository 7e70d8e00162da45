"""The kinds of value a scenario file holds: durations, clock times, weekdays, shares.

A file is written for people (``4 minutes``, ``08:30``, ``mon-fri``); play counts in whole
microseconds. The translation happens here, once, when a file is read.
"""

import datetime as dt
import re
from fractions import Fraction
from typing import Annotated, TypeGuard

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

YEARS = range(1990, 2091)
"""Years that a scenario can be about."""

LONGEST = 3_660 * DAY
"""No duration in a scenario is longer than ten years."""

_UNITS = {
    "ms": 1_000,
    **dict.fromkeys(("s", "sec", "second", "seconds"), SECOND),
    **dict.fromkeys(("min", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("h", "hour", "hours"), HOUR),
    **dict.fromkeys(("day", "days"), DAY),
    **dict.fromkeys(("week", "weeks"), WEEK),
}
_DURATION = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$", re.ASCII)
_CLOCK = re.compile(r"^(\d{2}):(\d{2})$", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?", re.ASCII)


def parse_duration(value: object) -> int:
    """Read ``"4 minutes"`` as microseconds.

    Raises
    ------
    ValueError
        When the text is not a number with a unit, or longer than ten years.
    """
    if isinstance(value, str) and (match := _DURATION.match(value)) and match[2] in _UNITS:
        duration = round(Fraction(match[1]) * _UNITS[match[2]])
        if duration <= LONGEST:
            return duration
        raise ValueError(f"{value!r} is longer than ten years")
    raise ValueError(
        f"{value!r} is not a duration; write a number with a unit (ms, seconds, minutes, hours,"
        " days, weeks), such as '4 minutes'"
    )


def format_duration(duration: int) -> str:
    """Write microseconds in the largest unit that divides them, as `parse_duration` reads it."""
    for unit, size in (("days", DAY), ("hours", HOUR), ("minutes", MINUTE), ("seconds", SECOND)):
        if duration and duration % size == 0:
            return f"{duration // size} {unit}"
    if not duration:
        return "0 seconds"
    return f"{Fraction(duration, SECOND).__float__():.6f} seconds"


def parse_clock(value: object) -> int:
    """Read ``"08:30"`` as microseconds since midnight; ``"24:00"`` is the end of the day."""
    if isinstance(value, str) and (match := _CLOCK.match(value)):
        hours, minutes = int(match[1]), int(match[2])
        clock = hours * HOUR + minutes * MINUTE
        if minutes * MINUTE < HOUR and clock <= DAY:
            return clock
    raise ValueError(f"{value!r} is not a time of day; write HH:MM from 00:00 to 24:00")


def format_clock(clock: int) -> str:
    """Write microseconds since midnight as ``HH:MM``."""
    return f"{clock // HOUR:02d}:{clock % HOUR // MINUTE:02d}"


def parse_days(value: object) -> tuple[int, ...]:
    """Read ``"mon-fri"``, ``"sat, sun"`` or ``"all"`` as weekday numbers, Monday = 0."""
    if value == "all":
        return tuple(range(7))
    days: set[int] = set()
    for part in str(value).replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
            raise ValueError(
                f"{value!r} does not name weekdays; write 'mon-fri', 'sat, sun' or 'all'"
            )
        begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        days.update((begin + step) % 7 for step in range((end - begin) % 7 + 1))
    return tuple(sorted(days))


def format_days(days: tuple[int, ...]) -> str:
    """Write weekday numbers as `parse_days` reads them."""
    return "all" if len(days) == len(WEEKDAYS) else ", ".join(WEEKDAYS[day] for day in days)


def parse_moment(value: object) -> dt.datetime:
    """Read ``"2026-01-05"`` or ``"2026-01-05 08:00"`` as local civil time."""
    try:
        moment = dt.datetime.fromisoformat(value) if _is_moment(value) else None
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        raise ValueError(
            f"{value!r} is not a date; write 2026-01-05 or '2026-01-05 08:00', from 1990 to 2090"
        )
    return moment


def _is_moment(value: object) -> TypeGuard[str]:
    """Tell whether a value is written as a date, to the minute at most."""
    return isinstance(value, str) and _MOMENT.fullmatch(value) is not None


def format_moment(moment: dt.datetime) -> str:
    """Write a moment as `parse_moment` reads it."""
    if moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.isoformat(sep=" ", timespec="minutes")


def parse_date(value: object) -> dt.date:
    """Read ``"2026-01-05"``."""
    moment = parse_moment(value)
    if moment.time() != dt.time():
        raise ValueError(f"{value!r} is not a whole day; write 2026-01-05")
    return moment.date()


def _text_schema(pattern: str, example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": [example]})


Duration = Annotated[
    int,
    BeforeValidator(parse_duration),
    PlainSerializer(format_duration),
    _text_schema(
        r"^\s*\d+(\.\d+)?\s*(ms|s|sec|seconds?|min|minutes?|h|hours?|days?|weeks?)\s*$",
        "4 minutes",
    ),
]
"""A length of time, in microseconds."""

Clock = Annotated[
    int,
    BeforeValidator(parse_clock),
    PlainSerializer(format_clock),
    _text_schema(r"^\d{2}:\d{2}$", "08:30"),
]
"""A time of day, in microseconds since midnight."""

Days = Annotated[
    tuple[int, ...],
    BeforeValidator(parse_days),
    PlainSerializer(format_days),
    _text_schema(r"^[a-z ,-]+$", "mon-fri"),
]
"""A set of weekdays, Monday = 0."""

Moment = Annotated[
    dt.datetime,
    BeforeValidator(parse_moment),
    PlainSerializer(format_moment),
    _text_schema(r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?$", "2026-01-05 08:00"),
]
"""A date, with a time of day if wanted, in local civil time."""

Date = Annotated[
    dt.date,
    BeforeValidator(parse_date),
    PlainSerializer(dt.date.isoformat),
    _text_schema(r"^\d{4}-\d{2}-\d{2}$", "2026-01-05"),
]
"""A calendar day."""

Share = Annotated[float, Field(ge=0, le=1)]
"""A share or a probability, from 0 to 1."""

Positive = Annotated[float, Field(gt=0, le=1e12)]
"""A number above 0."""

Factor = Annotated[float, Field(gt=0, le=1_000)]
"""What something is multiplied by."""

Amount = Annotated[float, Field(ge=0, le=1e12)]
"""A number of 0 or more; in euros where money is meant."""

Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""A whole number of 0 or more."""

Rank = Annotated[int, Field(ge=1, le=100)]
"""An order of preference: 1 comes first."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""A key for a channel, team, reason or cost line: small letters, digits, underscores."""
