"""The case document: what a strategy costs and saves by year, as one JSON file.

It holds the comparison that it rests on, whole, so that page and workbook need nothing else. The
same question gives the same bytes, as with `simulation.comparison.document`.
"""

from typing import Annotated, Literal

from pydantic import Field

from simulation.comparison.document import Attainment, Entry, Result
from simulation.comparison.fields import Hash, Letter, Number, Ordinal, Tally
from simulation.finance.document_break_even import BreakEven
from simulation.finance.document_budget import BudgetView, Deadline, Reconciliation, TaskField
from simulation.finance.document_contacts import ContactCosts, PaidContacts
from simulation.finance.document_sensitivity import Sensitivity
from simulation.scenario.finance import Year
from simulation.scenario.text import Text
from simulation.scenario.values import Name, Share

FORMAT = "kanaalkompas-case/1"
"""Name and version of the format."""


class TeamYear(Entry):
    """The people of one team in one year."""

    team: Name
    """Name of the team."""

    title: Text | None
    """Title of the team in the scenario."""

    contract_fte: Annotated[Number, Field(gt=0)]
    """Full-time equivalents of one contract."""

    today_fte: Annotated[Number, Field(ge=0)]
    """Full-time equivalents in today's roster."""

    need_fte: Annotated[Number, Field(ge=0)]
    """Full-time equivalents that attain the norms in this year."""

    needed: int
    """Whole contracts that this takes more than today; below 0 for fewer."""

    flexible: Tally
    """Contracts that ended so far because they were hire or temporary."""

    attrition: Tally
    """Contracts that ended so far because people left by themselves."""

    redeployment: Tally
    """Contracts that ended so far because people found other work in the organisation."""

    redundancy: Tally
    """Contracts that ended so far by redundancy."""

    unabsorbed: Tally
    """Contracts that are no longer needed and are still paid: not cashable in this year."""

    paid_fte: Annotated[Number, Field(ge=0)]
    """Full-time equivalents that are paid."""

    contract_cost: Annotated[Number, Field(ge=0)]
    """Avoidable cost of one contract in this year, in its prices."""

    hour_cost: Annotated[Number, Field(ge=0)]
    """Avoidable cost of one contract hour in this year, in its prices."""

    handling_hours: Annotated[Number, Field(ge=0)]
    """Hours that people of the team are busy in the year."""

    @property
    def change(self) -> int:
        """Contracts more than today that are paid; below 0 for fewer."""
        return self.needed + self.unabsorbed


Unit = Literal["fte_year", "hour", "contact", "month", "once", "contract", "year"]
"""What a quantity counts."""


class YearLine(Entry):
    """One line of a scenario's budget in one year: quantity × rate = amount, to the cent."""

    name: str
    """Name, such as ``staff.phone.salary``."""

    group: str
    """``staff.<team>``, ``contact``, ``month``, ``once``, ``transition.<team>`` or ``overhead``."""

    title: Text | None
    """Title in the scenario, if it has one."""

    unit: Unit
    """Unit of the quantity."""

    quantity: Number
    """Quantity in the year."""

    rate: Number
    """Euros per unit, in the prices of the year."""

    amount: Number
    """Euros, rounded to cents."""

    structural: bool
    """Whether it recurs; else it is one-off."""

    sources: tuple[str, ...]
    """Paths in the scenario of the values behind the rate."""


class ScenarioYear(Entry):
    """One scenario in one year, staffed just well enough for its norms."""

    letter: Letter
    """Badge of the scenario: 0 as rostered, 0* and the strategies staffed for their norms."""

    year: Year
    """Calendar year."""

    simulated: bool
    """Whether this year was simulated itself; else needs and volumes are those of the last year
    that was."""

    adoption: Share
    """Share of the full channel shift in this year, ramps apart."""

    attained: Attainment | None
    """In how many simulations all norms were attained together; ``null`` without norms."""

    teams: tuple[TeamYear, ...]
    """Its teams."""

    lines: tuple[YearLine, ...]
    """Its avoidable costs, and what is paid once."""


