"""Laws that hold beside the formulas: Little's, PASTA, the way out of emptiness, varying demand,
chats that slow each other down, and callers who try again."""

import random
from math import exp, log, sqrt

import numpy as np
import pytest
from scipy import stats

from simulation.contacts.sample import Sampler
from simulation.measures import measure
from simulation.play.record import Cause, Outcome
from simulation.scenario import loads
from simulation.verification.formulas import chats, erlang_a, erlang_c
from tests.theory.plain import kiefer_wolfowitz, redialling
from tests.theory.runs import LEVEL, games, interval, outcomes, queue_text
from tests.theory.transient import busy_in_m_t_g_infinity, found_busy_from_empty

MINUTE = 60_000_000
HOUR = 60 * MINUTE
SIGNIFICANT = 1 - LEVEL


def time_average(joined, left, window):
    """Walk through the moments at which the number changes; give its average in a window."""
    moments = sorted([(time, 1) for time in joined] + [(time, -1) for time in left])
    number, area, before = 0, 0, window[0]
    for time, change in moments:
        if window[0] < time <= window[1]:
            area += number * (time - before)
            before = time
        elif time > window[1]:
            break
        number += change
    return (area + number * (window[1] - before)) / (window[1] - window[0])


ERLANG_A = queue_text(
    per_hour=600,
    hours=40,
    warm_up=2,
    heads=11,
    handling="{family: exponential, mean: 1 minute}",
    patience="{family: exponential, mean: 100 s}",
)


@pytest.fixture(scope="module")
def erlang_a_games():
    return list(games(ERLANG_A, 8))


def test_the_mean_queue_is_the_time_average_of_who_waits(erlang_a_games):
    for game in erlang_a_games[:3]:
        rows = game.record.attempts
        left = np.where(rows["started"] >= 0, rows["started"], rows["ended"])
        walked = time_average(rows["arrived"].tolist(), left.tolist(), (2 * HOUR, 40 * HOUR))
        values = measure(game.plan, game.contacts, game.record, 1)
        assert values["channels.phone.mean_queue"] == pytest.approx(walked, rel=1e-12)


def test_little_the_mean_queue_is_the_rate_times_the_mean_wait(erlang_a_games):
    """The sum over who came in the window differs from the integral over the window by who
    waited across its ends only: at most a few callers' waits."""
    for game in erlang_a_games:
        values = measure(game.plan, game.contacts, game.record, 1)
        rate = values["channels.phone.offered"] / 38
        wait = values["channels.phone.citizen_wait_hours"] / values["channels.phone.offered"]
        assert values["channels.phone.mean_queue"] == pytest.approx(rate * wait, rel=2e-3)


def test_pasta_callers_find_everyone_busy_as_often_as_the_clock_does(erlang_a_games):
    gaps, exact = [], erlang_a(11, 10.0, 100 / 60).waits
    for game in erlang_a_games:
        rows = game.counted()
        met = game.record.attempts[game.record.attempts["started"] >= 0]
        at_once = outcomes(rows, Outcome.ANSWERED) & (rows["started"] == rows["arrived"])
        moments = sorted(
            [(time, 1) for time in met["started"].tolist()]
            + [(time, -1) for time in met["ended"].tolist()]
        )
        busy, full, before = 0, 0, 2 * HOUR
        for time, change in moments:
            now = min(max(time, 2 * HOUR), 40 * HOUR)
            full += (busy == 11) * (now - before)
            busy, before = busy + change, now
        gaps.append((1 - at_once.mean() - full / (38 * HOUR)) / exact)
    mean, half = interval(gaps)
    assert half < 0.02
    assert abs(mean) <= half


def test_from_empty_callers_come_to_wait_as_the_equations_say():
    """Half an hour of M/M/11 from an empty house: nobody waits at first."""
    text = queue_text(
        per_hour=600, hours=0.5, heads=11, handling="{family: exponential, mean: 1 minute}"
    )
    found, controls = [], []
    for game in games(text, 700):
        rows = game.record.attempts
        found.append((rows["started"] > rows["arrived"]).sum())
        work = game.contacts.handling.sum() / MINUTE
        controls.append((len(rows) / 300 - 1, work / 300 - 1))
    exact = found_busy_from_empty(11, 10.0, 30.0, places=300)
    mean, half = interval(found, controls)
    assert half < 0.05 * exact
    assert abs(mean - exact) <= half
    assert exact < 0.9 * 300 * erlang_c(11, 10.0), "the house is still filling"


