"""The format says, without any code, what planners and textbooks want to say."""

from typing import Any

import pytest

from simulation.scenario import load, loads
from simulation.scenario.example import example_text
from simulation.scenario.load import normalise, validate
from simulation.scenario.values import HOUR, MINUTE, SECOND

MMC = """
kanaalkompas: 1
title: M/M/c from empty, 20 agents, load 0.95
horizon: {start: 2026-01-05, length: 1000 hours}
replications: 20
demand:
  phone: {rates: [{per_hour: 228}]}
channels:
  phone:
    kind: live
    handling: {family: exponential, mean: 5 minutes}
teams:
  agents: {roster: [{heads: 20}], channels: {phone: {}}}
"""

MMC_M = """
kanaalkompas: 1
title: M/M/c+M after a warm-up, cut at the end
horizon: {start: 2026-01-05, length: 210 hours, warm_up: 10 hours, run_out: cut}
demand:
  phone: {rates: [{per_hour: 120}]}
channels:
  phone:
    kind: live
    handling: {family: exponential, mean: 5 minutes}
    patience: {family: exponential, mean: 2 minutes}
teams:
  agents: {roster: [{heads: 11}], channels: {phone: {}}}
norms:
  eighty_twenty:
    channel: phone
    within: 20 seconds
    target: 0.8
    formula: answered_within / (offered - abandoned_within)
"""

MGC_G = """
kanaalkompas: 1
title: M/G/c+G with hundreds of agents, a bounded queue and a bounded number of lines
horizon: {start: 2026-01-05 00:00, length: 110 hours, warm_up: 10 hours}
demand:
  phone: {rates: [{per_hour: 6000}]}
  overflow: {rates: [{per_hour: 300.5}]}
channels:
  phone:
    kind: live
    queue_capacity: 50
    handling: {family: lognormal, mu: 4.827, sigma: 0.926}
    patience: {family: weibull, mean: 4 minutes, cv: 0.5}
  overflow:
    kind: live
    handling: {family: hyperexponential, weights: [0.3, 0.7], means: [10 minutes, 90 seconds]}
    patience: {family: erlang, stages: 3, mean: 90 seconds, cap: 5 minutes}
lines:
  trunks: {capacity: 430, channels: [phone, overflow]}
teams:
  agents: {roster: [{heads: 400}], channels: {phone: {}, overflow: {rank: 2}}}
"""

CALL_CENTRE = """
kanaalkompas: 1
title: A call centre open 13 hours
horizon: {start: 2026-01-05 08:00, length: 13 hours, run_out: drain}
replications: 1000
demand:
  phone:
    rates:
      - from: 08:00
        per_hour: [100, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60]
variation: {day_cv: 0.316228}
channels:
  phone:
    kind: live
    open: [{from: 08:00, until: "21:00"}]
    at_closing: serve
    handling: {family: gamma, shape: 0.755, scale: 739.6 seconds}
    patience: {family: exponential, mean: 1000 seconds, zero_share: 0.1}
teams:
  agents:
    roster: [{from: 08:00, heads: [4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4]}]
    channels: {phone: {}}
norms:
  fast: {channel: phone, within: 20 s, target: 0.8, formula: answered_within / answered}
"""

SKILLS = """
kanaalkompas: 1
title: Three types of contact over three groups, staffed by half hours
horizon: {start: 2026-01-05 08:00, length: 10 hours}
reasons: {tax: {}, parking: {}}
demand:
  dutch: {rates: [{from: 08:00, every: 30 minutes, per_hour: [60, 80, 90, 70]}],
          reasons: {tax: 0.4, parking: 0.6}}
  english: {rates: [{from: 08:00, until: 18:00, per_hour: 30}], reasons: {tax: 1}}
  visits: {channel: counter, rates: [{per_hour: 12}], reasons: {parking: 1}}
channels:
  dutch: &call
    kind: live
    handling: {family: gamma, mean: 4 minutes, cv: 1.2}
    handling_by_reason: {tax: {family: gamma, mean: 6 minutes, cv: 0.8}}
    teams: {natives: 1, bilinguals: 2}
  english: {kind: live, handling: {family: exponential, mean: 5 minutes}}
  counter:
    kind: live
    handling:
      family: uniform
      low: 2 minutes
      high: 8 minutes
      by_arrival: [{from: 12:00, until: 14:00, factor: 1.25}]
teams:
  natives:
    roster:
      - {from: 08:00, every: 30 minutes, heads: [4, 5, 6, 6, 5, 4]}
      - {from: 11:00, until: 18:00, heads: 5}
    channels:
      dutch: {rank: 1, handling_factor: 0.9, handling_factor_by_reason: {tax: 1.1}}
  bilinguals:
    roster: [{from: 08:00, until: 18:00, heads: 3}]
    channels: {english: {rank: 1}, dutch: {rank: 2, handling_factor: 1.2}}
  floaters:
    roster: [{from: 08:00, every: 15 minutes, heads: [1, 2, 1, 2]}]
    channels: {dutch: {rank: 1}, english: {rank: 1}, counter: {rank: 1}}
"""

