"""Beginning and end: warm-up, a backlog, draining the run-out or cutting it off."""

from collections import Counter

import numpy as np
import pytest

from simulation.contacts.sample import sample
from simulation.measures import measure
from simulation.play.plan import make_plan
from tests.play.alike import play_alike
from tests.play.busy import play_everything
from tests.play.by_hand import Come, clock, lived, scenario_of, story

HOUR = {"start": "2026-01-05", "length": "1 hours"}
CUT = {**HOUR, "run_out": "cut"}

ONE_AGENT = """
channels: {phone: {kind: live}, mail: {kind: deferred}}
teams: {desk: {roster: [{heads: 1}], channels: {phone: {}, mail: {}}}}
"""


def test_the_run_out_plays_on_until_everyone_has_left():
    told = story(ONE_AGENT, *[Come(55, handling=10)] * 3, horizon=HOUR)
    assert told.tell("outcome ended") == [("answered", 65), ("answered", 75), ("answered", 85)]


def test_who_comes_back_after_the_horizon_is_served_in_the_run_out():
    text = ONE_AGENT.replace(
        "phone: {kind: live}",
        "phone: {kind: live, resolution: 0, after_unresolved: 3 hours}",
    )
    told = story(text, Come(50), horizon=HOUR, returns={"max_attempts": 2})
    assert told.tell("outcome arrived") == [("answered", 50), ("answered", 235)]


def test_a_cut_censors_who_is_in_service_and_who_waits():
    told = story(ONE_AGENT, *[Come(55, handling=10)] * 2, Come(56, "mail"), horizon=CUT)
    assert told.tell("channel outcome team started ended") == [
        ("phone", "in service", "desk", 55, 60),
        ("phone", "waiting", None, None, 60),
        ("mail", "waiting", None, None, 60),
    ]
    assert told.record.end == 3_600_000_000


def test_a_cut_censors_messages_that_wait_for_an_opening_and_that_were_handed_back():
    text = ONE_AGENT.replace(
        "mail: {kind: deferred}", "mail: {kind: deferred, open: [{until: '00:50'}]}"
    )
    text = text.replace("{heads: 1}", "{until: '00:40', heads: 1}")
    told = story(text, Come(30, "mail", handling=20), Come(55, "mail"), horizon=CUT)
    assert told.tell("outcome started ended") == [("waiting", 30, 60), ("waiting", None, 60)]
    assert told.spells() == [("desk", "mail", 30, 40)]


def test_a_cut_counts_the_work_on_a_message_that_was_taken_up_again():
    """10 minutes before it was handed back at 0:40, and 5 from 0:55 on."""
    text = ONE_AGENT.replace(
        "[{heads: 1}]", "[{until: '00:40', heads: 1}, {from: '00:55', heads: 1}]"
    )
    told = story(text, Come(30, "mail", handling=90), horizon=CUT)
    assert told.tell("outcome started ended") == [("in service", 30, 60)]
    assert told.spells() == [("desk", "mail", 30, 40), ("desk", "mail", 55, 60)]
    assert told.measures()["teams.desk.busy_hours"] == 15 / 60


def test_a_cut_censors_chats_and_counts_the_work_on_them():
    text = ONE_AGENT.replace("phone: {kind: live}", "phone: {kind: chat, slowdown: [1, 1]}")
    told = story(text, Come(50, handling=30), Come(55, handling=30), horizon=CUT)
    assert told.tell("outcome started") == [("in service", 50), ("in service", 55)]
    assert told.spells() == [("desk", "phone", 50, 60)]


def test_a_contact_that_ends_at_the_cut_itself_is_in_service():
    """The horizon is [start, end)."""
    told = story(ONE_AGENT, Come(50, handling=10), horizon=CUT)
    assert told.tell("outcome ended") == [("in service", 60)]


def test_the_run_out_is_at_most_sixty_days():
    text = ONE_AGENT.replace("{heads: 1}", "{last_date: 2026-01-05, heads: 1}")
    day = {"start": "2026-01-05", "length": "1 days"}
    told = story(text, Come(clock("23:59"), handling=2), Come(clock("23:59")), horizon=day)
    assert told.tell("outcome ended") == [
        ("answered", clock("tue 00:01")),
        ("waiting", 61 * 1440),
    ]


def test_warm_up_is_played_but_not_counted():
    """Counted by the first arrival: the call of 25 not, though it is answered after warm-up."""
    warm = {**HOUR, "warm_up": "30 minutes"}
    told = story(ONE_AGENT, Come(25, handling=10), Come(26), Come(30), horizon=warm)
    assert told.tell("started") == [25, 35, 40]
    counts = told.measures()
    assert counts["channels.phone.offered"] == 1
    assert counts["demand.contacts"] == 1
    assert counts["channels.phone.mean_wait"] == 600
    assert counts["teams.desk.busy_hours"] == 15 / 60