def test_from_empty_mean_waits_are_those_of_a_plain_queue_with_its_own_draws():
    """M/G/11+G in its first twenty minutes, against draws of Python's own generator."""
    text = queue_text(
        per_hour=780,
        hours=1 / 3,
        heads=11,
        handling="{family: lognormal, mean: 1 minute, cv: 1.5}",
        patience="{family: gamma, mean: 90 s, cv: 0.5}",
    )
    ours, plain = [], []
    for game in games(text, 400):
        rows = game.record.attempts
        left = np.where(rows["started"] >= 0, rows["started"], rows["ended"])
        ours.append((left - rows["arrived"]).sum() / 260 / MINUTE)
    rng, sigma = random.Random(7), sqrt(log(1 + 1.5**2))
    for _ in range(400):
        arrivals, clock = [], rng.expovariate(13)
        while clock < 20:
            arrivals.append(clock)
            clock += rng.expovariate(13)
        patience = [rng.gammavariate(4, 1.5 / 4) for _ in arrivals]
        handling = [rng.lognormvariate(-sigma * sigma / 2, sigma) for _ in arrivals]
        played = kiefer_wolfowitz(arrivals, patience, handling, 11)
        plain.append(
            sum(
                (end if start is None else start) - arrived
                for arrived, (_, start, end) in zip(arrivals, played, strict=True)
            )
            / 260
        )
    comparison = stats.ttest_ind(ours, plain, equal_var=False)
    bounds = comparison.confidence_interval(LEVEL)
    assert bounds.low <= 0 <= bounds.high
    assert bounds.high - bounds.low < 0.3 * np.mean(plain)


HOURLY = [200, 600, 1500, 2400, 1200, 3000, 800, 100]


def test_with_agents_for_everyone_the_number_in_service_follows_the_rate_with_its_delay():
    """M(t)/G/∞: the number in service is Poisson; its mean is an integral over the past."""
    text = f"""
kanaalkompas: 1
title: Rates by the hour, agents for everyone
horizon: {{start: 2026-01-05, length: 8 hours}}
demand: {{phone: {{rates: [{{from: 00:00, until: 08:00, per_hour: {HOURLY}}}]}}}}
channels: {{phone: {{kind: live, handling: {{family: lognormal, mean: 40 minutes, cv: 1.3}}}}}}
teams: {{agents: {{roster: [{{heads: 4000}}], channels: {{phone: {{}}}}}}}}
"""
    sigma = sqrt(log(1 + 1.3**2))
    law = stats.lognorm(sigma, scale=40 / 60 * exp(-sigma * sigma / 2))
    times = [0.5, 1.0, 2.0, 3.25, 4.0, 5.0, 6.0, 7.0, 8.0]
    found = np.zeros(len(times), dtype=int)
    replications = 12
    for game in games(text, replications):
        rows = game.record.attempts
        assert (rows["started"] == rows["arrived"]).all()
        for place, time in enumerate(times):
            moment = time * HOUR
            found[place] += ((rows["started"] <= moment) & (rows["ended"] > moment)).sum()
    for time, number in zip(times, found.tolist(), strict=True):
        expected = replications * busy_in_m_t_g_infinity(
            lambda moment: HOURLY[min(int(moment), 7)], law.sf, time, [float(h) for h in range(9)]
        )
        tail = min(stats.poisson(expected).cdf(number), stats.poisson(expected).sf(number - 1))
        assert tail > SIGNIFICANT / 2, f"{number} at {time} h, expected {expected:.1f}"
        assert 3.3 * sqrt(expected) < 0.13 * expected


@pytest.mark.parametrize(
    ("agents", "slowdown", "places", "per_hour"),
    [(1, (1.0, 1.3, 1.7), 2, 90), (2, (1.0, 1.4, 2.0), 4, 150), (3, (1.0, 1.25), 3, 220)],
)
def test_chats_slow_each_other_down_as_the_equations_say(agents, slowdown, places, per_hour):
    text = queue_text(
        per_hour=per_hour,
        hours=41,
        warm_up=1,
        heads=agents,
        handling="{family: exponential, mean: 1 minute}",
        capacity=places,
        kind="chat",
        more=f"slowdown: {list(slowdown)}",
    )
    exact = chats(agents, slowdown, places, per_hour / 60)
    seen = []
    for game in games(text, 24):
        rows = game.counted()
        blocked = outcomes(rows, Outcome.BLOCKED)
        wait = np.where(blocked, 0, rows["started"] - rows["arrived"])
        deviation = len(game.contacts) / per_hour / 41 - 1
        work = game.contacts.handling.sum() / MINUTE / per_hour / 41 - 1
        seen.append((blocked.mean(), (wait > 0).mean(), wait.sum() / HOUR / 40, deviation, work))
    table = np.array(seen)
    for column, value in enumerate((exact.blocked, exact.waits, exact.queue)):
        mean, half = interval(table[:, column], table[:, 3:])
        assert half < 0.1 * value
        assert abs(mean - value) <= half


