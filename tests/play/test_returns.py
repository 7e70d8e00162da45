"""Coming back: after an answer that did not resolve it, and after none."""

import math

import numpy as np
import pytest

from simulation.contacts.sample import sample
from simulation.play.plan import make_plan
from tests.play.alike import play_alike
from tests.play.by_hand import MINUTE, Come, clock, lived, scenario_of, story

TEAM = "teams: {desk: {roster: [{heads: 1}], channels: {phone: {}, mail: {}, counter: {}}}}\n"


def phone(options, more="", team=TEAM):
    """Give a phone channel with options, messages and a counter, and one agent."""
    return f"""
channels:
  phone: {{kind: live, {options}}}
  mail: {{kind: deferred}}
  counter: {{kind: live}}
{more}
{team}"""


def assert_share(count, total, share):
    assert abs(count - total * share) < 4 * math.sqrt(total * share * (1 - share))


def test_an_answer_that_resolves_ends_the_contact():
    told = story(phone("after_unresolved: 60 minutes"), Come(0))
    assert told.tell("outcome resolved") == [("answered", True)]


def test_who_is_not_helped_comes_back_after_a_delay():
    told = story(
        phone("resolution: 0, after_unresolved: 60 minutes"), Come(0), returns={"max_attempts": 3}
    )
    assert told.tell("number cause resolved arrived ended") == [
        (1, "first", False, 0, 5),
        (2, "unresolved", False, 65, 70),
        (3, "unresolved", False, 130, 135),
    ]


def test_without_a_rule_who_is_not_helped_stays_away():
    told = story(phone("resolution: 0"), Come(0))
    assert told.tell("resolved") == [False]


def test_resolution_may_differ_by_reason():
    text = phone("resolution: 0, resolution_by_reason: {easy: 1}, after_unresolved: 1 hours")
    told = story(
        text,
        Come(0, reason="easy"),
        Come(10, reason="hard"),
        reasons={"easy": {}, "hard": {}},
        returns={"max_attempts": 2},
    )
    assert told.tell("number", contact=0) == [1]
    assert told.tell("number", contact=1) == [1, 2]


def test_who_abandons_tries_again_by_another_channel():
    told = story(
        phone("after_abandoned: {delay: 30 minutes, to: {mail: 1}}"),
        Come(0, handling=20),
        Come(1, patience=2),
    )
    assert told.tell("channel outcome cause arrived ended", contact=1) == [
        ("phone", "abandoned", "first", 1, 3),
        ("mail", "answered", "abandoned", 33, 38),
    ]


def test_who_is_blocked_tries_again():
    told = story(
        phone("queue_capacity: 0, after_blocked: 3 minutes"),
        Come(0, handling=10),
        Come(5),
    )
    assert told.tell("outcome arrived", contact=1) == [
        ("blocked", 5),
        ("blocked", 8),
        ("answered", 11),
    ]


def test_who_finds_it_closed_comes_back_after_the_next_opening():
    told = story(
        phone("open: [{from: '09:00', until: '17:00'}], after_closed: 30 minutes"),
        Come(clock("mon 05:00")),
        Come(clock("mon 22:00")),
    )
    assert told.tell("outcome cause arrived") == [
        ("closed", "first", clock("mon 05:00")),
        ("answered", "closed", clock("mon 09:30")),
        ("closed", "first", clock("mon 22:00")),
        ("answered", "closed", clock("tue 09:30")),
    ]


def test_the_delay_runs_from_the_next_opening_of_the_channel_that_was_closed():
    """Saturday and Sunday are closed; the counter, to which they go, is always open."""
    told = story(
        phone(
            "open: [{days: mon-fri, from: '09:00', until: '17:00'}],"
            " after_closed: {delay: 30 minutes, to: {counter: 1}}"
        ),
        Come(clock("fri 18:00")),
        horizon={"start": "2026-01-05", "length": "7 days"},
    )
    assert told.tell("channel arrived")[1] == ("counter", clock("sun 09:30") + 1440)


def test_who_finds_it_closed_for_ever_is_lost():
    told = story(
        phone("open: [{last_date: 2026-01-05, until: '17:00'}], after_closed: 1 minutes"),
        Come(clock("18:00")),
    )
    assert told.tell("outcome") == ["closed"]
    assert told.cut_off("phone") == 0


def test_who_is_sent_away_comes_back():
    """The delay runs from the moment itself."""
    told = story(
        phone(
            "open: [{from: '09:00', until: '17:00'}], at_closing: send_away,"
            " after_sent_away: 16 hours"
        ),
        Come(clock("16:50"), handling=20),
        Come(clock("16:55")),
    )
    assert told.tell("outcome cause arrived", contact=1) == [
        ("sent away", "first", clock("16:55")),
        ("answered", "sent away", clock("tue 09:00")),
    ]


