"""What `business-case` prints of people: how hours become contracts, and what ends or is added."""

from collections.abc import Iterator

from simulation.cli.layout import Column, Table
from simulation.cli.tables import NONE, Teller
from simulation.finance.document import StrategyCase
from simulation.report.case_view import SHOWN, THOUSAND, CaseView
from simulation.report.numbers import signed_number
from simulation.report.sections.hired import COLUMNS, STEP, Hired, hired
from simulation.report.sections.people import KINDS


def people_tables(view: CaseView, strategy: StrategyCase, tell: Teller) -> Iterator[Table]:
    """Lay out the people of a strategy; time that is won stands apart from contracts."""
    found = (_hired(view, strategy, tell), _contracts(view, strategy, tell))
    yield from (table for table in (*found, _capacity(view, strategy, tell)) if table.rows)


def _hired(view: CaseView, strategy: StrategyCase, tell: Teller) -> Table:
    """Lay out how hours become contracts, in 0* and in the strategy."""
    title = tell("case_hired", year=view.year(view.settled))
    table = Table(
        [
            Column(title, "name"),
            Column("", "badge"),
            *(Column(tell(f"case_hired_{name}")) for name in COLUMNS),
            Column(tell(f"case_hired_{STEP}"), "status"),
        ]
    )
    for team in hired(view, strategy.letter):
        for n, row in enumerate(team.rows):
            table.add("" if n else team.name, row.letter, *row.cells, _step(row, tell))
    return table


def _step(row: Hired, tell: Teller) -> str:
    """Write what one step less or more in size does to the contracts, as ``−0,5 fte: −1``."""
    if row.near is None or not row.near.changes():
        return NONE
    signs = {"less": -1, "more": 1}
    return "\n".join(
        tell(
            "case_step",
            step=signed_number(signs[way] * row.near.step, tell.reader.language, 1),
            contracts=signed_number(signs[way] * many, tell.reader.language),
        )
        for way, many in row.near.changes()
    )


def _contracts(view: CaseView, strategy: StrategyCase, tell: Teller) -> Table:
    table = _by_year(strategy, tell("case_contracts"))
    for place, team in enumerate(strategy.effects[0].teams):
        for kind in KINDS:
            many = [
                getattr(each.teams[place], f"{kind}_contracts") for each in strategy.effects[:SHOWN]
            ]
            if any(many):
                name = view.team(strategy.letter, team.team)
                table.add(tell(f"case_{kind}", team=name), *_signed(many, tell, NONE))
    return table


def _capacity(view: CaseView, strategy: StrategyCase, tell: Teller) -> Table:
    """Lay out time that is won in the teams of today: a new team wins none."""
    table = _by_year(strategy, tell("case_capacity"))
    for place, team in enumerate(strategy.effects[0].teams):
        if view.of_today(strategy.letter, team.team):
            amounts = [each.teams[place].capacity for each in strategy.effects[:SHOWN]]
            thousands = [round(amount / THOUSAND) for amount in amounts]
            table.add(view.team(strategy.letter, team.team), *_signed(thousands, tell, "0"))
    return table


def _by_year(strategy: StrategyCase, title: str) -> Table:
    years = (str(each.year) for each in strategy.effects[:SHOWN])
    return Table([Column(title, "name"), *map(Column, years)])


def _signed(many: list[int], tell: Teller, none: str) -> Iterator[str]:
    for each in many:
        yield signed_number(each, tell.reader.language) if each else none
