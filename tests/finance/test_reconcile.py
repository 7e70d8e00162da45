"""Every euro between a budget and the simulation has a name. All amounts here are invented."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.finance.reconcile import reconciliation, unknown_covers
from simulation.scenario import loads
from tests.finance.stated import billed
from tests.identities.test_every_field import written

BUDGET: dict[str, Any] = {
    "year": 2024,
    "entries": {
        "people": {"amount": 10_000, "covers": ["staff.agents", "staff.desk.salary"]},
        "tool": {"amount": 900, "covers": ["month.tool"], "taakveld": "0.4"},
        "parking": {"amount": 50},
    },
    "gaps": {
        "vacancy": {"entry": "people", "amount": -400},
        "hire": {"entry": "people", "amount": 300},
    },
}
INDEX = {"2024": 100, "2026": 105}


def baseline(budget=BUDGET, **more):
    finance = {"price_index": INDEX, "budget": budget, **more}
    return loads(written({"finance": finance})).scenario


def told(scenario=None, **amounts):
    own = scenario or baseline()
    return reconciliation(own, billed(own, **amounts))


def test_an_entry_is_budget_index_gaps_and_what_nothing_explains():
    people = told(staff__agents__salary=7_000.0).entries[0]
    assert (people.budget, people.index) == (10_000, 500)
    assert [(gap.stated, gap.amount) for gap in people.gaps] == [(-400, -420), (300, 315)]
    assert people.simulated == 7_000 + 7 * 1_000 + 1_000
    assert people.rest == 15_000 - 10_000 - 500 + 420 - 315


def test_what_nobody_pays_for_and_who_pays_for_nothing_are_named():
    own = told(staff__desk__hire=0.0)
    assert [part.part for part in own.open] == [
        *(
            f"staff.desk.{part}"
            for part in (
                "individual_budget",
                "employer_charges",
                "workplace",
                "overhead",
                "overtime",
                "run_out",
            )
        ),
        "contact.calls",
    ]
    assert own.empty == ("parking",)


def test_a_team_that_no_entry_covers_is_named_whole():
    without = {**BUDGET, "entries": {"tool": BUDGET["entries"]["tool"]}, "gaps": {}}
    own = told(baseline(without))
    assert [(part.part, part.amount) for part in own.open] == [
        ("staff.agents", 8_000),
        ("staff.desk", 8_000),
        ("contact.calls", 1_000),
    ]


@given(
    st.lists(st.integers(0, 10**9), min_size=5, max_size=5),
    st.floats(1, 1_000),
    st.integers(-(10**8), 10**8),
)
def test_it_adds_up_to_the_cent(cents, index, gap):
    people, tool, salary, rent, calls = (each / 100 for each in cents)
    entries = {
        "people": {**BUDGET["entries"]["people"], "amount": people},
        "tool": {**BUDGET["entries"]["tool"], "amount": tool},
    }
    budget = {**BUDGET, "entries": entries, "gaps": {"x": {"entry": "tool", "amount": gap / 100}}}
    own = told(
        baseline(budget, price_index={"2024": 100, "2026": index}),
        staff__agents__salary=salary,
        month__tool=rent,
        contact__calls=calls,
    )
    parts = [own.budget, own.index, own.gaps, own.rest, own.not_covered]
    assert sum(parts) == pytest.approx(own.simulated, abs=0.001)
    for entry in own.entries:
        gaps = sum(each.amount for each in entry.gaps)
        explained = entry.budget + entry.index + gaps + entry.rest
        assert explained == pytest.approx(entry.simulated, abs=0.001)


def test_a_budget_at_the_price_level_needs_no_index():
    own = told(baseline({**BUDGET, "year": 2026}, price_index={}))
    assert (own.factor, own.index) == (1.0, 0.0)


def test_without_budget_figures_there_is_nothing_to_reconcile():
    scenario = loads(written({"finance": {}})).scenario
    assert reconciliation(scenario, billed(scenario)) is None


def test_a_name_that_is_in_no_bill_is_refused_with_one_that_is():
    entries = {"people": {"amount": 1, "covers": ["staff.agent"]}}
    (flaw,) = unknown_covers([baseline({"year": 2026, "entries": entries})])
    assert flaw.startswith("finance.budget.entries.people.covers.0: 'staff.agent' is in no bill")
    assert "staff.agents" in flaw


def test_an_entry_may_pay_for_what_only_comes_with_a_strategy():
    entries = {"new": {"amount": 0, "covers": ["month.licence", "transition.agents", "once"]}}
    own = baseline({"year": 2026, "entries": entries})
    licence = {"costs.per_month.licence": {"amount": 5, "vat": "cost"}}
    strategy = loads(written(licence)).scenario
    assert list(unknown_covers([own, strategy])) == []
    assert len(list(unknown_covers([own]))) == 1
