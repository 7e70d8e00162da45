"""What a contact costs: each line of the yearly bill, and the part of it that each channel takes.

What is needed and what is paid stand beside each other: a bill goes by the hours that the norms
take, a budget by whole contracts. Quantities and shares are simulated values, euros are formulas.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import fsum
from typing import Final

from simulation.comparison.document import CostLine
from simulation.finance.document_contacts import ChannelCost
from simulation.finance.formulas import to_cents
from simulation.finance.per_contact import Weights, shares
from simulation.report import words
from simulation.report.workbook.contracts import Contracts
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.naming import line_words, unit_words
from simulation.report.workbook.prices import Priced
from simulation.report.workbook.sheet import Sheet
from simulation.report.workbook.stands import Stand, short

COLUMNS: Final = (
    "scenario", "channel", "answered", "resolved", "full_cost", "avoidable", "full_contact",
    "avoidable_contact", "full_resolved", "avoidable_resolved", "paid_full", "paid_contact",
    "paid_resolved",
)  # fmt: skip
LINES: Final = (
    "scenario", "line", "unit", "quantity", "rate", "amount", "ends", "paid_quantity",
    "paid_amount",
)  # fmt: skip
AT: Final = {name: column for column, name in enumerate(COLUMNS)}
_LINE: Final = {name: column for column, name in enumerate(LINES)}

EACH: Final = {
    "full_contact": ("full_cost", "answered"),
    "avoidable_contact": ("avoidable", "answered"),
    "full_resolved": ("full_cost", "resolved"),
    "avoidable_resolved": ("avoidable", "resolved"),
    "paid_contact": ("paid_full", "answered"),
    "paid_resolved": ("paid_full", "resolved"),
}
"""What is divided by what."""

_NAME: Final = 40
"""Characters of a channel above a column."""


@dataclass(frozen=True)
class _Line:
    """A line of the bill, and what it comes to."""

    stand: Stand
    line: CostLine
    weights: Weights
    quantity: float
    paid: float

    @property
    def amount(self) -> float:
        return to_cents(self.quantity * self.line.rate)

    @property
    def paid_amount(self) -> float:
        return to_cents(self.paid * self.line.rate)

    @property
    def letter(self) -> str:
        return self.stand.letter

    def share(self, channel: str | None) -> float:
        """Give the share of a channel; of none, what is left."""
        if channel is None:
            return 1.0 - fsum(self.weights.values())
        return self.weights.get(channel, 0.0)


@dataclass(frozen=True)
class ContactCells:
    """Where the costs stand.

    Attributes
    ----------
    sheet : with them
    rows : by badge and channel
    found : what sums come to here, by badge, channel and column
    values : addresses of all that is simulated
    totals : these values
    """

    sheet: Sheet
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    found: dict[tuple[str, str | None, str], float] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)
    totals: list[float] = field(default_factory=list)

    def ref(self, letter: str, channel: str, column: str) -> str:
        """Give the address of a cell."""
        return self.sheet.ref(self.rows[letter, channel], AT[column])

    def sum(self) -> str:
        """Give the formula of the sum of everything here that was simulated."""
        return f"SUM({','.join(self.values)})"

    @property
    def total(self) -> float:
        """What that sum was in the run."""
        return fsum(self.totals)


def write_contact_costs(desk: Desk, contracts: Contracts) -> ContactCells:
    """Write the sheet."""
    sheet, case = desk.sheet("contact_costs"), desk.cast.case
    channels = list(dict.fromkeys(own.channel for each in case.contacts for own in each.channels))
    sheet.widths([10, 50, 13, 14, 13, 15, 14, 14, 15, *([13] * max(4, len(channels) + 1))])
    notes = [desk.say(f"contact_costs.{key}") for key in ("note", "avoidable", "half")]
    notes.insert(2, desk.say("contact_costs.paid", year=case.terms.last_simulated))
    top = sheet.top(desk.say("contact_costs.title"), notes, len(COLUMNS))
    lines = list(_lines(desk))
    first = top + 1 + sum(len(each.channels) + 1 for each in case.contacts) + 3
    table = _Table(desk, ContactCells(sheet), contracts, channels, lines, first)
    table.results(top)
    table.bill()
    return table.cells


def _lines(desk: Desk) -> Iterator[_Line]:
    """Give the structural lines of the bills of all scenarios that contacts are known of."""
    last = min(desk.cast.case.terms.years, desk.cast.case.terms.life) - 1
    for each in desk.cast.case.contacts:
        stand = desk.cast.stands[each.letter]
        measures, found = stand.scenario.measures, shares(stand.scenario)
        paid = {team.team: team.paid_fte for team in stand.years[last].teams}
        for line in stand.scenario.lines:
            if line.structural:
                quantity = measures[f"costs.quantities.{line.name}"].mean
                contract = line.unit == "fte_year"
                own = paid[line.group.removeprefix("staff.")] if contract else quantity
                yield _Line(stand, line, found[line.name], quantity, own)


@dataclass(frozen=True)
class _Table:
    """Both tables: what a contact costs, and the lines that it is made of."""

    desk: Desk
    cells: ContactCells
    contracts: Contracts
    channels: list[str]
    lines: list[_Line]
    first: int
    """Row of the first line."""

    def results(self, top: int) -> None:
        self.cells.sheet.header(top, self.desk.heads(COLUMNS), texts=(0, 1))
        row = top + 1
        for each in self.desk.cast.case.contacts:
            for own in each.channels:
                self.cells.rows[each.letter, own.channel] = row
                self._result(each.letter, own, row)
                row += 1
            self._sums(each.letter, None, row)
            row += 1
        counted = (AT[name] for name in ("answered", "resolved"))
        self.cells.values.extend(
            self.cells.sheet.range(top + 1, row - 1, column) for column in counted
        )

    def _result(self, letter: str, own: ChannelCost, row: int) -> None:
        """Write what one channel costs, and that divided by its contacts."""
        sheet, found = self.cells.sheet, self._sums(letter, own.channel, row)
        counts = {"answered": own.contacts, "resolved": own.resolved}
        for name, value in counts.items():
            sheet.value(row, AT[name], value, "number")
            self.cells.totals.append(value)
        for name, (over, under) in EACH.items():
            if counts[under]:
                formula = f"{sheet.here(row, AT[over])}/{sheet.here(row, AT[under])}"
                sheet.formula(row, AT[name], formula, found[over] / counts[under], "euro")

    def _sums(self, letter: str, channel: str | None, row: int) -> dict[str, float]:
        """Write what a channel takes of all lines, or what belongs to none; give it."""
        sheet, name = self.cells.sheet, self._name(letter, channel)
        sheet.text(row, 0, letter, "badge")
        sheet.text(row, 1, name, "wrapped")
        sheet.fit(row, {1: name})
        own = [n for n, each in enumerate(self.lines, self.first) if each.letter == letter]
        taken, amounts, paid, ends = (
            sheet.range(own[0], own[-1], column)
            for column in (
                self._column(channel),
                *(_LINE[part] for part in ("amount", "paid_amount", "ends")),
            )
        )
        goes = f'({ends}="{self.desk.say("contact_costs.ends")}")'
        formulas = {
            "full_cost": f"SUMPRODUCT({amounts},{taken})",
            "avoidable": f"SUMPRODUCT({goes}*{amounts}*{taken})",
            "paid_full": f"SUMPRODUCT({paid},{taken})",
        }
        found = self._found([self.lines[n - self.first] for n in own], channel)
        for part, formula in formulas.items():
            sheet.formula(row, AT[part], formula, found[part], "euro")
            self.cells.found[letter, channel, part] = found[part]
        return found

    def _found(self, lines: list[_Line], channel: str | None) -> dict[str, float]:
        shares_of = [each.share(channel) for each in lines]
        pairs = list(zip(lines, shares_of, strict=True))
        return {
            "full_cost": fsum(each.amount * share for each, share in pairs),
            "avoidable": fsum(each.amount * share for each, share in pairs if each.line.avoidable),
            "paid_full": fsum(each.paid_amount * share for each, share in pairs),
        }

    def _name(self, letter: str, channel: str | None) -> str:
        if channel is None:
            return self.desk.say("contact_costs.apart")
        scenario = self.desk.cast.stands[letter].scenario
        return short(words.channel_name(self.desk.reader, scenario, channel))

    def bill(self) -> None:
        """Write the lines below."""
        sheet, desk = self.cells.sheet, self.desk
        sheet.text(self.first - 2, 1, desk.say("contact_costs.bill"), "heading")
        last = desk.cast.case.contacts[-1].letter
        heads = [
            desk.say(
                "contact_costs.share",
                of=words.lower_first(words.clip(self._name(last, channel), _NAME)),
            )
            for channel in (*self.channels, None)
        ]
        columns = [*desk.heads(LINES), *heads]
        sheet.header(self.first - 1, columns, texts=(0, 1, 2, _LINE["ends"]))
        for row, own in enumerate(self.lines, start=self.first):
            self._line(own, row)
        end = self.first + len(self.lines) - 1
        simulated = (_LINE["quantity"], *map(self._column, self.channels))
        self.cells.values.extend(sheet.range(self.first, end, column) for column in simulated)
        sheet.end(self.first - 1, end, len(columns), by=(0,))

    def _line(self, own: _Line, row: int) -> None:
        sheet, desk, line = self.cells.sheet, self.desk, own.line
        sheet.text(row, 0, own.letter, "badge")
        sheet.text(row, 1, line_words(desk, own.stand, line.name, line.title))
        sheet.text(row, 2, unit_words(desk, line.unit))
        sheet.value(row, _LINE["quantity"], own.quantity, "quantity")
        sheet.formula(row, _LINE["rate"], self._rate(own), line.rate, "rate")
        quantity, rate, paid = (
            sheet.here(row, _LINE[part]) for part in ("quantity", "rate", "paid_quantity")
        )
        sheet.formula(row, _LINE["amount"], f"ROUND({quantity}*{rate},2)", own.amount, "euro")
        sheet.text(row, _LINE["ends"], desk.say(f"contact_costs.{_end(line)}"))
        sheet.formula(row, _LINE["paid_quantity"], self._paid(own, quantity), own.paid, "quantity")
        amount = f"ROUND({paid}*{rate},2)"
        sheet.formula(row, _LINE["paid_amount"], amount, own.paid_amount, "euro")
        self._shares(own, row)

    def _shares(self, own: _Line, row: int) -> None:
        sheet, found = self.cells.sheet, [own.share(channel) for channel in self.channels]
        for channel, share in zip(self.channels, found, strict=True):
            sheet.value(row, self._column(channel), share, "percent")
        first, apart = len(LINES), self._column(None)
        taken = f"{sheet.here(row, first)}:{sheet.here(row, apart - 1)}"
        sheet.formula(row, apart, f"1-SUM({taken})", own.share(None), "percent")
        self.cells.totals.extend((own.quantity, *found))

    def _rate(self, own: _Line) -> str:
        """Give the price of a unit at the price level, as a formula of named inputs."""
        prices, (kind, name, *rest) = Priced(self.desk, own.stand, ""), own.line.name.split(".")
        if kind == "staff" and own.line.unit == "hour":
            return prices.overtime(name)
        if kind == "staff":
            return prices.component(name, rest[0])
        return prices.name(f"costs.per_{kind}.{name}.amount")

    def _paid(self, own: _Line, quantity: str) -> str:
        if own.line.unit != "fte_year":
            return quantity
        last = min(self.desk.cast.case.terms.years, self.desk.cast.case.terms.life) - 1
        team = own.line.group.removeprefix("staff.")
        return self.contracts.ref(own.stand.letter, last, team, "paid")

    def _column(self, channel: str | None) -> int:
        """Give the column with the shares of a channel; the last is of what has none."""
        place = len(self.channels) if channel is None else self.channels.index(channel)
        return len(LINES) + place


def _end(line: CostLine) -> str:
    return "ends" if line.avoidable else "stays"
