"""The same people through a plain implementation: every contact, to the microsecond.

Theory speaks of means, within intervals; here there is no interval. The plain implementations in
`plain` get the arrivals, patience and handling that the product drew, and must give every caller
the same start, end and outcome.
"""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from simulation.contacts.sample import Sampler
from simulation.measures import measure
from simulation.play.record import Outcome
from simulation.scenario import loads
from tests.theory.plain import CallCentre, Groups, kiefer_wolfowitz
from tests.theory.runs import games, queue_text

HOUR = 3_600_000_000
LETTER = {
    Outcome.ANSWERED: "a",
    Outcome.ABANDONED: "l",
    Outcome.BLOCKED: "b",
    Outcome.CLOSED: "c",
}
SIGNIFICANT = 0.001


def columns(contacts, *names):
    """Give columns of the contacts as lists of Python integers."""
    return [getattr(contacts, name).tolist() for name in names]


def as_played(rows):
    """Give (outcome, start, end) of attempts, as the plain implementations write it."""
    return [
        (LETTER[Outcome(outcome)], None if start < 0 else start, end)
        for outcome, start, end in rows[["outcome", "started", "ended"]].tolist()
    ]


@pytest.mark.parametrize(
    ("heads", "per_hour", "more"),
    [
        (1, 25, {}),
        (1, 40, {"patience": "{family: exponential, mean: 3 minutes}"}),
        (11, 300, {"patience": "{family: weibull, mean: 2 minutes, cv: 0.7}"}),
        (100, 3_100, {"patience": "{family: lognormal, mean: 90 s, cv: 2}"}),
        (300, 9_300, {"patience": "{family: hyperexponential, mean: 2 minutes, cv: 2}"}),
        (300, 9_900, {"patience": "{family: deterministic, mean: 30 s}", "capacity": 25}),
        (11, 340, {"capacity": 3}),
        (100, 3_200, {"lines": 104, "patience": "{family: gamma, mean: 1 minute, cv: 0.5}"}),
    ],
)
@pytest.mark.parametrize(
    "law", ["lognormal, mean: 2 minutes, cv: 1.2", "gamma, mean: 115 s, cv: 0.6"]
)
def test_every_caller_of_m_g_c_g_waits_as_in_the_recursion(heads, per_hour, more, law):
    handling = f"{{family: {law}}}"
    hours = max(1.5, 60 / heads)
    text = queue_text(per_hour=per_hour, hours=hours, heads=heads, handling=handling, **more)
    (game,) = games(text, 1)
    time, willing, work = columns(game.contacts, "time", "patience", "handling")
    plain = kiefer_wolfowitz(
        time,
        willing,
        work,
        heads,
        places=more.get("capacity"),
        lines=more.get("lines"),
    )
    assert as_played(game.in_order()) == plain
    assert len(plain) > 1_000


CALL_CENTRE = f"""
kanaalkompas: 1
title: A call centre open for 13 hours
horizon: {{start: 2026-01-05, length: 60 days}}
variation: {{day_cv: {1 / sqrt(40)}}}
demand:
  calls:
    channel: phone
    rates:
      - {{days: mon-fri, from: 07:00, until: 20:00, every: 1 hour,
          per_hour: [15, 42, 71, 90, 96, 80, 72, 84, 78, 61, 40, 26, 12]}}
channels:
  phone:
    kind: live
    open: [{{days: mon-fri, from: 07:00, until: 20:00}}]
    handling: {{family: lognormal, mean: 200 s, cv: 1.1}}
    patience: {{family: exponential, mean: 150 s, zero_share: 0.1}}
    at_closing: serve
teams:
  agents:
    roster:
      - {{days: mon-fri, from: 07:00, until: 20:00, every: 1 hour,
          heads: [2, 3, 4, 6, 6, 5, 4, 6, 5, 4, 3, 2, 1]}}
    channels: {{phone: {{}}}}
"""
RATES = [15, 42, 71, 90, 96, 80, 72, 84, 78, 61, 40, 26, 12]
HEADS = [2, 3, 4, 6, 6, 5, 4, 6, 5, 4, 3, 2, 1]


def working_days(days):
    """Give the midnights of the working days from Monday 5 January 2026."""
    return [day * 24 * HOUR for day in range(days) if day % 7 < 5]


