"""The second table of the summary: present value, payback, and what changes in people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from simulation.finance.document import StrategyCase
from simulation.finance.document_break_even import BreakEven
from simulation.report.workbook.checks_sheet import Outcome
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.effects import Effects
from simulation.report.workbook.savings import Savings
from simulation.report.workbook.sheet import Sheet, Value

_PEOPLE: Final = {
    "cashable_contracts": ("cashable_contracts", "signed"),
    "cashable": ("cashable", "whole_euro"),
    "avoided_contracts": ("avoided_contracts", "signed"),
    "avoided": ("avoided", "whole_euro"),
    "unabsorbed": ("unabsorbed_contracts", "count"),
    "capacity": ("capacity", "whole_euro"),
}
"""Columns of the savings, with their field in the case and the form of the number."""


@dataclass(frozen=True)
class _Cell:
    formula: str
    value: Value


@dataclass(frozen=True)
class _Figure:
    """A row of the table: a cell for each strategy."""

    name: str
    form: str
    cells: tuple[_Cell, ...]


@dataclass(frozen=True)
class Found:
    """Where the table finds its figures."""

    effects: Effects
    savings: Savings
    outcome: Outcome


def write_worth(desk: Desk, sheet: Sheet, row: int, found: Found) -> int:
    """Write the table; give the row below."""
    sheet.text(row, 0, desk.say("summary.worth"), "heading")
    letters = [strategy.letter for strategy in desk.cast.strategies]
    sheet.header(row + 1, [desk.say("column.scenario"), *letters], texts=(0,))
    row += 2
    figures = (
        *_money(desk, found.effects),
        *_break_even(desk, found.outcome),
        *_people(desk, found.savings),
    )
    for figure in figures:
        sheet.text(row, 0, figure.name, "wrapped")
        for column, cell in enumerate(figure.cells, start=1):
            sheet.formula(row, column, cell.formula, cell.value, figure.form)
        values = enumerate((figure.name, *(cell.value for cell in figure.cells)))
        sheet.fit(row, {n: value for n, value in values if isinstance(value, str)})
        row += 1
    terms = desk.cast.case.terms
    rate = desk.reader.percent(terms.rate, 2)
    key = f"summary.{terms.prices}"
    told = desk.say(key, life=terms.life, level=terms.price_level, rate=rate)
    sheet.wide(row, max(7, 1 + len(letters)), "prose", told)
    return row + 1


def _money(desk: Desk, effects: Effects) -> Iterator[_Figure]:
    never, strategies = desk.say("never"), desk.cast.strategies
    values = (_Cell(effects.value(own.letter), own.present_value) for own in strategies)
    yield _Figure(desk.say("summary.value"), "whole_euro.key", tuple(values))
    back = (
        _Cell(effects.payback(own.letter, never), never if own.payback is None else own.payback)
        for own in strategies
    )
    yield _Figure(desk.say("summary.payback"), "years", tuple(back))


def _break_even(desk: Desk, outcome: Outcome) -> Iterator[_Figure]:
    """Give the share of truly replaced contacts from which each strategy pays.

    It is simulated, so it only stands there while the inputs are those of the run.
    """
    shares = {each.letter: each for each in desk.cast.case.break_even if each.path is None}
    if not shares:
        return
    not_now = desk.say("checks.not_compared")
    cells = []
    for strategy in desk.cast.strategies:
        own = shares.get(strategy.letter)
        side = "none" if own is None else own.side
        value: Value = desk.say(f"break_even.{side}", **_searched(desk, own))
        if own is not None and own.value is not None and side in {"from", "up_to"}:
            value = own.value
        told = f'"{value}"' if isinstance(value, str) else repr(value)
        cells.append(_Cell(f'IF({outcome.changed}=0,{told},"{not_now}")', value))
    yield _Figure(desk.say("summary.break_even"), "percent.words", tuple(cells))


def _searched(desk: Desk, own: BreakEven | None) -> dict[str, str]:
    """Give the lowest and the highest share that were looked at."""
    values = [point.value for point in own.points] if own else []
    ends = {"lowest": min(values, default=0.0), "highest": max(values, default=0.0)}
    return {name: desk.reader.percent(value, 1) for name, value in ends.items()}


def _people(desk: Desk, savings: Savings) -> Iterator[_Figure]:
    """Give contracts and what they cost in the last year that was simulated itself.

    Capacity gain is that of the teams of today alone: a new team gains none.
    """
    last = min(desk.cast.case.terms.years, len(desk.cast.life)) - 1

    def cell(own: StrategyCase, column: str, field: str) -> _Cell:
        teams = own.effects[last].teams
        if column == "capacity":
            stand = desk.cast.stands[own.letter]
            rows = [n for n, each in enumerate(teams) if stand.team(0, each.team).today_fte > 0.0]
            value = sum(teams[row].capacity for row in rows)
            return _Cell(savings.cells(own.letter, last, column, rows), value)
        value = sum(getattr(team, field) for team in teams)
        return _Cell(savings.sum(own.letter, last, column), value)

    for column, (field, form) in _PEOPLE.items():
        name = desk.say(f"summary.{column}", year=desk.year(last))
        cells = tuple(cell(own, column, field) for own in desk.cast.strategies)
        yield _Figure(name, form, cells)
