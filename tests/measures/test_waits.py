"""What citizens experience: waits and their distribution, queues, abandonment, returns."""

import pytest

from tests.play.by_hand import Come, clock, story

HOUR = {"start": "2026-01-05", "length": "1 hours"}

PHONE = """
channels: {phone: {kind: live}, mail: {kind: deferred}}
teams: {desk: {roster: [{heads: 1}], channels: {phone: {}}}, web: {channels: {mail: {}}}}
"""


def phone(told, measure):
    """Give a measure of the phone."""
    return told.measures()[f"channels.phone.{measure}"]


def test_waits_of_who_is_answered_by_hand():
    """Ten calls at once wait 0, 5, ..., 45 minutes."""
    told = story(PHONE, *[Come(0)] * 10)
    assert phone(told, "mean_wait") == 22.5 * 60
    assert phone(told, "wait_p50") == 20 * 60
    assert phone(told, "wait_p90") == 40 * 60
    assert phone(told, "wait_p95") == 45 * 60


def test_a_percentile_is_the_shortest_wait_that_so_many_do_not_exceed():
    """Of one, all are 0; of 20 calls the 95th percentile is the 19th and the 90th the 18th."""
    assert phone(story(PHONE, Come(0)), "wait_p95") == 0
    told = story(PHONE, *[Come(0)] * 20)
    assert [phone(told, f"wait_p{p}") for p in (50, 90, 95)] == [9 * 300, 17 * 300, 18 * 300]


def test_the_distribution_counts_waits_up_to_each_edge():
    told = story(PHONE, *[Come(0)] * 10)
    edges = {0: 1, 10: 1, 299: None, 300: 2, 600: 3, 900: 4, 1200: 5, 1800: 7, 3600: 10}
    counts = {seconds: told.measures().get(f"channels.phone.waits.{seconds}") for seconds in edges}
    assert counts == edges


def test_waits_are_of_who_is_answered_and_citizens_hours_of_everyone():
    """0 and 20 minutes until an answer; 6 until leaving; blocked and closed wait nothing."""
    text = PHONE.replace(
        "phone: {kind: live}", 'phone: {kind: live, queue_capacity: 2, open: [{until: "12:00"}]}'
    )
    told = story(
        text, Come(0, handling=30), Come(10), Come(11, patience=6), Come(12), Come(clock("13:00"))
    )
    assert told.tell("outcome") == ["answered", "answered", "abandoned", "blocked", "closed"]
    assert phone(told, "mean_wait") == 10 * 60
    assert phone(told, "citizen_wait_hours") == 26 / 60
    assert told.measures()["citizens.wait_hours"] == 26 / 60


def test_abandonment_is_a_share_of_who_found_the_channel_open():
    text = PHONE.replace("phone: {kind: live}", 'phone: {kind: live, open: [{until: "12:00"}]}')
    told = story(
        text, Come(0, handling=30), Come(1, patience=2), Come(2), *[Come(clock("13:00"))] * 5
    )
    assert phone(told, "abandonment") == 1 / 3
    assert phone(told, "offered") == 8


def test_a_message_waits_until_it_is_answered():
    text = PHONE.replace("web: {", "web: {roster: [{heads: 1}], ")
    told = story(text, *[Come(10, "mail")] * 2).measures()
    assert told["channels.mail.mean_wait"] == 7.5 * 60
    assert "channels.mail.citizen_wait_hours" not in told


def test_the_mean_queue_is_the_area_under_it_by_hand():
    """20 minutes until an answer and 10 until leaving, in an hour."""
    told = story(PHONE, Come(0, handling=30), Come(10), Come(15, patience=10), horizon=HOUR)
    assert phone(told, "mean_queue") == 30 / 60


def test_the_mean_queue_runs_from_the_end_of_warm_up_to_the_horizon():
    """Waiting from 10 to 40, of which 15 minutes in [20, 35), which is 15 minutes long."""
    window = {"start": "2026-01-05", "length": "35 minutes", "warm_up": "20 minutes"}
    told = story(PHONE, Come(0, handling=40), Come(10), Come(15), horizon=window)
    assert phone(told, "mean_queue") == 2
    assert told.tell("ended")[2] == 50