class TeamEffect(Entry):
    """What a strategy does to the contracts of one team in one year, against 0*."""

    team: Name
    """Name of the team."""

    cashable_contracts: int
    """Contracts of today that end because of the strategy; below 0 for those that 0* could do
    without and the strategy cannot."""

    cashable: Number
    """The same in euros: contracts × avoidable cost of a contract."""

    avoided_contracts: int
    """Contracts that need not be added for the norms; below 0 for those that have to be added."""

    avoided: Number
    """The same in euros."""

    unabsorbed_contracts: Tally
    """Contracts that the strategy does not need and that are still paid."""

    capacity_hours: Number
    """Hours of handling that the strategy saves; below 0 for those that it costs."""

    capacity: Number
    """The same at the avoidable cost of a contract hour: capacity gain, not cashable."""


class YearEffect(Entry):
    """The effect of a strategy on the budget of one year, against 0*: below 0 is an advantage."""

    year: Year
    """Calendar year."""

    structural: Number
    """Structural costs, in the prices of the year."""

    once: Number
    """One-off costs."""

    already: Number
    """Structural costs of 0* against today as rostered: what the norms ask without a strategy."""

    teams: tuple[TeamEffect, ...]
    """Contracts by team."""


class StrategyCase(Entry):
    """The business case of one strategy, against 0*."""

    letter: Letter
    """Badge of the strategy."""

    effects: tuple[YearEffect, ...]
    """By year, over the whole life."""

    present_value: Number
    """Net present value of the advantages; below 0 is a disadvantage."""

    payback: Number | None
    """Years until the strategy has paid itself back for good; ``null`` for never within its
    life."""


class Terms(Entry):
    """How years and euros are weighed."""

    first_year: Year
    """Year t."""

    years: Ordinal
    """Years that were simulated one by one."""

    life: Ordinal
    """Years over which present values count."""

    prices: Literal["constant", "nominal"]
    """Kind of euros."""

    price_level: Year
    """Year in whose prices the scenario states its amounts."""

    rate: Number
    """Discount rate a year."""

    pay: Number
    """Rise of pay a year; 0 in constant prices."""

    purchases: Number
    """Rise of purchases a year; 0 in constant prices."""

    @property
    def last_simulated(self) -> int:
        """The last year that was simulated itself."""
        return self.first_year + min(self.years, self.life) - 1


class CaseResult(Entry):
    """The business case of the strategies of a comparison."""

    format: Literal["kanaalkompas-case/1"]
    """Format of this document."""

    version: Annotated[str, Field(min_length=1, max_length=60)]
    """Version of the model."""

    question: Hash
    """Hash of everything that determines the answer."""

    terms: Terms
    """How years and euros are weighed."""

    search: Ordinal
    """Replications on which needs were compared from year to year."""

    fresh: Ordinal
    """Replications on which each year was confirmed."""

    years: tuple[ScenarioYear, ...]
    """Scenarios by year: 0, 0* and the strategies."""

    strategies: tuple[StrategyCase, ...]
    """The case of each strategy."""

    contacts: tuple[ContactCosts, ...]
    """What a contact and a resolved question cost, in 0, 0* and the strategies."""

    paid_contacts: tuple[PaidContacts, ...] = ()
    """The same in full by the contracts that are paid; empty in cases of earlier versions."""

    without: tuple[Letter, ...]
    """Scenarios of the comparison that have no case, because other people come: they show other
    circumstances and no strategy."""

    break_even: tuple[BreakEven, ...] = ()
    """From which share of truly replaced contacts each strategy pays, and from which value of an
    assumption that was asked."""

    deadlines: tuple[Deadline, ...] = ()
    """When has to be decided about people, in strategies that say how long hiring takes."""

    reconciliation: Reconciliation | None = None
    """Budget figures beside today as rostered; ``null`` where the scenario states none."""

    task_fields: tuple[TaskField, ...] = ()
    """Effects of the strategies by task field, where the budget names any."""

    budget_views: tuple[BudgetView, ...] = ()
    """Strategies with investments spread over their life, where they have any."""

    sensitivity: Sensitivity | None = None
    """What would change the answer; ``null`` if that was not asked."""

    comparison: Result
    """The comparison in the year of full adoption, at equal service."""
