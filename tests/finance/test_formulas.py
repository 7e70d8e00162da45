"""Present value, payback and break-even against cases worked out by hand."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.finance import contracts, formulas
from simulation.finance.formulas import break_even, discount_factor, payback, present_value

AMOUNTS = st.lists(st.integers(-10_000, 10_000).map(float), min_size=1, max_size=12)


@pytest.mark.parametrize("module", [formulas, contracts])
def test_the_examples_hold(module):
    failed, attempted = doctest.testmod(module)
    assert attempted
    assert not failed


def test_year_0_is_not_discounted():
    assert present_value([-1_000.0], 0.07) == -1_000.0


def test_a_present_value_by_hand():
    # -1000 + 300/1.1 + 420/1.21 + 680/1.331
    assert present_value([-1_000, 300, 420, 680], 0.1) == pytest.approx(130.7287, abs=1e-4)


def test_a_rate_of_0_adds_up():
    assert present_value([-5.0, 2.0, 4.0], 0.0) == 1.0


def test_a_negative_rate_makes_later_euros_worth_more():
    assert present_value([0.0, 80.0], -0.2) == pytest.approx(100.0)


@pytest.mark.parametrize("rate", [-1.0, -1.5, float("nan")])
def test_a_rate_of_minus_1_or_less_is_refused(rate):
    with pytest.raises(ValueError, match="more than -1"):
        discount_factor(rate, 1)


def test_payback_is_the_last_time_that_it_turns():
    assert payback([-100, 150, -100, 100]) == 3.5


def test_what_never_costs_is_paid_back_at_once():
    assert payback([10, 10]) == 0


def test_what_ends_below_0_is_never_paid_back():
    assert payback([-100, 200, -150]) is None


@given(AMOUNTS)
def test_after_its_payback_a_case_is_never_below_0_again(amounts):
    years = payback(amounts)
    together = [sum(amounts[: place + 1]) for place in range(len(amounts))]
    if years is None:
        assert together[-1] < 0
    else:
        assert all(value >= 0 for place, value in enumerate(together) if place + 1 >= years + 1e-9)


def test_break_even_is_where_a_cost_becomes_and_stays_0_or_less():
    assert break_even([(0, -5), (1, 5), (2, -5), (3, -1)]) == 1.5


def test_a_cost_that_ends_above_0_never_breaks_even():
    assert break_even([(0, 1), (0.5, -1), (1, 0.5)]) is None


def test_a_cost_that_is_never_above_0_breaks_even_at_once():
    assert break_even([(0, -1), (1, -2)]) == 0