def test_the_backlog_is_of_messages_not_answered_and_the_queue_of_those_not_begun():
    """Arrived at 0 before the opening at 20; begun at 30, sent at 50."""
    text = """
    channels: {mail: {kind: deferred, open: [{from: "00:20"}]}}
    teams: {web: {roster: [{from: "00:30", heads: 1}], channels: {mail: {}}}}
    """
    told = story(text.replace("00:20", "00:20"), Come(0, handling=20), horizon=HOUR).measures()
    assert told["channels.mail.mean_backlog"] == 50 / 60
    assert told["channels.mail.mean_queue"] == 10 / 60
    assert told["channels.mail.mean_wait"] == 30 * 60


def test_no_measure_of_a_mean_over_nobody():
    told = story(PHONE).measures()
    for measure in ("mean_wait", "wait_p50", "abandonment", "resolution", "mean_handling"):
        assert f"channels.phone.{measure}" not in told
    assert told["channels.phone.offered"] == 0


def test_first_and_repeat_attempts_resolution_and_who_is_never_answered():
    text = """
    channels:
      phone: {kind: live, after_abandoned: {delay: 1 hours, to: {desk: 1}}}
      desk: {kind: live, resolution: 0}
    teams:
      calls: {roster: [{until: "00:20", heads: 1}], channels: {phone: {}}}
      counter: {roster: [{heads: 1}], channels: {desk: {}}}
    """
    told = story(
        text,
        Come(0),
        Come(1, patience=2),
        Come(200, patience=2),
        Come(300, patience=1),
        Come(500),
        horizon={"start": "2026-01-05", "length": "350 minutes", "run_out": "cut"},
    )
    assert told.tell("contact channel outcome") == [
        (0, "phone", "answered"),
        (1, "phone", "abandoned"),
        (1, "desk", "answered"),
        (2, "phone", "abandoned"),
        (2, "desk", "answered"),
        (3, "phone", "abandoned"),
    ]
    counts = told.measures()
    assert counts["channels.desk.first_attempts"] == 0
    assert counts["channels.desk.repeat_attempts"] == 2
    assert counts["channels.phone.first_attempts"] == 4
    assert counts["channels.phone.resolution"] == 1
    assert counts["channels.desk.resolution"] == 0
    assert counts["demand.attempts"] == 6
    assert counts["demand.repeat_attempts"] == 2


@pytest.mark.parametrize("passed", ["diverted", "transferred"])
def test_diversions_and_transfers_are_no_repeat_attempts_of_the_demand(passed):
    rule = {
        "diverted": "divert: {after: 1 minutes, to: other}",
        "transferred": "transfer: {to: other, probability: 1}",
    }[passed]
    text = f"""
    channels: {{phone: {{kind: live, {rule}}}, other: {{kind: deferred}}}}
    teams:
      desk: {{roster: [{{heads: 1}}], channels: {{phone: {{}}}}}}
      web: {{roster: [{{heads: 1}}], channels: {{other: {{}}}}}}
    """
    told = story(text, Come(0, handling=30), Come(1))
    assert passed in told.tell("cause")
    assert told.measures()["demand.repeat_attempts"] == 0
    assert told.measures()["demand.attempts"] == len(told.attempts) > 2


def test_counts_by_reason_and_month_follow_the_contact():
    told = story(
        PHONE.replace(
            "phone: {kind: live}", "phone: {kind: live, after_abandoned: {delay: 2 days}}"
        ),
        Come(10, reason="ask", handling=60),
        Come(20, reason="pay", patience=1),
        reasons={"ask": {}, "pay": {}},
        horizon={"start": "2026-01-31", "length": "1 days"},
    )
    assert told.tell("arrived")[2] > 2 * 1440
    counts = told.measures()
    assert counts["channels.phone.reasons.ask.offered"] == 1
    assert counts["channels.phone.reasons.pay.offered"] == 2
    assert counts["channels.phone.reasons.pay.abandoned"] == 1
    assert counts["channels.phone.months.2026-01.offered"] == 3
