"""Editors get a schema that accepts what loads and refuses what does not."""

import jsonschema
import pytest

from simulation.scenario.example import example_text
from simulation.scenario.load import loads, normalise
from simulation.scenario.schema import json_schema
from simulation.scenario.yaml_text import read_yaml
from tests.scenario.build import GONE, WHOLE, change

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def accepts(data):
    return VALIDATOR.is_valid(data)


def test_the_schema_is_one_of_draft_2020_12():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert "$id" not in schema


def test_the_example_is_accepted_as_written_and_normalised():
    assert accepts(read_yaml(example_text(), "example.yaml").data)
    assert accepts(normalise(loads(example_text()).scenario))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"demand.phone.yearly": {"value": 3, "low": 2, "source": "x", "date": 2019}},
        {"channels.phone.handling.mean": {"value": "3 minutes", "high": "4 minutes"}},
        {"teams.kcc.roster.0.heads": {"value": [3, 4, 5]}},
        {"demand.phone.weekdays": {"value": [1, 1, 1, 1, 1, 0, 0], "grade": "A"}},
        {"title": {"nl": "a", "en": "b"}},
        {"channels.phone.patience": None},
    ],
)
def test_what_loads_is_accepted(changes):
    assert accepts(change(changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"horizon.lenght": "1 day"},
        {"horizon.start": GONE},
        {"kanaalkompas": 2},
        {"demand.phone.yearly": -3},
        {"demand.phone.yearly": {"value": -3}},
        {"demand.phone.yearly": {"value": 3, "sorce": "x"}},
        {"demand.phone.yearly": {"low": 3}},
        {"channels.phone.kind": "lief"},
        {"channels.phone.handling": {"family": "gamma", "mean": 3}},
        {"channels.Phone": WHOLE["channels"]["phone"]},
        {"channels.phone.open": "sometimes"},
        {"demand.counter.rates.0.start": "09:00"},
        {"teams.kcc.shrinkage": 1},
    ],
)
def test_what_does_not_load_is_refused(changes):
    assert not accepts(change(changes))


def test_a_file_that_extends_says_only_what_changes():
    child = {"extends": "base.yaml", "title": "a", "why": "b"}
    assert accepts(child)
    assert accepts({**child, "channels": {"phone": {"handling": {"mean": "3 minutes"}}}})
    assert accepts({**child, "norms": {"fast": None}, "costs": None})
    assert accepts({**child, "demand": {"phone": {"yearly": {"value": 3}}}})


def test_a_file_that_extends_is_still_checked():
    child = {"extends": "base.yaml", "title": "a", "why": "b"}
    assert not accepts({"extends": "base.yaml", "title": "a"})
    assert not accepts({**child, "extends": 3})
    assert not accepts({**child, "chanels": {}})
    assert not accepts({**child, "channels": {"phone": {"patiense": None}}})
    assert not accepts({**child, "demand": {"phone": {"yearly": -1}}})
    assert not accepts({**child, "teams": {"kcc": {"roster": [{"days": "mon"}]}}})


def test_every_key_is_described_and_defaults_are_as_a_file_writes_them():
    definitions = json_schema()["$defs"]
    undescribed = [
        f"{name}.{key}"
        for name, definition in definitions.items()
        if not name.endswith("Change")
        for key, part in definition["properties"].items()
        if "description" not in part and "description" not in definitions.get(_target(part), {})
    ]
    assert undescribed == []
    assert definitions["Block"]["properties"]["days"]["default"] == "all"
    assert definitions["Block"]["properties"]["from"]["default"] == "00:00"
    assert definitions["Absence"]["properties"]["spell"]["default"] == "5 days"


def _target(part):
    return part.get("$ref", "").rpartition("/")[2]
