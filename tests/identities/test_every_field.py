"""Every field of the scenario format changes something; a new one has to be entered in `fields`."""

import copy
import inspect
import json
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from simulation.comparison.compare import Entrant, compare
from simulation.comparison.document import PlacedAssumption
from simulation.contacts.timetable import Timetable
from simulation.experiment import Experiment
from simulation.experiment.replication import Simulator
from simulation.report import write_page
from simulation.rostering import plan_roster
from simulation.rostering.need import Spot
from simulation.scenario import ScenarioError, loads
from simulation.scenario.base import Part
from simulation.scenario.scenario import Scenario
from simulation.sizing.slots import grid
from tests.finance.stated import budgets, held
from tests.identities.fields import BUDGETED, CHANGES, READ_ON_THE_PAGE, ROSTERED, STATED, TODAY


def parts(kind, found=()):
    """Give all models that a scenario is made of."""
    found = {*found, kind}
    for field in kind.model_fields.values():
        annotations = [field.annotation]
        while annotations:
            each = annotations.pop()
            if isinstance(each, type) and issubclass(each, Part) and each not in found:
                found |= parts(each, found)
            annotations += get_args(each)
    return found


def owner(kind, name):
    """Give the model that declares a field, of those from which one inherits."""
    return next(each for each in kind.__mro__ if name in inspect.get_annotations(each))


FIELDS = sorted(
    {
        f"{owner(kind, name).__name__}.{name}"
        for kind in parts(Scenario)
        for name in kind.model_fields
    }
)


def written(values):
    """Write `TODAY` with other values by dotted path; None takes a key away."""
    data = copy.deepcopy(TODAY)
    for path, value in values.items():
        *way, last = path.split(".")
        place = data
        for key in way:
            place = place.setdefault(key, {})
        if value is None:
            place.pop(last, None)
        else:
            place[last] = copy.deepcopy(value)
    return json.dumps(data)


def noticed(text, *, page=False):
    """Give all that follows from a scenario, except what only repeats it."""
    try:
        scenario = loads(text).scenario
    except ScenarioError as error:
        return str(error)
    measures = Simulator(scenario).measures(1)
    entrant = Entrant("s", "s.yaml", (), (), Experiment(scenario, {1: measures}))
    result = compare([entrant], 1)
    if page:
        # Two scenarios and an assumption, so that the page has everything; without the hash.
        assumption = PlacedAssumption(path="demand.phone.reasons.question", value=0.7)
        entrant = replace(entrant, assumptions=(assumption,))
        both = compare([entrant, entrant], 1).model_copy(update={"question": "?"})
        return write_page(both, "en")
    document = result.model_dump(mode="json", exclude={"question"})
    for each in document["scenarios"]:
        del each["scenario"]
    return document


def rostered(text):
    """Give the roster of the agents for 0, 1 and 2 heads by turns, through day and night."""
    scenario = loads(text).scenario
    team = scenario.teams["agents"]
    hours = grid(scenario, team, team.channels, Timetable(scenario.horizon, scenario.calendar))
    heads = np.arange(len(hours.slots)) % 3
    return plan_roster(scenario, "agents", [Spot(None, hours)], [heads])


def yearly(text):
    """Give budgets by year in which agents go one year and come the next, or why there are none."""
    needs = {"agents": [4.0, 8.5, 12.0]}
    try:
        scenario = loads(text).scenario
        return budgets(scenario, needs, {"agents": 10.0}), held(scenario, needs)
    except ScenarioError as error:
        return str(error)


@pytest.fixture(scope="module")
def today():
    return noticed(written({}))


def test_there_is_a_change_for_every_field_and_no_other():
    assert sorted(f"{model}.{name}" for model, names in CHANGES.items() for name in names) == FIELDS


def test_today_is_a_scenario_in_which_everything_happens(today):
    found = loads(written({})).scenario
    measures = today["scenarios"][0]["measures"]
    assert found.title == "Today"
    assert measures["channels.phone.abandoned"]["mean"] > 0
    assert measures["channels.phone.blocked"]["mean"] > 0
    assert measures["channels.phone.closed"]["mean"] > 0
    assert measures["channels.office.answered"]["mean"] > 0
    assert measures["teams.agents.overtime_hours"]["mean"] > 0


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_changes_something(today, field):
    model, name = field.split(".")
    change = CHANGES[model][name]
    one, other = change if isinstance(change, tuple) else ({}, change)
    if field in ROSTERED:
        assert rostered(written(one)) != rostered(written(other))
    elif field in BUDGETED:
        assert yearly(written(one)) != yearly(written(other))
    elif field in STATED:
        before, after = (loads(written(values)).scenario for values in (one, other))
        assert before != after
    elif field in READ_ON_THE_PAGE:
        assert noticed(written(one), page=True) != noticed(written(other), page=True)
    else:
        before, after = noticed(written(one)) if one else today, noticed(written(other))
        assert before != after
        refused = isinstance(before, str), isinstance(after, str)
        assert refused[0] is False, before
