"""What is checked: that the workbook adds up, and that it says what the run said.

A check that compares with the run is only made while inputs and simulated quantities are those of
the run. After a change one line says so, and only what must always add up is checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from simulation.finance.document import StrategyCase, TeamYear
from simulation.report import words
from simulation.report.workbook.budget import Budget
from simulation.report.workbook.contact_costs import ContactCells
from simulation.report.workbook.contracts import Contracts
from simulation.report.workbook.deadlines import day_formula, day_number
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.effects import Effects
from simulation.report.workbook.inputs_sheet import InputCells
from simulation.report.workbook.reconciled import Reconciled
from simulation.report.workbook.savings import Savings
from simulation.report.workbook.sheet import Value
from simulation.report.workbook.simulated import Simulated
from simulation.report.workbook.stands import BASELINE, short
from simulation.report.workbook.task_fields import TaskFields

_HARDLY = 1e-6

_WAYS = ("flexible", "attrition", "redeployment", "redundancy", "unabsorbed")


@dataclass(frozen=True)
class Sheets:
    """The sheets that are checked."""

    inputs: InputCells
    simulated: Simulated
    contracts: Contracts
    budget: Budget
    savings: Savings
    effects: Effects
    contact_costs: ContactCells
    reconciled: Reconciled | None = None
    task_fields: TaskFields | None = None


@dataclass(frozen=True)
class Check:
    """A figure in the workbook, and what it should be: another formula, or the value of the run.

    Attributes
    ----------
    what : is checked
    formula, value : in the workbook, and what it comes to
    expected : a formula that comes to the same, or the value
    form : of the number
    near : how near is the same; to the cent if not said
    """

    what: str
    formula: str
    value: float
    expected: Value
    form: str = "euro"
    near: float = 0.005


def always(desk: Desk, sheets: Sheets) -> Iterator[Check]:
    """Give what adds up whatever anybody changes."""
    yield from _contracts(desk, sheets.contracts)
    yield from _budgets(desk, sheets.budget)
    for strategy in desk.cast.strategies:
        yield _worth(desk, sheets.effects, strategy)
    yield from _cash(desk, sheets.savings)
    if sheets.task_fields is not None:
        yield from _task_fields(desk, sheets.effects, sheets.task_fields)
    if sheets.reconciled is not None and desk.cast.case.reconciliation is not None:
        parts = ("stated", "index", "gaps", "rest", "not_covered")
        yield Check(
            desk.say("check.reconciled"),
            "+".join(sheets.reconciled.total(part) for part in parts),
            desk.cast.case.reconciliation.simulated,
            sheets.reconciled.total("full"),
        )


def as_run(desk: Desk, sheets: Sheets) -> Iterator[Check]:
    """Give what the run said: every present value, payback and effect."""
    for strategy in desk.cast.strategies:
        yield from _outcome(desk, sheets.effects, strategy)
        for place in desk.cast.life:
            yield from _year(desk, sheets, strategy, place)
    yield from _beside(desk, sheets.task_fields)
    yield from _contact_costs(desk, sheets.contact_costs)


def _contracts(desk: Desk, contracts: Contracts) -> Iterator[Check]:
    teams: list[TeamYear] = [
        team for stand in desk.cast.stands.values() for year in stand.years for team in year.teams
    ]
    yield Check(
        desk.say("check.contracts"),
        "+".join(f"SUM({contracts.column(way)})" for way in _WAYS),
        sum(max(0, -team.needed) for team in teams),
        f"SUM({contracts.column('surplus')})",
        "count",
    )
    moved = f"SUMPRODUCT({contracts.column('change')},{contracts.column('contract_fte')})"
    yield Check(
        desk.say("check.paid"),
        f"SUM({contracts.column('paid')})",
        sum(team.paid_fte for team in teams),
        f"SUM({contracts.column('today')})+{moved}",
        "number",
    )


def _budgets(desk: Desk, budget: Budget) -> Iterator[Check]:
    for letter, stand in desk.cast.stands.items():
        lines = [budget.amounts(letter, place) for place in desk.cast.life]
        parts = [
            budget.total(letter, place, structural=structural)
            for place in desk.cast.life
            for structural in (True, False)
        ]
        yield Check(
            desk.say("check.lines", title=desk.title(letter)),
            f"SUM({','.join(lines)})",
            sum(line.amount for year in stand.years for line in year.lines),
            "+".join(parts),
        )


def _worth(desk: Desk, effects: Effects, strategy: StrategyCase) -> Check:
    """Hold discounting year by year against the spreadsheet's own function."""
    letter, rate = strategy.letter, desk.inputs(BASELINE, desk.inputs.rate_path)
    expected = f"-{effects.ref(letter, 0, 'together')}"
    if effects.years > 1:
        expected += f"-NPV({rate},{effects.range(letter, 'together', 1)})"
    return Check(
        desk.say("check.value", title=desk.title(letter)),
        effects.value(letter),
        strategy.present_value,
        expected,
    )


