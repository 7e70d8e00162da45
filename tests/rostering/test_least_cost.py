"""The roster costs what the cheapest one costs, found by trying every roster."""

from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.rostering.days import shifts_of_a_day
from simulation.rostering.programme import extra_hours
from simulation.scenario.values import HOUR
from tests.rostering.build import roster, scenario

RULES = {
    "lengths": ["1 hour", "2 hours", "3 hours"],
    "start_every": "1 hour",
    "break_after": "2 hours",
    "break_length": "1 hour",
    "contracts": [3, 5],
    "max_days": 2,
    "extra_pay": [{"days": "tue", "from": "10:00", "share": 0.5}],
}
OPENS = 8


def cheapest(rules, week):
    """Give the least cost in paid hours a week: every week of a person, any number of times."""
    own = scenario(rules).teams["desk"].shifts
    steps = [(day, OPENS + hour) for day, needs in week.items() for hour in range(len(needs))]
    rows: dict[frozenset[int], float] = {}
    choices = [
        [(day, None)]
        + [
            (day, shift)
            for shift in shifts_of_a_day(own, OPENS * HOUR, (OPENS + len(needs)) * HOUR)
        ]
        for day, needs in week.items()
    ]
    for chosen in product(*choices):
        worked = [(day, shift) for day, shift in chosen if shift is not None]
        hours = sum(shift.work for _, shift in worked) / HOUR
        fitting = [contract for contract in own.contracts if contract >= hours]
        if not worked or len(worked) > own.max_days or not fitting:
            continue
        cost = min(fitting) + sum(
            extra_hours(begin, end, day, own.extra_pay) * (365 / 7) / 52
            for day, shift in worked
            for begin, end in ((shift.begin, shift.pause), (shift.resume, shift.end))
        )
        covered = frozenset(
            place
            for place, (day, hour) in enumerate(steps)
            if any(d == day and s.covers(hour * HOUR, (hour + 1) * HOUR) for d, s in worked)
        )
        rows[covered] = min(cost, rows.get(covered, cost))

    @cache
    def least(left):
        open_steps = [place for place, need in enumerate(left) if need]
        if not open_steps:
            return 0.0
        best = float("inf")
        for covered, cost in rows.items():
            if open_steps[0] in covered:
                rest = tuple(max(0, n - (p in covered)) for p, n in enumerate(left))
                best = min(best, cost + least(rest))
        return best

    return least(tuple(need for needs in week.values() for need in needs))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=2, max_size=2),
    st.sampled_from([1, 2]),
)
def test_the_roster_costs_what_the_cheapest_one_does(needs, max_days):
    week = dict(enumerate(needs))
    if not any(map(any, needs)):
        return
    rules = {**RULES, "max_days": max_days}
    week = {day: needs for day, needs in week.items() if any(needs)}
    found = roster(rules, week, opens=OPENS)
    assert found.sites[0].weight == pytest.approx(cheapest(rules, week), abs=1e-9)
    assert found.gap == pytest.approx(0.0, abs=1e-9)