@pytest.mark.parametrize("cause", ["abandoned", "blocked", "closed", "sent_away"])
def test_without_a_rule_who_is_not_answered_is_lost(cause):
    others = {"abandoned", "blocked", "closed", "sent_away"} - {cause}
    rules = ", ".join(f"after_{other}: 1 hours" for other in sorted(others))
    options = {
        "abandoned": "open: always",
        "blocked": "queue_capacity: 0",
        "closed": "open: [{from: '09:00'}]",
        "sent_away": "open: [{until: '00:03'}], at_closing: send_away",
    }[cause]
    told = story(phone(f"{options}, {rules}"), Come(0, handling=20), Come(1, patience=10))
    assert told.tell("outcome", contact=1) == [cause.replace("_", " ")]


RESTLESS = "resolution: 0, after_unresolved: "
WEEKS = {"start": "2026-01-05", "length": "14 days"}
TOTAL = 1_500


def many(options, **parts):
    """Play many callers who do not hinder each other much."""
    team = TEAM.replace("heads: 1", "heads: 50")
    return story(
        phone(options, team=team),
        *[Come(10 * place) for place in range(TOTAL)],
        horizon=WEEKS,
        **parts,
    )


def test_a_share_of_those_who_are_not_helped_comes_back():
    told = many(RESTLESS + "{probability: 0.3, delay: 7 minutes}", returns={"max_attempts": 2})
    assert_share(told.tell("number").count(2), TOTAL, 0.3)


def test_the_channel_of_a_return_is_drawn_from_the_table():
    told = many(
        RESTLESS + "{delay: 7 minutes, to: {mail: 0.5, phone: 0.2, counter: 0.3}}",
        returns={"max_attempts": 2},
    )
    second = told.tell("channel", number=2)
    assert len(second) == TOTAL
    for channel, share in (("mail", 0.5), ("phone", 0.2), ("counter", 0.3)):
        assert_share(second.count(channel), TOTAL, share)


def test_the_delay_is_drawn_for_each_return():
    told = many(
        RESTLESS + "{delay: {family: uniform, low: 10 minutes, high: 30 minutes}}",
        returns={"max_attempts": 3},
    )
    ends = {(one.contact, one.number): one.ended for one in told.attempts}
    first, second = (
        np.array(
            [
                one.arrived - ends[one.contact, number - 1]
                for one in told.attempts
                if one.number == number
            ]
        )
        for number in (2, 3)
    )
    assert 10 <= min(first.min(), second.min()) <= max(first.max(), second.max()) <= 30
    assert abs(first.mean() - 20) < 4 * 20 / math.sqrt(12 * TOTAL)
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / math.sqrt(TOTAL)


def test_resolution_is_drawn_anew_at_every_attempt():
    """Half is helped at each attempt: half of who comes back is helped, and so on."""
    told = many(
        "resolution: 0.5, after_unresolved: 7 minutes",
        returns={"max_attempts": 100, "effort": "per_contact", "patience": "per_contact"},
    )
    numbers = told.tell("number")
    assert_share(numbers.count(2), TOTAL, 1 / 2)
    assert_share(numbers.count(3), TOTAL, 1 / 4)
    assert_share(numbers.count(4), TOTAL, 1 / 8)
    assert told.tell("resolved").count(True) == TOTAL


def test_attempts_are_bounded_and_what_the_bound_cuts_off_is_counted():
    told = story(
        phone("resolution: 0, after_unresolved: 10 minutes"),
        Come(0),
        Come(100),
        returns={"max_attempts": 4},
    )
    assert told.tell("number", contact=0) == [1, 2, 3, 4]
    assert told.cut_off("phone") == 2


def test_a_return_that_the_citizen_does_not_make_is_not_cut_off():
    told = story(
        phone("resolution: 0, after_unresolved: {probability: 0, delay: 10 minutes}"),
        Come(0),
        returns={"max_attempts": 1},
    )
    assert told.cut_off("phone") == 0


def test_diversions_are_no_new_tries():
    told = story(
        """
        channels:
          phone: {kind: live, divert: {after: 2 minutes, to: counter}}
          counter:
            kind: live
            resolution: 0
            after_unresolved: {delay: 30 minutes, to: {phone: 1}}
        teams:
          nobody: {channels: {phone: {}}}
          desk: {roster: [{heads: 1}], channels: {counter: {}}}
        """,
        Come(0),
        returns={"max_attempts": 2},
    )
    assert told.tell("channel cause") == [
        ("phone", "first"),
        ("counter", "diverted"),
        ("phone", "unresolved"),
        ("counter", "diverted"),
    ]
    assert told.cut_off("counter") == 1


