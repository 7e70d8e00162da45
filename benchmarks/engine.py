"""Contacts per second of the engine, as a ratio to plain SimPy in the same run.

Both play the same queue: M/M/11+M, Poisson arrivals, exponential service and patience, offered
load 10 erlangs. The plain model is written as SimPy's own examples are: a process per caller, a
``Resource`` request, a time-out for patience. Both produce the wait and the outcome of every
caller; both include drawing the random numbers. ``make bench`` prints the ratio and fails when
the two do not agree on what happened.
"""

import math
import random
import sys
import time

from simpy import Environment, Resource

from simulation.contacts.sample import Sampler
from simulation.play.engine import play
from simulation.play.plan import make_plan
from simulation.play.record import Outcome
from simulation.scenario.scenario import Scenario

AGENTS = 11
PER_HOUR = 200.0
SERVICE = 180.0
PATIENCE = 300.0
HOURS = 1_000
ROUNDS = 5

SCENARIO = f"""
{{"kanaalkompas": 1, "title": "M/M/11+M",
  "horizon": {{"start": "2026-01-01", "length": "{HOURS} hours"}},
  "demand": {{"phone": {{"rates": [{{"per_hour": {PER_HOUR}}}]}}}},
  "channels": {{"phone": {{"kind": "live",
     "handling": {{"family": "exponential", "mean": "{SERVICE:.0f} seconds"}},
     "patience": {{"family": "exponential", "mean": "{PATIENCE:.0f} seconds"}}}}}},
  "teams": {{"agents": {{"roster": [{{"heads": {AGENTS}}}], "channels": {{"phone": {{}}}}}}}}}}
"""


def plain(seed):
    """Play with plain SimPy; give (callers, callers who left)."""
    rng = random.Random(seed)
    env = Environment()
    agents = Resource(env, AGENTS)
    calls = []

    def caller():
        arrived = env.now
        with agents.request() as request:
            result = yield request | env.timeout(rng.expovariate(1 / PATIENCE))
            calls.append((env.now - arrived, request in result))
            if request in result:
                yield env.timeout(rng.expovariate(1 / SERVICE))

    def arrivals():
        while True:
            yield env.timeout(rng.expovariate(PER_HOUR / 3600))
            if env.now >= HOURS * 3600:
                return
            env.process(caller())

    env.process(arrivals())
    env.run()
    return len(calls), sum(not answered for _, answered in calls)


def ours(simulator, replication):
    """Play with our engine; give (callers, callers who left)."""
    sampler, plan = simulator
    attempts = play(plan, sampler.contacts(replication), replication).attempts
    return len(attempts), int((attempts["outcome"] == Outcome.ABANDONED).sum())


def timed(function, *arguments):
    """Give (seconds, result)."""
    begin = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - begin, result


def main():
    """Alternate the two, compare the best rounds, and check that they played the same queue."""
    scenario = Scenario.model_validate_json(SCENARIO)
    simulator = Sampler(scenario), make_plan(scenario)
    rates, left = {"plain SimPy": [], "engine": []}, {"plain SimPy": [], "engine": []}
    for number in range(1, ROUNDS + 1):
        for name, result in (
            ("plain SimPy", timed(plain, number)),
            ("engine", timed(ours, simulator, number)),
        ):
            seconds, (calls, gone) = result
            rates[name].append(calls / seconds)
            left[name].append(gone / calls)
    for name, each in rates.items():
        print(f"{name:12s} {max(each):10,.0f} contacts/s   left {mean(left[name]):.4f}")
    print(f"{'ratio':12s} {max(rates['engine']) / max(rates['plain SimPy']):10.2f}")
    noise = math.sqrt(2 / ROUNDS) * max(spread(left["plain SimPy"]), 1e-4)
    if abs(mean(left["engine"]) - mean(left["plain SimPy"])) > 4 * noise:
        sys.exit("the two engines did not play the same queue")


def mean(values):
    return sum(values) / len(values)


def spread(values):
    return math.sqrt(sum((value - mean(values)) ** 2 for value in values) / (len(values) - 1))


if __name__ == "__main__":
    main()
