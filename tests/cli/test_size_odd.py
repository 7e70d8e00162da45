"""`size` on odd scenarios: an answer that holds, or one message that says what is in the way."""

import json
from copy import deepcopy

import pytest
import yaml

from tests.cli.conftest import TODAY

QUICK = ("--replications", "10", "--confirm", "20", "--workers", "1")
DESK, ALL = ("--team", "desk"), ("--all",)
CHRISTMAS = {
    "horizon": {"start": "2026-12-25", "length": "1 day"},
    "calendar": {"public_holidays": "NL"},
}
COMES = {"demand": {"phone": {"on_closed_days": "comes"}, "webcare": {"on_closed_days": "comes"}}}
TRUNK = {"lines": {"trunk": {"channels": ["phone"], "capacity": 1}}}
STRICT = {"norms": {"calls": {"target": 0.9}}}
SLOW = {
    "channels": {"webcare": {"handling": {"family": "deterministic", "mean": "3 hours"}}},
    "norms": {"messages": {"within_working_days": None, "within_working_time": "1 hours"}},
}
SITES = {
    "channels": {"phone": {"sites": {"a": 1.0, "b": 0.0}}},
    "teams": {
        "desk": {
            "roster": None,
            "sites": {
                site: [{"days": "mon-fri", "from": "08:00", "until": "18:00", "heads": 3}]
                for site in "ab"
            },
        }
    },
}
NOBODY = {"demand": {"phone": {"yearly": 0}, "webcare": {"yearly": 0}}}
CHATS = {
    "channels": {
        "phone": {
            "kind": "chat",
            "open": [{"days": "mon-fri", "from": "08:00", "until": "17:15"}],
            "handling": {"family": "exponential", "mean": "4 minutes"},
            "patience": {"family": "exponential", "mean": "3 minutes"},
            "slowdown": [1, 1.3, 1.7],
        }
    }
}


def changed(scenario, change):
    """Give a scenario with other keys; None removes one."""
    for key, value in change.items():
        if value is None:
            scenario.pop(key)
        elif (
            isinstance(value, dict) and isinstance(scenario.get(key), dict) and "kind" not in value
        ):
            changed(scenario[key], value)
        else:
            scenario[key] = deepcopy(value)
    return scenario


@pytest.fixture
def size(kanaalkompas, folder):
    """Size a scenario with some changes."""

    def run(change, *arguments):
        data = changed(yaml.safe_load(TODAY), change)
        (folder / "odd.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
        return kanaalkompas("size", "odd.yaml", *QUICK, *arguments)

    return run


@pytest.mark.parametrize("who", [DESK, ALL])
@pytest.mark.parametrize(
    "change",
    [
        CHRISTMAS,
        NOBODY,
        SITES,
        CHATS,
        {"costs": None, "teams": {"desk": {"pay_scale": None}}},
        {"horizon": {"start": "2026-03-02 08:20", "length": "190 minutes"}},
        {"horizon": {"warm_up": "1 day", "run_out": "cut"}},
        {"horizon": {"length": "40 days"}, "norms": {"calls": {"period": "month"}}},
        {"teams": {"desk": {"roster": []}}},
        {"teams": {"desk": {"minimum_crew": 9}}},
        {"teams": {"desk": {"reserve": 4}}},
        {"norms": {"calls": {"target": 0}, "messages": {"target": 0}}},
        {"demand": {"phone": {"yearly": 3}}},
        {"channels": {"webcare": {"backlog": 300}}},
    ],
    ids=" ".join,
)
def test_the_answer_holds(size, change, who):
    ended = size(change, *who, "--format", "json")
    assert ended.code == 0, ended.err
    document = json.loads(ended.out)
    for team in document["teams"]:
        assert team["at_size"]["attained"] >= 16
        if team["one_less"] is not None:
            assert team["one_less"]["attained"] < 16
    if document["together"] is not None:
        assert document["together"]["attained"] >= 16


@pytest.mark.parametrize("who", [DESK, ALL])
@pytest.mark.parametrize(
    ("change", "more", "said"),
    [
        (CHRISTMAS | COMES, (), ["teams.desk: is off whenever", "widen channels.phone.open"]),
        (TRUNK | STRICT, (), ["norms.calls", "find all lines or places taken"]),
        (SLOW, (), ["norms.messages", "are answered too late: the work itself"]),
        ({"norms": None}, (), ["norms: no norm counts"]),
        ({}, ("--step", "60"), ["--step 60 goes beyond the largest size of desk", "smaller"]),
        (
            {"channels": {"phone": {"open": [{"days": "sat"}]}}, "horizon": {"length": "7 days"}},
            (),
            ["demand: stream 'phone' has no day in 2026"],
        ),
    ],
)
def test_what_is_in_the_way_is_told(size, change, more, said, who):
    ended = size(change, *who, *more)
    assert (ended.code, ended.out) == (2, "")
    for words in said:
        assert words in ended.err
    assert "Traceback" not in ended.err
    assert "nternal" not in ended.err


def test_what_is_helped_in_time_is_no_cause(size):
    ended = size(TRUNK | STRICT, *DESK)
    assert "helped too late" not in ended.err


def test_an_open_upper_end_is_told(size):
    ended = size({}, *DESK, "--share", "0.95", "--language", "en")
    assert "How many more it may be does not follow" in " ".join(ended.out.split())
