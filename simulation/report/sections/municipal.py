"""How a municipality's own budget shows a strategy: by task field, and with investments spread."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from simulation.finance.document_budget import BudgetView, TaskField
from simulation.report import words
from simulation.report.case_view import SHOWN, CaseView
from simulation.report.sections.budget import Cell, Row
from simulation.report.traced import Traced

PARTS = {"cash": 1.0, "invested": -1.0, "depreciation": 1.0, "interest": 1.0, "budget": 1.0}
"""Rows of a budget with investments, with the sign they have in the sum."""


@dataclass(frozen=True)
class Municipal:
    """The tables of one strategy."""

    letter: str
    title: str
    head: tuple[str, ...]
    fields: tuple[Row, ...]
    spread: tuple[Row, ...]
    rate: str
    """Internal interest rate."""


def municipal(view: CaseView) -> list[Municipal]:
    """Give the tables of the strategies that have any, in t to t+3."""
    found = []
    for strategy in view.case.strategies:
        fields = tuple(_fields(view, strategy.letter))
        spread, rate = _spread(view, strategy.letter)
        if fields or spread:
            years = tuple(str(effect.year) for effect in strategy.effects[:SHOWN])
            title = view.title(strategy.letter)
            found.append(Municipal(strategy.letter, title, years, fields, spread, rate))
    return found


def _fields(view: CaseView, letter: str) -> Iterator[Row]:
    for order, field in enumerate(view.case.task_fields):
        if field.letter == letter:
            yield Row(
                name=field.taakveld or view.reader("fin.field.none"),
                cells=tuple(_field_cells(view, order, field)),
            )


def _field_cells(view: CaseView, order: int, field: TaskField) -> Iterator[Cell]:
    for place, year in enumerate(field.years[:SHOWN]):
        amount = year.structural + year.once
        path = f"task_fields.{order}.years.{place}"
        yield Cell(view.effect(amount, path, "together"), view.side(amount))


def _spread(view: CaseView, letter: str) -> tuple[tuple[Row, ...], str]:
    for order, own in enumerate(view.case.budget_views):
        if own.letter == letter:
            rate = view.rate(own.interest_rate, f"budget_views.{order}.interest_rate")
            return tuple(_spread_rows(view, order, own)), rate
    return (), ""


def _spread_rows(view: CaseView, order: int, own: BudgetView) -> Iterator[Row]:
    for part, sign in PARTS.items():
        amounts = [sign * getattr(year, part) for year in own.years[:SHOWN]]
        yield Row(
            name=view.reader(f"fin.spread.{part}"),
            cells=tuple(
                Cell(
                    view.effect(
                        amount,
                        f"budget_views.{order}.years.{place}.{part}",
                        "thousands" if sign > 0 else "thousands_less",
                    ),
                    view.side(amount),
                )
                for place, amount in enumerate(amounts)
            ),
            strong=part == "budget",
        )


def deadlines(view: CaseView) -> Iterator[Markup]:
    """Say before when to decide about people: of strategies with the same day in one sentence."""
    alike: dict[tuple[str, float], list[int]] = {}
    for order, own in enumerate(view.case.deadlines):
        alike.setdefault((own.before, own.lead_time), []).append(order)
    for order, *others in alike.values():
        own = view.case.deadlines[order]
        names = (view.name(view.case.deadlines[each].letter) for each in (order, *others))
        day = words.date(view.reader, dt.date.fromisoformat(own.before))
        months = view.reader.number(own.lead_time, 0 if own.lead_time % 1 == 0 else 1)
        yield view.reader.mark(
            "fin.deadline",
            scenario=view.reader.listing(names),
            day=Traced(day, f"deadlines.{order}.before", "name"),
            year=Traced(str(view.year(0)), "terms.first_year", "name"),
            months=Traced(months, f"deadlines.{order}.lead_time"),
        )
