"""The same citizens meet every scenario: more of something adds people and moves nobody; more
agents never make anyone wait longer where that is true, and do not on average where it is not."""

import copy
import json

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scipy import stats

from simulation.contacts.sample import Sampler
from simulation.contacts.table import Effect, Source
from simulation.experiment.replication import Simulator
from simulation.play.engine import play
from simulation.play.plan import make_plan
from simulation.scenario import loads
from tests.identities.random_scenarios import scenarios

some_runs = settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate],
)

KEPT = ("time", "reason", "origin", "source", "patience", "handling", "wrap_up", "site")


def people(data, replication=1):
    """Give the contacts of a scenario by key."""
    contacts = Sampler(loads(json.dumps(data)).scenario).contacts(replication)
    rows = zip(
        contacts.key.tolist(),
        *(getattr(contacts, name).tolist() for name in (*KEPT, "channel", "effect")),
        strict=True,
    )
    return {key: row for key, *row in rows}


def busier(data, factor):
    """Multiply all demand."""
    more = copy.deepcopy(data)
    for stream in more["demand"].values():
        if "yearly" in stream:
            stream["yearly"] *= factor
        else:
            for block in stream["rates"]:
                block["per_hour"] *= factor
    for event in more.get("events", {}).values():
        event["contacts"] *= factor
    return more


@some_runs
@given(scenarios(), st.sampled_from([1.05, 1.5, 3.0]))
def test_more_volume_adds_people_and_moves_nobody(data, factor):
    # The reasons of a backlog follow the mix of the demand, which the factor leaves alone.
    before, after = people(data), people(busier(data, factor))
    assert before.items() <= after.items()
    assert factor < 1.5 or len(after) > len(before)


@some_runs
@given(scenarios())
def test_more_willingness_shifts_the_same_people_and_some_more(data):
    rule = {
        "to": "mail",
        "willingness": {"question": 0.3, "report": 0.2},
        "channels": {"phone": 1.0, "counter": 0.5},
    }
    shifts = []
    for realised in (0.5, 1.0, 3.0):
        more = copy.deepcopy(data)
        more["shift"]["substitution"] = {"social": {**rule, "stated_to_realised": realised}}
        here = people(more)
        shifts.append({key for key, row in here.items() if row[-1] == Effect.SUBSTITUTED})
    few, some, many = shifts
    assert few <= some <= many
    assert len(many) > len(few)


@some_runs
@given(scenarios())
def test_more_information_deflects_the_same_people_and_some_more(data):
    remaining = []
    for share in (0.0, 0.2, 0.6):
        more = copy.deepcopy(data)
        more["shift"] = {"deflection": {"site": {"shares": {"question": share}}}}
        remaining.append(people(more))
    assert remaining[2].items() <= remaining[1].items() <= remaining[0].items()
    assert len(remaining[2]) < len(remaining[0])


@some_runs
@given(scenarios())
def test_induced_demand_and_events_are_extra_people_beside_the_same_others(data):
    without = copy.deepcopy(data)
    without["shift"].pop("induced", None)
    without.pop("events", None)
    induced, storm = copy.deepcopy(without), copy.deepcopy(without)
    induced["shift"]["induced"] = {"x": {"to": "mail", "shares": {"question": 0.4}}}
    storm["events"] = {
        "storm": {
            "start": f"{data['horizon']['start'][:10]} 09:30",
            "contacts": 40,
            "decay": "1 hour",
            "reasons": {"report": 1},
            "channels": {"phone": 1},
        }
    }
    base = people(without)
    for more, source in ((induced, Source.INDUCED), (storm, Source.EVENT)):
        after = people(more)
        assert base.items() <= after.items()
        extra = [row for key, row in after.items() if key not in base]
        assert extra
        assert all(row[KEPT.index("source")] == source for row in extra)


def turned_round(data):
    """Write every mapping the other way round."""
    if isinstance(data, dict):
        return {key: turned_round(value) for key, value in reversed(data.items())}
    return [turned_round(each) for each in data] if isinstance(data, list) else data


@some_runs
@given(scenarios())
def test_the_order_of_keys_in_the_file_changes_nothing(data):
    ours, theirs = (
        Simulator(loads(json.dumps(each)).scenario).measures(1)
        for each in (data, turned_round(data))
    )
    assert ours == theirs


def first_come_first_served(heads, law, patience=""):
    """Write a team that serves one queue, at a load of about 0.9 of 10 agents."""
    return loads(
        f"""
kanaalkompas: 1
title: More agents
horizon: {{start: 2026-01-05, length: 30 hours}}
variation: {{day_cv: 0.2}}
demand: {{phone: {{rates: [{{per_hour: 180}}]}}}}
channels: {{phone: {{kind: live, handling: {{family: {law}}}{patience}}}}}
teams: {{agents: {{roster: [{{heads: {heads}}}], channels: {{phone: {{}}}}}}}}
"""
    ).scenario


def waits_by_contact(scenario, replication):
    """Give the wait of every contact, served or not, and whether it left."""
    contacts = Sampler(scenario).contacts(replication)
    rows = np.sort(play(make_plan(scenario), contacts, replication).attempts, order="contact")
    left = rows["started"] < 0
    return np.where(left, rows["ended"], rows["started"]) - rows["arrived"], left


