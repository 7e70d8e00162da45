"""What stands beside a municipality's own budget, all worked out from one case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulation.comparison.document import ScenarioResult
from simulation.finance.budget_view import budget_view, decide_before, task_fields
from simulation.finance.document import ScenarioYear
from simulation.finance.document_budget import BudgetView, Deadline, Reconciliation, TaskField
from simulation.finance.reconcile import reconciliation
from simulation.scenario.finance import Finance
from simulation.scenario.scenario import Scenario


@dataclass(frozen=True)
class Beside:
    """Four parts of the case document; see there."""

    deadlines: tuple[Deadline, ...]
    reconciliation: Reconciliation | None
    task_fields: tuple[TaskField, ...]
    budget_views: tuple[BudgetView, ...]


def beside_budget(
    today: ScenarioResult,
    scenarios: Mapping[str, Scenario],
    years: Mapping[str, Sequence[ScenarioYear]],
    strategies: Sequence[str],
) -> Beside:
    """Work out what is held against the budget of the baseline.

    Parameters
    ----------
    today : the baseline as rostered, simulated
    scenarios, years : by letter, with 0*
    strategies : letters
    """
    baseline = scenarios["0*"]
    finance = baseline.finance or Finance()
    views = (budget_view(each, scenarios, years, finance.interest) for each in strategies)
    return Beside(
        deadlines=tuple(deadlines({each: scenarios[each] for each in strategies})),
        reconciliation=reconciliation(baseline, today),
        task_fields=tuple(
            field for each in strategies for field in task_fields(each, finance.budget, years)
        ),
        budget_views=tuple(view for view in views if view is not None),
    )


def deadlines(strategies: Mapping[str, Scenario]) -> Iterator[Deadline]:
    """Say before when to decide, for strategies in which hiring takes time."""
    for letter, scenario in strategies.items():
        finance = scenario.finance or Finance()
        months, begins = finance.transition.lead_time, finance.first_year
        if months:
            day = decide_before(begins or scenario.horizon.start.year, months)
            yield Deadline(letter=letter, lead_time=months, before=day.isoformat())
