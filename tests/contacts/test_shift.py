"""Channel shift: who is no longer needed, who moves, and when."""

import numpy as np
import pytest

from simulation.contacts.sample import Sampler, sample
from simulation.contacts.table import Effect, Source
from simulation.scenario.values import DAY, HOUR, MINUTE

WEEK = {"start": "2026-03-02", "length": "7 days"}
REASONS = {"ask": 0.5, "report": 0.3, "pay": 0.2}
HOURLY = {"phone": 600, "desk": 200}
PHONE, DESK, WEB, CHAT = range(4)
ASK, REPORT, PAY = range(3)


@pytest.fixture(scope="module")
def shifted(build, channel):
    """Sample a week of a city with a shift."""

    def make(shift, **parts):
        defaults = {
            "horizon": WEEK,
            "reasons": {name: {} for name in REASONS},
            "channels": {
                "phone": channel(),
                "desk": channel(),
                "web": channel("deferred"),
                "chat": channel("deferred"),
            },
            "demand": {
                name: {"rates": [{"per_hour": rate}], "reasons": REASONS}
                for name, rate in HOURLY.items()
            },
        }
        return sample(build(**{**defaults, **parts}, shift=shift), 0)

    return make


def substitution(**parts):
    rule = {"to": "web", "willingness": {"ask": 0.5}, "channels": {"phone": 1}}
    return {"substitution": {"move": {**rule, **parts}}}


def deflection(**parts):
    return {"deflection": {"letter": {"shares": {"ask": 0.3}, **parts}}}


def within(count, number, probability):
    """Tell whether a binomial count is within three standard deviations."""
    spread = np.sqrt(number * probability * (1 - probability))
    return bool(abs(count - number * probability) <= 3 * spread)


def cell(contacts, channel, reason):
    return (contacts.origin == channel) & (contacts.reason == reason)


def moved(contacts):
    return contacts.effect == Effect.SUBSTITUTED


def test_deflection_takes_its_share_of_a_reason(shifted):
    plain, contacts = shifted({}), shifted(deflection())
    assert contacts.demanded.tolist() == plain.demanded.tolist()
    for channel in (PHONE, DESK):
        assert within(contacts.deflected[channel, ASK], plain.demanded[channel, ASK], 0.3)
    assert contacts.deflected[:, [REPORT, PAY]].sum() == 0
    assert set(contacts.key.tolist()) < set(plain.key.tolist())
    assert len(plain) - len(contacts) == contacts.deflected.sum()


def test_deflection_of_several_rules_adds_up(shifted):
    rules = {"one": {"shares": {"ask": 0.2}}, "two": {"shares": {"ask": 0.25}}}
    contacts = shifted({"deflection": rules})
    assert within(contacts.deflected[PHONE, ASK], contacts.demanded[PHONE, ASK], 0.45)


def test_deflection_has_a_factor_by_channel_and_none_for_others(shifted):
    contacts = shifted(deflection(channels={"phone": 0.5}))
    assert within(contacts.deflected[PHONE, ASK], contacts.demanded[PHONE, ASK], 0.15)
    assert contacts.deflected[DESK].sum() == 0


def test_events_have_deflection_of_their_own(shifted):
    events = {
        "storm": {
            "start": "2026-03-02",
            "contacts": 20_000,
            "decay": "6 hours",
            "reasons": {"ask": 0.5, "report": 0.5},
            "channels": {"phone": 1},
        }
    }
    parts = {"events": events, "demand": {}}
    contacts = shifted(
        deflection(shares={"ask": 0.3, "report": 0.1}, event_shares={"report": 0.6}), **parts
    )
    assert within(contacts.deflected[PHONE, REPORT], contacts.demanded[PHONE, REPORT], 0.6)
    assert within(contacts.deflected[PHONE, ASK], contacts.demanded[PHONE, ASK], 0.3)


def test_event_contacts_are_substituted_as_others_are(shifted):
    events = {
        "storm": {
            "start": "2026-03-02",
            "contacts": 10_000,
            "decay": "6 hours",
            "reasons": {"ask": 1},
            "channels": {"phone": 1},
        }
    }
    contacts = shifted(substitution(), events=events, demand={})
    assert set(contacts.source.tolist()) == {Source.EVENT}
    assert within(moved(contacts).sum(), len(contacts), 0.5)


