"""A value may carry its range and source; the scenario sees the value alone."""

import pytest

from simulation.scenario.assumption import Assumption, extract
from simulation.scenario.base import Part
from simulation.scenario.load import loads, normalise
from simulation.scenario.scenario import Scenario
from tests.scenario.build import WHOLE, change, problems_of

SOURCED = {"value": 0.3, "low": 0.2, "high": 0.4, "source": "report", "grade": "B", "date": 2019}


def test_an_assumption_is_replaced_by_its_value_and_kept_under_its_path():
    plain, placed = extract({"a": {"b": SOURCED}, "c": [1, {"value": "3 min"}], "d": 4})
    assert plain == {"a": {"b": 0.3}, "c": [1, "3 min"], "d": 4}
    assert [each.path for each in placed] == ["a.b", "c.1"]
    assert placed[0].assumption.source == "report"
    assert placed[0].assumption.date == "2019"


def test_a_scenario_with_assumptions_equals_the_one_with_plain_values():
    changes = {
        "demand.phone.yearly": {"value": 50_000, "low": 40_000},
        "channels.phone.handling.mean": {"value": "5 minutes", "high": "400 s", "source": "x"},
        "channels.phone.kind": {"value": "live"},
        "demand.counter.rates.0.per_hour": {"value": 5},
        "teams.kcc.roster.0.heads": {"value": [5, 6, 7], "note": "a list, without a range"},
    }
    with_assumptions = loads(str(change(changes)).replace("'", '"'))
    assert with_assumptions.scenario == loads(str(WHOLE).replace("'", '"')).scenario
    assert [each.path for each in with_assumptions.assumptions] == [
        "demand.phone.yearly",
        "demand.counter.rates.0.per_hour",
        "channels.phone.kind",
        "channels.phone.handling.mean",
        "teams.kcc.roster.0.heads",
    ]


def test_without_a_source_it_is_an_own_estimate():
    assert Assumption(value=1).own_estimate
    assert not Assumption(value=1, source="report").own_estimate


@pytest.mark.parametrize(
    ("assumption", "place", "words"),
    [
        ({"value": 0.3, "low": 0.4}, "", "'low' 0.4 is above the value 0.3"),
        ({"value": 0.3, "high": 0.2}, "", "'high' 0.2 is below the value 0.3"),
        ({"value": "5 min", "low": "301 seconds"}, "", "'low' 301 seconds is above the value"),
        ({"value": "5 min", "low": 3}, "", "not of the same kind"),
        ({"value": "mon-fri", "low": "mon"}, "", "a range needs numbers or durations"),
        ({"value": 3, "high": "much"}, "", "a range needs numbers or durations"),
        ({"value": [1, 2], "low": 1}, "", "a range needs numbers or durations"),
        ({"value": 0.3, "sorce": "x"}, ".sorce", "did you mean 'source'?"),
        ({"value": 0.3, "grade": "E"}, ".grade", "'A' or 'B' or 'C' or 'D'"),
        ({"value": 0.3, "date": "last year"}, ".date", "write 2019, 2019-03 or 2019-03-31"),
        ({"value": {"a": 1}}, ".value", "is not a number"),
        ({"value": None}, ".value", "is not a number"),
        ({"value": []}, ".value", "at least 1"),
    ],
)
def test_a_wrong_assumption_is_refused_at_its_place(assumption, place, words):
    problems = problems_of(change({"demand.phone.reasons.question": assumption}))
    assert words in problems[f"demand.phone.reasons.question{place}"]


def test_an_unknown_key_does_not_hide_a_wrong_range():
    wrong = {"value": 0.3, "low": 0.9, "sorce": "x"}
    problems = problems_of(change({"demand.phone.reasons.question": wrong}))
    assert "did you mean 'source'?" in problems["demand.phone.reasons.question.sorce"]
    assert "above the value" in problems["demand.phone.reasons.question"]


def test_a_value_in_an_assumption_keeps_the_bounds_of_its_place():
    problems = problems_of(change({"demand.phone.yearly": {"value": -3}}))
    assert "-3 is below 0" in problems["demand.phone.yearly"]


def test_the_ends_of_a_range_keep_the_bounds_of_its_place_too():
    changes = {
        "demand.phone.yearly": {"value": 3, "low": -1, "high": 2e12},
        "resolution": 1,
        "channels.phone.resolution": {"value": 0.9, "high": 1.1},
    }
    problems = problems_of(change(changes))
    assert "-1 is below 0" in problems["demand.phone.yearly.low"]
    assert "is above 1e12" in problems["demand.phone.yearly.high"]
    assert "1.1 is above 1" in problems["channels.phone.resolution.high"]
    assert set(problems) == {
        "resolution",
        "demand.phone.yearly.low",
        "demand.phone.yearly.high",
        "channels.phone.resolution.high",
    }


def _all_parts(part: type[Part]) -> set[type[Part]]:
    return {part}.union(*(_all_parts(child) for child in part.__subclasses__()))


def test_no_part_of_a_scenario_has_a_key_called_value():
    parts = {part for part in _all_parts(Part) if part is not Assumption}
    assert Scenario in parts
    assert not [part for part in parts if "value" in part.model_fields]


def test_a_normalised_scenario_reads_back_as_an_equal_one():
    scenario = loads(str(WHOLE).replace("'", '"')).scenario
    again = loads(str(normalise(scenario)).replace("'", '"')).scenario
    assert again == scenario
    assert normalise(again) == normalise(scenario)
