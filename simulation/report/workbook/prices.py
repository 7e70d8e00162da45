"""Prices as formulas: from named inputs to euros of a year."""

from dataclasses import dataclass

from simulation.costs.lines import AVOIDABLE
from simulation.finance.formulas import indexed
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.stands import Stand


@dataclass(frozen=True)
class Priced:
    """The prices of a scenario in one year.

    Attributes
    ----------
    desk, stand : the workbook, and the scenario
    year : address of the cell with the year
    """

    desk: Desk
    stand: Stand
    year: str

    def name(self, path: str) -> str:
        """Give the name of an input."""
        return self.desk.inputs(self.stand.letter, path)

    def pay(self, formula: str) -> str:
        """Bring pay to the prices of the year."""
        return self._indexed(formula, "pay")

    def bought(self, formula: str) -> str:
        """Bring a purchase to the prices of the year."""
        return self._indexed(formula, "purchases")

    def component(self, team: str, part: str) -> str:
        """Give the yearly cost of one full-time person, one component of it."""
        root = f"costs.pay_scales.{self.stand.scale_name(team)}"
        salary = f"12*{self.name(f'{root}.monthly_salary')}"
        budget = f"{salary}*{self.name(f'{root}.individual_budget')}"
        formulas = {
            "salary": salary,
            "individual_budget": budget,
            "employer_charges": f"({salary}+{budget})*{self.name(f'{root}.employer_charges')}",
        } | {name: self.name(f"{root}.{name}") for name in ("hire", "workplace", "overhead")}
        return formulas[part]

    def avoidable(self, team: str) -> str:
        """Give what really ends when one full-time person leaves, a year."""
        return "(" + "+".join(self.component(team, part) for part in AVOIDABLE) + ")"

    def overtime(self, team: str) -> str:
        """Give the price of an hour outside the roster."""
        root = f"costs.pay_scales.{self.stand.scale_name(team)}"
        hour = f"{self.avoidable(team)}/{self.name('costs.contract_hours')}"
        return f"{hour}*{self.name(f'{root}.overtime_factor')}"

    def _indexed(self, formula: str, kind: str) -> str:
        if self.stand.finance.indexation is None:
            return formula
        rise, level = self.name(f"finance.indexation.{kind}"), self.name("costs.price_level")
        return f"{formula}*(1+{rise})^({self.year}-{level})"


def priced(desk: Desk, stand: Stand, amount: float, place: int, kind: str) -> float:
    """Give what such a formula comes to, for an amount at the price level."""
    index = stand.finance.indexation
    if index is None:
        return amount
    years = desk.year(place) - stand.costs.price_level
    return indexed(amount, getattr(index, kind), years)