def _cash(desk: Desk, savings: Savings) -> Iterator[Check]:
    """Hold what is booked against whole contracts at their cost."""
    for kind in ("cashable", "avoided"):
        contracts, cost = savings.column(f"{kind}_contracts"), savings.column("contract_cost")
        yield Check(
            desk.say("check.cash", what=desk.say(f"check.{kind}")),
            f"SUM({savings.column(kind)})",
            sum(
                getattr(team, kind)
                for strategy in desk.cast.strategies
                for effect in strategy.effects
                for team in effect.teams
            ),
            f"SUMPRODUCT(ROUND({contracts}*{cost},2))",
        )


def _outcome(desk: Desk, effects: Effects, strategy: StrategyCase) -> Iterator[Check]:
    letter, title, value = strategy.letter, desk.title(strategy.letter), strategy.present_value
    what = desk.say("check.run_value", title=title)
    yield Check(what, effects.value(letter), value, value)
    back = -1.0 if strategy.payback is None else strategy.payback
    formula = f"IFERROR(0+{effects.payback(letter, '-')},-1)"
    told = desk.say("check.run_payback", title=title)
    yield Check(told, formula, back, back, "years", _HARDLY)


def _year(desk: Desk, sheets: Sheets, strategy: StrategyCase, place: int) -> Iterator[Check]:
    effect, letter = strategy.effects[place], strategy.letter
    for kind in ("structural", "once", "already"):
        own = getattr(effect, kind)
        what = _what(desk, kind, strategy, place)
        yield Check(what, sheets.effects.ref(letter, place, kind), own, own)
    for kind in ("cashable", "avoided", "capacity"):
        own = sum(getattr(team, kind) for team in effect.teams)
        what = _what(desk, kind, strategy, place)
        yield Check(what, sheets.savings.sum(letter, place, kind), own, own)


def _task_fields(desk: Desk, effects: Effects, fields: TaskFields) -> Iterator[Check]:
    """Hold all task fields together against the effect of a year."""
    for strategy in desk.cast.strategies:
        for place, effect in enumerate(strategy.effects):
            yield Check(
                _what(desk, "task_fields", strategy, place),
                fields.total(strategy.letter, place, "together"),
                round(effect.structural + effect.once, 2),
                effects.ref(strategy.letter, place, "together"),
            )


def _beside(desk: Desk, fields: TaskFields | None) -> Iterator[Check]:
    """Give what the run said of task fields, and of the days before which to decide."""
    for own in desk.cast.case.task_fields if fields else ():
        for place, year in enumerate(own.years):
            assert fields is not None
            what = desk.say(
                "check.run",
                what=desk.task_field(own.taakveld),
                year=year.year,
                title=desk.title(own.letter),
            )
            formula = fields.ref(own.letter, place, own.taakveld, "together")
            value = round(year.structural + year.once, 2)
            yield Check(what, formula, value, value)
    for deadline in desk.cast.case.deadlines:
        what, day = (
            desk.say("check.deadline", title=desk.title(deadline.letter)),
            day_number(deadline),
        )
        yield Check(what, day_formula(desk, deadline), day, day, "date", _HARDLY)


def _contact_costs(desk: Desk, cells: ContactCells) -> Iterator[Check]:
    """Hold costs of channels against the run: a line is a mean of rounded amounts there."""
    case = desk.cast.case
    paid = {
        (each.letter, own.channel): own.full for each in case.paid_contacts for own in each.channels
    }
    for each in case.contacts:
        scenario = desk.cast.stands[each.letter].scenario
        near = 0.01 * len(scenario.lines)
        for own in each.channels:
            run = {"full_cost": own.full, "avoidable": own.avoidable}
            if (each.letter, own.channel) in paid:
                run["paid_full"] = paid[each.letter, own.channel]
            channel = short(words.channel_name(desk.reader, scenario, own.channel))
            for part, value in run.items():
                what = desk.say(f"check.{part}", channel=channel, title=desk.title(each.letter))
                formula = cells.ref(each.letter, own.channel, part)
                found = cells.found[each.letter, own.channel, part]
                yield Check(what, formula, found, value, near=near)


def _what(desk: Desk, kind: str, strategy: StrategyCase, place: int) -> str:
    return desk.say(
        "check.run",
        what=desk.say(f"check.{kind}"),
        year=desk.year(place),
        title=desk.title(strategy.letter),
    )
