"""The first sheet: what it comes to, in the form in which budgets are decided."""

from typing import Final

from simulation.finance.document import StrategyCase
from simulation.report.workbook.charts import draw_charts
from simulation.report.workbook.checks_sheet import Outcome
from simulation.report.workbook.deadlines import write_deadlines
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.effects import Effects
from simulation.report.workbook.savings import Savings
from simulation.report.workbook.sheet import Sheet
from simulation.report.workbook.stands import BASELINE, TODAY
from simulation.report.workbook.worth import Found, write_worth

SHOWN: Final = 4
"""Years that stand beside each other: t to t+3."""

WIDTH: Final = 7
"""Columns of the sheet."""

_THOUSAND: Final = 1_000
_KEYS: Final = {TODAY: "today", BASELINE: "baseline"}


def write_summary(desk: Desk, effects: Effects, savings: Savings, outcome: Outcome) -> None:
    """Write the sheet."""
    sheet = desk.sheet("summary")
    sheet.widths([52, *([14] * (WIDTH - 1))])
    sheet.page.set_portrait()
    sheet.page.fit_to_pages(1, 1)
    row = _top(desk, sheet, outcome)
    row = _verdict(desk, sheet, effects, row)
    row = _budget(desk, sheet, effects, row + 1)
    row = write_worth(desk, sheet, row + 1, Found(effects, savings, outcome))
    if desk.cast.case.deadlines:
        row = write_deadlines(desk, sheet, row + 1, WIDTH)
    row = draw_charts(desk, sheet, effects, row + 1)
    _about(desk, sheet, row + 1)


def _top(desk: Desk, sheet: Sheet, outcome: Outcome) -> int:
    """Say what this is, and whether it adds up."""
    row = sheet.top(desk.say("summary.title"), [desk.say("summary.note")], WIDTH) - 1
    if desk.cast.case.comparison.example:
        sheet.wide(row, WIDTH, "warning", desk.say("example"))
        row += 1
    well, other, wrong = (desk.say(f"summary.{key}") for key in ("well", "changed", "wrong"))
    sheet.wide(row, WIDTH, "strong")
    formula = f'IF({outcome.holds},IF({outcome.changed}=0,"{well}","{other}"),"{wrong}")'
    sheet.formula(row, 0, formula, well, "strong")
    return row + 2


def _verdict(desk: Desk, sheet: Sheet, effects: Effects, row: int) -> int:
    """Say of each strategy whether its present value is an advantage."""
    sheet.text(row, 0, desk.say("summary.verdict"), "heading")
    saves, costs = (desk.say(f"summary.{key}") for key in ("saves", "costs"))
    for strategy in desk.cast.strategies:
        row += 1
        sheet.text(row, 0, desk.title(strategy.letter), "wrapped")
        sheet.wide(row, WIDTH, "prose", first=1)
        value = effects.value(strategy.letter)
        own = saves if strategy.present_value >= 0 else costs
        sheet.formula(row, 1, f'IF({value}>=0,"{saves}","{costs}")', own, "prose")
    return row + 1


def _budget(desk: Desk, sheet: Sheet, effects: Effects, row: int) -> int:
    """Write the first table: the effect on the budget by year, in thousands."""
    shown, later = desk.cast.life[:SHOWN], desk.cast.life[SHOWN:]
    sheet.text(row, 0, desk.say("summary.budget"), "heading")
    heads = [str(desk.year(place)) for place in shown]
    if later:
        first, last = desk.year(later[0]), desk.year(later[-1])
        heads.append(desk.say("summary.later", first=first, last=last))
    sheet.header(row + 1, [desk.say("summary.effect"), *heads], texts=(0,))
    row += 2
    for strategy in desk.cast.strategies:
        sheet.text(row, 0, desk.title(strategy.letter), "strong")
        for kind in ("structural", "once", "together"):
            row += 1
            _effect(desk, sheet, effects, strategy, kind=kind, row=row)
        row += 1
    sheet.wide(row, WIDTH, "prose", desk.say("summary.letters"))
    return row + 1


def _effect(
    desk: Desk, sheet: Sheet, effects: Effects, strategy: StrategyCase, *, kind: str, row: int
) -> None:
    """Write one row of the first table: t to t+3, and the mean of the years after that."""
    together = kind == "together"
    sheet.text(row, 0, f"   {desk.say(kind)}", "total" if together else "text")
    form = "thousands.total" if together else "thousands"
    shown, later = desk.cast.life[:SHOWN], desk.cast.life[SHOWN:]
    for column, place in enumerate(shown, start=1):
        formula = f"ROUND({effects.ref(strategy.letter, place, kind)}/{_THOUSAND},0)"
        sheet.formula(row, column, formula, _thousands(_amount(strategy, kind, place)), form)
    if later:
        mean = sum(_amount(strategy, kind, place) for place in later) / len(later)
        formula = f"ROUND(AVERAGE({effects.range(strategy.letter, kind, SHOWN)})/{_THOUSAND},0)"
        sheet.formula(row, 1 + len(shown), formula, _thousands(mean), form)


def _amount(strategy: StrategyCase, kind: str, place: int) -> float:
    effect = strategy.effects[place]
    amounts = {"structural": effect.structural, "once": effect.once}
    return amounts.get(kind, effect.structural + effect.once)


def _thousands(amount: float) -> int:
    """Round as a spreadsheet does: half away from 0."""
    whole = int(abs(amount) / _THOUSAND + 0.5)
    return whole if amount > 0 else -whole


def _about(desk: Desk, sheet: Sheet, row: int) -> None:
    """Say which sheets there are, and from which run they come."""
    case = desk.cast.case
    sheet.text(row, 0, desk.say("summary.scenarios"), "heading")
    for letter in (TODAY, BASELINE):
        row += 1
        sheet.text(row, 0, letter, "strong")
        sheet.wide(row, WIDTH, "prose", desk.say(f"summary.{_KEYS[letter]}"), first=1)
    row += 2
    sheet.text(row, 0, desk.say("summary.sheets"), "heading")
    for key, other in desk.sheets.items():
        if other is not sheet:
            row += 1
            sheet.link(row, 0, other.name)
            sheet.wide(row, WIDTH, "prose", desk.say(f"about.{key}"), first=1)
    question = case.question[:16]
    identity = desk.say("summary.identity", question=question, version=case.version)
    sheet.text(row + 2, 0, identity, "small")
    columns = max(WIDTH, 1 + len(desk.cast.strategies))
    # What is wider than its cell, such as a long name, makes no paper wider.
    sheet.page.print_area(0, 0, row + 3, columns - 1)
    if case.without:
        letters = desk.reader.listing(case.without)
        sheet.text(row + 3, 0, desk.say("summary.without", letters=letters), "small")
