"""The reference pages say what the code says, and the list of measures is the measures'."""

import re

import pytest

from docs.generate_reference import REFERENCE, measure_table, pages
from simulation.experiment.replication import replicate
from simulation.play.record import Outcome
from simulation.scenario import load, loads
from simulation.scenario.example import example_text
from tests.docs.blocks import HOUSE

OUTCOMES = {"offered", *(outcome.name.lower() for outcome in Outcome)}

TWO_SITES = """\
kanaalkompas: 1
title: two sites and a monthly norm
horizon: {start: 2026-03-30, length: 4 days}
demand: {counter: {yearly: 40000}}
channels:
  counter:
    kind: live
    open: [{days: mon-fri, from: "09:00", until: "17:00"}]
    sites: {north: 0.5, south: 0.5}
    handling: {family: exponential, mean: 5 minutes}
teams:
  counter:
    channels: {counter: {}}
    sites:
      north: &office [{days: mon-fri, from: "09:00", until: "17:00", heads: 2}]
      south: *office
norms:
  quick: {channel: counter, within: 5 minutes, target: 0.8, period: month}
"""


@pytest.fixture(scope="module")
def measured():
    """Give the names in each scenario, and the paths that its replication measures."""
    town = load(HOUSE / "scenarios/small-town/a-webcare.yaml").scenario
    week = town.horizon.model_copy(update={"length": 7 * 24 * 3600 * 1_000_000})
    scenarios = [
        loads(example_text()).scenario,
        loads(TWO_SITES).scenario,
        town.model_copy(update={"horizon": week}),
    ]
    return [(scenario, replicate(scenario, 1)) for scenario in scenarios]


def documented():
    return [row["path"] for group in measure_table() for row in group["measures"]]


def pattern(path, scenario):
    """Give the paths that a documented one stands for in a scenario, as a regular expression."""
    lines = scenario.costs
    names = {
        "channel": scenario.channels,
        "reason": scenario.reasons,
        "team": [
            place
            for name, team in scenario.teams.items()
            for place in (name, *(f"{name}/{site}" for site in team.sites))
        ],
        "norm": scenario.norms,
        "outcome": OUTCOMES,
    }
    free = {
        "month": r"\d{4}-\d{2}",
        "seconds": r"\d+",
        "group": r"staff\.\w+|contact|month|once",
        "line": r"staff\.\w+\.\w+|(?:contact|month|once)\.\w+" if lines else "none",
    }
    text = re.escape(path)
    for key, options in names.items():
        text = text.replace(f"<{key}>", "(?:" + "|".join(map(re.escape, options)) + ")")
    for key, expression in free.items():
        text = text.replace(f"<{key}>", f"(?:{expression})")
    return re.compile(text)


@pytest.mark.parametrize("name", ["scenario-format", "result-document", "command-line"])
def test_page_is_what_the_code_says(name):
    """If not: python docs/generate_reference.py."""
    path = REFERENCE / f"{name}.md"
    assert path.read_text(encoding="utf-8") == pages()[path]()


def test_every_measure_is_documented_once(measured):
    wrong = []
    for scenario, measures in measured:
        patterns = [pattern(path, scenario) for path in documented()]
        for path in measures:
            if sum(each.fullmatch(path) is not None for each in patterns) != 1:
                wrong.append(path)
    assert wrong == []


def test_every_documented_measure_exists(measured):
    missing = [
        path
        for path in documented()
        if not any(
            pattern(path, scenario).fullmatch(found)
            for scenario, measures in measured
            for found in measures
        )
    ]
    assert missing == []
