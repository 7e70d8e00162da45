"""What may be said: the cheapest that attains, dominance, and when nothing may be said."""

import pytest

from simulation.comparison.compare import Entrant, Sized, compare
from simulation.comparison.document import Staffing
from simulation.comparison.statistics import attainment
from simulation.report import facts
from tests.comparison.conftest import around, experiment, written, yes


def test_the_cheapest_that_attains_every_norm_wins_and_not_the_cheapest(result):
    verdict = result(
        experiment(around(100), yes(30)),
        experiment(around(90), yes(30)),
        experiment(around(80), yes(0)),
    ).verdict
    assert (verdict.kind, verdict.scenario, verdict.direction) == (
        "cheapest_attaining",
        "A",
        "cheaper",
    )
    assert verdict.attaining == ("A", "0")
    assert verdict.close == verdict.undecided == ()


def test_the_baseline_may_be_the_cheapest(result):
    verdict = result(experiment(around(90), yes(30)), experiment(around(100), yes(30))).verdict
    assert (verdict.kind, verdict.scenario, verdict.direction) == ("cheapest_attaining", "0", None)


def test_a_dearer_scenario_wins_when_the_baseline_misses(result):
    verdict = result(experiment(around(90), yes(0)), experiment(around(100), yes(30))).verdict
    assert (verdict.scenario, verdict.direction) == ("A", "dearer")


def test_costs_that_do_not_clearly_differ_are_close(result):
    noisy = [100 + 10 * (-1) ** number for number in range(30)]
    verdict = result(
        experiment(around(100), yes(30)),
        experiment(noisy, yes(30)),
        experiment(around(120), yes(30)),
    ).verdict
    assert verdict.attaining[2] == "B"
    assert verdict.close == (verdict.attaining[1],)


def test_none_attains(result):
    verdict = result(experiment(around(100), yes(0)), experiment(around(90), yes(3))).verdict
    assert (verdict.kind, verdict.scenario, verdict.attaining) == ("none_attains", None, ())


def test_none_attains_when_half_the_years_do_not(result):
    """15 of 30 is 34–66 %: clearly no 80 %."""
    assert result(experiment(around(100), yes(15))).verdict.kind == "none_attains"


def test_undecided_when_the_winner_may_miss(result):
    """24 of 30 is 64–91 %: it may attain in 80 % of the years, and may not."""
    verdict = result(experiment(around(100), yes(24))).verdict
    assert (verdict.kind, verdict.undecided) == ("undecided", ("0",))


def test_undecided_when_nobody_attains_yet_and_one_may(result):
    verdict = result(experiment(around(100), yes(23)), experiment(around(90), yes(0))).verdict
    assert (verdict.kind, verdict.scenario, verdict.undecided) == ("undecided", None, ("0",))


def test_undecided_when_a_cheaper_one_may_attain(result):
    """A is cheaper than the winner and in 23 of 30 years attains: more replications may turn it."""
    verdict = result(experiment(around(100), yes(30)), experiment(around(90), yes(23))).verdict
    assert "A" in verdict.undecided
    assert verdict.kind == "undecided"


def test_a_dearer_one_that_may_attain_changes_nothing(result):
    verdict = result(experiment(around(100), yes(30)), experiment(around(110), yes(23))).verdict
    assert (verdict.kind, verdict.scenario) == ("cheapest_attaining", "0")


def test_without_norms_there_is_no_verdict(result):
    assert result(experiment(around(100)), experiment(around(90))).verdict.kind == "no_norms"


def test_without_costs_there_is_no_verdict(result):
    assert result(experiment(attained=yes(30))).verdict.kind == "no_costs"


def test_other_circumstances_do_not_compete(result):
    crisis = written(demand={"phone": {"rates": [{"per_hour": 40}]}})
    found = result(
        experiment(around(100), yes(30), around(0.1)),
        experiment(around(10), yes(30), around(0.5), scenario=crisis),
    )
    assert [each.same_demand for each in found.scenarios] == [True, False]
    assert found.verdict.scenario == "0"
    assert found.verdict.attaining == ("0",)
    assert found.scenarios[0].dominated_by == ()


def test_the_trend_is_circumstance_and_the_rest_of_the_shift_is_strategy(result):
    trend = {"trend": {"phone": {"yearly_change": -0.1, "since": "2025-01-01"}}}
    informed = {"deflection": {"site": {"shares": {"contact": 0.1}}}}
    found = result(
        experiment(around(100), yes(30)),
        experiment(around(100), yes(30), scenario=written(shift=trend)),
        experiment(around(100), yes(30), scenario=written(shift=informed)),
    )
    assert [each.same_demand for each in found.scenarios] == [True, False, True]


def test_a_scenario_without_finished_replications_does_not_compete(result):
    verdict = result(
        experiment(around(100), yes(30)),
        experiment(around(10), yes(30), failed=tuple(range(1, 31))),
    ).verdict
    assert (verdict.kind, verdict.scenario) == ("cheapest_attaining", "0")


@pytest.mark.parametrize(
    ("cost", "service", "dominated"),
    [
        (110, 0.1, True),
        (110, 0.0, True),
        (100, 0.0, True),
        (110, 0.2, False),
        (90, 0.1, False),
        (90, 0.0, False),
        (100, 0.1, False),
    ],
)
def test_dominated_is_clearly_worse_on_one_and_not_better_on_the_other(
    result, cost, service, dominated
):
    """The baseline costs 100 at a service 0.1 above the norm; the same noise in both."""
    found = result(
        experiment(around(100), yes(30), around(0.1, spread=0.01)),
        experiment(around(cost), yes(30), around(service, spread=0.01)),
    )
    assert found.scenarios[1].dominated_by == (("0",) if dominated else ())


def test_a_difference_that_may_be_chance_dominates_nobody(result):
    noisy = [102 + 10 * (-1) ** number for number in range(30)]
    found = result(
        experiment(around(100), yes(30), around(0.1)), experiment(noisy, yes(30), around(0.1))
    )
    assert found.scenarios[1].dominated_by == ()


@pytest.mark.parametrize(
    ("share", "status"), [(0.5, "attained"), (0.8, "unclear"), (0.6, "attained")]
)
def test_a_norm_is_attained_in_the_share_for_which_teams_were_sized(share, status):
    """18 of 30 is enough where 60% was asked: for each norm, for all, today and 0*."""
    own = Entrant("s0", "s0.yaml", (), (), experiment(around(100), yes(18)))
    staffing = Staffing(letter="0*", sized_for="0*", together=attainment(yes(18), share), units=())
    told = compare([own], 30, sized=Sized(own, share, 30, 30, None, (staffing,)))
    assert told.equal_service is not None
    for scenario in (told.scenarios[0], told.equal_service.today):
        assert [norm.attainment.status for norm in scenario.norms] == [status]
        assert scenario.all_norms is not None
        assert scenario.all_norms.status == status
    assert told.verdict.attaining == (("0*",) if status == "attained" else ())
    assert facts.unsure(told, told.scenarios[0]) is (share < 0.7)
