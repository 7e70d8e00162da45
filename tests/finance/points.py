"""A small town of one month, sized in seconds, for whatever needs other points of it."""

from simulation.experiment.workers import Crew
from simulation.finance.break_even import Pair
from simulation.finance.needs import Stand
from simulation.finance.points import Clerk, PointJob, PointSeen, see
from simulation.play.engines import Engine
from simulation.scenario.load import loads, validate
from simulation.sizing.answer import searched
from simulation.sizing.played import trials
from simulation.sizing.size import Order, bench_for
from simulation.sizing.today import fte_today

SEARCH = 10

TODAY = """\
kanaalkompas: 1
title: {nl: Vandaag, en: Today}
horizon: {start: 2026-03-02, length: 14 days, name: {nl: twee weken, en: two weeks}}
seed: 3
replications: 10
reasons: {question: {title: {nl: vraag, en: question}}, other: {title: {nl: anders, en: other}}}
demand:
  phone: {yearly: 200000, reasons: {question: 0.6, other: 0.4}}
  webcare: {yearly: 6000, reasons: {question: 0.5, other: 0.5}}
channels:
  phone:
    kind: live
    open: [{days: mon-fri, from: "08:00", until: "18:00"}]
    handling: {family: exponential, mean: 2 minutes}
    patience: {family: exponential, mean: 3 minutes}
  webcare:
    kind: deferred
    open: [{days: mon-fri, from: "09:00", until: "17:00"}]
    handling: {family: exponential, mean: 2 minutes}
teams:
  desk:
    roster: [{days: mon-fri, from: "08:00", until: "18:00", heads: 14}]
    channels: {phone: {}}
    pay_scale: s7
  social:
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 3}]
    channels: {webcare: {}}
    pay_scale: s7
norms:
  calls: {channel: phone, within: 60 seconds, target: 0.7}
  messages: {channel: webcare, within_working_days: 1, target: 0.8}
costs:
  price_level: 2026
  pay_scales: {s7: {monthly_salary: 3500, employer_charges: 0.3}}
  per_month: {tool: {amount: 2000, vat: compensable}}
finance: {workforce: {desk: {contract: 2}, social: {contract: 2}}}
"""


def today():
    return loads(TODAY).scenario


def webcare(**shift):
    """Give a strategy in which questions come as messages, and messages come on top."""
    plain = today().model_dump(mode="json", by_alias=True)
    plain["shift"] = {
        "substitution": {
            "social": {"to": "webcare", "willingness": {"question": 0.4}, "channels": {"phone": 1}}
        },
        "induced": {"social": {"to": "webcare", "shares": {"question": 0.15, "other": 0.1}}},
        **shift,
    }
    plain["costs"]["per_month"]["tool"]["amount"] = 500
    return validate(plain)


def clerk():
    """Give somebody who does all jobs in this process and forgets nothing."""
    known: dict[PointJob, PointSeen] = {}
    return Clerk(Crew(see, 1), known.get, known.__setitem__)


def stand(scenario, letter, who):
    """Find about how many people a scenario takes."""
    rostered = fte_today(scenario)
    order = Order(None, share=0.8, step=0.1, by_site=False, watch=False)
    bench = bench_for(scenario, order, rostered, Engine.AUTO)
    ladders = trials(bench).ladders
    start = tuple(sorted((team, own.nearest(rostered[team])) for team, own in ladders.items()))
    seen = who.do([PointJob(bench, number, start) for number in searched(SEARCH)])
    sized = {team: sum(each.need[team] for each in seen) / SEARCH for team in ladders}
    return Stand(letter, scenario, bench, sized, {}, 0.8)


def pair(own, baseline, who):
    """Give a strategy beside 0*."""
    rostered = fte_today(baseline)
    now = {team: rostered[team] for team in baseline.teams}
    return Pair(stand(own, "A", who), stand(baseline, "0*", who), (now, now), SEARCH)
