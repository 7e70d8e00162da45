"""Queues in equilibrium, written as scenario files, with what theory says of each.

Times in the formulas are in mean services; a service has a mean of one minute everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import exp, log, sqrt

import numpy as np
from scipy import stats

from simulation.play.record import Outcome
from simulation.verification.formulas import (
    bounded,
    erlang_a,
    erlang_b,
    erlang_c,
    erlang_c_exceeds,
    erlang_c_wait,
    impatient,
    wait_in_m_g_1,
)
from tests.theory.runs import Game, games, interval, outcomes, queue_text

SERVICE = 60_000_000
"""Mean service in microseconds."""


@dataclass(frozen=True)
class Case:
    """A queue, the exact answer, and the precision at which it is tested."""

    name: str
    heads: int
    load: float
    exact: dict[str, float]
    precision: dict[str, float]
    """Largest half-width of the 99.9 % interval, relative to the exact value."""
    handling: str = "{family: exponential, mean: 1 minute}"
    cv: float = 1.0
    patience: str | None = None
    mean_patience: float | None = None
    capacity: int | None = None
    lines: int | None = None
    hours: float = 10.0
    warm_up: float = 1.0
    replications: int = 50
    over: tuple[float, ...] = field(default=())
    """Waits, in mean services, of which the probability to exceed them is measured."""

    def text(self) -> str:
        """Write the scenario file."""
        return queue_text(
            per_hour=self.load * 60,
            hours=self.hours,
            warm_up=self.warm_up,
            heads=self.heads,
            handling=self.handling,
            patience=self.patience,
            capacity=self.capacity,
            lines=self.lines,
        )

    def observe(self, factor: int = 1) -> dict[str, tuple[float, float]]:
        """Play, and give mean and half-width of everything theory speaks of."""
        seen = [self._look(game) for game in games(self.text(), self.replications * factor)]
        controls = [row["controls"] for row in seen]
        return {what: interval([row[what] for row in seen], controls) for what in self.exact}

    def _look(self, game: Game) -> dict[str, float | list[float]]:
        rows = game.counted()
        count = len(rows)
        left = np.where(rows["started"] >= 0, rows["started"], rows["ended"])
        wait = (left - rows["arrived"]) / SERVICE
        answered, gone = outcomes(rows, Outcome.ANSWERED), outcomes(rows, Outcome.ABANDONED)
        blocked = outcomes(rows, Outcome.BLOCKED)
        at_once = answered & (wait == 0)
        seen: dict[str, float | list[float]] = {
            "waits": 1 - (at_once.sum() + blocked.sum()) / count,
            "wait": wait.sum() / count,
            "abandons": gone.sum() / count,
            "blocked": blocked.sum() / count,
            "queue": wait.sum() / ((self.hours - self.warm_up) * 60),
        }
        for time in self.over:
            seen[f"over {time}"] = (wait > time).sum() / count
        seen["controls"] = self._controls(game)
        return seen

    def _controls(self, game: Game) -> list[float]:
        """Give what is known of the people who came: deviations with expectation 0."""
        effort = game.contacts.handling / SERVICE
        expected = self.load * 60 * self.hours
        controls = [len(effort) / expected - 1.0]
        if self.cv > 0:
            controls.append(effort.sum() / expected - 1.0)
            controls.append((effort**2).sum() / expected - (1.0 + self.cv**2))
        if self.mean_patience is not None:
            patience = game.contacts.patience / SERVICE
            controls.append(patience.sum() / expected - self.mean_patience)
        if self.heads > 1:
            controls += self._without_limit(game)
        return controls

    def _without_limit(self, game: Game) -> list[float]:
        """Give what the same people would find in M/G/∞, where theory is a Poisson number."""
        time, effort = game.contacts.time, game.contacts.handling
        found = np.arange(len(time)) - np.searchsorted(np.sort(time + effort), time, side="right")
        found = found[time >= game.plan.scenario.horizon.warm_up]
        expected = self.load * 60 * (self.hours - self.warm_up)
        number = stats.poisson(self.load)
        controls = []
        for level in (self.heads, round(self.heads - sqrt(self.heads))):
            above = (number.sf(level - 1), number.expect(lambda n, at=level: np.maximum(n - at, 0)))
            controls.append((found >= level).sum() / expected - above[0])
            controls.append(np.maximum(found - level, 0).sum() / expected - above[1])
        return controls


def _m_m_c(heads: int, load: float, precision: float, *, rare: bool = False, **more) -> Case:
    over = 1.0 / (heads - load)
    exact = {"waits": erlang_c(heads, load)}
    if not rare:
        exact["wait"] = erlang_c_wait(heads, load)
        exact[f"over {over}"] = erlang_c_exceeds(heads, load, over)
    return Case(
        f"M/M/{heads} at {load:g} erlang",
        heads,
        load,
        exact,
        dict.fromkeys(exact, precision),
        over=(over,),
        **more,
    )


def _m_m_c_m(heads: int, load: float, patience: float, precision: float, **more) -> Case:
    law = erlang_a(heads, load, patience)
    exact = {"waits": law.waits, "abandons": law.abandons, "wait": law.wait}
    return Case(
        f"M/M/{heads}+M at {load:g} erlang",
        heads,
        load,
        exact,
        dict.fromkeys(exact, precision),
        patience=f"{{family: exponential, mean: {patience} minutes}}",
        mean_patience=patience,
        **more,
    )


def _m_g_1(name: str, handling: str, cv: float, precision: float, load: float = 0.4) -> Case:
    exact = {"waits": load, "wait": wait_in_m_g_1(load, cv)}
    return Case(
        f"M/G/1 with {name} service, cv {cv:g}",
        1,
        load,
        exact,
        {"waits": 0.02, "wait": precision},
        handling=handling,
        cv=cv,
        hours=200,
        warm_up=2,
        replications=60,
    )


def _m_g_c_c(name: str, handling: str, cv: float, heads: int, load: float) -> Case:
    exact = {"blocked": erlang_b(heads, load)}
    return Case(
        f"M/G/{heads}/{heads} with {name} service",
        heads,
        load,
        exact,
        {"blocked": 0.025},
        handling=handling,
        cv=cv,
        capacity=0,
        hours=200 / heads + 0.3,
        warm_up=0.3,
        replications=40,
    )


def _m_m_c_g(  # noqa: PLR0917 - one line of a table
    name: str,
    heads: int,
    load: float,
    patience: str,
    mean: float | None,
    survival: Callable[[float], float],
    precision: float,
    **more,
) -> Case:
    law = impatient(heads, load, survival, 40.0)
    exact = {"waits": law.waits, "abandons": law.abandons, "wait": law.wait}
    return Case(
        f"M/M/{heads}+G with {name} patience",
        heads,
        load,
        exact,
        dict.fromkeys(exact, precision),
        patience=patience,
        mean_patience=mean,
        **more,
    )


def _lognormal_survival(mean: float, cv: float) -> Callable[[float], float]:
    sigma = sqrt(log(1 + cv * cv))
    law = stats.lognorm(sigma, scale=mean * exp(-sigma * sigma / 2))
    return lambda time: float(law.sf(time))


def _trunks(heads: int, places: int, load: float, *, by_lines: bool) -> Case:
    law = bounded(heads, heads + places, load)
    return Case(
        f"M/M/{heads}/{heads + places} by {'lines' if by_lines else 'waiting places'}",
        heads,
        load,
        {"blocked": law.blocked, "waits": law.waits, "queue": law.queue},
        {"blocked": 0.025, "waits": 0.02, "queue": 0.025},
        capacity=None if by_lines else places,
        lines=heads + places if by_lines else None,
        hours=200 / heads + 0.5,
        warm_up=0.5,
        replications=50,
    )


GAMMA_HALF = "{family: gamma, mean: 1 minute, cv: 0.5}"
LOGNORMAL_1 = "{family: lognormal, mean: 1 minute, cv: 1}"
LOGNORMAL_2 = "{family: lognormal, mean: 1 minute, cv: 2}"
HYPER_2 = "{family: hyperexponential, mean: 1 minute, cv: 2}"
GAMMA_2 = "{family: gamma, mean: 1 minute, cv: 2}"
FIXED = "{family: deterministic, mean: 1 minute}"

CASES = (
    _m_m_c(1, 0.5, 0.025, hours=200, warm_up=1, replications=60),
    _m_m_c(11, 8.5, 0.04, hours=20, warm_up=1, replications=60),
    _m_m_c(100, 88.0, 0.15, hours=2, warm_up=0.5, replications=50),
    _m_m_c(300, 275.0, 0.05, rare=True, hours=1.2, warm_up=0.4, replications=50),
    _m_m_c_m(1, 0.9, 2.0, 0.02, hours=100, replications=50),
    _m_m_c_m(11, 10.0, 5 / 3, 0.03, hours=12, replications=50),
    _m_m_c_m(100, 115.0, 1.0, 0.025, hours=1.8, warm_up=0.2, replications=40),
    _m_m_c_m(300, 330.0, 2.0, 0.04, hours=1.2, warm_up=0.4, replications=40),
    _trunks(11, 4, 11.0, by_lines=False),
    _trunks(11, 4, 11.0, by_lines=True),
    _trunks(100, 10, 105.0, by_lines=True),
    _m_g_1("deterministic", FIXED, 0.0, 0.02),
    _m_g_1("gamma", GAMMA_HALF, 0.5, 0.02),
    _m_g_1("lognormal", LOGNORMAL_1, 1.0, 0.025),
    _m_g_1("gamma", GAMMA_2, 2.0, 0.04),
    _m_g_1("lognormal", LOGNORMAL_2, 2.0, 0.05),
    _m_g_1("hyperexponential", HYPER_2, 2.0, 0.04),
    _m_g_c_c("deterministic", FIXED, 0.0, 11, 11.0),
    _m_g_c_c("lognormal", LOGNORMAL_2, 2.0, 11, 11.0),
    _m_g_c_c("hyperexponential", HYPER_2, 2.0, 100, 110.0),
    _m_g_c_c("gamma", GAMMA_HALF, 0.5, 300, 320.0),
    _m_m_c_g(
        "deterministic",
        11,
        11.0,
        "{family: deterministic, mean: 1 minute}",
        None,
        lambda time: float(time < 1.0),
        0.025,
        hours=15,
    ),
    _m_m_c_g(
        "lognormal",
        11,
        11.0,
        "{family: lognormal, mean: 1 minute, cv: 1.5}",
        1.0,
        _lognormal_survival(1.0, 1.5),
        0.03,
        hours=15,
    ),
    _m_m_c_g(
        "10 % zero, else exponential",
        100,
        110.0,
        "{family: exponential, mean: 1 minute, zero_share: 0.1}",
        0.9,
        lambda time: 0.9 * exp(-time),
        0.04,
        hours=1.5,
        warm_up=0.2,
        replications=50,
    ),
)
"""Every queue that is compared with theory."""
