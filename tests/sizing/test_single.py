"""One team: what is searched and confirmed, against trying every size in every replication."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from simulation.play.engines import Engine
from simulation.scenario.load import loads
from simulation.sizing.answer import NoSize, confirming, searched
from simulation.sizing.played import attains, trials
from simulation.sizing.quantile import quantile, quantile_interval
from tests.sizing.asked import live, morning, needed, order, sized

ASKED = order("desk", step=1.17)


def blended():
    """Give a team that answers messages between calls; both have norms."""
    mail = {
        "kind": "deferred",
        "open": live()["open"],
        "handling": {"family": "exponential", "mean": "6 minutes"},
    }
    data = morning(
        demand={
            "phone": {"rates": [{"per_hour": 25}]},
            "mail": {"rates": [{"per_hour": 6}]},
        },
        channels={"phone": live(after_unresolved=again(), resolution=0.7), "mail": mail},
    )
    data["teams"]["desk"] |= {"channels": {"phone": {}, "mail": {"rank": 2}}, "reserve": 1}
    data["norms"]["mails"] = {"channel": "mail", "within_working_time": "1 hours", "target": 0.7}
    return data


def again(minutes=20):
    """Come back after a while."""
    return {"delay": {"family": "deterministic", "mean": f"{minutes} minutes"}}


BEYOND = 6
"""Rungs above the answer that are tried as well."""


def every_rung(answer):
    """Tell of every rung and replication whether the norms are attained."""
    own, ((team, rung),) = trials(answer.bench), answer.levels
    norms, ladder = list(own.scenario.norms), own.ladders[team]
    rungs = range(ladder.lowest, min(ladder.highest, rung + BEYOND) + 1)

    def of(numbers):
        by_rung = [
            [attains(own.outcome(((team, each),), number), norms) for number in numbers]
            for each in rungs
        ]
        return dict(zip(numbers, map(list, zip(*by_rung, strict=True)), strict=True))

    return ladder.lowest, of


def from_which_on(flags, lowest):
    """Give the rung from which on every one attains."""
    missed = [place for place, flag in enumerate(flags) if not flag]
    return lowest + (missed[-1] + 1 if missed else 0)


@pytest.mark.parametrize("data", [morning(), blended()], ids=["alone", "blended"])
@pytest.mark.parametrize("share", [0.5, 0.8])
def test_the_answer_is_that_of_trying_every_size(data, share):
    asked = order("desk", step=1.17, share=share)
    answer = sized(data, asked)
    lowest, of = every_rung(answer)
    on_search, on_fresh = of(searched(asked.search)), of(confirming(asked.fresh))
    sizes, own = (
        sorted(from_which_on(flags, lowest) for flags in each.values())
        for each in (on_fresh, on_search)
    )
    first, last = quantile_interval(len(sizes), share)
    assert answer.size.searched == quantile(own, share)
    assert answer.size.rung == quantile(sizes, share)
    assert (answer.size.low, answer.size.high) == (sizes[first - 1], sizes[last - 1])
    assert answer.size.reversals == 0
    need = needed(asked, confirming(asked.fresh))
    place = answer.size.rung - lowest
    counts = [sum(flags[step] for flags in on_fresh.values()) for step in (place - 1, place)]
    assert counts[0] < need <= counts[1]
    assert [each.attained for each in answer.size.shares.values()] == counts


def reversing(seed):
    """Give a team whose every answer is work for itself, with a norm on that work only."""
    office = {
        "kind": "deferred",
        "open": live()["open"],
        "handling": {"family": "deterministic", "mean": "6 minutes"},
    }
    data = morning(
        seed=seed,
        demand={"phone": {"rates": [{"from": "09:00", "until": "10:00", "per_hour": 60}]}},
        channels={
            "phone": live(
                patience={"family": "exponential", "mean": "3 minutes"},
                transfer={"to": "office", "probability": 0.8},
            ),
            "office": office,
        },
        norms={"office": {"channel": "office", "within_working_time": "1 hours", "target": 0.8}},
    )
    data["teams"]["desk"]["channels"] = {"phone": {}, "office": {"rank": 2}}
    return data


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sizes_that_miss_what_smaller_ones_attain_are_noticed_and_the_answer_still_holds(seed):
    asked = order("desk", step=1.17, share=0.7)
    answer = sized(reversing(seed), asked)
    lowest, of = every_rung(answer)
    on_fresh = of(confirming(asked.fresh))
    on_both = [*on_fresh.values(), *of(searched(asked.search)).values()]
    turned = sum(flags != sorted(flags) for flags in on_both)
    assert turned > 3
    assert 0 < answer.size.reversals <= turned
    place, need = answer.size.rung - lowest, needed(asked, confirming(asked.fresh))
    assert sum(flags[place] for flags in on_fresh.values()) >= need
    assert sum(flags[place - 1] for flags in on_fresh.values()) < need


def test_a_size_is_confirmed_on_replications_that_it_was_not_searched_on():
    played: list[int] = []
    answer = sized(morning(), ASKED, keep=lambda _, number, __: played.append(number))
    assert set(played) == {*searched(ASKED.search), *confirming(ASKED.fresh)}
    assert not set(searched(ASKED.search)) & set(confirming(ASKED.fresh))
    assert {each.of for each in answer.size.shares.values()} == {ASKED.fresh}
    # Another search leaves what is confirmed as it is: the fresh ones are the same.
    other = sized(morning(), replace(ASKED, search=14))
    assert other.size.shares == answer.size.shares


def test_what_was_played_is_played_once():
    played: Counter[object] = Counter()
    sized(morning(), ASKED, keep=lambda levels, number, _: played.update([(levels, number)]))
    assert max(played.values()) == 1


def test_both_engines_find_the_same_size():
    asked = order("desk", search=10, fresh=10)
    fast, plain = (sized(blended(), asked, engine) for engine in (Engine.COMPILED, Engine.SIMPY))
    assert fast.levels == plain.levels
    assert fast.size == plain.size


def test_citizens_who_come_back_count_in_the_largest_size():
    data = morning(
        demand={"phone": {"rates": [{"per_hour": 400}]}},
        channels={"phone": live(resolution=0.1, after_unresolved=again(5))},
    )
    answer = sized(data, order("desk", step=40))
    assert answer.bench.plenty > 1
    assert answer.size.shares[answer.size.rung].attained >= 16


def test_messages_that_wait_from_the_start_count_in_the_largest_size():
    data = blended()
    data["channels"]["mail"]["backlog"] = 500
    data["norms"]["mails"]["within_working_time"] = "3 hours"
    answer = sized(data, order("desk", step=4))
    assert answer.size.shares[answer.size.rung].attained >= 16


def test_what_no_size_attains_on_fresh_replications_is_not_a_size():
    """The lines are the limit: about half of the mornings are good enough, whatever the size."""
    data = morning(lines={"trunk": {"channels": ["phone"], "capacity": 3}})
    data["norms"]["calls"]["target"] = 0.7
    ends = []
    for seed in range(10):
        try:
            answer = sized({**data, "seed": seed}, order("desk", fresh=20, share=0.5))
        except NoSize as none:
            ends.append(none.of)
            assert none.attained < none.of / 2
        else:
            assert answer.size.shares[answer.size.rung].attained >= 10
    assert {10, 20} == set(ends), ends


def test_an_upper_end_is_left_open_where_few_replications_do_not_bound_it():
    answer = sized(morning(), order("desk", share=0.95))
    assert answer.size.high is None
    assert answer.size.low <= answer.size.rung


def test_where_one_size_less_does_not_exist_none_is_shown():
    data = morning(demand={"phone": {"rates": [{"per_hour": 1}]}})
    answer = sized(data, order("desk"))
    assert list(answer.size.shares) == [trials(answer.bench).ladders["desk"].lowest]


def test_the_order_of_the_file_does_not_matter():
    data = blended()
    turned = {
        key: dict(reversed(value.items())) if isinstance(value, dict) else value
        for key, value in data.items()
    }
    scenarios = (loads(json.dumps(each)).scenario for each in (data, turned))
    first, second = (sized(each, order("desk")) for each in scenarios)
    assert first.levels == second.levels
