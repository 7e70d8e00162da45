"""Hours of teams: rostered, absent, at work, busy, idle, overtime, paid, and the run-out."""

from itertools import pairwise

import numpy as np
import pytest

from simulation.measures import measure
from tests.play.busy import play_everything
from tests.play.by_hand import Come, clock, story

OFFICE = """
channels:
  phone: {kind: live, open: [{from: "09:00", until: "17:00"}]}
  mail: {kind: deferred}
teams:
  desk:
    shrinkage: 0.2
    roster: [{from: "09:00", until: "17:00", heads: 2}]
    channels: {phone: {}, mail: {}}
"""

DAY = {"start": "2026-01-05", "length": "1 days"}


def hours(told, team="desk"):
    """Give the hours of a team by kind."""
    root = f"teams.{team}."
    return {
        path.removeprefix(root).removesuffix("_hours"): value
        for path, value in told.measures().items()
        if path.startswith(root)
    }


def test_hours_by_hand():
    """One call of 10:00 to 10:30; one of 16:30 to 18:00, an hour of which is overtime."""
    told = hours(
        story(OFFICE, Come(clock("10:00"), handling=30), Come(clock("16:30"), handling=90))
    )
    assert told["rostered"] == told["at_work"] == 16
    assert told["absent"] == told["run_out"] == 0
    assert told["overtime"] == 1
    assert told["busy"] == 2
    assert told["idle"] == 15
    assert told["paid"] == 20
    assert told["occupancy"] == 2 / 17


def test_without_prices_there_are_no_full_time_years():
    assert "paid_fte_years" not in hours(story(OFFICE))


def test_hours_run_from_the_end_of_warm_up():
    told = hours(
        story(
            OFFICE,
            Come(clock("09:50"), handling=30),
            Come(clock("16:30"), handling=90),
            horizon={**DAY, "warm_up": "10 hours"},
        )
    )
    assert told["rostered"] == told["at_work"] == 14
    assert told["busy"] == pytest.approx(20 / 60 + 1.5)
    assert told["overtime"] == 1
    assert told["paid"] == 17.5


def test_work_after_the_horizon_is_run_out_and_not_overtime():
    """The horizon ends at 16:45: busy from 16:30 to 18:00."""
    told = hours(
        story(
            OFFICE,
            Come(clock("16:30"), handling=90),
            horizon={"start": "2026-01-05", "length": "1005 minutes"},
        )
    )
    assert told["rostered"] == 2 * 7.75
    assert told["overtime"] == 0
    assert told["busy"] == 0.25
    assert told["run_out"] == 1.25


def test_messages_answered_after_the_horizon_are_run_out():
    """Handed back at 17:00 on the only day, taken up the next morning."""
    told = hours(story(OFFICE, Come(clock("16:30"), "mail", handling=90), horizon=DAY))
    assert told["busy"] == 0.5
    assert told["overtime"] == 0
    assert told["run_out"] == 1


def test_overtime_after_closing_by_hand():
    """Two agents and three calls at 16:50: until 17:10, 17:15 and 17:30."""
    told = hours(
        story(
            OFFICE,
            Come(clock("16:50"), handling=20),
            Come(clock("16:50"), handling=25),
            Come(clock("16:50"), handling=20),
        )
    )
    assert told["overtime"] == pytest.approx((15 + 30) / 60)
    assert told["busy"] == pytest.approx(65 / 60)


def test_handling_hours_of_a_message_that_was_handed_back():
    told = story(
        OFFICE,
        Come(clock("16:50"), "mail", handling=45),
        horizon={"start": "2026-01-05", "length": "2 days"},
    ).measures()
    assert told["channels.mail.handling_hours"] == 45 / 60
    assert told["teams.desk.busy_hours"] == 45 / 60


def test_handling_hours_are_those_that_agents_spend_wrap_up_and_factor_included():
    text = OFFICE.replace("{phone: {}", "{phone: {handling_factor: 2}")
    told = story(text, Come(clock("10:00"), handling=10, wrap_up=5)).measures()
    assert told["channels.phone.handling_hours"] == 0.5
    assert told["channels.phone.mean_handling"] == 30 * 60


def test_handling_hours_of_chats_are_an_agents_hours_and_not_the_sum_of_conversations():
    text = OFFICE.replace("phone: {kind: live", "phone: {kind: chat, slowdown: [1, 1.5]")
    text = text.replace("heads: 2", "heads: 1")
    told = story(text, *[Come(clock("10:00"), handling=20)] * 2).measures()
    assert told["channels.phone.handling_hours"] == 0.5
    assert told["teams.desk.busy_hours"] == 0.5


def test_mean_handling_is_of_a_conversation_from_begin_to_end():
    """Two chats side by side last 30 minutes each; a message that was handed back has no one
    beginning and end, and is left out."""
    text = OFFICE.replace("phone: {kind: live", "phone: {kind: chat, slowdown: [1, 1.5]")
    chats = [Come(clock("10:00"), handling=20)] * 2
    mail = Come(clock("11:00"), "mail", handling=12), Come(clock("16:50"), "mail", handling=45)
    told = story(text.replace("heads: 2", "heads: 1"), *chats, *mail).measures()
    assert told["channels.phone.mean_handling"] == 30 * 60
    assert told["channels.mail.mean_handling"] == 12 * 60


def test_work_that_is_no_contact_keeps_a_team_busy():
    text = OFFICE + '  editors: {roster: [{from: "10:00", until: "12:30", heads: 2}]}\n'
    told = hours(story(text), "editors")
    assert told["rostered"] == told["busy"] == 5
    assert told["idle"] == 0
    assert told["occupancy"] == 1


