"""The budget of every scenario and year: quantity × rate, to the cent, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulation.finance.budget_view import field_of
from simulation.finance.document import YearLine
from simulation.report.workbook.contracts import Contracts
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.inputs import TRANSITION
from simulation.report.workbook.naming import line_words, unit_words
from simulation.report.workbook.prices import Priced, priced
from simulation.report.workbook.sheet import Sheet
from simulation.report.workbook.simulated import COUNTED, Simulated
from simulation.report.workbook.stands import BASELINE, TODAY, Stand
from simulation.scenario.text import Text

COLUMNS = ("scenario", "year", "line", "unit", "quantity", "rate", "amount", "kind", "sources")
_PRINTED = COLUMNS.index("sources")
"""Columns on paper: paths are for the screen."""

_FIELD = len(COLUMNS)
"""The column with task fields, in a case that has them."""

_AMOUNT, _KIND = COLUMNS.index("amount"), COLUMNS.index("kind")


@dataclass(frozen=True)
class Budget:
    """Where the lines stand.

    Attributes
    ----------
    sheet : with them
    blocks : first and last row, by badge and place of the year
    kinds : what the lines say that recur, and those that do not
    """

    sheet: Sheet
    blocks: dict[tuple[str, int], tuple[int, int]]
    kinds: dict[bool, str]

    def total(self, letter: str, place: int, *, structural: bool) -> str:
        """Give the formula of the sum of lines that recur, or of those that do not."""
        first, last = self.blocks[letter, place]
        kinds, amounts = (self.sheet.range(first, last, column) for column in (_KIND, _AMOUNT))
        return f'ROUND(SUMIF({kinds},"{self.kinds[structural]}",{amounts}),2)'

    def of_field(self, letter: str, place: int, field: str, *, structural: bool) -> str:
        """Give the formula of the same for the lines of the task field that a cell names."""
        fields, kinds, amounts = (
            self.sheet.range(*self.blocks[letter, place], column)
            for column in (_FIELD, _KIND, _AMOUNT)
        )
        # EXACT, because conditions of SUMIFS read signs and wildcards in a name.
        own = f'EXACT({fields},{field})*({kinds}="{self.kinds[structural]}")'
        return f"SUMPRODUCT({own}*{amounts})"

    def amounts(self, letter: str, place: int) -> str:
        """Give the addresses of the amounts of a year."""
        return self.sheet.range(*self.blocks[letter, place], _AMOUNT)


@dataclass(frozen=True)
class _Line:
    """A line as formulas, each with what it comes to."""

    name: str
    title: Text | None
    unit: str
    structural: bool
    sources: tuple[str, ...]
    quantity: tuple[str, float]
    rate: tuple[str, float]
    amount: float


def write_budget(desk: Desk, simulated: Simulated, contracts: Contracts) -> Budget:
    """Write the sheet."""
    sheet = desk.sheet("budget")
    notes = [desk.say("budget.note"), desk.say("budget.sources")]
    columns = (*COLUMNS, "taakveld") if desk.cast.case.task_fields else COLUMNS
    sheet.widths([10, 8, 56, 12, 14, 14, 17, 14, 80, 40], paper=_PRINTED)
    top = sheet.top(desk.say("budget.title"), notes, _PRINTED)
    sheet.header(top, desk.heads(columns), texts=(0, 2, 3, 7, 8, 9), freeze=3)
    kinds = {True: desk.say("structural"), False: desk.say("once")}
    blocks, row = dict[tuple[str, int], tuple[int, int]](), top
    for stand in desk.cast.stands.values():
        for place in desk.cast.life:
            first = row + 1
            year = _Year(desk, stand, place, simulated, contracts)
            for line in year.lines(first):
                row += 1
                year.write(sheet, row, line, kinds[line.structural])
            blocks[stand.letter, place] = (first, row)
    sheet.page.print_area(0, 0, row, _PRINTED - 1)
    sheet.page.set_portrait()
    sheet.end(top, row, len(columns), by=(0, 1))
    nothing = {"type": "cell", "criteria": "==", "value": 0, "format": desk.forms("faint")}
    sheet.page.conditional_format(top + 1, _AMOUNT - 2, row, _AMOUNT, nothing)
    return Budget(sheet, blocks, kinds)


@dataclass(frozen=True)
class _Year:
    """The lines of one scenario in one year, those too that come to 0 and could become more."""

    desk: Desk
    stand: Stand
    place: int
    simulated: Simulated
    contracts: Contracts

    def lines(self, first: int) -> Iterator[_Line]:
        """Give the lines; the first of them stands on that row."""
        row = first
        known = {line.name: line for line in self.stand.years[self.place].lines}
        for line in known.values():
            if line.group != "overhead" and not line.group.startswith("transition."):
                yield self._running(line, self._priced(row))
                row += 1
        if self.stand.letter != TODAY:
            for team in self.stand.teams:
                for part in TRANSITION:
                    if part != "advice" or not self.place:
                        yield self._moving(team, part, self._priced(row), known)
                        row += 1
        for name in self.stand.finance.overhead:
            yield self._overhead(name, known)
            row += 1

    def write(self, sheet: Sheet, row: int, line: _Line, kind: str) -> None:
        """Write a line."""
        desk, product = self.desk, f"{sheet.here(row, 4)}*{sheet.here(row, 5)}"
        sheet.text(row, 0, self.stand.letter, "badge")
        sheet.value(row, 1, desk.year(self.place), "year")
        sheet.text(row, 2, line_words(desk, self.stand, line.name, line.title))
        sheet.text(row, 3, unit_words(desk, line.unit))
        sheet.formula(row, 4, *line.quantity, "quantity")
        sheet.formula(row, 5, *line.rate, "rate")
        sheet.formula(row, 6, f"ROUND({product},2)", line.amount, "euro")
        sheet.text(row, 7, kind)
        sheet.text(row, 8, ", ".join(line.sources), "small")
        budget = desk.cast.stands[BASELINE].finance.budget
        if budget is not None and desk.cast.case.task_fields:
            sheet.text(row, _FIELD, desk.task_field(field_of(budget, line.name)))

    def _priced(self, row: int) -> Priced:
        return Priced(self.desk, self.stand, f"B{row + 1}")

    def _running(self, line: YearLine, prices: Priced) -> _Line:
        kind, name, *rest = line.name.split(".")
        if kind == "staff" and line.unit == "hour":
            rate = prices.pay(prices.overtime(name))
        elif kind == "staff":
            rate = prices.pay(f"({prices.component(name, rest[0])})")
        else:
            room = {"contact": "per_contact", "month": "per_month", "once": "once"}[kind]
            rate = prices.bought(prices.name(f"costs.{room}.{name}.amount"))
        return _Line(
            line.name,
            line.title,
            line.unit,
            line.structural,
            line.sources,
            (self._quantity(line, name), line.quantity),
            (rate, line.rate),
            line.amount,
        )

    def _quantity(self, line: YearLine, name: str) -> str:
        if line.unit in COUNTED:
            return self.simulated.ref(self.stand.letter, "line", line.name, self.place)
        if line.unit == "fte_year":
            return self.contracts.ref(self.stand.letter, self.place, name, "paid")
        return "12" if line.unit == "month" else "1"

    def _moving(self, team: str, part: str, prices: Priced, known: dict[str, YearLine]) -> _Line:
        """Give what it takes once to come from the contracts of the year before to these."""
        letter, path = self.stand.letter, f"finance.transition.{part}"
        own, line = self.stand.team(self.place, team), known.get(f"transition.{team}.{part}")
        stated, value = prices.name(path), self.desk.inputs.value(letter, path)
        people, many = self._moves(team, come=part in {"hiring", "training", "settling_in"})
        if part in {"hiring", "training"}:
            at_once = priced(self.desk, self.stand, value, self.place, "purchases")
            quantity, rate = (people, many), (prices.bought(stated), at_once)
        else:
            month = f"{self.contracts.ref(letter, self.place, team, 'contract_cost')}/12"
            quantity, rate = (f"{people}*{stated}", many * value), (month, own.contract_cost / 12)
        return _Line(
            name=f"transition.{team}.{part}",
            title=own.title,
            unit="contract" if part in {"hiring", "training"} else "month",
            structural=False,
            sources=(path,),
            quantity=quantity,
            rate=rate,
            amount=line.amount if line else 0.0,
        )

    def _moves(self, team: str, *, come: bool) -> tuple[str, float]:
        """Give how many contracts come, or go, against the year before."""
        now = self.contracts.ref(self.stand.letter, self.place, team, "change")
        before, was = "0", 0
        if self.place:
            before = self.contracts.ref(self.stand.letter, self.place - 1, team, "change")
            was = self.stand.team(self.place - 1, team).change
        more = self.stand.team(self.place, team).change - was
        difference = f"{now}-{before}" if come else f"{before}-{now}"
        return f"MAX(0,{difference})", float(max(0, more if come else -more))

    def _overhead(self, name: str, known: dict[str, YearLine]) -> _Line:
        step, letter = self.stand.finance.overhead[name], self.stand.letter
        root, year = f"finance.overhead.{name}", self.desk.year(self.place)
        line = known.get(f"overhead.{name}")
        amount = priced(self.desk, self.stand, step.amount, self.place, "purchases")
        bought = Priced(self.desk, self.stand, str(year)).bought
        return _Line(
            name=f"overhead.{name}",
            title=step.title,
            unit="step",
            structural=True,
            sources=(f"{root}.amount",),
            quantity=(
                f"IF({self.desk.inputs(letter, f'{root}.year')}<={year},1,0)",
                1.0 if line else 0.0,
            ),
            rate=(bought(self.desk.inputs(letter, f"{root}.amount")), amount),
            amount=line.amount if line else 0.0,
        )