def test_more_deflection_takes_the_same_people_and_more(shifted):
    some, more = shifted(deflection()), shifted(deflection(shares={"ask": 0.35}))
    assert set(more.key.tolist()) < set(some.key.tolist())


def test_substitution_is_a_product_of_its_factors(shifted):
    reach = {"platforms": {"one": 0.6, "two": 0.5}, "overlap": 0.5}  # 0.5 × 0.6 + 0.5 × 0.8 = 0.7
    contacts = shifted(
        substitution(
            willingness={"ask": 0.8, "report": 0.4},
            stated_to_realised=0.5,
            reach=reach,
            channels={"phone": 1, "desk": 0.5},
            adoption={"start": "2026-01-01", "duration": "0 days", "final": 0.9},
        )
    )
    full = 0.8 * 0.5 * 0.7 * 0.9
    for channel, reason, expected in [
        (PHONE, ASK, full),
        (PHONE, REPORT, full / 2),
        (DESK, ASK, full / 2),
    ]:
        assert within(
            contacts.substituted[channel, reason], contacts.demanded[channel, reason], expected
        )
    assert contacts.substituted[:, PAY].sum() == 0


def test_a_substituted_contact_keeps_its_instant_and_its_origin(shifted):
    plain, contacts = shifted({}), shifted(substitution())
    assert contacts.key.tolist() == plain.key.tolist()
    assert contacts.time.tolist() == plain.time.tolist()
    assert contacts.origin.tolist() == plain.channel.tolist()
    assert (contacts.channel[moved(contacts)] == WEB).all()
    assert (contacts.channel == contacts.origin)[~moved(contacts)].all()
    assert moved(contacts).sum() == contacts.substituted.sum() > 0


def test_substitution_is_of_those_who_were_not_deflected(shifted):
    contacts = shifted({**deflection(), **substitution()})
    still = contacts.demanded[PHONE, ASK] - contacts.deflected[PHONE, ASK]
    assert within(contacts.substituted[PHONE, ASK], still, 0.5)


def test_effects_have_numbers_of_their_own(shifted):
    without, contacts = shifted(substitution()), shifted({**deflection(), **substitution()})
    moves = dict(zip(without.key.tolist(), moved(without).tolist(), strict=True))
    assert [moves[key] for key in contacts.key.tolist()] == moved(contacts).tolist()


def test_more_willingness_moves_the_same_people_and_more(shifted):
    some, more = shifted(substitution()), shifted(substitution(willingness={"ask": 0.6}))
    assert set(some.key[moved(some)].tolist()) < set(more.key[moved(more)].tolist())


def test_substitution_of_several_rules_adds_up_and_keeps_each_share(shifted):
    rules = {
        "a": {"to": "web", "willingness": {"ask": 0.3}, "channels": {"phone": 1}},
        "b": {"to": "chat", "willingness": {"ask": 0.2}, "channels": {"phone": 1}},
    }
    contacts = shifted({"substitution": rules})
    from_phone = contacts.channel[cell(contacts, PHONE, ASK)]
    assert within((from_phone == WEB).sum(), len(from_phone), 0.3)
    assert within((from_phone == CHAT).sum(), len(from_phone), 0.2)


@pytest.mark.parametrize(
    "shift",
    [
        substitution(willingness={"ask": 0.6}, stated_to_realised=2),
        {"deflection": {"a": {"shares": {"ask": 0.6}}, "b": {"shares": {"ask": 0.5}}}},
    ],
)
def test_a_probability_above_1_is_an_error(shifted, shift):
    with pytest.raises(ValueError, match=r"for 'ask' rises to 1\.[12]"):
        shifted(shift)


def test_rules_that_follow_each_other_may_add_up_to_more_than_1(shifted):
    """What counts is the probability at each moment."""
    until = {"start": "2026-03-04", "duration": "0 days", "initial": 1, "final": 0}
    since = {"start": "2026-03-04", "duration": "0 days"}
    rules = {
        "a": {"shares": {"ask": 0.7}, "adoption": until},
        "b": {"shares": {"ask": 0.6}, "adoption": since},
    }
    plain, contacts = shifted({}), shifted({"deflection": rules})
    left = contacts.time[cell(contacts, PHONE, ASK)] < 2 * DAY
    came = plain.time[cell(plain, PHONE, ASK)] < 2 * DAY
    assert within(left.sum(), came.sum(), 0.3)
    assert within((~left).sum(), (~came).sum(), 0.4)