def test_hours_of_a_team_are_those_of_its_sites():
    told = story(
        """
        channels: {counter: {kind: live, sites: {north: 0.5, south: 0.5}}}
        teams:
          desk:
            shrinkage: 0.5
            sites: {north: [{until: "04:00", heads: 1}], south: [{until: "08:00", heads: 2}]}
            channels: {counter: {}}
        """,
        Come(60, handling=60, site="north"),
        Come(60, handling=90, site="south"),
    )
    north, south, both = (hours(told, name) for name in ("desk/north", "desk/south", "desk"))
    assert (north["rostered"], south["rostered"], both["rostered"]) == (4, 16, 20)
    assert (north["busy"], south["busy"], both["busy"]) == (1, 1.5, 2.5)
    assert (north["occupancy"], both["occupancy"]) == (1 / 4, 2.5 / 20)
    assert both["paid"] == 40
    assert "paid" not in north


def test_a_team_that_is_never_rostered_has_no_occupancy():
    text = OFFICE + "  nobody: {channels: {mail: {}}}\n"
    told = hours(story(text), "nobody")
    assert told.pop("paid") == 0
    assert set(told.values()) == {0}
    assert "occupancy" not in told


# Identities, where everything happens at once


@pytest.fixture(scope="module", params=[("cut", 1), ("drain", 1), ("drain", 2)])
def busy(request):
    return play_everything(*request.param), request.param[1]


def test_busy_plus_idle_is_at_work_plus_overtime(busy):
    (plan, contacts, record), replication = busy
    told = measure(plan, contacts, record, replication)
    for team in ("desk", "web", "experts"):
        kinds = {
            kind: told[f"teams.{team}.{kind}_hours"]
            for kind in ("busy", "idle", "at_work", "overtime", "rostered", "absent", "paid")
        }
        assert kinds["busy"] + kinds["idle"] == pytest.approx(kinds["at_work"] + kinds["overtime"])
        assert kinds["rostered"] == pytest.approx(kinds["absent"] + kinds["at_work"])
        assert min(kinds.values()) >= 0
        assert kinds["busy"] > 0
    assert told["teams.desk.overtime_hours"] > 0


def test_never_more_are_busy_than_present_at_any_instant(busy):
    (plan, _, record), replication = busy
    at_work = plan.at_work(replication)
    for index in range(len(plan.teams)):
        work = intervals(record, index)
        presence = levels(record.presence[record.presence["team"] == index][["time", "present"]])
        rostered = levels(at_work[index])
        times = sorted({time for pair in work for time in pair} | set(presence) | set(rostered))
        changes = np.zeros(len(times), int)
        place = {time: number for number, time in enumerate(times)}
        for begin, end in work:
            changes[place[begin]] += 1
            changes[place[end]] -= 1
        occupied = np.cumsum(changes)
        present, planned = (np.array(carried(steps, times)) for steps in (presence, rostered))
        assert (occupied <= present).all()
        assert (present >= planned).all()
        # Who is there beyond the roster is there for a citizen.
        assert (present - planned <= occupied).all()
        assert occupied.max() > 0


def intervals(record, team):
    """Give (begin, end) of each piece of work of a team's agents."""
    rows = record.attempts
    whole = rows[(rows["team"] == team) & (rows["whole"] == 1)]
    spells = record.spells[record.spells["team"] == team]
    pairs = [*whole[["started", "ended"]].tolist(), *spells[["begin", "end"]].tolist()]
    return [pair for pair in pairs if pair[0] < pair[1]]


def levels(steps):
    """Give the last level at each time."""
    return {int(time): int(level) for time, level in steps}


def carried(steps, times):
    """Give the level at each of the times, in order."""
    level, line = 0, []
    for time in times:
        level = steps.get(time, level)
        line.append(level)
    return line


def test_whole_attempts_and_spells_never_count_the_same_work_twice(busy):
    """The effort of a message that is handed back is spent once: its spells add up to it."""
    (plan, contacts, record), _ = busy
    mail = [channel.name for channel in plan.channels].index("mail")
    rows = record.attempts[record.attempts["channel"] == mail]
    done = rows[(rows["whole"] == 1) & (rows["number"] == 1)]
    effort = (contacts.handling + contacts.wrap_up)[done["contact"]]
    factor = {team.name: dict(team.factors).get((mail, 0), 10**6) for team in plan.teams}
    names = [team.name for team in plan.teams]
    expected = [
        (each * factor[names[team]] + 500_000) // 10**6
        for each, team in zip(effort.tolist(), done["team"].tolist(), strict=True)
        if team >= 0
    ]
    finished = done["outcome"] == 0
    spent = (done["ended"] - done["started"])[finished].tolist()
    assert spent == [e for e, f in zip(expected, finished.tolist(), strict=True) if f]
    assert len(spent) > 50


def test_nobody_waits_while_an_agent_who_may_take_them_is_idle():
    """Work is assigned until nothing moves: in one team with one skill the queue is empty
    whenever somebody present is idle."""
    text = """
    channels: {phone: {kind: live}}
    teams: {desk: {roster: [{every: 1 hour, heads: [2, 1, 3, 1, 2]}], channels: {phone: {}}}}
    """
    calls = [Come(3 * place % 301 + place / 7, handling=1 + place % 11) for place in range(100)]
    told = story(text, *calls)
    waiting = [(one.since, one.started) for one in told.attempts if one.since < one.started]
    edges = sorted(
        {time for one in told.attempts for time in (one.arrived, one.started, one.ended)}
    )
    for begin, end in pairwise(edges):
        middle = (begin + end) / 2
        if middle > 300:
            break
        busy_now = sum(one.started <= middle < one.ended for one in told.attempts)
        rostered = (2, 1, 3, 1, 2)[int(middle // 60)]
        if any(since <= middle < start for since, start in waiting):
            assert busy_now >= rostered
    assert len(waiting) > 20
