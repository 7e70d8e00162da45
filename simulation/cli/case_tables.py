"""What `business-case` prints: the effect on the budget by year, and contracts that really end."""

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from simulation.cli.break_even_tables import show_break_evens
from simulation.cli.budget_tables import show_budget_views, show_deadline, show_reconciliation
from simulation.cli.contact_cost_tables import contact_costs
from simulation.cli.layout import Column, Table
from simulation.cli.sensitivity_tables import show_sensitivity
from simulation.cli.tables import NONE, Teller, show_tables
from simulation.cli.terminal import put, put_prose, results
from simulation.finance.document import CaseResult, StrategyCase, YearEffect
from simulation.report import words
from simulation.report.numbers import MINUS

_SHOWN: Final = 4
"""Years that stand beside each other: t to t+3."""

_THOUSAND: Final = 1_000.0
_SHORT: Final = 16


def show(case: CaseResult, language: str, repeat: str) -> None:
    """Print the case of every strategy, and the command that repeats it."""
    tell, console = Teller(language), results()
    for strategy in case.strategies:
        put_prose(console, tell("case_of", title=_title(case, strategy, tell)), "bold")
        put_prose(console, tell("case_budget"))
        put(console, Text())
        show_tables(console, [_budget(strategy, tell), *_contracts(case, strategy, tell)])
        for sentence in _sentences(case, strategy, tell):
            put_prose(console, sentence)
        show_deadline(case, strategy.letter, tell, console)
        show_budget_views(case, strategy.letter, tell, console)
        show_break_evens(case, strategy.letter, tell, console, effect)
        put(console, Text())
    put_prose(console, tell("contact_costs"), "bold")
    put_prose(console, tell("contact_costs_note", year=case.terms.last_simulated))
    put(console, Text())
    show_tables(console, [contact_costs(case, tell)])
    show_reconciliation(case, tell, console)
    if case.without:
        put_prose(console, tell("case_without", letters=tell.reader.listing(case.without)))
    if case.sensitivity is None:
        put_prose(console, tell("case_no_interval"))
    else:
        show_sensitivity(case.sensitivity, tell, console, effect)
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
    shown = strategy.effects[:_SHOWN]
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


def _contracts(case: CaseResult, strategy: StrategyCase, tell: Teller) -> Iterator[Table]:
    shown = strategy.effects[:_SHOWN]
    names = [team.team for team in shown[0].teams]
    table = Table([Column(tell("case_contracts"), "name"), *(Column(str(e.year)) for e in shown)])
    for place, name in enumerate(names):
        for kind in ("cashable", "avoided", "unabsorbed"):
            cells = [getattr(each.teams[place], f"{kind}_contracts") for each in shown]
            if any(cells):
                label = tell(f"case_{kind}", team=_team(case, strategy, name, tell))
                table.add(label, *(f"{n:+d}".replace("-", MINUS) if n else NONE for n in cells))
    table.add(tell("case_capacity"), *(_capacity(each, tell) for each in shown))
    yield table


def _capacity(year: YearEffect, tell: Teller) -> str:
    thousands = round(sum(team.capacity for team in year.teams) / _THOUSAND)
    return tell.reader.number(thousands)


def _team(case: CaseResult, strategy: StrategyCase, name: str, tell: Teller) -> str:
    own = next(each for each in case.comparison.scenarios if each.letter == strategy.letter)
    return words.upper_first(words.part_name(tell.reader, own, "teams", name))


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