REDIAL = """
kanaalkompas: 1
title: Who is blocked or hangs up tries again after 20 minutes
horizon: {start: 2026-01-05, length: 5 days}
demand:
  phone: {rates: [{days: mon-fri, from: 09:00, until: 17:00, per_hour: 90}]}
channels:
  phone:
    kind: live
    open: [{days: mon-fri, from: 09:00, until: 17:00}]
    queue_capacity: 5
    at_closing: send_away
    handling: {family: exponential, mean: 4 minutes}
    patience: {family: exponential, mean: 3 minutes}
    resolution: 0.8
    after_abandoned: &again
      probability: 0.75
      delay: {family: deterministic, mean: 20 minutes}
    after_blocked: *again
    after_sent_away: *again
    after_closed: {probability: 0.5, delay: {family: exponential, mean: 30 minutes}}
    after_unresolved: {probability: 0.9, delay: {family: exponential, mean: 1 day}, to: {phone: 1}}
returns: {patience: PATIENCE, effort: per_attempt, max_attempts: 4}
teams:
  agents: {roster: [{days: mon-fri, from: 09:00, until: 17:00, heads: 7}], channels: {phone: {}}}
"""

MESSAGES = """
kanaalkompas: 1
title: Messages answered in working days, a blended team, a back office
horizon: {start: 2026-01-05, length: 4 weeks}
calendar: {public_holidays: NL, closed: [2026-01-16]}
reasons: {question: {}, report: {}}
demand:
  phone: {yearly: 100000, reasons: {question: 0.9, report: 0.1}}
  social:
    yearly: 20000
    weekdays: [1, 1, 1, 1, 1, 0.5, 0.5]
    hours: [{from: 07:00, until: "23:00", weight: 1}]
    on_closed_days: next_open_day
    reasons: {question: 0.6, report: 0.4}
channels:
  phone:
    kind: live
    open: [{days: mon-fri, from: 08:00, until: 18:00}]
    handling: {family: lognormal, mean: 5 minutes, cv: 1.2}
    patience: {family: exponential, mean: 7 minutes}
    divert: {after: 5 minutes, to: social}
  social:
    kind: deferred
    open: [{days: mon-fri, from: 09:00, until: 17:00}]
    backlog: 25
    handling: {family: gamma, mean: 8 minutes, cv: 1}
    extra_effort: {screening: 45 seconds, signing: 10 seconds}
    transfer: {to: back_office, probability: 0.2, by_reason: {report: 0.5}}
    patience: {family: exponential, mean: 2 days}
    after_impatient: {delay: {family: deterministic, mean: 0 minutes}, to: {phone: 1}}
  back_office:
    kind: deferred
    open: [{days: "mon, wed, fri", from: 09:00, until: 12:00}]
    handling: {family: empirical, observed: [10 minutes, 20 minutes, 1 hour], weights: [3, 2, 1]}
teams:
  blended:
    roster: [{days: mon-fri, from: 08:00, until: 18:00, heads: 15}]
    channels: {phone: {rank: 1}, social: {rank: 2}}
    reserve: 2
    absence: {share: 0.06}
  experts: {roster: [{heads: 2}], channels: {back_office: {}}}
norms:
  next_day: {channel: social, within_working_days: 1, target: 0.9, period: month}
  same_day: {channel: social, within_working_time: 8 hours, target: 0.8, counts: false}
"""

CHATS = """
kanaalkompas: 1
title: Chat, up to three at once, beside the phone
horizon: {start: 2026-01-05 08:00, length: 9 hours}
demand:
  chat: {rates: [{from: 08:00, until: 17:00, per_hour: 40}]}
  phone: {rates: [{from: 08:00, until: 17:00, per_hour: 20}]}
channels:
  chat:
    kind: chat
    slowdown: [1, 1.3, 1.7]
    handling: {family: exponential, mean: 8 minutes}
    patience: {family: exponential, mean: 2 minutes}
  phone: {kind: live, handling: {family: exponential, mean: 4 minutes}}
teams:
  desk: {roster: [{from: 08:00, until: "18:00", heads: 5}], channels: {chat: {}, phone: {}}}
"""