@pytest.mark.parametrize(
    "law",
    [
        "exponential, mean: 3 minutes",
        "hyperexponential, mean: 3 minutes, cv: 3",
        "deterministic, mean: 3 minutes",
        "lognormal, mean: 3 minutes, cv: 2",
    ],
)
def test_with_more_agents_and_nobody_leaving_no_contact_waits_longer(law):
    for replication in (1, 2, 3):
        before, _ = waits_by_contact(first_come_first_served(8, law), replication)
        for heads in (9, 10, 14):
            after, _ = waits_by_contact(first_come_first_served(heads, law), replication)
            assert (after <= before).all()
            assert after.sum() < before.sum()
            before = after


def test_with_abandonment_an_agent_more_may_let_somebody_wait_longer_but_not_on_average():
    """The added agent serves people who would have left, before others."""
    patience = ", patience: {family: lognormal, mean: 4 minutes, cv: 1.5}"
    law = "lognormal, mean: 3 minutes, cv: 1.5"
    waits, leavers, longer = [], [], 0
    for replication in range(1, 21):
        few, left_few = waits_by_contact(first_come_first_served(8, law, patience), replication)
        more, left_more = waits_by_contact(first_come_first_served(9, law, patience), replication)
        longer += int((more > few).sum())
        waits.append(more.mean() - few.mean())
        leavers.append(left_more.mean() - left_few.mean())
    assert longer > 0
    for differences in (waits, leavers):
        bounds = stats.ttest_1samp(differences, 0).confidence_interval(0.999)
        assert bounds.high < 0


BASE = {
    "kanaalkompas": 1,
    "title": "Directions",
    "horizon": {"start": "2026-01-05", "length": "12 hours"},
    "demand": {"phone": {"rates": [{"per_hour": 110}]}, "mail": {"rates": [{"per_hour": 12}]}},
    "channels": {
        "phone": {
            "kind": "live",
            "handling": {"family": "lognormal", "mean": "3 minutes", "cv": 1},
            "patience": {"family": "exponential", "mean": "4 minutes"},
        },
        "mail": {"kind": "deferred", "handling": {"family": "gamma", "mean": "6 minutes", "cv": 1}},
    },
    "teams": {"agents": {"roster": [{"heads": 8}], "channels": {"phone": {}, "mail": {}}}},
}
PHONE = "channels.phone"
DIRECTIONS = {
    "longer handling": (
        ("channels", "phone", "handling", "mean"),
        "3.3 minutes",
        PHONE,
        "mean_wait",
        1,
    ),
    "wrap-up": (
        ("channels", "phone", "wrap_up"),
        {"family": "deterministic", "mean": "20 s"},
        PHONE,
        "mean_wait",
        1,
    ),
    "extra effort": (
        ("channels", "mail", "extra_effort"),
        {"x": "2 minutes"},
        "teams.agents",
        "busy_hours",
        1,
    ),
    "more calls": (("demand", "phone", "rates"), [{"per_hour": 125}], PHONE, "abandonment", 1),
    "more patience": (
        ("channels", "phone", "patience", "mean"),
        "8 minutes",
        PHONE,
        "abandonment",
        -1,
    ),
    "more patience, longer": (
        ("channels", "phone", "patience", "mean"),
        "8 minutes",
        PHONE,
        "mean_wait",
        1,
    ),
    "fewer places": (("channels", "phone", "queue_capacity"), 1, PHONE, "blocked", 1),
    "fewer places, shorter": (("channels", "phone", "queue_capacity"), 1, PHONE, "mean_wait", -1),
    "a reserve for callers": (("teams", "agents", "reserve"), 2, PHONE, "mean_wait", -1),
    "a reserve at the cost of messages": (
        ("teams", "agents", "reserve"),
        2,
        "channels.mail",
        "mean_wait",
        1,
    ),
    "one more agent": (("teams", "agents", "roster"), [{"heads": 9}], PHONE, "mean_wait", -1),
    "an agent more is less busy": (
        ("teams", "agents", "roster"),
        [{"heads": 9}],
        "teams.agents",
        "occupancy",
        -1,
    ),
    "failure demand": (("channels", "phone", "resolution"), 0.8, PHONE, "resolution", -1),
    "quicker agents": (
        ("teams", "agents", "channels", "phone"),
        {"handling_factor": 0.9},
        PHONE,
        "mean_wait",
        -1,
    ),
    "messages first": (
        ("teams", "agents", "channels", "phone"),
        {"rank": 2},
        PHONE,
        "mean_wait",
        1,
    ),
}


def changed(data, path, value):
    """Give the data with another value at a path."""
    if not path:
        return value
    return {**data, path[0]: changed(data.get(path[0], {}), path[1:], value)}


@pytest.fixture(scope="module")
def today():
    simulator = Simulator(loads(json.dumps(BASE)).scenario)
    return [simulator.measures(number) for number in range(1, 13)]


@pytest.mark.parametrize("name", DIRECTIONS)
def test_effects_have_their_direction(today, name):
    path, value, root, measure, sign = DIRECTIONS[name]
    simulator = Simulator(loads(json.dumps(changed(BASE, path, value))).scenario)
    differences = [
        sign * (simulator.measures(number)[f"{root}.{measure}"] - before[f"{root}.{measure}"])
        for number, before in enumerate(today, start=1)
    ]
    assert stats.ttest_1samp(differences, 0).confidence_interval(0.999).low > 0
