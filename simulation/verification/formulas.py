"""Exact formulas of queueing theory, written from their sources.

Everywhere: ``load`` is the offered load in erlangs (arrival rate × mean service), times are in
units of the mean service unless a rate says otherwise, and ``c`` is the number of agents.

Sources: Gross, Shortle, Thompson and Harris (2008), Fundamentals of queueing theory, chapters 3
and 6 (Erlang B and C, M/M/c/K, M/G/1); Baccelli and Hebuterne (1981), On queues with impatient
customers; Zeltyn and Mandelbaum (2005), Call centers with impatient customers: many-server
asymptotics of the M/M/n+G queue (Erlang A, M/M/c+G).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray


def erlang_b(c: int, load: float) -> float:
    """Give the blocking probability of M/G/c/c (any law of the service with this mean)."""
    blocking = 1.0
    for servers in range(1, c + 1):
        blocking = load * blocking / (servers + load * blocking)
    return blocking


def erlang_c(c: int, load: float) -> float:
    """Give the probability of waiting in M/M/c; load below c."""
    blocking = erlang_b(c, load)
    return c * blocking / (c - load * (1.0 - blocking))


def erlang_c_wait(c: int, load: float) -> float:
    """Give the mean wait in M/M/c, in mean services."""
    return erlang_c(c, load) / (c - load)


def erlang_c_exceeds(c: int, load: float, time: float) -> float:
    """Give P(wait > time) in M/M/c, time in mean services."""
    return erlang_c(c, load) * exp(-(c - load) * time)


@dataclass(frozen=True)
class Bounded:
    """M/M/c/K: at most K in the system."""

    blocked: float
    """Probability that an arrival finds K."""
    waits: float
    """Probability that an arrival waits."""
    queue: float
    """Mean number waiting."""


def bounded(c: int, capacity: int, load: float) -> Bounded:
    """Solve M/M/c/K by its birth and death equations."""
    p = birth_and_death([load] * capacity, [float(min(n, c)) for n in range(1, capacity + 1)])
    queue = sum((n - c) * p[n] for n in range(c, capacity + 1))
    return Bounded(p[capacity], sum(p[c:capacity]), queue)


def birth_and_death(births: list[float], deaths: list[float]) -> list[float]:
    """Give the stationary distribution on 0, 1, ..., n with rates up and down."""
    logs = [0.0]
    for up, down in zip(births, deaths, strict=True):
        logs.append(logs[-1] + log(up) - log(down))
    top = max(logs)
    weights = [exp(each - top) for each in logs]
    return [weight / sum(weights) for weight in weights]


@dataclass(frozen=True)
class Impatient:
    """M/M/c+G in equilibrium."""

    waits: float
    """Probability that an arrival does not find a free agent."""
    abandons: float
    """Probability of leaving unserved."""
    wait: float
    """Mean wait over everybody, those who leave included."""


def erlang_a(c: int, load: float, patience: float) -> Impatient:
    """Solve M/M/c+M by its birth and death equations; mean patience in mean services."""
    most = int(c + 40 * (load + 10) * max(patience, 1.0)) + 200
    deaths = [min(n, c) + max(0, n - c) / patience for n in range(1, most + 1)]
    p = birth_and_death([load] * most, deaths)
    queue = sum((n - c) * p[n] for n in range(c, most + 1))
    return Impatient(sum(p[c:]), queue / patience / load, queue / load)


def impatient(c: int, load: float, survival: Callable[[float], float], far: float) -> Impatient:
    """Solve M/M/c+G by the integrals of Zeltyn and Mandelbaum.

    Parameters
    ----------
    survival : P(patience > t), t in mean services; below 1 at 0 when some leave at once
    far : time beyond which nobody waits
    """
    grid = np.linspace(0.0, far, 200_001)
    alive = np.array([survival(time) for time in grid])
    step = float(grid[1])
    h = np.concatenate(([0.0], np.cumsum((alive[1:] + alive[:-1]) * (step / 2))))
    weight = np.exp(load * h - c * grid)
    j, j_1 = _simpson(weight, step), _simpson(h * weight, step)
    # 1 / blocking of M/M/c-1/c-1, so that the state probabilities join up.
    e = 1.0 / erlang_b(c - 1, load)
    whole = e + load * j
    lost = (1.0 + (load - c) * j) / whole
    return Impatient(load * j / whole, lost, load * j_1 / whole)


def _simpson(values: NDArray[np.float64], step: float) -> float:
    """Integrate over an even number of steps by Simpson's rule."""
    inner = 4.0 * values[1:-1:2].sum() + 2.0 * values[2:-1:2].sum()
    return float((values[0] + inner + values[-1]) * step / 3.0)


def wait_in_m_g_1(load: float, cv: float) -> float:
    """Give the mean wait in M/G/1, in mean services (Pollaczek and Khinchine)."""
    return load * (1.0 + cv * cv) / 2.0 / (1.0 - load)


@dataclass(frozen=True)
class Chats:
    """A Markovian chat room in equilibrium."""

    blocked: float
    waits: float
    queue: float


def chats(agents: int, slowdown: tuple[float, ...], places: int, load: float) -> Chats:
    """Solve exponential chats: each agent holds up to ``len(slowdown)``, fewest first.

    With n open each chat of an agent ends at rate 1/slowdown[n-1]; who finds every place taken
    waits in one of ``places``, or is blocked.
    """
    most = len(slowdown)
    states: dict[tuple[tuple[int, ...], int], int] = {}
    edges: list[tuple[int, int, float]] = []
    todo = [((0,) * agents, 0)]
    states[todo[0]] = 0

    def go(origin: int, target: tuple[tuple[int, ...], int], rate: float) -> None:
        if target not in states:
            states[target] = len(states)
            todo.append(target)
        edges.append((origin, states[target], rate))

    while todo:
        state = todo.pop()
        (open_chats, queue), origin = state, states[state]
        if open_chats[0] < most:
            go(origin, (tuple(sorted((open_chats[0] + 1, *open_chats[1:]))), queue), load)
        elif queue < places:
            go(origin, (open_chats, queue + 1), load)
        for agent, held in enumerate(open_chats):
            if held:
                rest = (*open_chats[:agent], held - 1, *open_chats[agent + 1 :])
                target = (open_chats, queue - 1) if queue else (tuple(sorted(rest)), 0)
                go(origin, target, held / slowdown[held - 1])
    generator = np.zeros((len(states), len(states)))
    for origin, end, rate in edges:
        generator[origin, end] += rate
        generator[origin, origin] -= rate
    generator[:, 0] = 1.0
    right = np.zeros(len(states))
    right[0] = 1.0
    p = np.linalg.solve(generator.T, right)
    full = {state: p[row] for state, row in states.items() if state[0][0] == most}
    return Chats(
        sum(share for (_, queue), share in full.items() if queue == places),
        sum(share for (_, queue), share in full.items() if queue < places),
        sum(queue * share for (_, queue), share in full.items()),
    )


def sharing(slowdown: Sequence[float], load: float) -> list[float]:
    """Give the shares of time with 0, 1, ... chats at one agent, where nobody waits.

    With n open each goes at rate 1 / slowdown[n-1]; who finds as many as there are slowdowns is
    blocked. The law of the service does not matter but for its mean (Cohen 1979, The multiple
    phase service network with generalized processor sharing). With a slowdown of n for n chats it
    is M/G/1/K processor sharing.
    """
    return birth_and_death([load] * len(slowdown), [n / slow for n, slow in enumerate(slowdown, 1)])
