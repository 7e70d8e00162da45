"""What `business-case` prints beside a municipality's own budget."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from rich.console import Console
from rich.text import Text

from simulation.cli.layout import Column, Table
from simulation.cli.tables import Teller, show_tables
from simulation.cli.terminal import put, put_prose
from simulation.finance.document import CaseResult
from simulation.finance.document_budget import EntryLine, Reconciliation
from simulation.report.case_view import CaseView
from simulation.report.numbers import MINUS
from simulation.report.words import date, plain, upper_first
from simulation.scenario.text import Text as Title

_SHOWN: Final = 4
_THOUSAND: Final = 1_000.0


def show_deadline(case: CaseResult, letter: str, tell: Teller, console: Console) -> None:
    """Say before when to decide about people, if that is stated."""
    for own in case.deadlines:
        if own.letter == letter:
            put_prose(
                console,
                tell(
                    "case_decide",
                    day=date(tell.reader, dt.date.fromisoformat(own.before)),
                    year=case.terms.first_year,
                    months=tell.reader.number(own.lead_time, 0 if own.lead_time % 1 == 0 else 1),
                ),
            )


def show_budget_views(case: CaseResult, letter: str, tell: Teller, console: Console) -> None:
    """Print a strategy by task field and with investments spread, where that was asked."""
    fields = [each for each in case.task_fields if each.letter == letter]
    if fields:
        put_prose(console, tell("field_note"))
        years = [str(year.year) for year in fields[0].years[:_SHOWN]]
        table = Table([Column(tell("field"), "name"), *map(Column, years)])
        for field in fields:
            amounts = [year.structural + year.once for year in field.years[:_SHOWN]]
            table.add(field.taakveld or tell("field_none"), *(_euros(x, tell) for x in amounts))
        show_tables(console, [table])
    for view in case.budget_views:
        if view.letter == letter:
            shown = view.years[:_SHOWN]
            percent = tell.reader.percent(view.interest_rate, 2)
            put_prose(console, tell("view_note", rate=percent))
            table = Table([Column(tell("view"), "name"), *(Column(str(y.year)) for y in shown)])
            for part, sign in (("cash", 1), ("invested", -1), ("depreciation", 1), ("interest", 1)):
                cells = (_euros(sign * getattr(year, part), tell) for year in shown)
                table.add(tell(f"view_{part}"), *cells)
            table.draw_line()
            table.add(tell("view_budget"), *(_euros(year.budget, tell) for year in shown))
            show_tables(console, [table])


def show_reconciliation(view: CaseView, tell: Teller, console: Console) -> None:
    """Print the budget beside today as simulated, entry by entry."""
    own = view.case.reconciliation
    if own is None:
        return
    put_prose(console, tell("recon_title"), "bold")
    put_prose(console, tell("recon_note", year=own.year, level=own.price_level))
    put(console, Text())
    names = ("recon_entry", "recon_budget", "recon_index", "recon_gaps", "recon_rest")
    first, *rest = (tell(name) for name in (*names, "recon_simulated"))
    table = Table([Column(first, "name"), *map(Column, rest)])
    for entry in own.entries:
        gaps = sum(gap.amount for gap in entry.gaps)
        amounts = (entry.budget, entry.index, gaps, entry.rest, entry.simulated)
        table.add(
            upper_first(_name(entry.name, entry.title, tell)), *(_euros(x, tell) for x in amounts)
        )
    for part in own.open:
        amounts = (0.0, 0.0, 0.0, part.amount, part.amount)
        name = view.part_of_bill(part.part)
        table.add(tell("recon_open", part=name), *(_euros(x, tell) for x in amounts))
    table.draw_line()
    amounts = (own.budget, own.index, own.gaps, own.rest + own.not_covered, own.simulated)
    table.add(tell("recon_total"), *(_euros(amount, tell) for amount in amounts))
    show_tables(console, [table])
    sentences = list(_sentences(own, tell))
    for sentence in sentences:
        put_prose(console, sentence)
    if sentences:
        put(console, Text())


def _sentences(own: Reconciliation, tell: Teller) -> Iterator[str]:
    for entry in own.entries:
        for gap in entry.gaps:
            yield tell(
                "recon_gap",
                entry=_name(entry.name, entry.title, tell),
                gap=_name(gap.name, gap.title, tell),
                amount=_euros(gap.amount, tell),
            )
    empty: list[EntryLine] = [entry for entry in own.entries if entry.name in own.empty]
    if empty:
        names = [_name(entry.name, entry.title, tell) for entry in empty]
        yield tell("recon_empty", entries=tell.reader.listing(names))


def _name(name: str, title: Title | None, tell: Teller) -> str:
    return plain(name) if title is None else tell.reader.text(title)


def _euros(amount: float, tell: Teller) -> str:
    """Write thousands of euros; what is added to nothing has no sign."""
    thousands = round(amount / _THOUSAND)
    return (MINUS if thousands < 0 else "") + tell.reader.number(abs(thousands))
