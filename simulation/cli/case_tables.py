"""What `business-case` prints: the effect on the budget by year, and contracts that really end."""

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from simulation.cli.break_even_tables import show_break_evens
from simulation.cli.budget_tables import show_budget_views, show_deadline, show_reconciliation
from simulation.cli.case_people_tables import people_tables
from simulation.cli.contact_cost_tables import contact_costs
from simulation.cli.layout import Column, Table
from simulation.cli.sensitivity_tables import show_sensitivity
from simulation.cli.tables import Teller, show_tables
from simulation.cli.terminal import put, put_prose, results
from simulation.finance.document import CaseResult, StrategyCase
from simulation.report.bridging import bridges, steps
from simulation.report.case_view import SHOWN, CaseView
from simulation.report.reader import Reader
from simulation.report.reserving import reserve, zeros
from simulation.report.traced import plain

_THOUSAND: Final = 1_000.0
_SHORT: Final = 16


def show(case: CaseResult, language: str, repeat: str) -> None:
    """Print the case of every strategy, and the command that repeats it."""
    tell, console = Teller(language), results()
    view = CaseView(case, Reader(language, equal=True))
    for place, strategy in enumerate(case.strategies):
        put_prose(console, tell("case_of", title=_title(case, strategy, tell)), "bold")
        put_prose(console, tell("case_budget"))
        put(console, Text())
        show_tables(console, [_budget(strategy, tell), *people_tables(view, strategy, tell)])
        asked = (*reserve(view, strategy, place), *steps(view, strategy))
        for sentence in (*_sentences(case, strategy, tell), *map(plain, asked)):
            put_prose(console, sentence)
        show_deadline(case, strategy.letter, tell, console)
        show_budget_views(case, strategy.letter, tell, console)
        show_break_evens(view, strategy.letter, tell, console, effect)
        put(console, Text())
    if paragraph := " ".join(zeros(view)):
        put_prose(console, paragraph)
        put(console, Text())
    if paragraph := " ".join(map(plain, bridges(view))):
        put_prose(console, tell.reader("fin.bridge.heading"), "bold")
        put_prose(console, paragraph)
        put(console, Text())
    put_prose(console, tell("contact_costs"), "bold")
    put_prose(console, tell("contact_costs_note", year=case.terms.last_simulated))
    put(console, Text())
    show_tables(console, [contact_costs(case, tell)])
    show_reconciliation(view, tell, console)
    if case.without:
        put_prose(console, tell("case_without", letters=tell.reader.listing(case.without)))
    if case.sensitivity is None:
        put_prose(console, tell("case_no_interval"))
    else:
        show_sensitivity(view, case.sensitivity, tell, console, effect)
    if case.comparison.example:
        put_prose(console, tell("example"))
    told = tell(
        "case_identity",
        question=case.question[:_SHORT],
        version=case.version,
        search=tell.reader.number(case.search),
        fresh=tell.reader.number(case.fresh),
    )
    put_prose(console, f"{told} {tell('repeat')}")
    put(console, Text(f"  {repeat}"))


def _title(case: CaseResult, strategy: StrategyCase, tell: Teller) -> str:
    own = next(each for each in case.comparison.scenarios if each.letter == strategy.letter)
    return f"{strategy.letter}. {tell.reader.text(own.title)}"


def _budget(strategy: StrategyCase, tell: Teller) -> Table:
    shown = strategy.effects[:SHOWN]
    table = Table([Column(tell("case_effect"), "name"), *(Column(str(e.year)) for e in shown)])
    table.add(tell("case_structural"), *(effect(e.structural, tell) for e in shown))
    table.add(tell("case_once"), *(effect(e.once, tell) for e in shown))
    table.draw_line()
    table.add(tell("case_together"), *(effect(e.structural + e.once, tell) for e in shown))
    return table


def effect(amount: float, tell: Teller) -> str:
    """Write a cost in thousands of euros with V for an advantage and N for a disadvantage."""
    thousands = round(amount / _THOUSAND)
    if not thousands:
        return "0"
    side = tell("disadvantage" if thousands > 0 else "advantage")
    return f"{tell.reader.number(abs(thousands))} {side}"


def _sentences(case: CaseResult, strategy: StrategyCase, tell: Teller) -> Iterator[str]:
    terms, value = case.terms, strategy.present_value
    yield tell(
        "case_value_costs" if value < 0 else "case_value_saves",
        amount=tell.reader.euros(abs(value)),
        life=tell.reader.number(terms.life),
        rate=tell.reader.percent(terms.rate, 2),
        prices=tell(f"case_{terms.prices}", year=terms.price_level),
    )
    if strategy.payback is None:
        yield tell("case_never", life=tell.reader.number(terms.life))
    elif strategy.payback:
        yield tell("case_payback", years=tell.reader.number(strategy.payback, 1))
    already = strategy.effects[0].already
    yield tell("case_already", effect=effect(already, tell))
