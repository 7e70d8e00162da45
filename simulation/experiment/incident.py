"""The event that is asked about: one of the scenario's own, moved or scaled, or an invented one."""

import datetime as dt
import math
from dataclasses import dataclass

from simulation.contacts.rates import expected_counts
from simulation.contacts.timetable import Timetable
from simulation.scenario.demand import Event
from simulation.scenario.scenario import Scenario
from simulation.scenario.text import Translated
from simulation.scenario.values import HOUR

INVENTED = "peak"
"""Name of an event that is in no scenario file."""

INVENTED_DECAY = 10 * HOUR
"""Mean time after its start at which its contacts come: an estimate of our own."""

_TITLE = Translated(nl="een piek", en="a peak")
_SETTLED = dt.timedelta(weeks=2)
_ALMOST_AN_HOUR = dt.timedelta(hours=1) - dt.timedelta(microseconds=1)
_MORNING = dt.time(9)
_WEEK = 7


@dataclass(frozen=True)
class Wish:
    """What somebody wants to know about.

    Attributes
    ----------
    event : name of one of the scenario's events; its first one if not given
    at : when it starts; as the scenario says if neither this nor ``weekday`` is given
    weekday : day of the week to which it moves, within its own week, at its own time; 0 is Monday
    contacts : expected extra contacts; as the scenario says if not given
    decay : mean time after the start at which they come, in microseconds
    """

    event: str | None = None
    at: dt.datetime | None = None
    weekday: int | None = None
    contacts: float | None = None
    decay: int | None = None


def wished(scenario: Scenario, wish: Wish) -> tuple[str, Event]:
    """Give the event that is asked about, with its name.

    Raises
    ------
    ValueError
        When the scenario does not have it, or nothing says how large it is.
    """
    if wish.event is not None and wish.event not in scenario.events:
        own = ", ".join(sorted(scenario.events)) or "no events"
        raise ValueError(f"--event {wish.event!r} is not in the scenario, which has {own}")
    if scenario.events:
        name = wish.event or next(iter(scenario.events))
        event = scenario.events[name]
    elif wish.contacts is None:
        raise ValueError("the scenario has no events; say with --contacts how many people come")
    else:
        name, event = INVENTED, _invented(scenario)
    changes = {"start": _start(event, wish), "contacts": wish.contacts, "decay": wish.decay}
    given = {key: value for key, value in changes.items() if value is not None}
    return name, event.model_copy(update=given)


def _start(event: Event, wish: Wish) -> dt.datetime | None:
    if wish.weekday is None:
        return wish.at
    return event.start + dt.timedelta(days=wish.weekday - event.start.weekday())


def _invented(scenario: Scenario) -> Event:
    """Give an event whose contacts have the channels and reasons of the ordinary demand.

    It starts at 9:00 on the first Monday that is two weeks after the warm-up. Where the period is
    shorter, it starts at 9:00 on its first day, or at the first whole hour after the warm-up.
    """
    horizon = scenario.horizon
    counted = horizon.start + dt.timedelta(microseconds=horizon.warm_up)
    end = horizon.start + dt.timedelta(microseconds=horizon.length)
    settled = counted + _SETTLED
    monday = settled + dt.timedelta(days=-settled.weekday() % _WEEK)
    start = dt.datetime.combine(monday.date(), _MORNING)
    if start >= end:
        whole = (counted + _ALMOST_AN_HOUR).replace(minute=0, second=0, microsecond=0)
        start = max(dt.datetime.combine(counted.date(), _MORNING), whole)
    channels, reasons = _mix(scenario)
    return Event.model_construct(
        title=_TITLE,
        start=start,
        contacts=0.0,
        decay=INVENTED_DECAY,
        reasons=reasons,
        channels=channels,
    )


def _mix(scenario: Scenario) -> tuple[dict[str, float], dict[str, float]]:
    """Give the share of each channel and of each reason in the expected demand."""
    volumes: dict[str, float] = dict.fromkeys(scenario.channels, 0.0)
    kinds: dict[str, float] = dict.fromkeys(scenario.reasons, 0.0)
    for rates in expected_counts(scenario, Timetable(scenario.horizon, scenario.calendar)):
        volume = math.fsum(rates.intervals.mean)
        volumes[list(scenario.channels)[rates.channel]] += volume
        for reason, share in zip(kinds, rates.shares, strict=True):
            kinds[reason] += volume * share
    total = math.fsum(volumes.values())
    if not total:
        raise ValueError("nobody is expected, so a peak has no channels; give the scenario events")
    return (
        {name: volume / total for name, volume in volumes.items() if volume},
        {name: volume / total for name, volume in kinds.items() if volume},
    )
