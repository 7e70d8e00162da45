"""A strategy as a budget shows it: by task field, and with investments spread over their life.

Cash is paid once, and only cash is discounted. A budget spreads an investment: depreciation in a
straight line from the year in which it is paid, and internal interest on what is not yet
depreciated when a year begins. Adding both up, or discounting the spread amounts, counts it twice.
"""

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, fsum, modf

from simulation.finance.document import ScenarioYear, YearLine
from simulation.finance.document_budget import BudgetView, FieldYear, TaskField, ViewYear
from simulation.scenario.checks.budget import covers
from simulation.scenario.finance import Budget
from simulation.scenario.scenario import Scenario

_DECEMBER = 12


@dataclass(frozen=True)
class Asset:
    """An investment.

    Attributes
    ----------
    place : of the year in which it is paid, 0 for the first
    amount : euros
    years : over which it is depreciated
    """

    place: int
    amount: float
    years: int

    def depreciated(self, place: int) -> float:
        """Give what is depreciated at the end of a year, to the cent."""
        past = min(self.years, max(0, place - self.place + 1))
        return round(self.amount * past / self.years, 2)

    def left(self, place: int) -> float:
        """Give what is not yet depreciated when a year begins; nothing before it is paid."""
        return self.amount - self.depreciated(place - 1) if place >= self.place else 0.0


def budget_view(
    letter: str,
    scenarios: Mapping[str, Scenario],
    years: Mapping[str, Sequence[ScenarioYear]],
    interest: float,
) -> BudgetView | None:
    """Give a strategy with its investments spread; None where it has none.

    Parameters
    ----------
    letter : of the strategy
    scenarios, years : by letter; 0* too
    interest : internal rate a year
    """
    own = list(_assets(scenarios[letter], years[letter]))
    others = list(_assets(scenarios["0*"], years["0*"]))
    if not own and not others:
        return None
    more = [*((asset, 1) for asset in own), *((asset, -1) for asset in others)]
    pairs = zip(years[letter], years["0*"], strict=True)
    told = tuple(_view_year(place, pair, more, interest) for place, pair in enumerate(pairs))
    return BudgetView(
        letter=letter,
        interest_rate=interest,
        years=told,
        left=round(fsum(sign * asset.left(len(told)) for asset, sign in more), 2),
    )


def _assets(scenario: Scenario, years: Sequence[ScenarioYear]) -> Iterator[Asset]:
    once = scenario.costs.once if scenario.costs else {}
    for place, year in enumerate(years):
        for line in year.lines:
            own = once.get(line.name.removeprefix("once.")) if line.group == "once" else None
            if own is not None and own.depreciation_years:
                yield Asset(place, line.amount, own.depreciation_years)


def _view_year(
    place: int,
    pair: tuple[ScenarioYear, ScenarioYear],
    assets: Sequence[tuple[Asset, int]],
    interest: float,
) -> ViewYear:
    cash = round(fsum(line.amount for line in pair[0].lines), 2)
    cash -= round(fsum(line.amount for line in pair[1].lines), 2)
    invested = fsum(sign * asset.amount for asset, sign in assets if asset.place == place)
    spread = fsum(
        sign * (asset.depreciated(place) - asset.depreciated(place - 1)) for asset, sign in assets
    )
    paid = fsum(sign * asset.left(place) * interest for asset, sign in assets)
    parts = [round(part, 2) for part in (cash, invested, spread, paid)]
    return ViewYear(
        year=pair[0].year,
        cash=parts[0],
        invested=parts[1],
        depreciation=parts[2],
        interest=parts[3],
        budget=round(parts[0] - parts[1] + parts[2] + parts[3], 2),
    )


def task_fields(
    letter: str, budget: Budget | None, years: Mapping[str, Sequence[ScenarioYear]]
) -> Iterator[TaskField]:
    """Give the effect of a strategy by task field, if entries of the budget name any.

    Parameters
    ----------
    letter : of the strategy
    budget : of the baseline
    years : by letter; 0* too
    """
    fields = {} if budget is None else _fields(budget)
    if not fields:
        return
    for field in dict.fromkeys([*fields.values(), None]):
        told = tuple(
            FieldYear(
                year=own.year,
                structural=_less(own, other, fields, field, structural=True),
                once=_less(own, other, fields, field, structural=False),
            )
            for own, other in zip(years[letter], years["0*"], strict=True)
        )
        yield TaskField(letter=letter, taakveld=field, years=told)


def field_of(budget: Budget, name: str) -> str | None:
    """Give the task field of a line of a bill, by its name; None where no entry names one."""
    found = (field for cover, field in _fields(budget).items() if covers(cover, name))
    return next(found, None)


def _fields(budget: Budget) -> dict[str, str]:
    return {
        cover: entry.taakveld
        for entry in budget.entries.values()
        if entry.taakveld is not None
        for cover in entry.covers
    }


def _less(
    own: ScenarioYear,
    other: ScenarioYear,
    fields: Mapping[str, str],
    field: str | None,
    *,
    structural: bool,
) -> float:
    def amount(line: YearLine) -> float:
        named = [fields[cover] for cover in fields if covers(cover, line.name)]
        wanted = (named[0] if named else None) == field and line.structural is structural
        return line.amount if wanted else 0.0

    return round(fsum(map(amount, own.lines)) - fsum(map(amount, other.lines)), 2)


def decide_before(first_year: int, lead_time: float) -> dt.date:
    """Give the last day on which to decide, for people to be there on 1 January.

    Parameters
    ----------
    first_year : in which they begin
    lead_time : months; a part of a month is a part of the days of that month, rounded up

    Examples
    --------
    >>> decide_before(2027, 4.0), decide_before(2027, 0.5)
    (datetime.date(2026, 9, 1), datetime.date(2026, 12, 16))
    """
    part, whole = modf(lead_time)
    month = first_year * _DECEMBER - int(whole)
    day = dt.date(month // _DECEMBER, month % _DECEMBER + 1, 1)
    if not part:
        return day
    month -= 1
    days = calendar.monthrange(month // _DECEMBER, month % _DECEMBER + 1)[1]
    return day - dt.timedelta(days=ceil(part * days - 1e-9))
