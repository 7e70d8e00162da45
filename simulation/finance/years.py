"""A scenario in another year: its own calendar, volumes and adoption, the same rosters by date."""

import calendar
import datetime as dt
from typing import TypeVar

from simulation.scenario.demand import Deflection, Induced, Ramp, Substitution
from simulation.scenario.horizon import Horizon
from simulation.scenario.load import validate
from simulation.scenario.problems import Plain
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY

Effect = TypeVar("Effect", Deflection, Substitution, Induced)

_DATES = frozenset({"first_date", "last_date"})
_AT_ONCE = {"start": "1990-01-01", "duration": "0 days"}


def is_calendar_year(horizon: Horizon) -> bool:
    """Tell whether a horizon is exactly one calendar year."""
    return horizon == _whole_year(horizon, horizon.start.year)


def in_year(scenario: Scenario, year: int, adoption: float = 1.0) -> Scenario:
    """Give a scenario of a calendar year as it is in another one.

    Parameters
    ----------
    scenario : its horizon is a calendar year
    year : wanted
    adoption : share of the strategy's channel shift that is reached in that year

    Notes
    -----
    Dates of rosters, opening hours, events and closed days keep their day and month. Dates of
    trends and ramps are moments in time and stay.
    """
    shift = year - scenario.horizon.start.year
    plain = scenario.model_dump(mode="json", by_alias=True)
    for part in ("channels", "teams", "demand"):
        plain[part] = _moved(plain[part], shift)
    for event in plain["events"].values():
        event["start"] = _later(event["start"], shift)
    for key in ("closed", "open"):
        plain["calendar"][key] = [_later(day, shift) for day in plain["calendar"][key]]
    moved = validate(plain)
    return adopted(
        moved.model_copy(update={"horizon": _whole_year(scenario.horizon, year)}), adoption
    )


def adopted(scenario: Scenario, share: float) -> Scenario:
    """Give a scenario whose strategy is taken up for a share, apart from ramps of its own."""
    if share == 1.0:
        return scenario
    shift = scenario.shift
    kinds = {
        kind: {name: _slowed(part, share) for name, part in getattr(shift, kind).items()}
        for kind in ("deflection", "substitution", "induced")
    }
    return scenario.model_copy(update={"shift": shift.model_copy(update=kinds)})


def _slowed(part: Effect, share: float) -> Effect:
    own = part.adoption
    ramp = (
        Ramp.model_validate(_AT_ONCE | {"initial": share, "final": share})
        if own is None
        else own.model_copy(update={"initial": own.initial * share, "final": own.final * share})
    )
    return part.model_copy(update={"adoption": ramp})


def _whole_year(horizon: Horizon, year: int) -> Horizon:
    days = 366 if calendar.isleap(year) else 365
    return horizon.model_copy(
        update={"start": dt.datetime(year, 1, 1), "length": days * DAY, "warm_up": 0}
    )


def _moved(part: Plain, years: int) -> Plain:
    if isinstance(part, dict):
        return {
            key: _later(value, years) if key in _DATES and value else _moved(value, years)
            for key, value in part.items()
        }
    return [_moved(each, years) for each in part] if isinstance(part, list) else part


def _later(date: str, years: int) -> str:
    """Move a date by years; 29 February becomes the 28th where there is none."""
    year, rest = int(date[:4]) + years, date[4:]
    if rest.startswith("-02-29") and not calendar.isleap(year):
        rest = "-02-28" + rest[6:]
    return f"{year:04d}{rest}"