def test_what_the_bound_cuts_off_is_counted_after_the_warm_up():
    text = ONE_AGENT.replace(
        "phone: {kind: live}", "phone: {kind: live, resolution: 0, after_unresolved: 1 minutes}"
    )
    warm = {**HOUR, "warm_up": "30 minutes"}
    told = story(text, Come(10), Come(29), Come(30), horizon=warm, returns={"max_attempts": 1})
    assert told.cut_off("phone") == 1
    assert told.measures()["demand.cut_off"] == 1


def test_a_stated_backlog_waits_at_the_start():
    scenario = scenario_of(
        """
        channels:
          mail: {kind: deferred, backlog: 3}
          night: {kind: deferred, backlog: 2, open: [{from: "09:00"}]}
        teams:
          web: {roster: [{heads: 1}], channels: {mail: {}}}
          late: {roster: [{heads: 2}], channels: {night: {}}}
        """
    )
    plan = make_plan(scenario)
    attempts = lived(plan, play_alike(plan, sample(scenario, 1), 1))
    assert [(a.arrived, a.since, a.started) for a in attempts if a.channel == "mail"] == [
        (0, 0, 0),
        (0, 0, 5),
        (0, 0, 10),
    ]
    nine = clock("09:00")
    assert [(a.arrived, a.since, a.started) for a in attempts if a.channel == "night"] == [
        (0, nine, nine)
    ] * 2


@pytest.fixture(scope="module", params=["cut", "drain"])
def busy(request):
    """Play everything at once, sampled as in a real run."""
    return play_everything(request.param)


def test_every_contact_has_one_first_attempt_and_attempts_are_numbered(busy):
    plan, contacts, record = busy
    numbers: dict[int, list[int]] = {}
    for one in lived(plan, record):
        numbers.setdefault(one.contact, []).append(one.number)
    assert sorted(numbers) == list(range(len(contacts)))
    assert all(each[0] == 1 and len(set(each)) == len(each) for each in numbers.values())


def test_an_attempt_follows_from_how_an_earlier_one_ended(busy):
    """Each cause needs as many attempts that ended so; transfers and diversions exactly."""
    plan, _, record = busy
    attempts = lived(plan, record)
    outcomes = Counter(one.outcome for one in attempts)
    causes = Counter(one.cause for one in attempts)
    assert causes["diverted"] == outcomes["diverted"] > 0
    unresolved = [o for o in attempts if o.outcome == "answered" and not o.resolved]
    assert 0 < causes["unresolved"] + causes["transferred"] <= len(unresolved)
    for cause in ("abandoned", "closed", "blocked"):
        assert 0 < causes[cause] <= outcomes[cause], cause
    assert causes["sent away"] <= outcomes["sent away"]
    assert causes["impatient"] > 0


def test_times_are_in_order_and_nobody_is_served_before_arriving(busy):
    _, _, record = busy
    rows = record.attempts
    assert (rows["arrived"] <= rows["since"]).all()
    met = rows[rows["started"] >= 0]
    assert (met["since"] <= met["started"]).all()
    assert (met["started"] <= met["ended"]).all()
    assert (rows["ended"] <= record.end).all()


def test_only_a_cut_leaves_people_behind(busy):
    plan, _, record = busy
    left = Counter(one.outcome for one in lived(plan, record))
    behind = left["waiting"] + left["in service"]
    assert (behind > 0) == (plan.scenario.horizon.run_out == "cut")


def test_offered_is_the_sum_of_how_attempts_ended(busy):
    plan, contacts, record = busy
    told = measure(plan, contacts, record, 1)
    ends = (
        "answered",
        "abandoned",
        "blocked",
        "diverted",
        "sent_away",
        "closed",
        "in_service",
        "waiting",
    )
    first = contacts.time[record.attempts["contact"]] >= plan.scenario.horizon.warm_up
    for index, channel in enumerate(plan.channels):
        root = f"channels.{channel.name}"
        assert told[f"{root}.offered"] == sum(told[f"{root}.{end}"] for end in ends)
        here = record.attempts["channel"] == index
        assert told[f"{root}.offered"] == np.count_nonzero(here & first)
        assert told[f"{root}.offered"] == sum(
            told[f"{root}.reasons.{reason}.offered"] for reason in ("ask", "pay")
        )
