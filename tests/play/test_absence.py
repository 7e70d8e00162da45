"""Unplanned absence: in spells, per person and day, and the same in every scenario."""

import math

import numpy as np
import pytest

from simulation.play.plan import make_plan
from simulation.play.roster import absent, at_work, cut
from simulation.scenario.teams import Absence
from tests.play.by_hand import scenario_of, story

DAY = 86_400_000_000
HOUR = DAY // 24
PEOPLE, DAYS = 200, 2_000

MONTH = {"start": "2026-01-05", "length": "28 days"}

OFFICE = """
channels: {phone: {kind: live}, mail: {kind: deferred}}
teams:
  desk:
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: HEADS}]
    channels: {phone: {}, mail: {}}
    absence: {share: 0.2, spell: 3 days}
"""


def levels(heads=20, replication=1, text=OFFICE, **parts):
    """Give (time, heads at work) of the team."""
    scenario = scenario_of(text.replace("HEADS", str(heads)), horizon=MONTH, **parts)
    return make_plan(scenario).at_work(replication)[0].tolist()


def illness(share, days):
    """Give absence as a file writes it."""
    return Absence.model_validate({"share": share, "spell": f"{days} days"})


def by_hour(steps):
    """Give the heads at work in each hour of the horizon."""
    hours = np.zeros(28 * 24, int)
    for time, heads in steps:
        hours[time // HOUR :] = heads
    return hours.reshape(28, 24)


def spells_of(person):
    """Give the lengths of the spells of one person that begin and end in the table."""
    edges = np.flatnonzero(np.diff(person.astype(int)))
    if len(edges) and person[edges[0]]:
        edges = edges[1:]
    whole = edges[: len(edges) // 2 * 2]
    return (whole[1::2] - whole[::2]).tolist()


@pytest.mark.parametrize(("share", "mean"), [(0.06, 5), (0.3, 1), (0.1, 20)])
def test_the_share_of_days_and_the_mean_spell_are_as_stated(share, mean):
    table = absent(illness(share, mean), PEOPLE, DAYS, key=7)
    relapse = share / (1 - share) / mean
    memory = 1 - 1 / mean - relapse
    variance = share * (1 - share) * (1 + memory) / (1 - memory) / table.size
    assert abs(table.mean() - share) < 4 * math.sqrt(variance)
    first_days = table[0].mean()
    assert abs(first_days - share) < 4 * math.sqrt(share * (1 - share) / PEOPLE)
    lengths = np.array([length for person in table.T for length in spells_of(person)])
    spread = math.sqrt(mean * (mean - 1) / len(lengths))
    # Spells that the end of the table cuts off are left out: a little under the mean.
    assert abs(lengths.mean() - mean) < 4 * spread + 0.02 * mean


def test_people_are_absent_independently():
    table = absent(illness(0.3, 2), PEOPLE, DAYS, key=7).astype(float)
    between = np.corrcoef(table[:, :50].T)[np.triu_indices(50, 1)]
    assert abs(between.mean()) < 0.01


def test_absence_lasts_whole_days():
    hours = by_hour(levels())
    for day, shift in enumerate(hours):
        assert set(shift[:9]) == set(shift[17:]) == {0}
        assert len(set(shift[9:17])) == 1, day


def test_the_same_people_are_absent_in_every_scenario():
    """Other channels, demand, handling and opening hours change nothing about who is ill."""
    other = OFFICE.replace("phone: {kind: live}", "phone: {kind: live, handling: 9 minutes}")
    other = other.replace("channels: {phone: {}, mail: {}}", "channels: {phone: {rank: 3}}")
    streams = {"phone": {"rates": [{"per_hour": 5}]}}
    assert levels() == levels(text=other, demand=streams, title="Other")


def test_an_added_person_leaves_the_others_as_they_were():
    few, more = by_hour(levels(10)), by_hour(levels(11))
    difference = (more - few)[:, 12]
    assert set(difference[:5]) <= {0, 1}
    assert set(difference) == {0, 1}


def test_a_shorter_shift_has_the_same_people_absent():
    """They belong to the person and the day, not to the hours that are rostered."""
    short = OFFICE.replace('until: "17:00"', 'until: "12:00"')
    assert by_hour(levels())[:, 10].tolist() == by_hour(levels(text=short))[:, 10].tolist()


def test_replications_and_teams_differ():
    assert levels(replication=1) != levels(replication=2)
    twice = OFFICE + OFFICE.partition("teams:")[2].replace("desk:", "other:")
    plan = make_plan(scenario_of(twice.replace("HEADS", "20"), horizon=MONTH))
    first, second = plan.at_work(1)
    assert first.tolist() != second.tolist()


def test_without_absence_everyone_rostered_is_at_work():
    steps = [(9 * HOUR, 17 * HOUR, 3.0), (33 * HOUR, 41 * HOUR, 2.0)]
    expected = [[9 * HOUR, 3], [17 * HOUR, 0], [33 * HOUR, 2], [41 * HOUR, 0]]
    for absence in (None, Absence(share=0.0)):
        assert at_work(cut(steps, 0), absence, 1).tolist() == expected


def test_a_night_shift_changes_at_midnight():
    """Absence is drawn per day: the two halves of a night may have other people."""
    night = [(20 * HOUR, 30 * HOUR, 40.0)]
    steps = at_work(cut(night, 0), illness(0.4, 1), 1).tolist()
    assert [time for time, _ in steps] == [20 * HOUR, 24 * HOUR, 30 * HOUR]
    late_start = at_work(cut([(0, 10 * HOUR, 40.0)], 20 * HOUR), illness(0.4, 1), 1).tolist()
    assert [[time + 20 * HOUR, heads] for time, heads in late_start] == steps


def test_rostered_is_absent_plus_at_work():
    told = story(OFFICE.replace("HEADS", "20"), horizon=MONTH)
    hours = told.measures()
    at_work_hours = by_hour(levels()).sum()
    assert hours["teams.desk.rostered_hours"] == 20 * 8 * 20
    assert hours["teams.desk.at_work_hours"] == at_work_hours
    assert hours["teams.desk.absent_hours"] == 3_200 - at_work_hours
    assert 0.1 < hours["teams.desk.absent_hours"] / 3_200 < 0.3


def test_who_is_absent_serves_nobody():
    """Everyone rostered is absent on some day: then nobody is present either."""
    told = story(OFFICE.replace("HEADS", "20"), horizon=MONTH)
    present = by_hour(
        [(round(minute * 60_000_000), heads) for minute, heads in told.present("desk")]
    )
    assert present.tolist() == by_hour(levels()).tolist()
