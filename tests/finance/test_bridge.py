"""From the amount of a comparison to that of a business case, each part by itself."""

import pytest

from simulation.finance.bridge import bridge
from simulation.finance.contracts import one_step_off, whole_contracts
from tests.report import case_examples as cases
from tests.report import staffed_cases


def test_rounding_is_what_whole_contracts_cost_above_the_need():
    found = bridge(staffed_cases.parted(), "B", 3)
    assert found is not None
    assert found.rounding == pytest.approx(0.7 * cases.PAY)
    assert found.kept == 0


def test_people_who_are_still_paid_are_told_apart_from_rounding():
    case = cases.alone(cases.Plan({"phone": 2}))
    first, later = (bridge(case, "B", place) for place in (0, 9))
    assert first is not None
    assert later is not None
    assert first.kept == pytest.approx(5 * cases.PAY)
    assert (first.rounding, later.rounding, later.kept) == (0, 0, 0)
    assert first.rest == pytest.approx(later.rest)


def test_both_ends_are_the_amounts_of_the_two_pages():
    case = cases.saving()
    for order, strategy in enumerate(case.strategies):
        found = bridge(case, strategy.letter, 3)
        assert found is not None
        own = case.comparison.scenarios[order + 1].differences["costs.structural"]
        assert found.hours == own.mean
        assert found.contracts == strategy.effects[3].structural
    step = bridge(case, "0*", 3)
    assert step is not None
    assert step.contracts == case.strategies[0].effects[3].already
    assert case.comparison.equal_service is not None
    assert step.hours == case.comparison.equal_service.step["costs.structural"].mean


def test_a_step_changes_contracts_only_within_a_step_of_a_whole_one():
    assert whole_contracts(0, 0.47, 0.44) == 2
    assert one_step_off(0, 0.47, 0.44, 0.1) == (1, 2)
    assert one_step_off(0, 0.6, 0.44, 0.1) == (2, 2)
    assert one_step_off(5, 4.6, 1, 0.5) == (0, 1)
