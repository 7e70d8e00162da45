"""All teams together: the local minimum, against every combination of sizes in a box."""

from itertools import product

import pytest

from simulation.sizing.answer import confirming, searched
from simulation.sizing.played import trials
from tests.sizing.asked import OPEN, attained, live, morning, needed, order, sized

ASKED = order(None, step=4.7)


def two_teams(seed):
    """Give telephone and counter; who hangs up comes to the counter."""
    return morning(
        seed=seed,
        demand={
            "phone": {"rates": [{"per_hour": 40}]},
            "counter": {"rates": [{"per_hour": 12}]},
        },
        channels={
            "phone": live(after_abandoned=to("counter")),
            "counter": live(patience={"family": "exponential", "mean": "12 minutes"}),
        },
        teams={
            "desk": {"roster": [{"heads": 3}], "channels": {"phone": {}}},
            "counter": {"roster": [{"heads": 2}], "channels": {"counter": {}}},
        },
        norms={
            "calls": {"channel": "phone", "within": "30 seconds", "target": 0.7},
            "visits": {"channel": "counter", "within": "5 minutes", "target": 0.8},
        },
    )


def with_sites(seed):
    """Give a counter with two sites, and a telephone that the desk at both helps to answer."""
    data = two_teams(seed)
    data["channels"]["counter"]["sites"] = {"north": 0.7, "south": 0.3}
    roster = [{"from": "09:00", "until": "13:00", "heads": 1}]
    data["teams"]["counter"] = {
        "sites": {"north": roster, "south": roster},
        "channels": {"counter": {}},
    }
    data["norms"]["visits"]["target"] = 0.7
    return data


def blended(seed):
    """Give a team for calls and messages, and one for messages only."""
    data = two_teams(seed)
    data["channels"] = {
        "phone": live(after_abandoned=to("mail"), after_unresolved=to("phone"), resolution=0.8),
        "mail": {
            "kind": "deferred",
            "open": OPEN,
            "handling": {"family": "exponential", "mean": "6 minutes"},
        },
    }
    data["demand"] = {"phone": {"rates": [{"per_hour": 30}]}, "mail": {"rates": [{"per_hour": 8}]}}
    data["teams"] = {
        "desk": {
            "roster": [{"heads": 3}],
            "channels": {"phone": {}, "mail": {"rank": 2}},
            "reserve": 1,
        },
        "writers": {"roster": [{"heads": 2}], "channels": {"mail": {}}, "minimum_crew": 2},
    }
    data["norms"] = {
        "calls": {"channel": "phone", "within": "30 seconds", "target": 0.7},
        "mails": {"channel": "mail", "within_working_time": "1 hours", "target": 0.7},
    }
    return data


def to(channel):
    """Try another channel ten minutes later."""
    delay = {"family": "deterministic", "mean": "10 minutes"}
    return {"delay": delay, "to": {channel: 1.0}}


def box(answer, beyond=2):
    """Give every combination of sizes up to a few steps beyond the answer."""
    ladders = trials(answer.bench).ladders
    units = [
        [
            (unit, each)
            for each in range(ladders[unit].lowest, min(rung + beyond, ladders[unit].highest) + 1)
        ]
        for unit, rung in answer.levels
    ]
    return [dict(levels) for levels in product(*units)]


def checked(data):
    """Hold an answer to what it claims; give its size and that of the least in the box."""
    answer = sized(data, ASKED)
    own, sizes = trials(answer.bench), answer.sizes
    norms, levels = list(own.scenario.norms), dict(answer.levels)

    def holds(some, numbers):
        return attained(answer, some, numbers, norms) >= needed(ASKED, numbers)

    assert holds(levels, confirming(ASKED.fresh))
    assert sizes.together.attained == attained(answer, levels, confirming(ASKED.fresh), norms)
    assert sizes.tight_on_fresh | sizes.tight <= levels.keys()
    for unit, rung in levels.items():
        if rung == own.ladders[unit].lowest:
            assert unit not in sizes.tight_on_fresh | sizes.tight
            continue
        less = {**levels, unit: rung - 1}
        on_search, on_fresh = (
            holds(less, searched(ASKED.search)),
            holds(less, confirming(ASKED.fresh)),
        )
        assert (unit in sizes.tight) is not on_search
        assert (unit in sizes.tight_on_fresh) is (on_search and not on_fresh)
        assert not (on_search and on_fresh)
    least = min(
        sum(each.values())
        for each in box(answer)
        if holds(each, searched(ASKED.search)) and holds(each, confirming(ASKED.fresh))
    )
    return sum(levels.values()), least


@pytest.mark.parametrize("make", [two_teams, with_sites, blended])
def test_no_single_step_less_attains_and_the_least_of_all_is_near(make):
    ends = [checked(make(seed)) for seed in (1, 2, 3)]
    assert all(0 <= found - least <= 1 for found, least in ends), ends
