"""Blocks: where all work can wait, nobody comes for a single hour."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from simulation.scenario.scenario import by_name
from simulation.scenario.values import HOUR, format_clock
from simulation.sizing.ladder import make_ladder
from simulation.sizing.slots import LEAST_BLOCK, blocks
from simulation.verification.played import scenario_of
from tests.sizing.asked import live, morning

QUARTER = HOUR // 4

openings = some.lists(some.integers(0, 95), min_size=2, max_size=6, unique=True).map(
    lambda ends: [
        {"from": format_clock(begin * QUARTER), "until": format_clock(end * QUARTER)}
        for begin, end in zip(*[iter(sorted(ends)[: len(ends) // 2 * 2])] * 2, strict=True)
    ]
)
"""One to three stretches a day."""


def laid_out(opening, step=0.5, **channels):
    """Give the ladder of a team that answers messages."""
    handling = {"family": "exponential", "mean": "6 minutes"}
    data = morning(
        horizon={"start": "2026-03-02", "length": "28 days"},
        demand={"mail": {"yearly": 40_000}},
        channels={"mail": {"kind": "deferred", "open": opening, "handling": handling}, **channels},
        norms={"mails": {"channel": "mail", "within_working_time": "4 hours", "target": 0.8}},
    )
    data["teams"]["desk"]["channels"] = {"mail": {}, **{name: {} for name in channels}}
    return make_ladder(by_name(scenario_of(data)), "desk", step)


def joined(one, other):
    """Tell whether one slot follows another without a pause."""
    return one[:2] == other[:2] and one.end == other.begin


@given(openings)
@settings(max_examples=60, deadline=None)
def test_a_block_is_two_hours_or_more_unless_it_is_open_for_less(opening):
    slots = laid_out(opening).places[0].grid.slots
    found = blocks(slots)
    for first in set(found):
        own = [slots[place] for place, block in enumerate(found) if block == first]
        last = first + len(own) - 1
        assert own == list(slots[first : last + 1])
        assert all(joined(*pair) for pair in pairwise(own))
        alone = first == 0 or not joined(slots[first - 1], slots[first])
        alone &= last + 1 == len(slots) or not joined(slots[last], slots[last + 1])
        length = own[-1].end - own[0].begin
        assert length >= LEAST_BLOCK or alone
        assert length < 2 * LEAST_BLOCK + HOUR


@given(openings, some.sampled_from([0.1, 0.5, 1.0]), some.data())
@settings(max_examples=60, deadline=None)
def test_where_all_work_can_wait_days_are_alike_but_for_one_head_in_one_block(opening, step, data):
    ladder = laid_out(opening, step)
    (place,) = ladder.places
    (heads,) = ladder.heads(data.draw(some.integers(ladder.lowest, ladder.highest)))
    found = heads.tolist()
    assert all(found[slot] == found[block] for slot, block in enumerate(place.blocks))
    assert max(found) - min(found) <= 1
    days: dict[int, dict[int, int]] = {}
    for slot, block, own in zip(place.grid.slots, place.blocks, found, strict=True):
        days.setdefault(slot.weekday, {})[block] = own
    more = [sum(own == max(found) for own in blocks.values()) for blocks in days.values()]
    assert max(more) - min(more) <= 1
    # The head that comes for a part of the day is there from the beginning.
    for blocks_of_day in days.values():
        heads_of_day = list(blocks_of_day.values())
        assert heads_of_day == sorted(heads_of_day, reverse=True)


def test_somebody_answers_every_day_before_a_day_has_all_the_people():
    ladder = laid_out([{"days": "mon-fri", "from": "09:00", "until": "17:00"}], 0.1)
    (place,) = ladder.places
    rung = next(r for r in range(ladder.highest) if sum(ladder.heads(r)[0]) >= 10)
    days = {
        slot.weekday
        for slot, own in zip(place.grid.slots, ladder.heads(rung)[0].tolist(), strict=True)
        if own
    }
    assert days == {0, 1, 2, 3, 4}


def test_a_team_that_is_also_called_keeps_its_single_hours():
    opening = [{"from": "09:00", "until": "13:00"}]
    (place,) = laid_out(opening, phone=live()).places
    assert place.blocks == tuple(range(len(place.grid.slots)))
