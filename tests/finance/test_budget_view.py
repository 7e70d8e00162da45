"""Investments spread over their life, and effects by task field: beside the cash, never in it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.finance.budget_view import Asset, budget_view, decide_before, task_fields
from simulation.finance.case import BASELINE
from simulation.scenario import loads
from tests.finance.stated import budgets
from tests.identities.test_every_field import written

TERMS = {"finance.life": 6, "finance.years": 2, "finance.real_rate": 0.02}


def scenario(**more):
    return loads(written({**TERMS, **{key.replace("__", "."): own for key, own in more.items()}}))


def seen(years, interest=0.02):
    """Give the case and the budget view of a strategy that begins with 5,000 euros."""
    own = scenario(costs__once__start__depreciation_years=years).scenario
    told, case = budgets(own, {"agents": [8.0]})
    without = [
        year.model_copy(update={"lines": [line for line in year.lines if line.group != "once"]})
        for year in told
    ]
    both = {"A": told, BASELINE: without}
    return case, budget_view("A", {"A": own, BASELINE: own}, both, interest)


def test_an_investment_is_spread_in_a_straight_line_with_interest_on_what_is_left():
    _, view = seen(4)
    assert [year.invested for year in view.years] == [5_000, 0, 0, 0, 0, 0]
    assert [year.depreciation for year in view.years] == [1_250] * 4 + [0, 0]
    assert [year.interest for year in view.years] == [100, 75, 50, 25, 0, 0]
    for year in view.years:
        spread = year.cash - year.invested + year.depreciation + year.interest
        assert year.budget == pytest.approx(spread)
    assert view.left == 0


def test_what_outlives_the_case_is_left():
    assert seen(8)[1].left == 5_000 - 6 * 625


def test_what_is_expensed_has_no_view():
    assert seen(0)[1] is None


def test_the_present_value_does_not_know_of_depreciation():
    assert seen(0)[0] == seen(4)[0]


@given(st.integers(1, 10**9), st.integers(1, 60), st.integers(0, 3))
def test_all_of_an_investment_is_depreciated_once(cents, years, place):
    asset = Asset(place, cents / 100, years)
    parts = [asset.depreciated(p) - asset.depreciated(p - 1) for p in range(70)]
    assert sum(parts) == pytest.approx(cents / 100)
    assert all(part >= 0 for part in parts)
    assert sum(part > 0 for part in parts) <= years


def test_effects_by_task_field_add_up_to_the_effect():
    entries = {
        "people": {"amount": 1, "covers": ["staff.agents", "transition"], "taakveld": "0.2"},
        "desk": {"amount": 1, "covers": ["staff.desk"], "taakveld": "0.2"},
        "tools": {"amount": 1, "covers": ["month"], "taakveld": "0.4"},
        "rest": {"amount": 1, "covers": ["contact"]},
    }
    own = scenario(finance__budget={"year": 2026, "entries": entries}).scenario
    more, _ = budgets(own, {"agents": [12.0]})
    nothing = [year.model_copy(update={"lines": ()}) for year in more]
    fields = list(task_fields("A", own.finance.budget, {"A": more, BASELINE: nothing}))
    assert [field.taakveld for field in fields] == ["0.2", "0.4", None]
    for place, year in enumerate(more):
        both = [field.years[place].structural + field.years[place].once for field in fields]
        assert sum(both) == pytest.approx(sum(line.amount for line in year.lines))
        tools = [line.amount for line in year.lines if line.group == "month"]
        assert fields[1].years[place].structural == pytest.approx(sum(tools))


def test_a_budget_without_task_fields_gives_none():
    assert list(task_fields("A", None, {})) == []


@pytest.mark.parametrize(
    ("months", "day"),
    [(1, "2026-12-01"), (12, "2026-01-01"), (13, "2025-12-01"), (1.5, "2026-11-16")],
)
def test_the_decision_comes_so_many_months_before_the_first_year(months, day):
    assert decide_before(2027, months) == dt.date.fromisoformat(day)
