"""Other engines on M/M/11+M, written as their own documentation writes such a queue.

Each draws its random numbers itself and gives (callers, callers who left).
"""

import random
from collections.abc import Generator
from typing import Any

import ciw
import simpy

from benchmarks.queues import AGENTS, PATIENCE, PER_HOUR, SERVICE


def plain_simpy(hours: int, seed: int) -> tuple[int, int]:
    """Play on SimPy: a process for each caller, a ``Resource``, a time-out for patience."""
    rng = random.Random(seed)
    env = simpy.Environment()
    agents = simpy.Resource(env, AGENTS)
    calls = []

    def caller() -> Generator[simpy.Event, Any, None]:
        arrived = env.now
        with agents.request() as request:
            result = yield request | env.timeout(rng.expovariate(1 / PATIENCE))
            calls.append((env.now - arrived, request in result))
            if request in result:
                yield env.timeout(rng.expovariate(1 / SERVICE))

    def arrivals() -> Generator[simpy.Event, Any, None]:
        while True:
            yield env.timeout(rng.expovariate(PER_HOUR / 3600))
            if env.now >= hours * 3600:
                return
            env.process(caller())

    env.process(arrivals())
    env.run()
    return len(calls), sum(not answered for _, answered in calls)


def with_ciw(hours: int, seed: int) -> tuple[int, int]:
    """Play on Ciw: a network of one node where customers renege."""
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=PER_HOUR / 3600)],
        service_distributions=[ciw.dists.Exponential(rate=1 / SERVICE)],
        reneging_time_distributions=[ciw.dists.Exponential(rate=1 / PATIENCE)],
        number_of_servers=[AGENTS],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(hours * 3600)
    records = simulation.get_all_records()
    return len(records), sum(record.record_type == "renege" for record in records)