def test_adoption_grows_in_a_straight_line(shifted):
    ramp = {"start": "2026-03-03", "duration": "4 days", "initial": 0.2, "final": 1.0}
    contacts = shifted(substitution(willingness={"ask": 0.9}, adoption=ramp))
    mine = cell(contacts, PHONE, ASK)
    day = contacts.time[mine] // DAY
    for number, adopted in enumerate([0.2, 0.3, 0.5, 0.7, 0.9, 1.0, 1.0]):
        today = moved(contacts)[mine][day == number]
        assert within(today.sum(), len(today), 0.9 * adopted)


EVENING = [
    {"days": "mon-sat", "from": "18:00", "until": "21:00", "weight": [1, 0, 3]},
]


def test_own_rhythm_redraws_the_time_on_the_same_day(shifted):
    kept, contacts = shifted(substitution()), shifted(substitution(hours=EVENING))
    before = dict(zip(kept.key.tolist(), kept.time.tolist(), strict=True))
    mine = moved(contacts)
    times = contacts.time[mine]
    olds = np.array([before[key] for key in contacts.key[mine].tolist()])
    assert (times // DAY).tolist() == (olds // DAY).tolist()
    sunday = times // DAY == 6
    assert times[sunday].tolist() == olds[sunday].tolist()
    assert sunday.any()
    hours = np.bincount(times[~sunday] % DAY // HOUR, minlength=24)
    assert hours[18] + hours[20] == (~sunday).sum()
    assert within(hours[18], (~sunday).sum(), 0.25)


def test_own_rhythm_is_independent_of_the_old_time(shifted):
    kept, contacts = shifted(substitution()), shifted(substitution(hours=EVENING))
    before = dict(zip(kept.key.tolist(), kept.time.tolist(), strict=True))
    mine = moved(contacts) & (contacts.time < 6 * DAY)
    olds = np.array([before[key] for key in contacts.key[mine].tolist()]) % DAY
    correlation = np.corrcoef(olds, contacts.time[mine] % DAY)[0, 1]
    assert abs(correlation) < 3 / np.sqrt(mine.sum())


def test_own_rhythm_keeps_to_the_horizon(shifted):
    horizon = {"start": "2026-03-02 08:00", "length": "35 hours"}
    contacts = shifted(substitution(hours=EVENING), horizon=horizon)
    clock = (contacts.time[moved(contacts)] + 8 * HOUR) / HOUR
    assert contacts.time.max() < 35 * HOUR
    # Tuesday ends at 19:00: who comes on Tuesday evening comes between 18:00 and 19:00.
    tuesday = clock[clock >= 24]
    assert tuesday.min() >= 42
    assert len(tuesday) > 100


def test_the_counts_of_demand_balance(shifted):
    contacts = shifted(
        {**deflection(), **substitution(hours=EVENING)}, horizon={**WEEK, "warm_up": "1 days"}
    )
    stayed = np.zeros_like(contacts.demanded)
    staying = ~moved(contacts) & (contacts.time >= DAY)
    np.add.at(stayed, (contacts.origin[staying], contacts.reason[staying]), 1)
    assert (contacts.demanded == contacts.deflected + contacts.substituted + stayed).all()
    assert contacts.demanded[PHONE, ASK] > 0


def test_a_contact_keeps_the_quantile_of_its_effort_when_it_moves(build, channel):
    def contacts(shift):
        slow = channel("deferred", handling={"family": "exponential", "mean": "12 minutes"})
        parts = {"channels": {"phone": channel(), "web": slow}, "horizon": WEEK}
        return Sampler(build(**parts, demand={"phone": {"yearly": 60_000}}, shift=shift)).contacts(
            0
        )

    plain = contacts({})
    changed = contacts(substitution(willingness={"contact": 0.5}))
    mine = moved(changed)
    assert np.abs(changed.handling[mine] - 3 * plain.handling[mine]).max() <= 3
    assert mine.sum() > 100
    assert changed.handling[mine].mean() > 8 * MINUTE
