"""What must hold between the parts of a scenario."""

import time
from typing import Any

import pytest

from simulation.scenario.checks import cross_check
from simulation.scenario.load import validate
from tests.scenario.build import GONE, WHOLE, change, problems_of

DELAY = {"family": "deterministic", "mean": "1 hour"}
SOCIAL_ONLY = {"social": 1}


def blocks(*days_from_until):
    return [{"days": d, "from": f, "until": u} for d, f, u in days_from_until]


CASES: list[tuple[dict[str, Any], str, str]] = [
    # names
    ({"demand.phone.channel": "fone"}, "demand.phone.channel", "did you mean 'phone'?"),
    ({"demand.mail": {"yearly": 1, "reasons": {"report": 1}}}, "demand.mail", "name one with"),
    ({"demand.phone.reasons": {"qestion": 1}}, "demand.phone.reasons.qestion", "'question'"),
    ({"events.storm.reasons": {"rain": 1}}, "events.storm.reasons.rain", "not a reason"),
    ({"events.storm.channels": {"fax": 1}}, "events.storm.channels.fax", "not a channel"),
    ({"shift.trend.fax": {"yearly_change": 0, "since": "2026-01-01"}}, "shift.trend.fax", ""),
    ({"shift.deflection.news.shares.rain": 0.1}, "shift.deflection.news.shares.rain", "reason"),
    ({"shift.deflection.news.event_shares.rain": 0}, "shift.deflection.news.event_shares.rain", ""),
    ({"shift.deflection.news.channels.fax": 1}, "shift.deflection.news.channels.fax", "channel"),
    ({"shift.substitution.messages.to": "fax"}, "shift.substitution.messages.to", "channel"),
    ({"shift.substitution.messages.willingness.rain": 0},
     "shift.substitution.messages.willingness.rain", "reason"),
    ({"shift.substitution.messages.channels.fax": 1},
     "shift.substitution.messages.channels.fax", "channel"),
    ({"shift.substitution.messages.reach.offered": ["facebok"]},
     "shift.substitution.messages.reach.offered.0", "did you mean 'facebook'?"),
    ({"shift.substitution.messages.reach.offered": ["x", "x"]},
     "shift.substitution.messages.reach.offered.1", "twice"),
    ({"shift.induced.extra.to": "fax"}, "shift.induced.extra.to", "channel"),
    ({"shift.induced.extra.shares.rain": 0}, "shift.induced.extra.shares.rain", "reason"),
    ({"channels.phone.teams.kc": 1}, "channels.phone.teams.kc", "did you mean 'kcc'?"),
    ({"channels.phone.handling_by_reason.rain": DELAY},
     "channels.phone.handling_by_reason.rain", ""),
    ({"channels.phone.resolution_by_reason.rain": 1},
     "channels.phone.resolution_by_reason.rain", ""),
    ({"channels.social.transfer.to": "fax"}, "channels.social.transfer.to", "channel"),
    ({"channels.social.transfer.by_reason": {"rain": 1}},
     "channels.social.transfer.by_reason.rain", "reason"),
    ({"channels.phone.divert.to": "fax"}, "channels.phone.divert.to", "channel"),
    ({"channels.phone.after_closed": {"delay": DELAY, "to": {"fax": 1}}},
     "channels.phone.after_closed.to.fax", "channel"),
    ({"lines.trunks.channels": ["fax"]}, "lines.trunks.channels.0", "channel"),
    ({"norms.fast.channel": "fax"}, "norms.fast.channel", "channel"),
    ({"teams.kcc.channels.fax": {}}, "teams.kcc.channels.fax", "channel"),
    ({"teams.kcc.channels.phone.handling_factor_by_reason": {"rain": 1}},
     "teams.kcc.channels.phone.handling_factor_by_reason.rain", "reason"),
    ({"teams.kcc.pay_scale": "clerk"}, "teams.kcc.pay_scale", "not a pay scale"),
    ({"costs.per_contact.calls.channel": "fax"}, "costs.per_contact.calls.channel", "channel"),
    ({"costs.per_month.tool.team": "kc"}, "costs.per_month.tool.team", "'kcc'"),
    # shares
    ({"demand.phone.reasons.question": 0.6}, "demand.phone.reasons", "add up to 0.9"),
    ({"demand.phone.reasons": {}}, "demand.phone", "there are 2 reasons"),
    ({"events.storm.reasons": {}}, "events.storm", "there are 2 reasons"),
    ({"events.storm.reasons.report": 0.5}, "events.storm.reasons", "add up to 0.5"),
    ({"events.storm.channels": {}}, "events.storm.channels", "no channel is named"),
    ({"channels.phone.after_abandoned.to.phone": 1}, "channels.phone.after_abandoned.to", "1.2"),
    ({"channels.counter.sites.centre": 0.4}, "channels.counter.sites", "add up to 0.9"),
    ({"demand.phone.weekdays": [0] * 7}, "demand.phone.weekdays", "is 0 throughout"),
    ({"demand.phone.season": [0] * 12}, "demand.phone.season", "is 0 throughout"),
    ({"demand.phone.hours": [{"weight": 0}]}, "demand.phone.hours", "is 0 throughout"),
    # who serves
    ({"teams.kcc.channels.phone": GONE}, "channels.phone", "no team serves 'phone', though demand"),
    ({"teams.experts.channels.back_office": GONE}, "channels.back_office", "transfer of 'social'"),
    ({"channels.counter.sites": {"centre": 0.5, "west": 0.5}},
     "channels.counter.sites.west", "site"),
    ({"teams.desks.sites.nort": [{"heads": 1}]}, "teams.desks.sites.nort", "did you mean 'north'?"),
    ({"channels.phone.teams": {"desks": 2}},
     "channels.phone.teams.desks", "does not serve 'phone'"),
    # where contacts go on to
    ({"channels.social.transfer.to": "phone"}, "channels.social.transfer.to", "not a deferred"),
    ({"channels.back_office.transfer": {"to": "social", "probability": 0.1}},
     "channels.social.transfer.to", "social -> back_office -> social"),
    ({"channels.back_office.transfer": {"to": "back_office", "probability": 0.1}},
     "channels.back_office.transfer.to", "circle"),
    ({"channels.phone.divert.to": "phone"}, "channels.phone.divert.to", "makes a circle"),
    ({"channels.phone.divert.to": "counter", "channels.counter.divert":
      {"after": "1 hour", "to": "phone"}}, "channels.phone.divert.to", "phone -> counter -> phone"),
    ({"channels.social.patience": DELAY, "channels.social.after_impatient": {"delay": DELAY}},
     "channels.social.after_impatient.to", "another channel"),
    ({"channels.social.patience": DELAY,
      "channels.social.after_impatient": {"delay": DELAY, "to": SOCIAL_ONLY}},
     "channels.social.after_impatient.to", "another channel"),
    ({"lines.others": {"capacity": 1, "channels": ["phone"]}},
     "lines.others.channels.0", "already uses the lines 'trunks'"),
    ({"lines.trunks.channels": ["phone", "social"]}, "lines.trunks.channels.1", "deferred"),
    ({"norms.soon.within_working_days": GONE, "norms.soon.within": "1 hour"},
     "norms.soon.within", "use 'within_working_time' or 'within_working_days'"),
    ({"norms.fast.within": GONE, "norms.fast.within_working_time": "1 hour"},
     "norms.fast.within_working_time", "use 'within'"),
    # blocks
    ({"channels.phone.open": blocks(("mon", "09:00", "12:00"), ("mon-tue", "11:00", "17:00"))},
     "channels.phone.open.1", "overlaps with block open.0 on mon 11:00"),
    ({"teams.kcc.roster": [{"heads": 1}, {"days": "sun", "from": "23:59", "heads": 1}]},
     "teams.kcc.roster.1", "on sun 23:59"),
    ({"teams.desks.sites.north": [{"heads": 1}, {"heads": 1}]}, "teams.desks.sites.north.1", "mon"),
    ({"demand.counter.rates": [{"per_hour": [1, 2]}, {"from": "01:30", "per_hour": 1}]},
     "demand.counter.rates.1", "01:30"),
    ({"demand.phone.hours": [{"weight": 1}, {"weight": 2}]}, "demand.phone.hours.1", "overlaps"),
    ({"channels.phone.patience.by_arrival": [{"factor": 1}, {"factor": 2}]},
     "channels.phone.patience.by_arrival.1", "overlaps"),
    # shift
    ({"shift.substitution.messages.stated_to_realised": 4},
     "shift.substitution.messages.willingness.question", "comes to 1.4"),
    ({"shift.substitution.again": {"to": "social", "willingness": {"question": 0.97},
      "channels": {"phone": 1}}}, "shift.substitution", "1.005 (messages + again)"),
    ({"shift.substitution.messages.channels.social": 1},
     "shift.substitution.messages.channels.social", "from itself"),
    ({"shift.deflection.more": {"shares": {"question": 0.95}}}, "shift.deflection", "1.05"),
    ({"shift.deflection.news.event_shares": {"report": 0.6},
      "shift.deflection.more": {"shares": {"report": 0.5}}}, "shift.deflection", "in events"),
    # time
    ({"events.storm.start": "2026-03-09"}, "events.storm.start", "the horizon, 2026-03-09"),
    ({"channels.social.open.0.last_date": "2026-03-01"}, "channels.social.open", "never open"),
    ({"horizon.start": "2026-03-07", "horizon.length": "2 days",
      "events": {}}, "channels.social.open", "never open"),
    ({"horizon.length": "1 day", "calendar.closed": ["2026-03-02"], "events": {}},
     "channels.social.open", "never open"),
    # costs
    ({"teams.kcc.pay_scale": GONE}, "teams.kcc", "name a pay scale"),
    ({"costs.per_month.tool.covers": "seat"}, "costs.per_month.tool.covers", "is paid twice"),
    ({"costs.per_month.tool.covers": "seat", "costs.per_month.tool.team": GONE},
     "costs.per_month.tool.covers", "'employee' of team 'kcc'"),
    # memory
    ({"demand.phone.yearly": 5e9}, "horizon.length", "are more than 25,000,000"),
    ({"demand.counter.rates.0.per_hour": 1e6}, "horizon.length", "168,0"),
    ({"events.storm.contacts": 6e7}, "horizon.length", "most from events.storm"),
    ({"shift.induced.extra.shares.question": 1, "demand.phone.yearly": 1e9},
     "horizon.length", "25,000,000"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "place", "words"), CASES)
