"""A roster as CSV: a row for each shift, that adds up and that a spreadsheet reads as it is."""

import csv
import io

import pytest

from simulation.report.reader import Reader
from simulation.report.roster_sheet import roster_sheet
from tests.rostering.build import roster

RULES = {"lengths": ["4 hours", "7.5 hours"], "contracts": [16.5, 32]}


@pytest.fixture(scope="module")
def plan():
    busy, quiet = {0: [2] * 8, 3: [1] * 8}, {0: [1] * 8}
    return roster(RULES, busy, quiet)


@pytest.mark.parametrize(("language", "separator", "point"), [("nl", ";", ","), ("en", ",", ".")])
def test_there_is_a_row_for_every_shift_and_the_hours_add_up(plan, language, separator, point):
    text = roster_sheet(plan, Reader(language), "balie")
    header, *rows = csv.reader(io.StringIO(text), delimiter=separator)
    assert len(header) == 11
    assert {len(row) for row in rows} == {11}
    hours = sum(float(row[10].replace(point, ".")) for row in rows)
    turns = [turn for person in plan.people for turn in person.turns]
    assert hours == sum(turn.hours for turn in turns)
    assert len(rows) == len(turns)
    assert {row[1] for row in rows} <= {f"16{point}5", "32"}


def test_a_row_says_who_works_when(plan):
    rows = list(csv.DictReader(io.StringIO(roster_sheet(plan, Reader("en"), "front desk"))))
    first = rows[0]
    assert first["person"] == "front desk 1"
    assert (first["first date"], first["last date"]) == ("2026-03-02", "2026-03-08")
    assert first["weekday"] == "Monday"
    assert (first["begin"], first["end"]) in {("08:00", "12:00"), ("08:00", "16:00")}
    long = next(row for row in rows if row["hours"] == "7.5")
    assert long["break begins"] < long["break ends"]
    assert next(row for row in rows if row["hours"] == "4")["break begins"] == ""


def test_no_name_becomes_a_formula(plan):
    text = roster_sheet(plan, Reader("en"), "=1+1")
    assert text.splitlines()[1].startswith("'=1+1 1,")