@pytest.mark.parametrize(
    "law", ["lognormal, mean: 1 minute, cv: 2", "deterministic, mean: 1 minute"]
)
def test_chats_that_share_an_agent_without_a_queue_do_not_feel_the_law_of_the_effort(law):
    """Processor sharing with a queue of no places is insensitive (Cohen 1979)."""
    text = queue_text(
        per_hour=120,
        hours=61,
        warm_up=1,
        heads=1,
        handling=f"{{family: {law}}}",
        capacity=0,
        kind="chat",
        more="slowdown: [1, 1.2, 1.5, 2]",
    )
    exact = chats(1, (1.0, 1.2, 1.5, 2.0), 0, 2.0).blocked
    seen = []
    for game in games(text, 24):
        deviation = len(game.contacts) / 120 / 61 - 1
        work = game.contacts.handling.sum() / MINUTE / 120 / 61 - 1
        seen.append((outcomes(game.counted(), Outcome.BLOCKED).mean(), deviation + work))
    mean, half = interval(*np.array(seen).T)
    assert half < 0.04 * exact
    assert abs(mean - exact) <= half


def redial_text(keep, hours=10):
    returns = f"returns: {{patience: {keep}, effort: {keep}, max_attempts: 100}}"
    return (
        queue_text(
            per_hour=200,
            hours=hours,
            heads=9,
            handling="{family: exponential, mean: 3 minutes}",
            patience="{family: exponential, mean: 2 minutes}",
            more="after_abandoned: {probability: 0.4, delay: {family: deterministic, mean: 5 min}}",
        )
        + returns
    )


@pytest.mark.parametrize("keep", ["per_contact", "per_attempt"])
def test_callers_who_try_again_abandon_as_in_a_plain_queue_with_its_own_draws(keep):
    """Shares of first and of later attempts that leave; kept patience makes the latter larger."""
    ours, plain = [], []
    for game in games(redial_text(keep), 60):
        rows = game.record.attempts
        first, left = rows["number"] == 1, outcomes(rows, Outcome.ABANDONED)
        ours.append(((first & left).sum() / first.sum(), left[~first].sum() / (~first).sum()))
    rng = random.Random(11)
    for _ in range(60):
        first, first_left, later, later_left = redialling(
            rng,
            heads=9,
            per_hour=200,
            hours=10,
            service=3,
            patience=2,
            probability=0.4,
            delay=5,
            keep=keep == "per_contact",
        )
        plain.append((first_left / first, later_left / later))
    for mine, theirs in zip(np.transpose(ours), np.transpose(plain), strict=True):
        comparison = stats.ttest_ind(mine, theirs, equal_var=False)
        bounds = comparison.confidence_interval(LEVEL)
        assert bounds.low <= 0 <= bounds.high
        assert bounds.high - bounds.low < 0.2 * theirs.mean()
    first, later = np.mean(ours, axis=0)
    assert (later > 1.5 * first) == (keep == "per_contact")


@pytest.mark.parametrize("keep", ["per_contact", "per_attempt"])
def test_redials_come_with_their_probability_after_their_delay(keep):
    (game,) = games(redial_text(keep, hours=60), 1)
    rows = game.in_order()
    left = {
        (row["contact"], row["number"]): row for row in rows if row["outcome"] == Outcome.ABANDONED
    }
    again = rows[rows["number"] > 1]
    assert (again["cause"] == Cause.ABANDONED).all()
    same = 0
    for row in again:
        before = left[row["contact"], row["number"] - 1]
        assert row["arrived"] == before["ended"] + 5 * MINUTE
        waited = before["ended"] - before["arrived"]
        same += row["outcome"] == Outcome.ABANDONED and row["ended"] - row["arrived"] == waited
    assert stats.binomtest(len(again), len(left), 0.4).pvalue > SIGNIFICANT
    left_again = int((again["outcome"] == Outcome.ABANDONED).sum())
    assert left_again > 200
    assert same == (left_again if keep == "per_contact" else 0)


def test_who_redials_with_kept_patience_and_effort_waits_as_in_the_recursion():
    """All attempts in order of arrival are one first-come-first-served queue."""
    (game,) = games(redial_text("per_contact", hours=60), 1)
    rows = np.sort(game.record.attempts, order=["arrived", "contact"])
    plain = kiefer_wolfowitz(
        rows["arrived"].tolist(),
        game.contacts.patience[rows["contact"]].tolist(),
        game.contacts.handling[rows["contact"]].tolist(),
        9,
    )
    assert rows["ended"].tolist() == [end for *_, end in plain]


def test_demand_by_the_hour_is_a_poisson_process():
    """Numbers in intervals of a rate: Poisson; places within them: uniform."""
    scenario = loads(ERLANG_A).scenario
    sampler = Sampler(scenario)
    counts, places = [], []
    for replication in range(1, 30):
        time = sampler.contacts(replication).time
        counts.append(np.bincount(time // (5 * MINUTE), minlength=480))
        places.append(time[:500] % (5 * MINUTE))
    number = np.concatenate(counts)
    dispersion = number.var(ddof=1) / 50 * (len(number) - 1)
    assert stats.chi2(len(number) - 1).cdf(dispersion) == pytest.approx(0.5, abs=0.4995)
    assert abs(number.mean() - 50) < 3.3 * sqrt(50 / len(number))
    assert (
        stats.kstest(np.concatenate(places), "uniform", args=(0, 5 * MINUTE)).pvalue > SIGNIFICANT
    )
