"""A scenario in which everything that can happen does, for identities that always hold."""

from simulation.contacts.sample import sample
from simulation.play.plan import make_plan
from tests.play.alike import play_alike
from tests.play.by_hand import scenario_of

BUSY = """
horizon: {start: 2026-01-05, length: 3 days, warm_up: 6 hours, run_out: RUN_OUT}
reasons: {ask: {}, pay: {}}
demand:
  phone: {reasons: {ask: 0.6, pay: 0.4}, rates: [{from: "08:00", until: "20:00", per_hour: 25}]}
  mail: {reasons: {ask: 0.5, pay: 0.5}, rates: [{per_hour: 4}]}
  chat: {reasons: {ask: 1}, rates: [{per_hour: 8}]}
channels:
  phone:
    kind: live
    open: [{from: "09:00", until: "17:00"}]
    handling: {family: exponential, mean: 5 minutes}
    wrap_up: {family: exponential, mean: 1 minutes}
    patience: {family: exponential, mean: 3 minutes}
    queue_capacity: 6
    at_closing: send_away
    divert: {after: 5 minutes, to: mail}
    resolution: 0.7
    transfer: {to: back, probability: 0.1}
    after_unresolved: {probability: 0.6, delay: 2 hours, to: {phone: 0.7, mail: 0.3}}
    after_abandoned: {probability: 0.5, delay: 30 minutes}
    after_blocked: {delay: 10 minutes}
    after_closed: {probability: 0.5, delay: 15 minutes}
    after_sent_away: {delay: 20 hours}
  mail:
    kind: deferred
    open: [{from: "08:00", until: "22:00"}]
    handling: {family: gamma, mean: 9 minutes, cv: 0.8}
    patience: {family: exponential, mean: 8 hours}
    after_impatient: {delay: 1 hours, to: {phone: 1}}
    resolution: 0.8
    after_unresolved: {delay: 1 hours}
  chat:
    kind: chat
    slowdown: [1, 1.3, 1.7]
    handling: {family: exponential, mean: 8 minutes}
    patience: {family: exponential, mean: 2 minutes}
    queue_capacity: 4
    after_abandoned: {delay: 20 minutes, to: {phone: 1}}
  back: {kind: deferred, handling: {family: exponential, mean: 20 minutes}}
lines: {trunk: {capacity: 9, channels: [phone, chat]}}
returns: {max_attempts: 4}
teams:
  desk:
    reserve: 1
    roster: [{from: "08:00", every: 1 hour, heads: [1, 3, 4, 4, 2, 3, 4, 3, 2, 1, 1, 1]}]
    channels: {phone: {}, mail: {rank: 2}, chat: {}}
    absence: {share: 0.1}
  web:
    roster: [{from: "07:30", until: "21:10", heads: 2}]
    channels: {mail: {handling_factor: 1.2}, chat: {rank: 2}}
  experts: {roster: [{from: "09:00", until: "12:00", heads: 1}], channels: {back: {}}}
"""


def play_everything(run_out, replication=1):
    """Give plan, contacts and record, sampled as in a real run."""
    scenario = scenario_of(BUSY.replace("RUN_OUT", run_out))
    plan, contacts = make_plan(scenario), sample(scenario, replication)
    return plan, contacts, play_alike(plan, contacts, replication)
