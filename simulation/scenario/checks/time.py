"""What should happen must fall in the horizon."""

import datetime as dt
from collections.abc import Iterator

from simulation.scenario.blocks import Block
from simulation.scenario.checks.blocks import end_of
from simulation.scenario.horizon import Calendar, Horizon
from simulation.scenario.problems import Finding, show
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY, format_moment


def end_of_horizon(horizon: Horizon) -> dt.datetime:
    """Give the moment at which a horizon ends."""
    return horizon.start + dt.timedelta(microseconds=horizon.length)


def events(scenario: Scenario) -> Iterator[Finding]:
    """Find events that begin after the horizon."""
    end = end_of_horizon(scenario.horizon)
    for name, event in scenario.events.items():
        if event.start >= end:
            yield Finding(
                ("events", name, "start"),
                show(format_moment(event.start)),
                f"is not before the end of the horizon, {format_moment(end)}",
                "begin it earlier, lengthen the horizon, or remove it",
            )


def never_open(scenario: Scenario) -> Iterator[Finding]:
    """Find channels without an opening hour in the horizon."""
    for name, channel in scenario.channels.items():
        if channel.open == "always":
            continue
        closing = channel.holidays == "closed"
        if not _ever_open(channel.open, scenario.horizon, scenario.calendar if closing else None):
            yield Finding(
                ("channels", name, "open"),
                None,
                f"'{name}' is never open in the horizon, so that nobody is answered",
                "widen its hours or the horizon",
            )


def _ever_open(blocks: tuple[Block, ...], horizon: Horizon, calendar: Calendar | None) -> bool:
    """Tell whether a block holds at some moment; public holidays are not looked at."""
    closed = set(calendar.closed) - set(calendar.open) if calendar else set()
    for number in range((horizon.midnight + horizon.length - 1) // DAY + 1):
        day = horizon.first_day + dt.timedelta(days=number)
        begin = horizon.midnight - number * DAY
        end = begin + horizon.length
        for block in blocks:
            holds = day.weekday() in block.days and day not in closed
            holds = holds and (block.first_date or day) <= day <= (block.last_date or day)
            if holds and block.start < end and end_of(block) > begin:
                return True
    return False
