"""Who comes in a replication."""

import dataclasses
import importlib
import json
import os
import subprocess
import sys

import numpy as np
import pytest

from simulation.contacts.durations import FOREVER, Durations
from simulation.contacts.factors import demand_factors
from simulation.contacts.randomness import row
from simulation.contacts.rates import expected_counts
from simulation.contacts.sample import Sampler, sample
from simulation.contacts.table import Effect, Source
from simulation.contacts.timetable import Timetable
from simulation.scenario.demand import Variation
from simulation.scenario.horizon import Calendar, Horizon
from simulation.scenario.values import DAY, HOUR, MINUTE, SECOND

WEEK = {"start": "2026-03-02", "length": "7 days"}
DRAWN = ("time", "patience", "handling", "wrap_up", "site")


def citizens(contacts, *columns):
    """Give contacts by key, with what is drawn for them."""
    names = columns or DRAWN
    rows = zip(*(getattr(contacts, name).tolist() for name in names), strict=True)
    return dict(zip(contacts.key.tolist(), rows, strict=True))


def assert_within(one, other):
    assert one.items() <= other.items()
    assert len(one) < len(other)


def z_scores(counts, means):
    return (counts - means) / np.sqrt(means)


@pytest.fixture(scope="module")
def parts(channel):
    """Write a scenario with all sources, effects and factors."""
    reasons = {"ask": 0.5, "report": 0.3, "pay": 0.2}
    waiting = {"family": "gamma", "mean": "5 minutes", "cv": 0.7}
    return {
        "horizon": WEEK,
        "reasons": {name: {} for name in reasons},
        "channels": {
            "phone": channel(
                open=[{"days": "mon-fri", "from": "09:00", "until": "17:00"}],
                patience=waiting,
                wrap_up={"family": "weibull", "mean": "1 minutes", "shape": 1.5},
                backlog=20,
            ),
            "desk": channel(
                handling={"family": "lognormal", "mean": "8 minutes", "cv": 1.2},
                sites={"north": 0.2, "centre": 0.5, "west": 0.3},
            ),
            "web": channel(
                "deferred",
                handling={"family": "hyperexponential", "mean": "6 minutes", "cv": 1.5},
                backlog=10,
            ),
        },
        "demand": {
            "phone": {"yearly": 150_000, "reasons": reasons},
            "desk": {"yearly": 50_000, "reasons": reasons, "hours": [{"weight": 1}]},
            "web": {"rates": [{"per_hour": 4}], "reasons": reasons},
        },
        "variation": {"year_cv": 0.1, "day_cv": 0.3, "day_autocorrelation": 0.6},
        "events": {
            "storm": {
                "start": "2026-03-04 15:00",
                "contacts": 800,
                "decay": "6 hours",
                "reasons": reasons,
                "channels": {"phone": 0.7, "web": 0.3},
            }
        },
        "shift": {
            "deflection": {"letter": {"shares": {"ask": 0.1, "pay": 0.2}}},
            "substitution": {
                "chat": {
                    "to": "web",
                    "willingness": {"ask": 0.5, "report": 0.3},
                    "stated_to_realised": 0.5,
                    "channels": {"phone": 1, "desk": 0.5},
                    "hours": [{"from": "18:00", "until": "22:00", "weight": 1}],
                },
                "book": {"to": "desk", "willingness": {"ask": 0.3}, "channels": {"phone": 1}},
            },
            "induced": {"more": {"to": "web", "shares": {"report": 0.25}}},
        },
    }


@pytest.fixture(scope="module")
def city(build, parts):
    """Make that scenario with changes."""

    def make(**changes):
        return build(**{**parts, **changes})

    return make


# Numbers and times


