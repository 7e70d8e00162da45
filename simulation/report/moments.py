"""Moments and waits in words: the weekday with its date and time, opening hours as such."""

import datetime as dt
from typing import Final

from simulation.comparison.peak import PeakChannel, PeakResult
from simulation.report import words
from simulation.report.reader import Reader
from simulation.scenario.text import Text

_HOUR: Final = 3_600.0
_FEW: Final = 10
"""Below this a number of hours has a decimal."""


def moment(reader: Reader, when: dt.datetime, *, year: bool = False) -> str:
    """Write a moment: ``woensdag 4 maart 11:00``."""
    day = reader(f"weekday.{when.weekday()}")
    return reader("moment", weekday=day, date=words.date(reader, when, year=year),
                  time=f"{when:%H:%M}")  # fmt: skip


def gone_by(reader: Reader, result: PeakResult, when: str | None) -> str:
    """Write by when a peak is gone: a moment, later than it was followed, or never noticed."""
    if when is None:
        last = dt.datetime.fromisoformat(result.followed_until) - dt.timedelta(days=1)
        return reader("peak.later", date=words.date(reader, last, year=False))
    if when == result.start:
        return reader("peak.unnoticed")
    return moment(reader, dt.datetime.fromisoformat(when))


def wait(reader: Reader, channel: PeakChannel, seconds: float) -> str:
    """Write a wait; that for an answer to a message in working hours."""
    if not channel.deferred:
        return words.seconds(reader, seconds)
    hours = round(seconds / _HOUR, 1 if seconds < _FEW * _HOUR else 0)
    form = "one" if hours == 1 else "other"
    return reader(f"unit.working_hour.{form}", n=reader.number(hours, 0 if hours % 1 == 0 else 1))


def open_work(reader: Reader, channel: PeakChannel, count: float) -> str:
    """Write how much open work there is: people who wait, or messages."""
    kind = "message" if channel.deferred else "person"
    form = "one" if count == 1 else "other"
    return reader(f"unit.open.{kind}.{form}", n=reader.number(count))


def channel_name(reader: Reader, name: str, title: Text | None) -> str:
    """Give what readers call a channel, by its title or its key."""
    if title is not None:
        return words.upper_first(reader.text(title))
    known = f"channels.{name}"
    return reader(known) if reader.knows(known) else words.plain(name).capitalize()
