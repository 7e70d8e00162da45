"""A scenario's budget of one year: who is paid, what is bought, and what is paid once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum

from simulation.costs.lines import AVOIDABLE, Line, avoidable_hour, lines, yearly_components
from simulation.finance.contracts import Release, release
from simulation.finance.document import ScenarioYear, TeamYear, Unit, YearLine
from simulation.finance.formulas import indexed, to_cents
from simulation.finance.needs import Facts
from simulation.scenario.costs import Costs, PayScale
from simulation.scenario.finance import Finance, Workforce
from simulation.scenario.scenario import Scenario

_MONTHS = 12.0


@dataclass(frozen=True)
class YearAsked:
    """One scenario in one year.

    Attributes
    ----------
    letter : badge
    scenario : with its prices and its finance
    place, year : of the year: 0 for the first, and the calendar year
    simulated : whether the facts are of this year itself
    facts : what it takes
    today : full-time equivalents of today's rosters, by team
    """

    letter: str
    scenario: Scenario
    place: int
    year: int
    simulated: bool
    facts: Facts
    today: Mapping[str, float]


def scenario_year(asked: YearAsked, before: ScenarioYear | None) -> ScenarioYear:
    """Write the budget of a scenario in one year.

    Parameters
    ----------
    asked : the scenario, the year, and what it takes
    before : the same scenario in the year before; None in the first one, which begins as today
    """
    costs, finance = asked.scenario.costs, asked.scenario.finance
    assert costs is not None
    assert finance is not None
    budget = _Budget(asked, costs, finance)
    teams = tuple(budget.team(name) for name in asked.facts.need)
    changed = {team.team: team.change for team in before.teams} if before else {}
    return ScenarioYear(
        letter=asked.letter,
        year=asked.year,
        simulated=asked.simulated,
        adoption=finance.adoption.share(asked.place),
        attained=asked.facts.attained,
        teams=teams,
        lines=(
            *budget.running({team.team: team for team in teams}),
            *(line for team in teams for line in budget.moving(team, changed.get(team.team, 0))),
            *budget.overhead(),
        ),
    )


@dataclass(frozen=True)
class _Budget:
    asked: YearAsked
    costs: Costs
    finance: Finance

    def team(self, name: str) -> TeamYear:
        """Give the people of a team."""
        own = self._release(name)
        scale, team = self._scale(name), self.asked.scenario.teams.get(name)
        yearly = fsum(yearly_components(scale)[part] for part in AVOIDABLE)
        return TeamYear(
            team=name,
            title=team.title if team else None,
            contract_fte=own.contract_fte,
            today_fte=own.today,
            need_fte=self.asked.facts.need[name],
            needed=own.needed,
            flexible=own.flexible,
            attrition=own.attrition,
            redeployment=own.redeployment,
            redundancy=own.redundancy,
            unabsorbed=own.unabsorbed,
            paid_fte=own.paid_fte,
            contract_cost=self._priced(yearly, pay=True) * own.contract_fte,
            hour_cost=self._priced(avoidable_hour(scale, self.costs), pay=True),
            handling_hours=self.asked.facts.measures.get(f"teams.{name}.busy_hours", 0.0),
        )

    def running(self, teams: Mapping[str, TeamYear]) -> Iterator[YearLine]:
        """Give the lines that the bill of a comparison has too, as far as they are avoidable."""
        for line in lines(self.asked.scenario):
            quantity = self._quantity(line, teams)
            if line.avoidable and quantity is not None:
                yield self._line(
                    line.name,
                    line.unit,
                    quantity,
                    line.rate,
                    group=line.group,
                    title=line.title,
                    structural=line.structural,
                    sources=line.sources,
                    pay=line.group.startswith("staff."),
                )

    def moving(self, team: TeamYear, before: int) -> Iterator[YearLine]:
        """Give what it takes once to come from the contracts of the year before to these."""
        take, first = self.finance.transition, self.asked.place == 0
        come, gone = max(0, team.change - before), max(0, before - team.change)
        month = team.contract_cost / _MONTHS
        parts = {
            "hiring": (come, take.hiring, False),
            "training": (come, take.training, False),
            "settling_in": (come * take.settling_in, month, None),
            "dual_running": (gone * take.dual_running, month, None),
            "advice": (gone * take.advice * first, month, None),
        }
        for part, (quantity, rate, pay) in parts.items():
            if quantity and rate:
                yield self._line(
                    f"transition.{team.team}.{part}",
                    "contract" if pay is False else "month",
                    float(quantity),
                    rate,
                    group=f"transition.{team.team}",
                    title=team.title,
                    structural=False,
                    sources=(f"finance.transition.{part}",),
                    pay=pay,
                )

    def overhead(self) -> Iterator[YearLine]:
        """Give the steps in overhead that hold."""
        for name, step in self.finance.overhead.items():
            if step.year <= self.asked.year:
                yield self._line(
                    f"overhead.{name}",
                    "year",
                    1.0,
                    step.amount,
                    group="overhead",
                    title=step.title,
                    structural=True,
                    sources=(f"finance.overhead.{name}.amount",),
                    pay=False,
                )

    def _quantity(self, line: Line, teams: Mapping[str, TeamYear]) -> float | None:
        if line.unit == "fte_year":
            team = teams.get(line.group.removeprefix("staff."))
            return team.paid_fte if team else None
        if line.unit == "month":
            return _MONTHS
        if line.unit == "once":
            return 1.0 if self.asked.place == 0 else None
        return self.asked.facts.measures.get(line.quantity, 0.0)

    def _line(
        self,
        name: str,
        unit: Unit,
        quantity: float,
        rate: float,
        *,
        group: str,
        title: object,
        structural: bool,
        sources: tuple[str, ...],
        pay: bool | None,
    ) -> YearLine:
        own = rate if pay is None else self._priced(rate, pay=pay)
        return YearLine.model_validate(
            {
                "name": name,
                "group": group,
                "title": title,
                "unit": unit,
                "quantity": quantity,
                "rate": own,
                "amount": to_cents(quantity * own),
                "structural": structural,
                "sources": sources,
            }
        )

    def _priced(self, amount: float, *, pay: bool) -> float:
        """Bring an amount at the price level to the prices of the year."""
        index = self.finance.indexation
        if index is None:
            return amount
        years = self.asked.year - self.costs.price_level
        return indexed(amount, index.pay if pay else index.purchases, years)

    def _scale(self, team: str) -> PayScale:
        name = self.asked.scenario.teams[team].pay_scale
        assert name is not None
        return self.costs.pay_scales[name]

    def _release(self, team: str) -> Release:
        return release(
            self.asked.today.get(team, 0.0),
            self.asked.facts.need[team],
            self.finance.workforce.get(team, Workforce()),
            self.asked.place,
            self.costs.contract_hours,
        )
