"""Shortage and surplus against today's roster: as a table, and in words."""

import numpy as np
import pytest

from simulation.report.reader import Reader
from simulation.report.shortage import sentence, weekdays
from simulation.rostering.shortage import differences, spans
from simulation.scenario.values import HOUR
from tests.rostering.build import place, scenario

TODAY = [
    {"days": "mon-thu", "from": "09:00", "until": "11:30", "heads": 2},
    {"days": "fri", "from": "09:00", "until": "12:00", "heads": 1},
]


def found(needs, **team):
    where, heads = place(dict.fromkeys(range(5), needs), opens=9)
    return differences(scenario(roster=TODAY, **team), "desk", where, heads.tolist())


def test_every_part_of_the_week_has_what_is_needed_and_who_is_there_today():
    parts = found([2, 2, 3])
    assert [part[1:] for part in parts if part.weekday == 0] == [
        (0, 9 * HOUR, 10 * HOUR, 2, 2),
        (0, 10 * HOUR, 11 * HOUR, 2, 2),
        (0, 11 * HOUR, 11.5 * HOUR, 3, 2),
        (0, 11.5 * HOUR, 12 * HOUR, 3, 0),
    ]


def test_hours_short_add_up_to_hours_needed_less_hours_today():
    parts = found([1, 2, 3])
    hours = sum(part.short * (part.end - part.begin) for part in parts) / HOUR
    assert hours == 5 * (1 + 2 + 3) - (4 * 2 * 2.5 + 3)


def test_today_is_raised_to_the_minimum_crew_wherever_it_has_anyone():
    friday = [part.today for part in found([2, 2, 3], minimum_crew=2) if part.weekday == 4]
    assert friday == [2, 2, 2]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Monday to Thursday 11:30–12:00: 3 too few",
                "Monday to Thursday 09:00–10:00: 1 too many",
                "Friday 10:00–11:00: 1 too few",
                "Friday 11:00–12:00: 2 too few",
            ],
        ),
        (
            "nl",
            [
                "Maandag tot en met donderdag 11:30–12:00: 3 te weinig",
                "Maandag tot en met donderdag 09:00–10:00: 1 te veel",
                "Vrijdag 10:00–11:00: 1 te weinig",
                "Vrijdag 11:00–12:00: 2 te weinig",
            ],
        ),
    ],
)
def test_shortage_and_surplus_in_words(language, said):
    sentences = [sentence(Reader(language), span) for span in spans(found([1, 2, 3]))]
    assert set(said) < set(sentences)
    assert len(sentences) == 5


def test_the_largest_shortage_or_surplus_comes_first():
    ordered = spans(found([1, 2, 3]))
    work = [abs(span.short) * (span.end - span.begin) * len(span.weekdays) for span in ordered]
    assert work == sorted(work, reverse=True)


def test_days_in_a_row_are_named_by_the_first_and_the_last():
    assert weekdays(Reader("en"), [0, 1, 2, 4]) == "Monday to Wednesday and Friday"
    assert weekdays(Reader("nl"), [5, 6]) == "zaterdag en zondag"


def test_nothing_is_said_where_today_is_what_is_needed():
    where, heads = place({0: [2, 2]}, opens=9)
    right = differences(scenario(roster=TODAY), "desk", where, np.array(heads).tolist())
    assert spans(right) == []
