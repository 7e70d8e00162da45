"""Peaks over many replications: common random numbers, a horizon cut off, bytes that are alike."""

import dataclasses
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from simulation.contacts.table import Source
from simulation.experiment.incident import INVENTED, Wish, wished
from simulation.experiment.peaks import Incident, both, play_peaks, window_of
from simulation.experiment.replication import Simulator
from simulation.scenario.load import load
from simulation.scenario.scenario import by_name
from simulation.scenario.values import DAY, HOUR
from tests.experiment import workload

SCENARIOS = Path(__file__).parents[2] / "scenarios"

EVENTS = {
    "storm": {
        "start": "2026-01-07 10:00",
        "contacts": 60,
        "decay": "2 hours",
        "channels": {"phone": 0.7, "mail": 0.3},
    },
    "works": {
        "start": "2026-01-09 10:00",
        "contacts": 10,
        "decay": "2 hours",
        "channels": {"phone": 1},
    },
}
WEEKS = workload.scenario(
    horizon={"start": "2026-01-05", "length": "28 days", "warm_up": "1 days"}, events=EVENTS
)


def storm(scenario=WEEKS, weeks=1):
    """Give the storm, followed for some weeks."""
    return Incident("storm", scenario.events["storm"], weeks)


def waits_before(record, end):
    """Give all attempts that ended before a moment."""
    rows = record.attempts[record.attempts["ended"] < end]
    return rows.tolist()


@pytest.mark.parametrize("name", ["amsterdam/e-information-crisis-week", "work"])
def test_what_happens_before_the_horizon_is_cut_off_stays_the_same(name):
    """Every attempt that ends before: who, when, by whom, to the microsecond."""
    scenario = WEEKS if name == "work" else load(SCENARIOS / f"{name}.yaml").scenario
    incident = storm(scenario, 1)
    _, end = window_of(scenario, incident)
    cut, _ = both(scenario, incident)
    assert cut.horizon.length == end < scenario.horizon.length
    whole, short = (Simulator(by_name(each)).played(2).record for each in (scenario, cut))
    expected = waits_before(whole, end)
    assert len(expected) > 1_000
    assert waits_before(short, end) == expected


def test_the_same_citizens_come_with_the_event_and_without_it():
    more, usual = (Simulator(each).sampler.contacts(3) for each in both(WEEKS, storm()))
    name = {each: place for place, each in enumerate(sorted(WEEKS.events))}
    assert name == {"storm": 0, "works": 1}
    extra = ~np.isin(more.key, usual.key)
    assert extra.any()
    assert set(more.source[extra].tolist()) == {Source.EVENT}
    for column in ("time", "key", "channel", "patience", "handling"):
        assert getattr(more, column)[~extra].tolist() == getattr(usual, column).tolist()


def test_the_event_moves_with_the_wish_and_others_stay():
    name, moved = wished(WEEKS, Wish("storm", weekday=4, contacts=5, decay=HOUR))
    more, usual = both(WEEKS, Incident(name, moved, 1))
    assert more.events["storm"].start == dt.datetime(2026, 1, 9, 10)
    assert (more.events["storm"].contacts, more.events["storm"].decay) == (5, HOUR)
    assert set(usual.events) == {"works"}
    assert more.events["works"] == usual.events["works"] == WEEKS.events["works"]


def test_a_window_ends_at_a_midnight_and_at_the_horizon_at_the_latest():
    start = 2 * DAY + 10 * HOUR
    assert window_of(WEEKS, storm(weeks=1)) == (start, 10 * DAY)
    assert window_of(WEEKS, storm(weeks=9)) == (start, 28 * DAY)


@pytest.mark.parametrize("moment", ["2026-01-05 23:59", "2026-02-02 00:00"])
def test_an_event_outside_the_counted_part_is_refused(moment):
    _, event = wished(WEEKS, Wish(at=dt.datetime.fromisoformat(moment)))
    with pytest.raises(ValueError, match="from 2026-01-06 00:00 until 2026-02-02 00:00"):
        window_of(WEEKS, Incident("storm", event, 1))


def test_the_first_event_is_taken_if_none_is_named():
    assert wished(WEEKS, Wish())[0] == "storm"
    assert wished(WEEKS, Wish("works"))[1] == WEEKS.events["works"]


def test_an_unknown_event_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match="'flood' is not in the scenario, which has storm, works"):
        wished(WEEKS, Wish("flood"))


def test_an_invented_event_has_the_channels_of_the_ordinary_demand():
    """60, 10 and 20 an hour."""
    calm = workload.scenario(horizon={"start": "2026-01-07", "length": "28 days"})
    name, event = wished(calm, Wish(contacts=100))
    assert name == INVENTED
    assert event.start == dt.datetime(2026, 1, 26, 9)
    assert event.channels == pytest.approx({"phone": 60 / 90, "mail": 10 / 90, "chat": 20 / 90})
    assert event.reasons == {"contact": pytest.approx(1)}
    assert wished(calm, Wish(contacts=100, weekday=1))[1].start == dt.datetime(2026, 1, 27, 9)


@pytest.mark.parametrize(
    ("warm_up", "start"), [("0 hours", 9), ("3 hours", 12), ("150 minutes", 11)]
)
def test_an_invented_event_in_a_short_period_begins_as_soon_as_is_counted(warm_up, start):
    """At 9:00, or at the first whole hour after the warm-up, which begins at 8:30."""
    horizon = {"start": "2026-01-05 08:30", "length": "60 hours", "warm_up": warm_up}
    _, event = wished(workload.scenario(horizon=horizon), Wish(contacts=9))
    assert event.start == dt.datetime(2026, 1, 5, start)


def test_an_event_that_nobody_sizes_is_refused():
    with pytest.raises(ValueError, match="--contacts"):
        wished(workload.scenario(), Wish())


def test_an_invented_event_is_played():
    calm = workload.scenario(horizon={"start": "2026-01-07", "length": "28 days"})
    incident = Incident(*wished(calm, Wish(contacts=500)), 1)
    peaks = play_peaks(calm, incident, [1], workers=1)
    more, usual = peaks.finished[1].with_event, peaks.finished[1].without
    assert more.attempts.sum() > usual.attempts.sum() + 400


def told(peaks):
    """Give all numbers, by replication."""
    return [
        [np.asarray(value).tolist() for side in (each.with_event, each.without)
         for value in dataclasses.astuple(side)] + [each.recovered.tolist()]
        for each in peaks.ordered()
    ]  # fmt: skip


def test_two_workers_and_another_order_give_the_same_numbers():
    one = play_peaks(WEEKS, storm(), [1, 2, 3], workers=1)
    two = play_peaks(WEEKS, storm(), [3, 1, 2], workers=2)
    assert told(one) == told(two)
    assert len(told(one)) == 3


def test_an_interruption_keeps_what_was_finished():
    def stop(done, _):
        if done == 2:
            raise KeyboardInterrupt

    peaks = play_peaks(WEEKS, storm(), range(1, 100), workers=1, progress=stop)
    assert peaks.interrupted
    assert sorted(peaks.finished) == [1, 2]
