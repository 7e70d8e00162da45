"""The business case of a comparison: every year simulated, then priced."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from simulation import __version__
from simulation.comparison.document import Result
from simulation.experiment.workers import side_by_side
from simulation.finance.beside import beside_budget
from simulation.finance.document import FORMAT, CaseResult, ScenarioYear, Terms
from simulation.finance.document_contacts import ContactCosts, PaidContacts
from simulation.finance.effects import strategy_case
from simulation.finance.lines import YearAsked, scenario_year
from simulation.finance.needs import Facts, Stand, facts
from simulation.finance.per_contact import contact_costs, paid_contacts
from simulation.finance.points import Clerk
from simulation.finance.years import in_year
from simulation.scenario.finance import Finance
from simulation.scenario.scenario import Scenario

TODAY, BASELINE = "0", "0*"
"""Badges of the baseline: as rostered, and staffed for its norms."""


@dataclass(frozen=True)
class Order:
    """How well a case is to be known.

    Attributes
    ----------
    search, fresh : replications to compare needs on from year to year, and to confirm years on
    """

    search: int = 10
    fresh: int = 30


def make_case(
    result: Result,
    stands: Sequence[Stand],
    order: Order,
    clerk: Clerk,
    stage: Callable[[str, int], None] | None = None,
) -> CaseResult:
    """Simulate and price every year of every scenario.

    Parameters
    ----------
    result : the comparison at equal service
    stands : 0 as rostered, 0*, and the strategies
    order, clerk : how well, and who has it done
    stage : told the badge and the year that begin

    Raises
    ------
    Unattainable
        When no size of a team attains its norms in some year.
    """
    finance = finance_of(stands[0].scenario)
    found = found_by_year(stands, order, clerk, stage)
    years = priced(stands, found, stands[0].kept)
    strategies = [stand.letter for stand in stands[2:]]
    taken_over = {stand.letter: taken_over_by(stand.scenario) for stand in stands}
    today = result.equal_service.today if result.equal_service else result.scenarios[0]
    scenarios = {stand.letter: stand.scenario for stand in stands}
    beside = beside_budget(today, scenarios, years, strategies)
    return CaseResult(
        format=FORMAT,
        version=__version__,
        question=_question(result, order),
        terms=_terms(stands[0].scenario, finance),
        search=order.search,
        fresh=order.fresh,
        years=tuple(year for own in years.values() for year in own),
        contacts=contacts_of(result, {stand.letter for stand in stands}),
        paid_contacts=paid_contacts_of(result, years, finance.years),
        without=tuple(
            each.letter
            for each in result.scenarios
            if each.letter not in {stand.letter for stand in stands}
        ),
        strategies=tuple(
            strategy_case(each, years, finance.rate, taken_over[each]) for each in strategies
        ),
        deadlines=beside.deadlines,
        reconciliation=beside.reconciliation,
        task_fields=beside.task_fields,
        budget_views=beside.budget_views,
        comparison=result,
    )


def found_by_year(
    stands: Sequence[Stand],
    order: Order,
    clerk: Clerk,
    stage: Callable[[str, int], None] | None = None,
) -> dict[tuple[str, int], Facts]:
    """Find what every scenario takes in every simulated year, by badge and place of the year.

    Raises
    ------
    Unattainable
        When no size of a team attains its norms in some year.
    """
    first = first_year(stands[0].scenario)

    def of(place: int, stand: Stand) -> Facts:
        if stage is not None:
            stage(stand.letter, first + place)
        return _facts(clerk, stand, first, place, order)

    asked = [
        (place, stand) for place in range(finance_of(stands[0].scenario).years) for stand in stands
    ]
    found = side_by_side(partial(of, place, stand) for place, stand in asked)
    return {(stand.letter, place): own for (place, stand), own in zip(asked, found, strict=True)}


def contacts_of(result: Result, letters: Collection[str]) -> tuple[ContactCosts, ...]:
    """Give what contacts cost in the scenarios of a case."""
    today = (result.equal_service.today,) if result.equal_service else ()
    return tuple(
        contact_costs(each) for each in (*today, *result.scenarios) if each.letter in letters
    )


def paid_contacts_of(
    result: Result, years: Mapping[str, Sequence[ScenarioYear]], simulated: int
) -> tuple[PaidContacts, ...]:
    """Give what contacts cost by paid contracts, in the last of so many years.

    Parameters
    ----------
    result : the comparison at equal service
    years : budgets of the scenarios of a case, by badge
    simulated : years that were simulated
    """
    today = (result.equal_service.today,) if result.equal_service else ()
    return tuple(
        paid_contacts(each, own[min(simulated, len(own)) - 1])
        for each in (*today, *result.scenarios)
        if (own := years.get(each.letter))
    )


def finance_of(scenario: Scenario) -> Finance:
    """Give the finance of a scenario; the defaults where it states none."""
    return scenario.finance or Finance()


def first_year(scenario: Scenario) -> int:
    """Give the year in which the strategy begins."""
    return finance_of(scenario).first_year or scenario.horizon.start.year


def _facts(clerk: Clerk, stand: Stand, first: int, place: int, order: Order) -> Facts:
    adoption = finance_of(stand.scenario).adoption.share(place)
    scenario = in_year(stand.scenario, first + place, adoption)
    return facts(clerk, stand, scenario, order.search, order.fresh)


def priced(
    stands: Sequence[Stand],
    found: Mapping[tuple[str, int], Facts],
    today: Mapping[str, float],
) -> dict[str, list[ScenarioYear]]:
    """Write the budgets of all scenarios over their life.

    Parameters
    ----------
    stands : scenarios with their prices
    found : what each takes, by badge and place of the year
    today : full-time equivalents of today's rosters, by team
    """
    return {stand.letter: list(_life(stand, found, today)) for stand in stands}


def _life(
    stand: Stand, found: Mapping[tuple[str, int], Facts], today: Mapping[str, float]
) -> Iterator[ScenarioYear]:
    finance, before = finance_of(stand.scenario), None
    scenario = stand.scenario.model_copy(update={"finance": finance})
    for place in range(finance.life):
        simulated = (stand.letter, place) in found
        own = found[stand.letter, min(place, finance.years - 1)]
        year = first_year(scenario) + place
        before = scenario_year(
            YearAsked(
                stand.letter, scenario, place, year, simulated, own, with_moves(scenario, today)
            ),
            before,
        )
        yield before


def with_moves(scenario: Scenario, today: Mapping[str, float]) -> dict[str, float]:
    """Give today's full-time equivalents by the team in which a strategy has these people."""
    moved = dict(today)
    for team, workforce in finance_of(scenario).workforce.items():
        for other in workforce.takes_over:
            moved[team] = moved.get(team, 0.0) + moved.pop(other, 0.0)
    return moved


def taken_over_by(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Name the teams of today whose people come to each team."""
    return {team: own.takes_over for team, own in finance_of(scenario).workforce.items()}


def homeless(baseline: Scenario, strategy: Scenario) -> list[str]:
    """Name the teams of today that a strategy does not have and no other team takes over."""
    taken = {other for own in finance_of(strategy).workforce.values() for other in own.takes_over}
    return [team for team in baseline.teams if team not in strategy.teams and team not in taken]


def _terms(scenario: Scenario, finance: Finance) -> Terms:
    assert scenario.costs is not None
    index = finance.indexation
    return Terms(
        first_year=first_year(scenario),
        years=finance.years,
        life=finance.life,
        prices=finance.prices,
        price_level=scenario.costs.price_level,
        rate=finance.rate,
        pay=index.pay if index else 0.0,
        purchases=index.purchases if index else 0.0,
    )


def _question(result: Result, order: Order) -> str:
    asked = {"version": __version__, "comparison": result.question, "case": vars(order)}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
