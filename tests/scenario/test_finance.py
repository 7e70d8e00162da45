"""Terms of a business case that cannot be: place, value, bound and remedy, all at once."""

import pytest
import yaml

from simulation.scenario import loads
from tests.scenario.build import WHOLE, change, problems_of

NOMINAL = {"prices": "nominal", "nominal_rate": 0.03, "indexation": {"pay": 0, "purchases": 0}}
STAFF = {"staff": {"amount": 5, "covers": ["staff"]}}
RATE = "give a number above -1 and up to 1"

CASES = [
    ({"real_rate": -1}, "finance.real_rate", ["-1 is not above -1", RATE]),
    ({"real_rate": -1.5}, "finance.real_rate", ["-1.5 is not above -1", RATE]),
    ({**NOMINAL, "nominal_rate": -1}, "finance.nominal_rate", ["-1 is not above -1", RATE]),
    ({"interest": -0.01}, "finance.interest", ["-0.01 is below 0", "from 0 to 1"]),
    ({"first_year": 1900}, "finance.first_year", ["1900 is below 1990", "from 1990 to 2090"]),
    ({"years": 0}, "finance.years", ["0 is below 1", "a whole number from 1 to 10"]),
    ({"life": 0}, "finance.life", ["0 is below 1", "a whole number from 1 to 40"]),
    ({"prices": "nominal"}, "finance", ["needs 'nominal_rate' and 'indexation'"]),
    ({"prices": "nominal", "nominal_rate": 0.03}, "finance", ["'indexation'"]),
    ({**NOMINAL, "real_rate": 0.02}, "finance", ["'nominal_rate', not with 'real_rate'"]),
    ({"indexation": NOMINAL["indexation"]}, "finance",
     ["'prices: constant' goes with 'real_rate'"]),
    ({"real_rate": {"value": 0.02, "low": 0.03, "high": 0.04}},
     "finance.real_rate", ["'low' 0.03 is above the value 0.02", "lower it"]),
    ({"real_rate": {"value": 0.02, "low": 0.0, "high": 0.01}},
     "finance.real_rate", ["'high' 0.01 is below the value 0.02", "raise it"]),
    ({"real_rate": {"value": 0.02, "low": 0.04, "high": 0.01}}, "finance.real_rate",
     ["'low' 0.04 is above 'high' 0.01", "exchange them"]),
    ({"real_rate": {"value": 0.02, "low": -1, "high": 0.04}},
     "finance.real_rate.low", ["-1 is not above -1", RATE]),
    ({"transition": {"lead_time": -1}}, "finance.transition.lead_time", ["-1 is below 0", "36"]),
    ({"budget": {"year": 2025, "entries": STAFF, "total": 7}},
     "finance.budget", ["add up to 5.00 and 'total' is 7.00", "make them equal"]),
    ({"budget": {"year": 2025, "entries": {}}}, "finance.budget.entries", ["give at least 1"]),
    ({"budget": {"year": 2025, "entries": {"a": {"amount": -5}}}},
     "finance.budget.entries.a.amount", ["-5 is below 0", "from 0 to 1e12"]),
    ({"budget": {"year": 2025, "entries": {"a": {"amount": 1, "covers": ["My staff"]}}}},
     "finance.budget.entries.a.covers.0", ["'My staff' is no part of a bill", "staff.phone"]),
    ({"budget": {"year": 2025, "entries": {**STAFF, "a": {"amount": 1, "covers": ["staff.kcc"]}}}},
     "finance.budget.entries.a.covers.0",
     ["'staff.kcc' is paid for twice", "entry 'staff' covers 'staff'", "in one entry"]),
    ({"budget": {"year": 2025, "entries": STAFF, "gaps": {"x": {"entry": "stuff", "amount": 1}}}},
     "finance.budget.gaps.x.entry", ["'stuff' is not an entry", "did you mean 'staff'?"]),
    ({"budget": {"year": 2020, "entries": STAFF}}, "finance.price_index",
     ["no index for 2020 and 2025", "price level of 2025", "add one"]),
    ({"budget": {"year": 2020, "entries": STAFF}, "price_index": {"2020": 100}},
     "finance.price_index", ["no index for 2025,", "add one for 2025"]),
    ({"price_index": {"2020": 0}}, "finance.price_index.2020", ["0 is not above 0"]),
    ({"price_index": {"20": 100}}, "finance.price_index.20",
     ["'20' is not a year", "1990 to 2090"]),
]  # fmt: skip


@pytest.mark.parametrize(("finance", "place", "words"), CASES)
def test_terms_that_cannot_be_are_told(finance, place, words):
    said = problems_of(change({"finance": finance}))
    assert list(said) == [place]
    assert said[place].count("\n") == 1
    assert [word for word in words if word not in said[place]] == []


@pytest.mark.parametrize(
    ("once", "place", "words"),
    [
        ({"amount": -5}, "amount", "-5 is below 0; give a number from 0 to 1e12"),
        ({"amount": 5, "depreciation_years": -1}, "depreciation_years", "-1 is below 0"),
        ({"amount": 5, "depreciation_years": 1.5}, "depreciation_years", "not a whole number"),
    ],
)
def test_an_investment_is_0_or_more_over_whole_years(once, place, words):
    said = problems_of(change({"costs.once": {"start": {**once, "vat": "cost"}}}))
    assert words in said[f"costs.once.start.{place}"]


def test_all_that_is_wrong_with_the_terms_is_told_at_once():
    wrong = {
        "years": 0,
        "real_rate": -1,
        "adoption": {"first_year": {"value": 0.5, "low": 0.6, "high": 0.7}},
        "transition": {"hiring": -1, "lead_time": 40},
        "workforce": {"nobody": {"flexible": 2}},
        "price_index": {"soon": 1},
        "budget": {"year": 2020, "entries": {"a": {"amount": -5}}},
    }
    said = problems_of(change({"finance": wrong, "costs.once": {"x": {"amount": -1}}}))
    places = {
        "finance.years",
        "finance.real_rate",
        "finance.adoption.first_year",
        "finance.transition.hiring",
        "finance.transition.lead_time",
        "finance.workforce.nobody.flexible",
        "finance.price_index.soon",
        "finance.budget.entries.a.amount",
        "costs.once.x.amount",
    }
    assert places <= set(said)


def test_a_rate_of_0_and_a_year_without_change_of_prices_are_possible():
    assert problems_of(change({"finance": {"real_rate": 0, "interest": 0}})) == {}
    assert problems_of(change({"finance": NOMINAL})) == {}


def test_years_can_be_written_as_people_write_them():
    budget = {"year": 2024, "entries": STAFF}
    index = "price_index: {2024: 100, 2025: 103}"
    text = f"finance: {{{index}, budget: {budget}}}".replace("'", "")
    own = loads(f"{yaml.safe_dump(WHOLE)}\n{text}\n").scenario.finance
    assert own is not None
    assert own.price_index == {"2024": 100, "2025": 103}