def test_the_bound_is_over_all_threads():
    """Message, call of the impatient, and a third try that is cut off."""
    told = story(
        SECOND_THREAD + "    resolution: 0\n    after_unresolved: 1 hours\n" + DESKS,
        Come(0, "mail", handling=30, patience=10),
        returns={"max_attempts": 2},
    )
    assert told.tell("channel cause") == [("mail", "first"), ("phone", "impatient")]
    assert told.cut_off("phone") == 1


# What is kept from one attempt to the next


REDIAL = """
horizon: {start: 2026-01-05, length: 1 days}
demand: {phone: {rates: [{until: "02:00", per_hour: 60}]}}
channels:
  phone:
    kind: live
    handling: {family: exponential, mean: 4 minutes}
    patience: {family: exponential, mean: 3 minutes}
    after_abandoned: {delay: 10 minutes}
    resolution: 0
    after_unresolved: {delay: 10 minutes, to: {slow: 1}}
  slow: {kind: deferred, handling: {family: exponential, mean: 12 minutes}}
returns: {PATIENCE}
teams:
  desk: {roster: [{heads: HEADS}], channels: {phone: {}}}
  web: {roster: [{heads: 1000}], channels: {slow: {}}}
"""


def redial(returns, heads):
    """Play citizens who redial, sampled as in a real run."""
    text = REDIAL.replace("PATIENCE", returns).replace("HEADS", str(heads))
    scenario = scenario_of(text)
    plan, contacts = make_plan(scenario), sample(scenario, 1)
    return contacts, lived(plan, play_alike(plan, contacts, 1))


def waits_of(attempts):
    """Give how long each citizen was willing to wait, attempt by attempt."""
    waits: dict[int, list[int]] = {}
    for one in attempts:
        if one.outcome == "abandoned":
            waits.setdefault(one.contact, []).append(round((one.ended - one.arrived) * MINUTE))
    return [each for each in waits.values() if len(each) > 1]


def test_patience_per_contact_is_kept():
    _, attempts = redial("patience: per_contact, max_attempts: 5", heads=0)
    waits = waits_of(attempts)
    assert len(waits) > 50
    assert all(len(set(each)) == 1 and len(each) == 5 for each in waits)


def test_patience_per_attempt_is_drawn_again():
    _, attempts = redial("patience: per_attempt, max_attempts: 5", heads=0)
    waits = waits_of(attempts)
    assert all(len(set(each)) == 5 for each in waits)
    first, second = (np.array([each[place] for each in waits]) for place in (0, 1))
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / math.sqrt(len(waits))
    assert abs(second.mean() - 3 * MINUTE) < 4 * 3 * MINUTE / math.sqrt(len(waits))


def test_effort_per_contact_is_the_same_quantile_in_whichever_channel_answers():
    contacts, attempts = redial("effort: per_contact, max_attempts: 2", heads=1_000)
    second = {one.contact: one.ended - one.started for one in attempts if one.number == 2}
    first = contacts.handling / 60_000_000
    assert len(second) == len(first) > 80
    # A pool of 65,536 quantiles is that fine; only its very ends are coarser.
    assert all(
        second[place] == pytest.approx(3 * handling, rel=0.02, abs=0.01)
        for place, handling in enumerate(first.tolist())
    )


def test_effort_per_attempt_is_drawn_again():
    contacts, attempts = redial("effort: per_attempt, max_attempts: 2", heads=1_000)
    second = np.array([one.ended - one.started for one in attempts if one.number == 2])
    assert abs(np.corrcoef(contacts.handling, second)[0, 1]) < 4 / math.sqrt(len(second))
    assert abs(second.mean() - 12) < 4 * 12 / math.sqrt(len(second))


def test_a_citizen_keeps_the_site():
    scenario = scenario_of("""
        demand: {counter: {rates: [{per_hour: 20}]}}
        channels:
          counter:
            kind: live
            sites: {north: 0.2, centre: 0.5, south: 0.3}
            resolution: 0
            after_unresolved: 10 minutes
        returns: {max_attempts: 3}
        teams: {desk: {roster: [{heads: 90}], channels: {counter: {}}}}
    """)
    plan, contacts = make_plan(scenario), sample(scenario, 1)
    sites: dict[int, list[str | None]] = {}
    for one in lived(plan, play_alike(plan, contacts, 1)):
        sites.setdefault(one.contact, []).append(one.site)
    assert len(sites) == len(contacts) > 300
    assert all(len(each) == 3 and len(set(each)) == 1 for each in sites.values())
    assert {each[0] for each in sites.values()} == {"north", "centre", "south"}