def test_a_call_centre_of_13_hours_is_that_of_plain_simpy():
    (game,) = games(CALL_CENTRE, 1)
    calls = list(zip(*columns(game.contacts, "time", "patience", "handling"), strict=True))
    staffing, openings = [], []
    for midnight in working_days(60):
        openings.append((midnight + 7 * HOUR, midnight + 20 * HOUR))
        staffing += [(midnight + (7 + hour) * HOUR, heads) for hour, heads in enumerate(HEADS)]
        staffing.append((midnight + 20 * HOUR, 0))
    plain = CallCentre(calls, staffing, openings).played
    assert as_played(game.in_order()) == plain
    counts = {letter: sum(each[0] == letter for each in plain) for letter in "alc"}
    assert counts["a"] > 20_000
    assert counts["l"] > 1_000
    last = [end % (24 * HOUR) for letter, _, end in plain if letter == "a"]
    assert sum(end > 20 * HOUR for end in last) > 10


@pytest.fixture(scope="module")
def a_year_of_calls():
    """Give the calls of 365 days of the call centre."""
    scenario = loads(CALL_CENTRE.replace("60 days", "365 days")).scenario
    return Sampler(scenario).contacts(1)


def test_the_day_factor_is_gamma_so_that_daily_calls_are_negative_binomial(a_year_of_calls):
    counts = np.bincount(a_year_of_calls.time // (24 * HOUR), minlength=365)[
        [midnight // (24 * HOUR) for midnight in working_days(365)]
    ]
    law = stats.nbinom(40, 40 / (40 + sum(RATES)))
    jitter = np.random.default_rng(1).uniform(size=len(counts))
    uniform = law.cdf(counts - 1) + jitter * law.pmf(counts)
    assert stats.kstest(uniform, "uniform").pvalue > SIGNIFICANT
    assert stats.kstest(stats.poisson(sum(RATES)).cdf(counts), "uniform").pvalue < SIGNIFICANT, (
        "a Poisson number would do as well: the test cannot fail"
    )


def test_calls_come_at_the_rates_of_their_hours(a_year_of_calls):
    hours = np.bincount((a_year_of_calls.time // HOUR) % 24, minlength=24)
    assert hours[:7].sum() + hours[20:].sum() == 0
    expected = np.array(RATES) / sum(RATES) * hours.sum()
    assert stats.chisquare(hours[7:20], expected).pvalue > SIGNIFICANT


def test_a_tenth_leaves_at_once_and_the_others_are_exponential(a_year_of_calls):
    patience = a_year_of_calls.patience
    none = int((patience == 0).sum())
    assert stats.binomtest(none, len(patience), 0.1).pvalue > SIGNIFICANT
    others = patience[patience > 0]
    assert stats.kstest(others, "expon", args=(0, 150_000_000)).pvalue > SIGNIFICANT
    sigma = sqrt(np.log(1 + 1.1**2))
    scale = 200_000_000 * np.exp(-sigma * sigma / 2)
    handling = stats.lognorm(sigma, scale=scale)
    assert stats.kstest(a_year_of_calls.handling, handling.cdf).pvalue > SIGNIFICANT


GROUPS = """
kanaalkompas: 1
title: Two contact types over two groups
horizon: {start: 2026-01-05, length: 20 days}
reasons: {x: {}, y: {}}
demand:
  x: {reasons: {x: 1}, rates: [{from: 08:00, until: 12:00, per_hour: [60, 90, 80, 40]}]}
  y: {reasons: {y: 1}, rates: [{from: 08:00, until: 12:00, every: 2 hours, per_hour: [50, 70]}]}
channels:
  x:
    kind: live
    teams: {first: 1, second: 2}
    handling: {family: lognormal, mean: 4 minutes, cv: 1}
    patience: {family: exponential, mean: 5 minutes}
  y:
    kind: live
    handling: {family: gamma, mean: 5 minutes, cv: 0.8}
    patience: {family: weibull, mean: 4 minutes, cv: 0.6}
teams:
  first:
    roster: [{from: 08:00, until: 13:00, every: 1 hour, heads: [4, 6, 5, 3, 1]}]
    channels: {x: {}}
  second:
    roster: [{from: 08:00, until: 13:00, every: 1 hour, heads: [4, 5, 6, 5, 2]}]
    channels: {x: {handling_factor: 1.25}, y: {}}
"""


def test_two_contact_types_over_two_groups_are_served_longest_waiting_first():
    (game,) = games(GROUPS, 1)
    time, channel, patience, handling = columns(
        game.contacts, "time", "channel", "patience", "handling"
    )
    kinds = ["x" if each == 0 else "y" for each in channel]
    staffing = {"first": [4, 6, 5, 3, 1, 0], "second": [4, 5, 6, 5, 2, 0]}
    plain = Groups(
        list(zip(time, kinds, patience, handling, strict=True)),
        {"x": ["first", "second"], "y": ["second"]},
        {("second", "x"): 1_250_000},
        {
            group: [
                ((24 * day + 8 + hour) * HOUR, count)
                for day in range(20)
                for hour, count in enumerate(heads)
            ]
            for group, heads in staffing.items()
        },
    ).played
    rows = game.in_order()
    teams = [None if team < 0 else ("first", "second")[team] for team in rows["team"].tolist()]
    ours = [(one[0], team, *one[1:]) for one, team in zip(as_played(rows), teams, strict=True)]
    assert ours == plain
    helped = sum(
        kind == "x" and each[1] == "second" for kind, each in zip(kinds, plain, strict=True)
    )
    assert helped > 300
    assert sum(each[0] == "l" for each in plain) > 300


MESSAGES = """
kanaalkompas: 1
title: Messages answered in working days
horizon: {start: 2026-01-05, length: 40 days}
demand:
  mail: {rates: [{days: mon-fri, per_hour: 14}, {days: "sat, sun", per_hour: 5}]}
channels:
  mail:
    kind: deferred
    open: [{days: mon-fri, from: 09:00, until: 17:00}]
    handling: {family: lognormal, mean: 22 minutes, cv: 0.7}
teams:
  webcare:
    roster: [{days: mon-fri, from: 09:00, until: 17:00, heads: 16}]
    channels: {mail: {}}
norms:
  next_day: {channel: mail, within_working_days: 1, target: 0.9}
  same_day: {channel: mail, within_working_days: 0, target: 0.5}
  hours_8: {channel: mail, within_working_time: 8 hours, target: 0.9}
"""


class Office:
    """A plain calendar: Monday to Friday, 9 to 17, from Monday 5 January 2026."""

    opening, day = 9 * HOUR, 24 * HOUR

    def next_open(self, time):
        """Give the time itself if it is in opening hours, otherwise the next opening."""
        date, clock = divmod(time, self.day)
        if date % 7 < 5 and clock < self.opening:
            return date * self.day + self.opening
        if date % 7 < 5 and clock < 17 * HOUR:
            return time
        date += 1
        while date % 7 >= 5:
            date += 1
        return date * self.day + self.opening

    def worked(self, time):
        """Give the opening hours that passed until a time in opening hours."""
        date, clock = divmod(time, self.day)
        return (date // 7 * 5 + date % 7) * 8 * HOUR + clock - self.opening

    def clock(self, worked, *, end):
        """Give the moment at which so much opening time has passed; ``end``: not the next day."""
        date, rest = divmod(worked, 8 * HOUR)
        if end and not rest:
            date, rest = date - 1, 8 * HOUR
        return (date // 5 * 7 + date % 5) * self.day + self.opening + rest

    def closing(self, since, days):
        """Give closing time of so many working days after the day of a moment."""
        date = since // self.day
        while days:
            date += 1
            days -= date % 7 < 5
        return date * self.day + 17 * HOUR


def test_messages_are_answered_as_in_a_queue_on_the_clock_of_opening_hours():
    """What is not finished at five is handed back and taken up at nine: on the clock of opening
    hours nothing happened, and the messages are a plain first-come-first-served queue."""
    (game,) = games(MESSAGES, 1)
    office = Office()
    time, patience, handling = columns(game.contacts, "time", "patience", "handling")
    since = [office.next_open(each) for each in time]
    plain = kiefer_wolfowitz([office.worked(each) for each in since], patience, handling, 16)
    rows = game.in_order()
    assert rows["since"].tolist() == since
    assert rows["started"].tolist() == [office.clock(start, end=False) for _, start, _ in plain]
    assert rows["ended"].tolist() == [office.clock(end, end=True) for *_, end in plain]
    assert len(game.record.spells) > 400


def test_a_norm_in_working_days_counts_closing_times():
    (game,) = games(MESSAGES, 1)
    values = measure(game.plan, game.contacts, game.record, 1)
    office = Office()
    rows = game.in_order()[["since", "ended"]].tolist()
    for name, days in (("same_day", 0), ("next_day", 1)):
        share = sum(end <= office.closing(since, days) for since, end in rows) / len(rows)
        assert values[f"norms.{name}.share"] == share
        assert 0.01 < share < 0.999
    worked = sum(
        office.worked(end) - office.worked(since) <= 8 * HOUR for since, end in rows
    ) / len(rows)
    assert values["norms.hours_8.share"] == worked