def test_parts_that_do_not_fit_together_are_told(changes, place, words):
    said = problems_of(change(changes))
    assert place in said, said
    assert words in said[place]


@pytest.mark.parametrize(
    "changes",
    [
        {"channels.phone.open": blocks(("mon", "09:00", "12:00"), ("mon", "12:00", "17:00"))},
        {"channels.phone.open": blocks(("mon", "09:00", "12:00"), ("tue", "09:00", "17:00"))},
        {"teams.kcc.roster": [
            {"heads": 1, "last_date": "2026-03-05"}, {"heads": 2, "first_date": "2026-03-06"}]},
        {"teams.kcc.roster": [  # a Monday block and a range without a Monday
            {"days": "mon", "heads": 1},
            {"heads": 2, "first_date": "2026-03-03", "last_date": "2026-03-08"}]},
        {"teams.desks.sites": GONE, "teams.desks.roster": [{"heads": 3}]},
        {"teams.kcc.channels.back_office": {}, "teams.experts.channels.back_office": GONE},
        {"channels.fax": {"kind": "deferred", "handling": DELAY}},
        {"demand.phone.reasons": {"question": 0.3333333, "report": 0.6666667}},
        {"shift.substitution.messages.adoption":
            {"start": "2026-01-01", "duration": "1 day", "final": 0.2},
         "shift.substitution.messages.stated_to_realised": 10},
        {"costs.per_month.tool.covers": "other"},
        {"costs": None, "teams.kcc.pay_scale": GONE},
        {"calendar": {"closed": ["2026-03-02"], "open": ["2026-03-02"]},
         "horizon.length": "1 day", "events": {}},
        {"demand.phone.yearly": 5e8},
        {"demand.phone.yearly": 0, "demand.phone.weekdays": [0] * 7},
        {"events.storm.start": "2026-03-01"},
        {"channels.phone.divert.to": "counter", "channels.counter.divert":
            {"after": "1 hour", "to": "social"}},
    ],
)  # fmt: skip
def test_parts_that_fit_together_are_left_alone(changes):
    assert problems_of(change(changes)) == {}