# Two threads of one contact


SECOND_THREAD = """
channels:
  mail:
    kind: deferred
    patience: 10 minutes
    after_impatient: {delay: 2 minutes, to: {phone: 1}}
    resolution: MAIL
    after_unresolved: 1 hours
  phone:
    kind: live
"""
DESKS = """
teams:
  web: {roster: [{heads: 1}], channels: {mail: {}}}
  desk: {roster: [{heads: 1}], channels: {phone: {}}}
"""
SECOND_THREAD = SECOND_THREAD.replace("MAIL", "0")


def test_out_of_patience_a_citizen_calls_as_well_and_the_message_stays():
    told = story(
        SECOND_THREAD.replace("resolution: 0", "resolution: 1") + DESKS,
        Come(0, "mail", handling=30, patience=10),
    )
    assert told.tell("number channel outcome cause arrived ended") == [
        (1, "mail", "answered", "first", 0, 30),
        (2, "phone", "answered", "impatient", 12, 17),
    ]


def test_a_message_that_is_answered_in_time_begins_no_second_thread():
    text = SECOND_THREAD.replace("resolution: 0", "resolution: 1") + DESKS
    told = story(text, Come(0, "mail", handling=9.9, patience=10))
    assert told.tell("channel") == ["mail"]


def test_answered_just_as_patience_ends_is_in_time():
    text = SECOND_THREAD.replace("resolution: 0", "resolution: 1") + DESKS
    told = story(text, Come(0, "mail", handling=10, patience=10))
    assert told.tell("channel") == ["mail"]


def test_patience_with_a_message_is_clock_time():
    """It runs through the night, before the message counts as arrived."""
    text = SECOND_THREAD.replace("kind: deferred", "kind: deferred\n    open: [{from: '09:00'}]", 1)
    told = story(text + DESKS, Come(0, "mail", patience=10))
    assert told.tell("channel arrived since", number=2) == [("phone", 12, 12)]


def test_a_call_that_resolves_stops_the_return_of_the_message():
    """The message, answered at 30, resolves nothing; but the call of 12 has."""
    told = story(SECOND_THREAD + DESKS, Come(0, "mail", handling=30, patience=10))
    assert told.tell("channel resolved") == [("mail", False), ("phone", True)]


def test_a_return_that_is_on_its_way_is_not_made_after_the_other_thread_resolves():
    """The message, answered at 11, would come back at 71; the call is answered at 17."""
    told = story(SECOND_THREAD + DESKS, Come(0, "mail", handling=11, patience=10))
    assert told.tell("channel arrived") == [("mail", 0), ("phone", 12)]


def test_a_message_that_resolves_stops_the_call_that_was_about_to_come():
    """Answered at 11, between the end of patience at 10 and the call at 12."""
    text = SECOND_THREAD.replace("resolution: 0", "resolution: 1") + DESKS
    told = story(text, Come(0, "mail", handling=11, patience=10))
    assert told.tell("channel") == ["mail"]


def test_two_threads_that_both_resolve_nothing_both_come_back():
    text = SECOND_THREAD + "    resolution: 0\n    after_unresolved: 2 hours\n" + DESKS
    told = story(text, Come(0, "mail", handling=30, patience=10), returns={"max_attempts": 4})
    assert told.tell("number channel cause arrived") == [
        (1, "mail", "first", 0),
        (2, "phone", "impatient", 12),
        (3, "phone", "unresolved", 137),
        (4, "mail", "unresolved", 90),
    ]


def test_patience_without_a_second_thread_means_nothing_to_a_message():
    text = SECOND_THREAD.replace("    after_impatient: {delay: 2 minutes, to: {phone: 1}}\n", "")
    told = story(
        text.replace("resolution: 0", "resolution: 1") + DESKS,
        Come(0, "mail", handling=30, patience=10),
    )
    assert told.tell("channel outcome") == [("mail", "answered")]


def test_a_return_that_a_resolution_stopped_is_not_cut_off():
    """Message and call are the two tries; the message, answered at 30, asks for no third."""
    told = story(
        SECOND_THREAD + DESKS,
        Come(0, "mail", handling=30, patience=10),
        returns={"max_attempts": 2},
    )
    assert told.tell("channel resolved") == [("mail", False), ("phone", True)]
    assert told.cut_off("mail") == 0
