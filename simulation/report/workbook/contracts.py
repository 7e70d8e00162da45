"""Contracts by scenario, year and team: how people who are no longer needed really leave.

The formulas are those of `simulation.finance.contracts`, one step a column.
"""

from dataclasses import dataclass

from simulation.finance.document import TeamYear
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.prices import Priced
from simulation.report.workbook.sheet import Sheet, Value
from simulation.report.workbook.simulated import Simulated
from simulation.report.workbook.stands import Stand

COLUMNS = (
    "scenario", "year", "team", "today", "need", "contract_fte", "contracts", "needed", "surplus",
    "flexible", "attrition", "redeployment", "redundancy", "unabsorbed", "change", "paid",
    "contract_cost", "hour_cost", "busy",
)  # fmt: skip
AT = {name: column for column, name in enumerate(COLUMNS)}

_NEAR = "0.000001"
"""A contract that is whole but for rounding counts as whole."""


@dataclass(frozen=True)
class Contracts:
    """Where contracts stand.

    Attributes
    ----------
    sheet : with them
    rows : by badge, place of the year, and team
    first, last : rows
    """

    sheet: Sheet
    rows: dict[tuple[str, int, str], int]
    first: int
    last: int

    def ref(self, letter: str, place: int, team: str, column: str) -> str:
        """Give the address of a cell."""
        return self.sheet.ref(self.rows[letter, place, team], AT[column])

    def column(self, column: str) -> str:
        """Give the addresses of a whole column."""
        return self.sheet.range(self.first, self.last, AT[column])


def write_contracts(desk: Desk, simulated: Simulated) -> Contracts:
    """Write the sheet."""
    sheet = desk.sheet("contracts")
    notes = [desk.say("contracts.note"), desk.say("contracts.order")]
    sheet.widths([10, 8, 26, *([11] * 13), 14, 12, 12])
    top = sheet.top(desk.say("contracts.title"), notes, len(COLUMNS))
    sheet.header(top, desk.heads(COLUMNS), texts=(0, 2), freeze=3)
    rows, row = dict[tuple[str, int, str], int](), top
    for stand in desk.cast.stands.values():
        for place in desk.cast.life:
            for team in stand.teams:
                row += 1
                rows[stand.letter, place, team] = row
                _Row(desk, sheet, simulated, stand, place, team, row).write()
    sheet.end(top, row, len(COLUMNS), by=(0, 1))
    return Contracts(sheet, rows, top + 1, row)


@dataclass(frozen=True)
class _Row:
    desk: Desk
    sheet: Sheet
    simulated: Simulated
    stand: Stand
    place: int
    team: str
    row: int

    def write(self) -> None:
        own, letter = self.stand.team(self.place, self.team), self.stand.letter
        self.sheet.text(self.row, 0, letter, "badge")
        self.sheet.value(self.row, 1, self.desk.year(self.place), "year")
        self.sheet.text(self.row, 2, self.stand.team_name(self.desk.reader, self.team))
        self._put("today", self._simulated("today"), own.today_fte, "number")
        self._put("need", self._simulated("need"), own.need_fte, "number")
        self._contracts(own)
        self._release(own)
        priced = Priced(self.desk, self.stand, self._at("year"))
        self._put(
            "contract_cost",
            f"{priced.pay(priced.avoidable(self.team))}*{self._at('contract_fte')}",
            own.contract_cost,
            "euro",
        )
        hour = f"{priced.avoidable(self.team)}/{priced.name('costs.contract_hours')}"
        self._put("hour_cost", priced.pay(f"({hour})"), own.hour_cost, "euro")
        self._put("busy", self._simulated("busy"), own.handling_hours, "number")

    def _contracts(self, own: TeamYear) -> None:
        """Write how many contracts there are, and how many have to come or can go."""
        hours = self.desk.inputs(self.stand.letter, "costs.contract_hours")
        contract = f"{self._workforce('contract')}*52/{hours}"
        self._put("contract_fte", contract, own.contract_fte, "fine")
        whole = own.today_fte / own.contract_fte
        self._put("contracts", f"{self._at('today')}/{self._at('contract_fte')}", whole, "number")
        change = f"({self._at('need')}-{self._at('today')})/{self._at('contract_fte')}"
        self._put(
            "needed",
            f"IF({change}>0,ROUNDUP(MAX(0,{change}-{_NEAR}),0),-ROUNDDOWN(-{change}+{_NEAR},0))",
            own.needed,
            "signed",
        )
        self._put("surplus", f"MAX(0,-{self._at('needed')})", max(0, -own.needed), "count")

    def _release(self, own: TeamYear) -> None:
        """Write how those that can go do go, one way after the other."""
        contracts, permanent = self._at("contracts"), self._permanent()
        stayed = f"(1-{self._workforce('attrition')})^{self.place}" if self.place else "1"
        later = 1 if self.place else 0
        ways = {
            "flexible": f"{contracts}*{self._workforce('flexible')}",
            "attrition": f"{permanent}*(1-{stayed})",
            "redeployment": f"{permanent}*MIN(1,{self._workforce('redeployment')}*{self.place})",
            "redundancy": f"{permanent}*{self._workforce('redundancy')}*{later}",
        }
        left = self._at("surplus")
        for name, way in ways.items():
            formula = f"MIN({left},ROUNDDOWN({way}+{_NEAR},0))"
            self._put(name, formula, getattr(own, name), "count")
            left += f"-{self._at(name)}"
        self._put("unabsorbed", left, own.unabsorbed, "count")
        change = f"{self._at('needed')}+{self._at('unabsorbed')}"
        self._put("change", change, own.change, "signed")
        paid = f"{self._at('today')}+{self._at('change')}*{self._at('contract_fte')}"
        self._put("paid", paid, own.paid_fte, "number")

    def _permanent(self) -> str:
        return f"{self._at('contracts')}*(1-{self._workforce('flexible')})"

    def _workforce(self, part: str) -> str:
        return self.desk.inputs(self.stand.letter, f"finance.workforce.{self.team}.{part}")

    def _simulated(self, kind: str) -> str:
        return self.simulated.ref(self.stand.letter, kind, self.team, self.place)

    def _at(self, column: str) -> str:
        return self.sheet.here(self.row, AT[column])

    def _put(self, column: str, formula: str, value: Value, form: str) -> None:
        self.sheet.formula(self.row, AT[column], formula, value, form)