def test_all_that_does_not_fit_is_told_at_once():
    everything: dict[str, object] = {}
    for place, (changes, _, _) in enumerate(CASES):
        if place in {0, 3, 23, 34, 44, 61}:
            everything.update(changes)
    assert len(cross_check(validate(change(everything)))) >= 6


def test_checks_that_need_a_lost_section_are_left_out():
    scenario = validate(change({"norms.fast.channel": "fax", "events.storm.start": "2027-01-01"}))
    assert len(cross_check(scenario)) == 2
    (left,) = cross_check(scenario, without=["channels"])
    assert left.path == ("events", "storm", "start")


def test_a_whole_scenario_gives_no_findings():
    assert cross_check(validate(WHOLE)) == []


def test_two_thousand_blocks_are_checked_in_a_moment():
    roster = [
        {
            "days": day,
            "from": f"{m // 60:02d}:{m % 60:02d}",
            "until": f"{(m + 5) // 60:02d}:{(m + 5) % 60:02d}",
            "heads": 1,
        }
        for day in ("mon", "tue", "wed", "thu", "fri", "sat")
        for m in range(0, 1440, 5)
    ]
    scenario = validate(change({"teams.kcc.roster": roster}))
    start = time.perf_counter()
    assert cross_check(scenario) == []
    assert time.perf_counter() - start < 2