def test_counts_per_interval_follow_the_profile(build):
    stream = {"rates": [{"from": "09:00", "every": "30 minutes", "per_hour": [8, 40, 100, 20]}]}
    sampler = Sampler(build(horizon=WEEK, demand={"phone": stream}))
    times = np.concatenate([sampler.contacts(number).time for number in range(40)])
    counts, _ = np.histogram(times % DAY, bins=np.arange(9 * HOUR, 12 * HOUR, HOUR // 2))
    z = z_scores(counts[:4], 40 * 7 * np.array([4, 20, 50, 10]))
    assert counts.sum() == len(times)
    assert np.abs(z).max() < 3


def test_counts_of_an_interval_are_poisson_over_replications(build):
    stream = {"rates": [{"from": "09:00", "until": "10:00", "per_hour": 3}]}
    sampler = Sampler(build(horizon=WEEK, demand={"phone": stream}))
    counts = np.array(
        [np.bincount(sampler.contacts(r).time // DAY, minlength=7) for r in range(200)]
    )
    dispersion = ((counts - 3) ** 2 / 3).sum()  # chi-squared with 1,400 degrees of freedom
    assert abs(dispersion - 1_400) < 3 * np.sqrt(2 * 1_400)


def test_five_minute_steps_are_kept(build):
    rates = [{"from": "09:00", "every": "5 minutes", "per_hour": [0, 1200, 0, 2400, 0]}]
    time = sample(build(horizon=WEEK, demand={"phone": {"rates": rates}}), 0).time
    step = time % DAY // (5 * MINUTE) - 9 * 12
    assert set(step.tolist()) == {1, 3}
    assert np.abs(z_scores(np.bincount(step)[[1, 3]], np.array([700, 1400]))).max() < 3


def test_instants_are_even_within_an_interval(build):
    rates = [{"from": "09:00", "until": "10:00", "per_hour": 3000}]
    time = sample(build(horizon=WEEK, demand={"phone": {"rates": rates}}), 0).time
    counts = np.bincount(time % HOUR // (6 * MINUTE), minlength=10)
    assert ((counts - len(time) / 10) ** 2 / (len(time) / 10)).sum() < 21.7  # 99 % of chi² with 9


def test_contacts_come_in_order_of_time_within_the_horizon(city):
    contacts = sample(city(horizon={"start": "2026-03-02 10:20", "length": "50 hours"}), 0)
    assert (np.diff(contacts.time) >= 0).all()
    assert contacts.time[0] >= 0
    assert contacts.time[-1] < 50 * HOUR


def test_no_two_contacts_share_a_key(city):
    contacts = sample(city(), 0)
    assert len(np.unique(contacts.key)) == len(contacts) > 3_000


def test_a_horizon_that_starts_later_meets_the_same_citizens(build):
    rates = {"phone": {"rates": [{"per_hour": 30}]}}
    whole = sample(build(horizon=WEEK, demand=rates), 0)
    later = sample(
        build(horizon={"start": "2026-03-04 12:00", "length": "2 days"}, demand=rates), 0
    )
    begin = 60 * HOUR
    kept = (whole.time >= begin) & (whole.time < begin + 2 * DAY)
    assert later.time.tolist() == (whole.time[kept] - begin).tolist()
    assert later.key.tolist() == whole.key[kept].tolist()
    assert later.handling.tolist() == whole.handling[kept].tolist()


def test_a_scenario_without_demand_has_no_contacts(build):
    assert len(sample(build(demand={}), 0)) == 0


# The same citizens in every scenario


def test_more_volume_adds_people_and_moves_nobody(build):
    few = sample(build(horizon=WEEK, demand={"phone": {"yearly": 40_000}}), 3)
    many = sample(build(horizon=WEEK, demand={"phone": {"yearly": 44_000}}), 3)
    assert_within(citizens(few), citizens(many))


def test_a_better_year_adds_people_and_moves_nobody(build):
    stream = {"phone": {"yearly": 40_000}}
    plain = sample(build(horizon=WEEK, demand=stream), 0)
    trend = {"phone": {"yearly_change": 0.1, "since": "2025-03-01"}}
    grown = sample(build(horizon=WEEK, demand=stream, shift={"trend": trend}), 0)
    assert_within(citizens(plain), citizens(grown))


def test_what_differs_elsewhere_leaves_citizens_alone(city, parts):
    one = sample(city(), 0)
    other = sample(
        city(
            demand={
                **parts["demand"],
                "second_line": {"channel": "phone", "yearly": 9_000, "reasons": {"ask": 1}},
            },
            events={},
        ),
        0,
    )
    base = set(one.key[one.source == Source.BASE].tolist())
    kept = {key: drawn for key, drawn in citizens(one).items() if key in base}
    assert_within(kept, citizens(other))


def backwards(value):
    """Turn the order of all keys around, but not that of sites (their places are numbers)."""
    if not isinstance(value, dict):
        return value
    pairs = [(k, v if k == "sites" else backwards(v)) for k, v in value.items()]
    return dict(reversed(pairs))


def test_the_order_of_names_in_a_file_changes_nothing(city, build, parts):
    scenario, turned = city(), build(**backwards(parts))
    assert list(scenario.reasons) == list(reversed(turned.reasons))
    one, other = sample(scenario, 1), sample(turned, 1)
    for name in (*DRAWN, "key", "source", "effect"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist(), name
    for name in ("reason", "channel", "origin"):
        last = getattr(one, name).max()
        assert (last - getattr(one, name)).tolist() == getattr(other, name).tolist(), name
    assert one.deflected.tolist() == other.deflected[::-1, ::-1].tolist()


@pytest.mark.parametrize("change", [{"seed": 2}, {"replication": 1}])
def test_another_seed_or_replication_brings_other_citizens(build, change):
    one = sample(build(horizon=WEEK), 0)
    other = sample(build(horizon=WEEK, seed=change.get("seed", 1)), change.get("replication", 0))
    assert set(one.key.tolist()) & set(other.key.tolist()) == set()


def test_a_sampler_repeats_itself(city):
    sampler = Sampler(city())
    first = sampler.contacts(0)
    sampler.contacts(1)
    again = sampler.contacts(0)
    for field in dataclasses.fields(first):
        assert (getattr(first, field.name) == getattr(again, field.name)).all(), field.name


DIGEST = """
import dataclasses, hashlib, sys
from simulation.contacts.sample import sample
from simulation.scenario.scenario import Scenario
contacts = sample(Scenario.model_validate_json(sys.stdin.read()), 0)
digest = hashlib.sha256()
for field in dataclasses.fields(contacts):
    digest.update(getattr(contacts, field.name).tobytes())
print(len(contacts), digest.hexdigest())
"""


def test_processors_agree_on_every_bit(city):
    """Sample with and without the instructions for which NumPy has code of its own."""
    core = importlib.import_module("numpy._core._multiarray_umath")
    extra = [name for name in core.__cpu_dispatch__ if core.__cpu_features__[name]]
    written = json.dumps(json.loads(city().model_dump_json(by_alias=True, exclude_unset=True)))
    plain, disabled = (
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            input=written,
            env={**os.environ, **changes},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for changes in ({}, {"NPY_DISABLE_CPU_FEATURES": " ".join(extra)})
    )
    assert plain == disabled
    assert int(plain.split()[0]) > 3_000


# Random factors


def factors_of(days, seed=1, replication=0, start="2026-01-01", **variation):
    horizon = Horizon.model_validate({"start": start, "length": f"{days} days"})
    table = Timetable(horizon, Calendar())
    return demand_factors(Variation.model_validate(variation), table, seed, replication)


def test_factors_are_off_by_default():
    assert factors_of(10).tolist() == [1.0] * 10


def test_day_factors_have_mean_1_and_their_coefficient_of_variation():
    factors = factors_of(3_600, day_cv=0.4)
    assert factors.mean() == pytest.approx(1, abs=3 * 0.4 / 60)
    assert factors.std() == pytest.approx(0.4, abs=0.03)


def test_day_factors_are_correlated_from_day_to_day():
    factors = factors_of(3_600, day_cv=0.2, day_autocorrelation=0.7)
    assert np.corrcoef(factors[1:], factors[:-1])[0, 1] == pytest.approx(0.7, abs=0.05)
    assert np.corrcoef(factors[2:], factors[:-2])[0, 1] == pytest.approx(0.49, abs=0.07)
    assert factors.std() == pytest.approx(0.2, abs=0.02)


def test_the_first_day_is_as_variable_as_any():
    first = [
        factors_of(1, replication=r, day_cv=0.5, day_autocorrelation=0.9)[0] for r in range(600)
    ]
    assert np.std(first) == pytest.approx(0.5, abs=0.06)


def test_a_day_factor_belongs_to_its_date():
    whole, later = factors_of(30, day_cv=0.3), factors_of(10, start="2026-01-11", day_cv=0.3)
    assert later.tolist() == whole[10:20].tolist()


def test_a_year_factor_is_drawn_once_in_a_replication():
    years = np.array([factors_of(400, replication=r, year_cv=0.1) for r in range(300)])
    assert (years == years[:, :1]).all()
    assert years[:, 0].mean() == pytest.approx(1, abs=3 * 0.1 / np.sqrt(300))
    assert years[:, 0].std() == pytest.approx(0.1, abs=0.015)


def test_factors_multiply_the_demand_of_their_day(build):
    scenario = build(
        horizon={"start": "2026-03-02", "length": "5 days"},
        demand={"phone": {"rates": [{"per_hour": 400}]}},
        variation={"day_cv": 0.5},
    )
    table = Timetable(scenario.horizon, scenario.calendar)
    means = 9_600 * demand_factors(scenario.variation, table, scenario.seed, 0)
    counts = np.bincount(sample(scenario, 0).time // DAY, minlength=5)
    assert np.abs(z_scores(counts, means)).max() < 3
    assert np.abs(z_scores(counts, np.full(5, 9_600))).max() > 10


# Events, induced demand, backlog


def storm(**parts):
    shape = {"start": "2026-03-03 10:10", "contacts": 6_000, "decay": "5 hours"}
    return {"storm": {**shape, "channels": {"phone": 0.75, "web": 0.25}, **parts}}


def with_storm(build, channel, event, **parts):
    channels = {"phone": channel(), "web": channel("deferred")}
    return build(**{"horizon": WEEK, "channels": channels, "demand": {}, "events": event, **parts})


def test_an_event_decays_from_its_start(build, channel):
    contacts = sample(with_storm(build, channel, storm()), 0)
    since = contacts.time - (34 * HOUR + 10 * MINUTE)
    assert since.min() >= 0
    counts = np.bincount(since // (5 * HOUR))[:4]
    left = np.exp(-np.arange(5.0))
    assert np.abs(z_scores(counts, 6_000 * (left[:-1] - left[1:]))).max() < 3
    assert np.abs(z_scores(np.bincount(contacts.channel), np.array([4_500, 1_500]))).max() < 3
    assert set(contacts.source.tolist()) == {Source.EVENT}


def test_an_event_that_began_before_the_horizon_goes_on(build, channel):
    event = storm(start="2026-03-01 21:05", decay="3 hours")
    contacts = sample(with_storm(build, channel, event), 0)
    expected = 6_000 * np.exp(-(2 + 55 / 60) / 3)
    assert abs(z_scores(len(contacts), expected)) < 3


@pytest.mark.parametrize("start", ["2026-03-20", "2025-01-01"])
def test_an_event_outside_the_horizon_brings_nobody(build, channel, start):
    assert len(sample(with_storm(build, channel, storm(start=start)), 0)) == 0


def test_a_bigger_event_brings_the_same_people_and_more(build, channel):
    small = sample(with_storm(build, channel, storm()), 0)
    big = sample(with_storm(build, channel, storm(contacts=7_000)), 0)
    assert_within(citizens(small), citizens(big))


def test_a_day_factor_leaves_events_alone(build, channel):
    plain = sample(with_storm(build, channel, storm()), 0)
    varied = sample(with_storm(build, channel, storm(), variation={"day_cv": 1, "year_cv": 1}), 0)
    assert citizens(plain) == citizens(varied)


def induced(build, channel, share, **rule):
    return build(
        horizon=WEEK,
        reasons={"ask": {}, "report": {}},
        channels={"phone": channel(), "desk": channel(), "web": channel("deferred")},
        demand={
            "phone": {"rates": [{"per_hour": 100}], "reasons": {"ask": 0.75, "report": 0.25}},
            "desk": {"rates": [{"per_hour": 60}], "reasons": {"ask": 0.5, "report": 0.5}},
        },
        shift={"induced": {"more": {"to": "web", "shares": {"report": share}, **rule}}},
    )


def test_induced_demand_is_a_share_of_a_reason_over_all_streams(build, channel):
    contacts = sample(induced(build, channel, 0.2), 0)
    extra = contacts.source == Source.INDUCED
    assert abs(z_scores(extra.sum(), 0.2 * (25 + 30) * 168)) < 3
    assert set(contacts.channel[extra].tolist()) == {2}
    assert set(contacts.reason[extra].tolist()) == {1}
    assert (contacts.effect[extra] == Effect.INDUCED).all()
    assert (contacts.effect[~extra] == Effect.NONE).all()
    assert contacts.demanded.sum() == (~extra).sum()


def test_more_induced_demand_keeps_who_was_there(build, channel):
    assert_within(
        citizens(sample(induced(build, channel, 0.2), 0)),
        citizens(sample(induced(build, channel, 0.25), 0)),
    )


def test_induced_demand_grows_with_reach_and_adoption(build, channel):
    rule = {
        "reach": {"platforms": {"one": 0.5}},
        "adoption": {"start": "2026-03-04", "duration": "2 days", "initial": 0, "final": 0.8},
    }
    contacts = sample(induced(build, channel, 1.0, **rule), 0)
    days = np.bincount(contacts.time[contacts.source == Source.INDUCED] // DAY, minlength=7)
    full = 55 * 24 * 0.5 * 0.8
    assert days[:2].tolist() == [0, 0]
    # Adoption at the begin of each hour: 0/48, 1/48, ... of the growth.
    expected = full * np.array([23 / 96, 71 / 96, 1, 1, 1])
    assert np.abs(z_scores(days[2:], expected)).max() < 3


def test_a_backlog_waits_at_the_start_with_the_reasons_of_its_channel(build, channel):
    scenario = build(
        horizon=WEEK,
        reasons={"pay": {}, "ask": {}, "report": {}},
        channels={"phone": channel(backlog=2_000), "web": channel("deferred", backlog=7)},
        demand={
            "phone": {"yearly": 3_000, "reasons": {"ask": 1}},
            "other": {"channel": "phone", "yearly": 1_000, "reasons": {"report": 1}},
        },
    )
    contacts = sample(scenario, 0)
    waiting = contacts.source == Source.BACKLOG
    assert (contacts.time[waiting] == 0).all()
    phone = contacts.reason[waiting & (contacts.channel == 0)]
    counts = np.bincount(phone, minlength=3)
    assert counts[0] == 0
    assert counts.sum() == 2_000
    assert abs(counts[1] - 1_500) < 3 * np.sqrt(2_000 * 0.75 * 0.25)
    # Nobody else comes to the other channel, so nothing says why: the first reason.
    assert contacts.reason[waiting & (contacts.channel == 1)].tolist() == [0] * 7
    assert contacts.demanded.sum() == (~waiting).sum()


def test_counts_of_demand_leave_out_the_warm_up(build):
    rates = {"phone": {"rates": [{"per_hour": 50}]}}
    contacts = sample(build(horizon={**WEEK, "warm_up": "2 days"}, demand=rates), 0)
    assert contacts.demanded.sum() == (contacts.time >= 2 * DAY).sum() < len(contacts)


# Durations and sites


def test_handling_is_the_same_quantile_in_whichever_channel_answers(build, channel):
    def contacts(mean):
        handling = {"family": "exponential", "mean": mean}
        return sample(build(horizon=WEEK, channels={"phone": channel(handling=handling)}), 0)

    short, long = contacts("2 minutes"), contacts("6 minutes")
    assert np.abs(long.handling - 3 * short.handling).max() <= 3


def test_durations_have_their_means(build, channel):
    phone = channel(
        patience={"family": "exponential", "mean": "3 minutes"},
        wrap_up={"family": "uniform", "low": "0 minutes", "high": "2 minutes"},
        extra_effort={"sign": "10 seconds", "screen": "20 seconds"},
    )
    rates = {"phone": {"rates": [{"per_hour": 200}]}}
    contacts = sample(build(horizon=WEEK, channels={"phone": phone}, demand=rates), 0)
    root = np.sqrt(len(contacts))
    assert abs(contacts.patience.mean() - 180 * SECOND) < 3 * 180 * SECOND / root
    assert abs(contacts.handling.mean() - 270 * SECOND) < 3 * 240 * SECOND / root
    assert contacts.handling.min() >= 30 * SECOND
    assert abs(contacts.wrap_up.mean() - 60 * SECOND) < 3 * 35 * SECOND / root


def test_draws_for_different_purposes_are_independent(build, channel):
    exponential = {"family": "exponential", "mean": "3 minutes"}
    phone = channel(patience=exponential, wrap_up=exponential)
    rates = {"phone": {"rates": [{"per_hour": 200}]}}
    contacts = sample(build(horizon=WEEK, channels={"phone": phone}, demand=rates), 0)
    columns = (contacts.patience, contacts.handling, contacts.wrap_up, contacts.time % HOUR)
    apart = np.corrcoef(columns) - np.eye(4)
    assert np.abs(apart).max() < 3.5 / np.sqrt(len(contacts))


def test_without_patience_people_wait_for_ever_and_without_wrap_up_there_is_none(build):
    contacts = sample(build(horizon=WEEK), 0)
    assert set(contacts.patience.tolist()) == {FOREVER}
    assert set(contacts.wrap_up.tolist()) == {0}


def test_handling_differs_by_reason(build, channel):
    fixed = {"family": "deterministic", "mean": "7 minutes"}
    scenario = build(
        horizon=WEEK,
        reasons={"ask": {}, "pay": {}},
        channels={"phone": channel(handling_by_reason={"pay": fixed})},
        demand={"phone": {"yearly": 10_000, "reasons": {"ask": 0.5, "pay": 0.5}}},
    )
    contacts = sample(scenario, 0)
    assert set(contacts.handling[contacts.reason == 1].tolist()) == {7 * MINUTE}
    assert len(set(contacts.handling[contacts.reason == 0].tolist())) > 10


def test_a_factor_by_arrival_rounds_half_up_and_comes_before_extra_effort(build, channel):
    morning = {"from": "09:00", "until": "10:00", "factor": 1.5}
    handling = {"family": "deterministic", "mean": "0.301 ms", "by_arrival": [morning]}
    phone = channel(handling=handling, extra_effort={"sign": "1 seconds"})
    rates = {"phone": {"rates": [{"from": "09:00", "until": "11:00", "per_hour": 20}]}}
    scenario = build(horizon=WEEK, channels={"phone": phone}, demand=rates)
    contacts = sample(scenario, 0)
    early = contacts.time % DAY < 10 * HOUR
    assert set(contacts.handling[early].tolist()) == {SECOND + 452}
    assert set(contacts.handling[~early].tolist()) == {SECOND + 301}
    durations = Durations(scenario)
    assert durations.later_handling(0, 0, 5, 9 * HOUR) == SECOND + 452
    assert durations.later_handling(0, 0, 5, 10 * HOUR) == SECOND + 301
    assert durations.factor_at("handling", 0, 0, 9 * HOUR - 1) == 1.0
    assert durations.factor_at("handling", 0, 0, 37 * DAY + 9 * HOUR) == 1.5


def test_a_later_attempt_takes_the_row_of_its_quantile(build, channel):
    phone = channel(patience={"family": "exponential", "mean": "3 minutes"})
    durations = Durations(build(channels={"phone": phone}))
    half = row(1 << 63)
    assert durations.later_patience(0, half, 0) == pytest.approx(180e6 * np.log(2), rel=1e-4)
    assert durations.later_handling(0, 0, half, 0) == pytest.approx(240e6 * np.log(2), rel=1e-4)
    assert durations.later_wrap_up(0, half, 0) == 0


def test_sites_get_their_shares_and_a_citizen_keeps_to_one(city):
    contacts = sample(city(horizon={"start": "2026-03-02", "length": "60 days"}), 0)
    desk = contacts.channel == 1
    counts = np.bincount(contacts.site[desk], minlength=3)
    expected = np.array([0.2, 0.5, 0.3]) * desk.sum()
    assert np.abs(z_scores(counts, expected)).max() < 3
    assert set(contacts.site[~desk].tolist()) == {0}


def test_all_means_together_are_what_comes_in_many_replications(city):
    scenario = city(events={}, shift={}, variation={})
    table = Timetable(scenario.horizon, scenario.calendar)
    mean = sum(rates.intervals.mean.sum() for rates in expected_counts(scenario, table))
    sampler = Sampler(scenario)
    total = sum((sampler.contacts(r).source == Source.BASE).sum() for r in range(20))
    assert abs(z_scores(total, 20 * mean)) < 3
