"""Savings by strategy, year and team: what can be booked, what is avoided, what is only time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulation.finance.document import StrategyCase, TeamEffect
from simulation.report.workbook.contracts import Contracts
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.sheet import Sheet
from simulation.report.workbook.stands import BASELINE

COLUMNS = (
    "scenario", "year", "team", "contract_cost", "cashable_contracts", "cashable",
    "avoided_contracts", "avoided", "unabsorbed", "capacity_hours", "capacity",
)  # fmt: skip
AT = {name: column for column, name in enumerate(COLUMNS)}


@dataclass(frozen=True)
class Savings:
    """Where savings stand.

    Attributes
    ----------
    sheet : with them
    blocks : first and last row, by badge and place of the year
    first, last : rows
    """

    sheet: Sheet
    blocks: dict[tuple[str, int], tuple[int, int]]
    first: int
    last: int

    def sum(self, letter: str, place: int, column: str) -> str:
        """Give the formula of the sum over the teams of a strategy in a year."""
        return f"SUM({self.sheet.range(*self.blocks[letter, place], AT[column])})"

    def cells(self, letter: str, place: int, column: str, rows: Sequence[int]) -> str:
        """Give the formula of the sum over some teams, by their place among those of the year."""
        first, _ = self.blocks[letter, place]
        return "+".join(self.sheet.ref(first + row, AT[column]) for row in rows) or "0"

    def column(self, column: str) -> str:
        """Give the addresses of a whole column."""
        return self.sheet.range(self.first, self.last, AT[column])


def write_savings(desk: Desk, contracts: Contracts) -> Savings:
    """Write the sheet."""
    sheet = desk.sheet("savings")
    notes = [desk.say(f"savings.{key}") for key in ("cashable", "avoided", "capacity")]
    sheet.widths([40, 8, 26, 15, 12, 17, 12, 17, 12, 13, 17])
    top = sheet.top(desk.say("savings.title"), notes, len(COLUMNS))
    sheet.header(top, desk.heads(COLUMNS), texts=(0, 2), freeze=3)
    blocks, row = dict[tuple[str, int], tuple[int, int]](), top
    for strategy in desk.cast.strategies:
        for place in desk.cast.life:
            first = row + 1
            for row, effect in enumerate(strategy.effects[place].teams, start=first):
                _Row(desk, sheet, contracts, strategy, place, effect, row).write()
            blocks[strategy.letter, place] = (first, row)
    sheet.end(top, row, len(COLUMNS), by=(0, 1))
    return Savings(sheet, blocks, top + 1, row)


@dataclass(frozen=True)
class _Row:
    desk: Desk
    sheet: Sheet
    contracts: Contracts
    strategy: StrategyCase
    place: int
    effect: TeamEffect
    row: int

    def write(self) -> None:
        own, letter, team = self.effect, self.strategy.letter, self.effect.team
        stand = self.desk.cast.stands[letter]
        self.sheet.text(self.row, 0, self.desk.title(letter))
        self.sheet.value(self.row, 1, self.desk.year(self.place), "year")
        self.sheet.text(self.row, 2, stand.team_name(self.desk.reader, team))
        self._put("contract_cost", self._own("contract_cost"), self._cost(), "euro")
        cost = self.sheet.here(self.row, AT["contract_cost"])
        cashable = _sum([f"-MAX(0,-{before})" for before in self._before("change")])
        avoided = _sum([f"+MAX(0,{before})" for before in self._before("change")])
        self._put(
            "cashable_contracts",
            f"MAX(0,-{self._own('change')}){cashable}",
            own.cashable_contracts,
            "signed",
        )
        self._put("cashable", self._times("cashable_contracts", cost), own.cashable, "euro")
        formula = f"{avoided}-MAX(0,{self._own('change')})".removeprefix("+")
        self._put("avoided_contracts", formula, own.avoided_contracts, "signed")
        self._put("avoided", self._times("avoided_contracts", cost), own.avoided, "euro")
        self._put("unabsorbed", self._own("unabsorbed"), own.unabsorbed_contracts, "count")
        hours = _sum([f"+{before}" for before in self._before("busy")])
        formula = f"{hours}-{self._own('busy')}".removeprefix("+")
        self._put("capacity_hours", formula, own.capacity_hours, "number")
        hour = self._own("hour_cost")
        self._put("capacity", self._times("capacity_hours", hour), own.capacity, "euro")

    def _cost(self) -> float:
        stand = self.desk.cast.stands[self.strategy.letter]
        return stand.team(self.place, self.effect.team).contract_cost

    def _own(self, column: str) -> str:
        return self.contracts.ref(self.strategy.letter, self.place, self.effect.team, column)

    def _before(self, column: str) -> Iterator[str]:
        """Give the cells of the teams of 0* that do the work of this one there."""
        stand = self.desk.cast.stands[self.strategy.letter]
        own = self.effect.team
        for team in (own, *stand.workforce(own).takes_over):
            if (BASELINE, self.place, team) in self.contracts.rows:
                yield self.contracts.ref(BASELINE, self.place, team, column)

    def _times(self, column: str, cost: str) -> str:
        return f"ROUND({self.sheet.here(self.row, AT[column])}*{cost},2)"

    def _put(self, column: str, formula: str, value: float, form: str) -> None:
        self.sheet.formula(self.row, AT[column], formula, value, form)


def _sum(terms: Sequence[str]) -> str:
    return "".join(terms)