TEXTS = {
    "mmc": MMC,
    "mmc_m": MMC_M,
    "mgc_g": MGC_G,
    "call_centre": CALL_CENTRE,
    "skills": SKILLS,
    "redial_redrawn": REDIAL.replace("PATIENCE", "per_attempt"),
    "redial_kept": REDIAL.replace("PATIENCE", "per_contact"),
    "messages": MESSAGES,
    "chats": CHATS,
    "example": example_text(),
}


def scenario_of(name) -> Any:
    return loads(TEXTS[name], name).scenario


@pytest.mark.parametrize("name", TEXTS)
def test_it_loads_and_reads_back_from_its_normal_form(name):
    scenario = scenario_of(name)
    assert validate(normalise(scenario)) == scenario


def test_a_file_loads_as_its_text_does(tmp_path):
    path = tmp_path / "mmc.yaml"
    path.write_text(MMC)
    assert load(path).scenario == loads(MMC).scenario
    assert load(str(path)).path == str(path)


def test_a_textbook_queue_is_open_always_and_has_no_factors():
    scenario = scenario_of("mmc")
    assert scenario.channels["phone"].open == "always"
    assert (scenario.variation.day_cv, scenario.variation.year_cv) == (0, 0)
    assert scenario.calendar.public_holidays == "none"
    assert scenario.demand["phone"].rates[0].steps() == [(0, 24 * HOUR, 228)]


def test_a_call_centre_has_hourly_rates_and_heads_over_13_hours():
    scenario = scenario_of("call_centre")
    rates = scenario.demand["phone"].rates[0].steps()
    heads = scenario.teams["agents"].roster[0].steps()
    assert [(begin, end) for begin, end, _ in rates] == [(begin, end) for begin, end, _ in heads]
    assert (rates[0][0], rates[-1][1]) == (8 * HOUR, 21 * HOUR)
    patience = scenario.channels["phone"].patience
    assert (patience.zero_share, patience.mean) == (0.1, 1000 * SECOND)


def test_groups_have_skills_ranks_factors_and_periods():
    scenario = scenario_of("skills")
    assert scenario.channels["dutch"].teams == {"natives": 1, "bilinguals": 2}
    natives = scenario.teams["natives"]
    assert natives.channels["dutch"].handling_factor_by_reason == {"tax": 1.1}
    assert natives.roster[0].steps()[1] == (8 * HOUR + 30 * MINUTE, 9 * HOUR, 5)
    assert scenario.teams["floaters"].roster[0].every == 15 * MINUTE


def test_who_redials_keeps_or_redraws_patience():
    kept, redrawn = (scenario_of(f"redial_{name}") for name in ("kept", "redrawn"))
    assert (kept.returns.patience, redrawn.returns.patience) == ("per_contact", "per_attempt")
    again = kept.channels["phone"].after_abandoned
    assert (again.probability, again.delay.family, again.delay.mean) == (
        0.75,
        "deterministic",
        20 * MINUTE,
    )
    assert kept.channels["phone"].after_blocked == again


def test_messages_wait_for_working_days_and_the_team_keeps_a_reserve():
    scenario = scenario_of("messages")
    social = scenario.channels["social"]
    assert social.kind == "deferred"
    assert social.transfer.by_reason == {"report": 0.5}
    assert sum(social.extra_effort.values()) == 55 * SECOND
    assert scenario.teams["blended"].reserve == 2
    assert scenario.norms["next_day"].within_working_days == 1


def test_a_chat_slows_down_with_every_conversation():
    scenario = scenario_of("chats")
    assert [channel.kind for channel in scenario.channels.values()] == ["chat", "live"]
    assert scenario.channels["chat"].slowdown == (1, 1.3, 1.7)


def test_the_example_gives_a_source_or_a_range_with_every_figure():
    loaded = loads(example_text(), "example.yaml")
    assert len(loaded.assumptions) > 40
    for placed in loaded.assumptions:
        assumption = placed.assumption
        assert assumption.source or (assumption.low is not None and assumption.high is not None), (
            placed.path
        )
        assert assumption.source is None or assumption.grade, placed.path


def test_the_example_uses_most_of_the_format():
    scenario = scenario_of("example")
    left_out = {name for name in type(scenario).model_fields if not getattr(scenario, name)}
    assert left_out == set()
    shift = scenario.shift
    assert all([shift.trend, shift.deflection, shift.substitution, shift.induced])
