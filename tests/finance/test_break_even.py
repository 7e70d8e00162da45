"""Where a strategy stops costing more: its sign flips there, whoever comes."""

import doctest
from dataclasses import replace

import pytest

from simulation.finance import break_even
from simulation.finance.break_even import Question, share_break_even, turn, value_break_even
from simulation.finance.moved import moved
from simulation.finance.shares import channels_of, expected, replacing
from simulation.finance.structural import Seen, half_of, less, see_at, structural
from tests.finance.points import SEARCH, clerk, pair, stand, today, webcare

TOOL = 500.0
"""Price of the tool in the strategy, a month."""


@pytest.fixture(scope="module")
def who():
    return clerk()


@pytest.fixture(scope="module")
def both(who):
    return pair(webcare(), today(), who)


@pytest.fixture(scope="module")
def found(both, who):
    return share_break_even(both, who)


def test_the_examples_hold():
    failed, attempted = doctest.testmod(break_even)
    assert attempted
    assert not failed


def test_a_share_is_found_within_its_interval(found):
    assert found.side == "from"
    assert 0 < found.low <= found.value <= found.high
    assert found.points[0].value == 0
    assert [each.value for each in found.points] == sorted(each.value for each in found.points)


def test_steps_from_whole_contracts_are_visible(found):
    steps = {
        round(b.contracts - a.contracts)
        for a, b in zip(found.points, found.points[1:], strict=False)
    }
    smooth = [b.fte - a.fte for a, b in zip(found.points, found.points[1:], strict=False)]
    assert max(map(abs, steps)) > 2 * max(map(abs, smooth))


def test_every_interval_is_at_least_a_step_in_size_wide(both, found):
    """Ten replications that agree on a size agree to a step; nothing finer is known."""
    (_, step), _ = both.own.bench.steps
    here = see_at_once(both)
    more = {**here.need, "desk": here.need["desk"] + step}
    dearest = structural(here.scenario, more, {}, None) - structural(
        here.scenario, here.need, {}, None
    )
    assert dearest > 0
    for point in found.points:
        assert 2 * point.half >= dearest - 0.02
        assert point.low <= point.contracts <= point.high


def see_at_once(both):
    """Give the strategy where all replications agree."""
    own = both.own
    need = dict(own.sized)
    return Seen(own.scenario, need, (need,) * SEARCH, {}, dict(own.bench.steps))


def test_replications_that_agree_leave_a_step_unknown(both):
    here = see_at_once(both)
    half = half_of(here, here)
    alone = half_of(replace(here, steps={}), replace(here, steps={}))
    assert alone == 0
    pay = 3500 * 12 * 1.3
    assert half == pytest.approx(0.1 * pay / 2)
    cost = less(here, here, both.today)
    assert (cost.fte, cost.half) == (0, half)


def test_the_sign_flips_when_simulated_afresh_with_other_seeds(found, who):
    costs = [_afresh(found.value * part / found.base, who) for part in (0.6, 1.4)]
    assert costs[0] > 0 > costs[1]


def _afresh(times, who):
    """Give the structural cost S - 0* of other people, each team the smallest that attains."""
    baseline = today().model_copy(update={"seed": 77})
    own = webcare().model_copy(update={"seed": 77})
    own = replacing(own, baseline, expected(own, baseline), times)
    total = 0.0
    for scenario, sign in ((own, 1), (baseline, -1)):
        place = stand(scenario, "A", who)
        seen = see_at(who, place, scenario, SEARCH)
        total += sign * structural(scenario, place.sized, seen.measures, None)
    return total


@pytest.mark.parametrize("times", [0.0, 0.5, 1.3])
def test_as_many_messages_come_at_every_share(both, who, times):
    own, baseline = webcare(), today()
    messages = expected(own, baseline)
    assert times <= messages.highest
    before, after = (
        see_at(who, both.own, replacing(own, baseline, messages, each), SEARCH).measures
        for each in (1.0, times)
    )
    volume = "channels.webcare.offered"
    assert after[volume] == pytest.approx(before[volume], rel=0.02)
    replaced = "demand.phone.substituted"
    assert after[replaced] == pytest.approx(times * before[replaced], rel=0.03)


def test_expected_messages_are_those_that_are_counted(both, who):
    messages = expected(webcare(), today())
    seen = see_at(who, both.own, webcare(), SEARCH).measures
    assert messages.replaced == pytest.approx(seen["demand.phone.substituted"], rel=0.03)
    assert messages.on_top == pytest.approx(seen["demand.webcare.induced"], rel=0.03)


def test_no_probability_passes_1():
    own = webcare(induced={"more": {"to": "webcare", "shares": {"question": 1, "other": 1}}})
    messages = expected(own, today())
    assert messages.highest == pytest.approx(1 / 0.4)
    rule = replacing(own, today(), messages, messages.highest).shift.substitution["social"]
    assert rule.stated_to_realised * 0.4 == pytest.approx(1)


def test_messages_that_come_anyhow_replace_nothing():
    assert channels_of(webcare(), webcare()) == ()
    assert expected(webcare(), webcare()).replaced == 0


def test_a_strategy_that_moves_nobody_has_no_share(who):
    own = pair(webcare(substitution={}), today(), who)
    assert share_break_even(own, who).side == "none"


def test_a_price_breaks_even_where_its_line_does(both, who):
    path = "costs.per_month.tool.amount"
    at_base = value_break_even(both, Question(path, "number", TOOL, 0, 20_000), who)
    here = next(each for each in at_base.points if each.value == TOOL)
    assert at_base.side == "up_to"
    assert at_base.value == pytest.approx(TOOL - here.contracts / 12, abs=1)


def test_what_is_counted_is_simulated_at_whole_values(both, who):
    path = "costs.per_month.tool.minimum_months"
    months = pair(_at_least(webcare(), 6), _at_least(today(), 6), who)
    found = value_break_even(months, Question(path, "number", 6, 0.5, 9.5), who)
    assert [each.value for each in found.points if each.simulated] == [1, 2, 3, 4, 6, 7, 8, 9]


def _at_least(scenario, months):
    return moved(scenario, {"costs.per_month.tool.minimum_months": months})


def test_what_turns_the_other_way_is_told_as_such():
    assert turn([(0, -1), (1, 1)]) == ("up_to", 0.5)
    assert turn([(0, -1), (1, 1)], only_from=True) == ("never", None)
    assert turn([(0, 1), (1, -1)]) == ("from", 0.5)
    assert turn([(0, 1), (1, 1)]) == ("never", None)
    assert turn([(0, -1), (1, -1)])[0] == "always"
