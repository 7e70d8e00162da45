"""The result document: paired differences, what it keeps, and the hash of the question."""

import json

import pytest

from simulation.comparison.compare import Entrant, compare, letter
from simulation.comparison.document import PlacedAssumption, Result
from simulation.comparison.hashes import question
from simulation.scenario import loads
from simulation.scenario.text import Translated
from tests.comparison.conftest import BASE, around, experiment, written, yes


def test_differences_are_paired_by_replication(result):
    """Costs vary by 40 between years and differ by 5 and a bit within each."""
    before = [100.0 + 4 * number for number in range(10)]
    after = [value + 5 + 0.1 * (number % 2) for number, value in enumerate(before)]
    found = result(experiment(before), experiment(after)).scenarios[1].differences
    difference = found["costs.structural"]
    half = 1.8331129 * (0.05**2 * 10 / 9 / 10) ** 0.5
    assert difference.mean == pytest.approx(5.05)
    assert (difference.low, difference.high) == pytest.approx((5.05 - half, 5.05 + half), abs=1e-6)


def test_only_replications_that_both_finished_are_paired(result):
    found = result(
        experiment([1.0, 2.0, 3.0, 4.0], failed=(1,)),
        experiment([10.0, 20.0, 30.0, 40.0], failed=(3,)),
    )
    difference = found.scenarios[1].differences["costs.structural"]
    assert (difference.n, difference.mean) == (2, (18.0 + 36.0) / 2)


def test_dominance_and_closeness_pair_the_same_replications(result):
    """Both lost one replication, but not the same one: pairing by place would compare year 2 of
    the one with year 1 of the other."""
    climbing = [100.0 + 50 * number for number in range(30)]
    cheaper = [value - 5 for value in climbing]
    found = result(
        experiment(climbing, yes(30), around(0.1), failed=(1,)),
        experiment(cheaper, yes(30), around(0.1), failed=(30,)),
    )
    assert found.scenarios[0].dominated_by == ("A",)
    assert found.verdict.close == ()


def test_measures_that_one_of_the_two_lacks_have_no_difference(result):
    found = result(experiment(around(1)), experiment(around(2), yes(30)))
    assert "norms_together.attained" not in found.scenarios[1].differences
    assert found.scenarios[0].differences == {}


def test_failures_name_the_command_that_repeats_them(result):
    (failure,) = result(experiment(around(1), failed=(7,))).scenarios[0].failures
    assert failure.replication == 7
    assert failure.error == "MemoryError: no room"
    assert failure.command == "kanaalkompas run s0.yaml --replication 7"


def test_the_document_reads_back_as_itself(result):
    found = result(
        experiment(around(100), yes(24), around(0.02), failed=(3,)),
        experiment(around(90), yes(30), around(0.1)),
    )
    text = found.model_dump_json()
    again = Result.model_validate_json(text)
    assert again == found
    assert again.model_dump_json() == text


def test_the_document_holds_the_scenario_complete_so_that_it_can_be_run_again(result):
    found = result(experiment(around(1)))
    data = json.loads(found.model_dump_json())["scenarios"][0]["scenario"]
    assert type(written()).model_validate_json(json.dumps(data)) == written()


def test_an_assumption_keeps_its_note_in_two_languages():
    placed = PlacedAssumption(
        path="demand.phone.yearly",
        value=1000,
        low=900,
        high=1100,
        note=Translated(nl="eigen schatting", en="own estimate"),
    )
    entrant = Entrant("s", "s.yaml", (), (placed,), experiment(around(1)))
    found = compare([entrant], 30)
    assert found.example
    assert Result.model_validate_json(found.model_dump_json()).scenarios[0].assumptions == (placed,)


@pytest.mark.parametrize(
    ("place", "badge"),
    [(0, "0"), (1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")],
)
def test_badges_are_letters(place, badge):
    assert letter(place) == badge


def hashed(data, replications=30, name="s"):
    plain = loads(json.dumps(data)).scenario.model_dump(mode="json", by_alias=True)
    return question("0.1.0", replications, [(name, plain)])


def test_the_question_does_not_depend_on_the_order_of_keys_or_the_file_name():
    turned = {key: BASE[key] for key in reversed(BASE)}
    turned["channels"] = {
        "phone": dict(reversed(BASE["channels"]["phone"].items())),
    }
    assert hashed(turned) == hashed(BASE)
    two = [
        {
            **BASE,
            "reasons": {name: {} for name in names},
            "demand": {"phone": {"rates": [{"per_hour": 10}], "reasons": {"a": 0.5, "b": 0.5}}},
        }
        for names in (("a", "b"), ("b", "a"))
    ]
    assert hashed(two[0]) == hashed(two[1])


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"seed": 2},
        {"horizon": {"start": "2026-01-05", "length": "2 days"}},
        {"demand": {"phone": {"rates": [{"per_hour": 10.001}]}}},
        {"teams": {"agents": {"roster": [{"heads": 3}], "channels": {"phone": {}}}}},
        {"norms": {}},
        {"returns": {"max_attempts": 9}},
        {"returns": {"patience": "per_contact"}},
    ],
)
def test_the_question_changes_with_every_input(change):
    assert hashed({**BASE, **change}) != hashed(BASE)


def test_the_question_changes_with_the_number_of_replications_and_the_scenarios():
    one = hashed(BASE)
    assert hashed(BASE, replications=31) != one
    plain = written().model_dump(mode="json", by_alias=True)
    assert question("0.1.0", 30, [("s", plain)]) == one
    assert question("0.1.0", 30, [("s", plain)] * 2) != one
    assert question("0.1.1", 30, [("s", plain)]) != one
