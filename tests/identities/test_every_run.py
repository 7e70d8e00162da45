"""What holds in every run (the identities of the verification pack), on random scenarios."""

from hypothesis import HealthCheck, Phase, given, settings

from simulation.verification.played import Played, scenario_of
from simulation.verification.reconciled_counts import COUNTS
from simulation.verification.reconciled_people import PEOPLE
from tests.identities.random_scenarios import scenarios

every_run = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate],
)


@every_run
@given(scenarios())
def test_counts_money_and_people_reconcile_in_every_run(data):
    run = Played(scenario_of(data))
    for holds in COUNTS:
        holds(run)


@every_run
@given(scenarios())
def test_agents_queues_and_hours_reconcile_in_every_run(data):
    run = Played(scenario_of(data))
    for holds in PEOPLE:
        holds(run)
