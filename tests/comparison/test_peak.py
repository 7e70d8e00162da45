"""A peak over replications as plain data: by when it is gone, how bad it gets."""

import datetime as dt

import numpy as np
import pytest
from pydantic import ValidationError

from simulation.comparison.peak import PeakResult, hours_of, peak_result
from simulation.experiment.peaks import Incident, Peaks
from simulation.measures.peak import LATER, UNTOUCHED, Peak, PeakRules, Side
from simulation.play.plan import make_plan
from simulation.scenario.values import DAY, HOUR, MINUTE
from tests.experiment import workload

SCENARIO = workload.scenario(
    horizon={"start": "2026-01-05", "length": "14 days"},
    events={"storm": {"start": "2026-01-06 10:00", "contacts": 60, "decay": "2 hours",
                      "channels": {"phone": 1}}},
)  # fmt: skip
START = DAY + 10 * HOUR
CHANNELS = list(SCENARIO.channels)


def side(rules, number):
    """Give one play in which every channel has the same numbers."""
    values = np.full(3, number, np.int64)
    curve = np.full((3, rules.curve_marks.number), number, np.int32)
    return Side(values, values * MINUTE, values, values, values, 2 * values, curve)


def result(recovered, with_event=None):
    """Put together replications that recover at these moments on the phone and never notice it
    elsewhere."""
    rules = PeakRules(make_plan(SCENARIO), (START, 14 * DAY))
    peaks = Peaks(SCENARIO, Incident("storm", SCENARIO.events["storm"], 6), rules)
    for number, time in enumerate(recovered, 1):
        moments = np.array([time if name == "phone" else UNTOUCHED for name in CHANNELS])
        size = number if with_event is None else with_event[number - 1]
        peaks.finished[number] = Peak(moments, side(rules, 10 + size), side(rules, 10))
    return peak_result(peaks, "morning", 12)


def phone(told):
    """Give what happened on the phone."""
    return next(each for each in told.channels if each.channel == "phone")


TEN = [START + place * HOUR for place in range(1, 11)]


def test_it_is_gone_by_the_moment_at_which_so_many_have_recovered():
    """Of ten, the fifth and the ninth."""
    told = result(TEN)
    assert phone(told).gone.p50 == "2026-01-06T15:00:00"
    assert phone(told).gone.p90 == "2026-01-06T19:00:00"
    assert told.everywhere == phone(told).gone
    assert (phone(told).noticed, phone(told).recovered) == (10, 10)


def test_later_than_it_was_followed_has_no_moment():
    told = result([*TEN[:8], LATER, LATER])
    assert phone(told).gone.p50 == "2026-01-06T15:00:00"
    assert phone(told).gone.p90 is None
    assert (phone(told).noticed, phone(told).recovered) == (10, 8)
    assert told.followed_until == "2026-01-19T00:00:00"


def test_what_was_never_noticed_is_gone_at_the_start():
    told = result([*[UNTOUCHED] * 6, *TEN[:4]])
    assert phone(told).gone.p50 == told.start == "2026-01-06T10:00:00"
    assert phone(told).gone.p90 == "2026-01-06T13:00:00"
    assert phone(told).noticed == 4
    quiet = next(each for each in told.channels if each.channel == "chat")
    assert quiet.gone.p90 == told.start


def test_levels_and_differences_are_percentiles_of_the_replications():
    told = phone(result(TEN))
    assert (told.largest.p50, told.largest.p90, told.usual_largest.p90) == (15, 19, 10)
    assert told.longest_wait.p90 == 19 * 60
    assert (told.extra_attempts.p50, told.extra_closed.p50, told.extra_lost.p90) == (5, 5, 9)


def test_who_found_it_closed_is_counted_over_all_channels():
    """Three channels, each with as many: the fifth and the ninth replication."""
    told = result(TEN)
    assert (told.extra_closed.p50, told.extra_closed.p90) == (15, 27)
    assert (told.extra_again.p50, told.extra_again.p90) == (30, 54)


def test_the_curve_has_a_band():
    told = result(TEN)
    curve = phone(told).curve
    assert (curve.p5[0], curve.p50[0], curve.p95[0]) == (11, 15, 20)
    assert (curve.usual_p50[0], curve.usual_p95[0]) == (10, 10)
    hours = hours_of(told)
    assert hours[0] == dt.datetime(2026, 1, 6)
    assert hours[-1] == dt.datetime(2026, 1, 18, 23)
    assert len(hours) == len(curve.p50) == 13 * 24


def test_a_result_can_be_written_and_read_back():
    told = result(TEN)
    assert PeakResult.model_validate_json(told.model_dump_json()) == told


def test_another_event_is_another_question():
    rules = PeakRules(make_plan(SCENARIO), (START, 14 * DAY))

    def question(name):
        peaks = Peaks(SCENARIO, Incident(name, SCENARIO.events["storm"], 6), rules)
        peaks.finished[1] = Peak(np.array([UNTOUCHED] * 3), side(rules, 1), side(rules, 1))
        return peak_result(peaks, "morning", 12).question

    assert question("storm") == question("storm") == result(TEN).question
    assert question("flood") != question("storm")


@pytest.mark.parametrize("name", CHANNELS)
def test_message_channels_are_told_apart(name):
    told = next(each for each in result(TEN).channels if each.channel == name)
    assert told.deferred == (name == "mail")


def test_curves_that_do_not_match_are_refused():
    document = result(TEN).model_dump(mode="json")
    document["channels"][1]["curve"]["p95"].pop()
    with pytest.raises(ValidationError, match="as long as each other"):
        PeakResult.model_validate(document)
