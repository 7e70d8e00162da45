"""Who serves whom: skills, ranks both ways, the draw over free agents, factors of a team."""

import math

import pytest

from tests.play.by_hand import Come, story

SPECIALISTS = """
channels: {phone: {kind: live, teams: {first: 1, second: 2}}, counter: {kind: live}}
teams:
  second: {roster: [{heads: 1}], channels: {phone: {}}}
  first: {roster: [{heads: 1}], channels: {phone: {}}}
  desk: {roster: [{heads: 1}], channels: {counter: {}}}
"""


def test_a_team_serves_only_its_channels():
    told = story(SPECIALISTS, *[Come(0, "counter")] * 2)
    assert told.tell("team started") == [("desk", 0), ("desk", 5)]


def test_the_team_that_the_channel_ranks_lower_is_asked_first():
    told = story(SPECIALISTS, Come(0), Come(1), Come(2))
    assert told.tell("team started") == [("first", 0), ("second", 1), ("first", 5)]


def test_a_team_that_the_channel_does_not_name_has_rank_1():
    told = story(SPECIALISTS.replace("teams: {first: 1, second: 2}", "teams: {second: 2}"), Come(0))
    assert told.tell("team") == ["first"]


def test_whoever_is_free_first_takes_who_waits_whatever_the_rank():
    told = story(SPECIALISTS, Come(0, handling=9), Come(1, handling=4), Come(2))
    assert told.tell("team started", contact=2) == [("second", 5)]


GENERALISTS = """
channels: {phone: {kind: live}, counter: {kind: live}, desk: {kind: live}}
teams:
  all: {roster: [{heads: 1}], channels: {phone: PHONE, counter: COUNTER, desk: {rank: 3}}}
"""


def generalists(phone="{}", counter="{}"):
    """Give one agent for three channels."""
    return GENERALISTS.replace("PHONE", phone).replace("COUNTER", counter)


def test_within_a_rank_the_longest_waiting_goes_first_over_all_channels():
    told = story(
        generalists(),
        Come(0),
        Come(1, "counter"),
        Come(2, "phone"),
        Come(3, "counter"),
        Come(4, "phone"),
    )
    assert told.tell("started") == [0, 5, 10, 15, 20]


def test_of_those_who_wait_equally_long_the_lower_contact_goes_first():
    told = story(generalists(), Come(0), Come(1, "counter"), Come(1, "phone"), Come(1, "counter"))
    assert told.tell("started") == [0, 5, 10, 15]
    told = story(generalists(), Come(0), Come(1, "phone"), Come(1, "counter"), Come(1, "phone"))
    assert told.tell("started") == [0, 5, 10, 15]


def test_a_channel_that_the_team_ranks_lower_goes_before_a_longer_wait():
    told = story(
        generalists(phone="{rank: 2}"),
        Come(0),
        Come(1, "desk"),
        Come(2, "phone"),
        Come(3, "counter"),
    )
    assert told.tell("channel started") == [
        ("phone", 0),
        ("desk", 15),
        ("phone", 10),
        ("counter", 5),
    ]


def test_a_contact_in_service_is_not_interrupted_for_a_better_rank():
    told = story(generalists(phone="{rank: 2}"), Come(0, handling=30), Come(1, "counter"))
    assert told.tell("ended") == [30, 35]


def test_factors_multiply_handling_and_wrap_up_by_channel_and_reason():
    text = """
    reasons: {ask: {}, pay: {}}
    channels: {phone: {kind: live}, counter: {kind: live}}
    teams:
      slow:
        roster: [{heads: 9}]
        channels:
          phone: {handling_factor: 1.5, handling_factor_by_reason: {pay: 0.5}}
          counter: {}
    """
    told = story(
        text,
        Come(0, "phone", reason="ask", handling=4, wrap_up=2),
        Come(0, "phone", reason="pay", handling=4, wrap_up=2),
        Come(0, "counter", reason="pay", handling=4, wrap_up=2),
    )
    assert told.tell("ended") == [9, 3, 6]


def test_a_factor_is_rounded_to_the_microsecond():
    text = """
    channels: {phone: {kind: live}}
    teams: {slow: {roster: [{heads: 1}], channels: {phone: {handling_factor: 1.333333}}}}
    """
    told = story(text, Come(0, handling=1))
    assert told.record.attempts["ended"].tolist() == [79_999_980]


MANY = 4_000

TWO_TEAMS = """
channels: {phone: {kind: live}}
teams:
  big: {roster: [{heads: 3}], channels: {phone: {}}}
  small: {roster: [{heads: 1}], channels: {phone: {}}}
"""
LONG = {"start": "2026-01-05", "length": "7 days"}


def callers(number, spacing=1.0, handling=0.5):
    """Give callers who never meet each other."""
    return [Come(spacing * place, handling=handling) for place in range(1, number + 1)]


def assert_share(count, total, share):
    assert abs(count - total * share) < 4 * math.sqrt(total * share * (1 - share))


def test_the_free_agent_is_drawn_uniformly_over_agents_and_not_over_teams():
    told = story(TWO_TEAMS, *callers(MANY), horizon=LONG)
    assert_share(told.tell("team").count("big"), MANY, 3 / 4)


def test_the_draw_is_over_agents_who_are_free():
    """Two of the three of the big team are always busy with a call for that team alone."""
    text = TWO_TEAMS.replace("{phone: {kind: live}}", "{phone: {kind: live}, own: {kind: live}}")
    text = text.replace("[{heads: 3}], channels: {", "[{heads: 3}], channels: {own: {}, ")
    told = story(text, *[Come(0, "own", handling=9_999)] * 2, *callers(MANY), horizon=LONG)
    assert_share(told.tell("team", channel="phone").count("big"), MANY, 1 / 2)


def test_the_draw_is_within_a_rank():
    text = TWO_TEAMS.replace("phone: {kind: live}", "phone: {kind: live, teams: {small: 2}}", 1)
    told = story(text, *callers(50), horizon=LONG)
    assert set(told.tell("team")) == {"big"}


def test_the_draw_belongs_to_the_contact():
    """Others who come, or do not come, change nothing for who finds the same agents free."""
    everyone = [
        Come(call.at, handling=0.5, key=1_000_003 * place**3)
        for place, call in enumerate(callers(400))
    ]
    told = story(TWO_TEAMS, *everyone, horizon=LONG)
    half = story(TWO_TEAMS, *everyone[::2], horizon=LONG)
    assert told.tell("team")[::2] == half.tell("team")
    assert set(half.tell("team")) == {"big", "small"}
    assert (
        told.record.attempts.tobytes()
        == story(TWO_TEAMS, *everyone, horizon=LONG).record.attempts.tobytes()
    )


@pytest.mark.parametrize("names", [("big", "small"), ("small", "big")])
def test_one_free_agent_needs_no_draw(names):
    busy, free = names
    text = f"""
    channels: {{phone: {{kind: live}}, own: {{kind: live}}}}
    teams:
      {busy}: {{roster: [{{heads: 1}}], channels: {{phone: {{}}, own: {{}}}}}}
      {free}: {{roster: [{{heads: 1}}], channels: {{phone: {{}}}}}}
    """
    told = story(text, Come(0, "own", handling=900), *callers(20))
    assert set(told.tell("team", channel="phone")) == {free}
