"""What happens first at one instant: class of event, then contact, then attempt."""

from tests.play.by_hand import Come, clock, story


def test_a_shift_that_begins_at_closing_serves_who_waits():
    """Roster before closing."""
    text = """
    channels: {phone: {kind: live, at_closing: AT_CLOSING, open: [{until: "17:00"}]}}
    teams: {late: {roster: [{from: "17:00", until: "18:00", heads: 1}], channels: {phone: {}}}}
    """
    for at_closing in ("serve", "send_away"):
        told = story(text.replace("AT_CLOSING", at_closing), Come(clock("16:50")))
        assert told.tell("outcome started") == [("answered", clock("17:00"))]


def test_a_shift_that_ends_goes_before_a_contact_that_ends():
    """Roster before completion: who is done at 10:00 is busy at 10:00, so the idle one leaves."""
    text = """
    channels: {phone: {kind: live}}
    teams:
      desk: {roster: [{from: "09:00", every: 1 hour, heads: [2, 1]}], channels: {phone: {}}}
    """
    told = story(text, Come(clock("09:55")), Come(clock("10:00")))
    assert told.tell("started") == [clock("09:55"), clock("10:00")]


def test_an_opening_goes_before_a_contact_that_ends():
    """The message of the night is there when the agent is done at 9, and ranks first."""
    text = """
    channels: {phone: {kind: live}, mail: {kind: deferred, open: [{from: "09:00"}]}}
    teams: {desk: {roster: [{heads: 1}], channels: {phone: {rank: 2}, mail: {rank: 1}}}}
    """
    told = story(
        text, Come(clock("08:00"), "mail"), Come(clock("08:50"), handling=10), Come(clock("08:55"))
    )
    assert told.tell("started") == [clock("09:00"), clock("08:50"), clock("09:05")]


ONE_AGENT = """
channels: {phone: {kind: live, queue_capacity: 1}}
teams: {desk: {roster: [{heads: 1}], channels: {phone: {}}}}
"""


def test_a_contact_that_ends_goes_before_an_arrival():
    told = story(ONE_AGENT, Come(0), Come(1), Come(5))
    assert told.tell("outcome") == ["answered"] * 3


def test_who_runs_out_of_patience_goes_before_who_arrives():
    told = story(ONE_AGENT, Come(0, handling=30), Come(1, patience=4), Come(5))
    assert told.tell("outcome") == ["answered", "abandoned", "answered"]


def test_a_conversation_of_no_time_is_over_before_the_next_arrival():
    """It ends at its own instant: completion goes before the arrivals that are left."""
    told = story(
        ONE_AGENT.replace("queue_capacity: 1", "queue_capacity: 0"), *[Come(0, handling=0)] * 3
    )
    assert told.tell("outcome ended") == [("answered", 0)] * 3


def test_of_two_who_arrive_together_the_lower_contact_is_first():
    told = story(ONE_AGENT, *[Come(0)] * 3)
    assert told.tell("outcome started") == [("answered", 0), ("answered", 5), ("blocked", None)]


def test_of_two_who_are_done_together_the_lower_contact_frees_its_agent_first():
    text = """
    channels: {phone: {kind: live, teams: {one: 1, two: 2}}}
    teams:
      one: {roster: [{heads: 1}], channels: {phone: {}}}
      two: {roster: [{heads: 1}], channels: {phone: {}}}
    """
    told = story(text, Come(0, handling=10), Come(1, handling=9), Come(2))
    assert told.tell("team", contact=2) == ["one"]
    told = story(text, Come(0, handling=1), Come(0.5, handling=9.5), Come(1, handling=9), Come(2))
    assert told.tell("team") == ["one", "two", "one", "two"]


def test_of_two_whose_patience_ends_together_the_lower_contact_leaves_first():
    """Both come back at once to a queue of one place: the lower contact has it."""
    text = """
    channels:
      phone: {kind: live, divert: {after: 4 minutes, to: other}}
      other: {kind: live, queue_capacity: 0}
    teams:
      desk: {roster: [{heads: 1}], channels: {phone: {}}}
      back: {roster: [{heads: 1}], channels: {other: {}}}
    """
    told = story(text, Come(0, handling=30), *[Come(1)] * 2)
    assert told.tell("contact outcome", channel="other") == [(1, "answered"), (2, "blocked")]


RETURNING = """
channels:
  phone: {kind: live}
  mail:
    kind: deferred
    patience: 10 minutes
    after_impatient: {delay: 20 minutes, to: {phone: 1}}
    resolution: 0
    after_unresolved: {delay: 5 minutes, to: {phone: 1}}
teams:
  desk: {roster: [{heads: 1}], channels: {phone: {}}}
  web: {roster: [{heads: 1}], channels: {mail: {}}}
"""


def test_who_comes_back_goes_before_a_higher_contact_and_after_a_lower_one():
    """A message of contact 1, answered at 25, unresolved: a call at 30, with contacts 0 and 2."""
    text = RETURNING.replace("after_impatient: {delay: 20 minutes, to: {phone: 1}}", "")
    text = text.replace("patience: 10 minutes", "")
    told = story(text, Come(5, "mail", handling=20), Come(30))
    assert told.tell("contact started", channel="phone") == [(0, 30), (1, 35)]
    told = story(
        text, Come(0, handling=34), Come(4, handling=6), Come(5, "mail", handling=20), Come(30)
    )
    assert told.tell("contact started", channel="phone") == [(0, 0), (1, 34), (2, 40), (3, 45)]


def test_of_two_attempts_of_one_contact_the_lower_number_goes_first():
    """Out of patience at 10, so a call at 30; answered at 25, unresolved, so a call at 30."""
    told = story(RETURNING, Come(0, "mail", handling=25, patience=10))
    assert told.tell("number cause arrived started", channel="phone") == [
        (2, "impatient", 30, 30),
        (3, "unresolved", 30, 35),
    ]
