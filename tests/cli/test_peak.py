"""`peak`: what an event does, moved and scaled, and what is refused."""

import csv
import io
import json

import pytest

from simulation.comparison.peak import PeakResult

STORM = """\
extends: today.yaml
title: {nl: Met storm, en: With a storm}
why: {nl: Er komt een storm., en: A storm comes.}
horizon: {length: 21 days}
events:
  storm:
    title: {nl: storm, en: storm}
    start: 2026-03-04 11:00
    contacts: 300
    decay: 3 hours
    channels: {phone: 0.7, webcare: 0.3}
  works: {start: 2026-03-10, contacts: 20, decay: 3 hours, channels: {phone: 1}}
"""


@pytest.fixture
def peak(kanaalkompas, folder):
    """Run the command on a scenario with a storm, in this process alone."""
    (folder / "storm.yaml").write_text(STORM, encoding="utf-8")

    def run(*arguments, file="storm.yaml"):
        return kanaalkompas("peak", file, "--workers", "1", *arguments)

    return run


def told(ended):
    """Read the result."""
    assert ended.code == 0, ended.err
    return PeakResult.model_validate_json(ended.out)


def test_the_table_says_by_when_it_is_gone_in_both_languages(peak):
    dutch, english = peak(), peak("--language", "en")
    assert "Storm: begint op woensdag 4 maart 2026 11:00" in dutch.out
    assert "In 90% van de simulaties is alles overal uiterlijk" in " ".join(dutch.out.split())
    assert "Normal again" in english.out
    assert "Wednesday 4 March" in english.out
    assert "kanaalkompas peak storm.yaml --language en" in english.out
    assert dutch.err == ""


def test_the_storm_can_be_another_day_and_larger(peak):
    usual = told(peak("--format", "json"))
    moved = told(peak("--on", "fri", "--contacts", "900", "--format", "json"))
    assert usual.start == "2026-03-04T11:00:00"
    assert moved.start == "2026-03-06T11:00:00"
    assert (usual.contacts, moved.contacts) == (300, 900)
    assert usual.question != moved.question
    phone, more = (
        next(each for each in result.channels if each.channel == "phone")
        for result in (usual, moved)
    )
    assert phone.extra_attempts.p50 > 150
    assert more.extra_attempts.p50 > 2 * phone.extra_attempts.p50


def test_another_event_can_be_named_and_moved_to_a_moment(peak):
    result = told(peak("--event", "works", "--at", "2026-03-11 09:30", "--format", "json"))
    assert (result.event, result.start, result.contacts) == ("works", "2026-03-11T09:30:00", 20)
    assert result.decay == "3 hours"


def test_a_file_without_events_can_have_a_peak(peak, folder):
    (folder / "calm.yaml").write_text(
        "extends: today.yaml\ntitle: calm\nwhy: calm\nhorizon: {length: 28 days}\n",
        encoding="utf-8",
    )
    options = ("--on", "dinsdag", "--contacts", "200", "--decay", "1 hours")
    result = told(peak(*options, "--format", "json", file="calm.yaml"))
    assert result.event == "peak"
    assert result.start == "2026-03-17T09:00:00"
    assert result.decay == "1 hours"
    assert "Een piek: begint op dinsdag 17 maart" in peak(*options, file="calm.yaml").out


def test_the_csv_has_a_row_for_every_number(peak):
    result = told(peak("--format", "json"))
    rows = list(csv.DictReader(io.StringIO(peak("--format", "csv").out)))
    curve = [
        row
        for row in rows
        if (row["channel"], row["quantity"], row["case"], row["statistic"])
        == ("phone", "open_work", "with", "p50")
    ]
    phone = next(each for each in result.channels if each.channel == "phone")
    assert [int(row["value"]) for row in curve] == list(phone.curve.p50)
    assert curve[0]["moment"] == "2026-03-04T00:00:00"
    gone = [row["moment"] for row in rows if row["quantity"] == "gone_by"]
    assert gone[:2] == [result.everywhere.p50 or "", result.everywhere.p90 or ""]


def test_the_command_that_it_prints_gives_the_same_bytes(peak, kanaalkompas):
    first = peak("--on", "tue", "--contacts", "450.5", "--seed", "9", "--format", "json")
    again = first.err.rpartition("Repeat with: kanaalkompas ")[2].split()
    assert again == ["peak", "storm.yaml", "--seed", "9", "--on", "tue", "--contacts", "450.5"]
    assert kanaalkompas(*again, "--workers", "1", "--format", "json").out == first.out


def test_all_that_is_wrong_with_the_command_line_is_told_at_once(peak):
    ended = peak(
        "--on", "someday", "--at", "soon", "--contacts", "-1", "--weeks", "0", "--decay", "long",
        "--replications", "0",
    )  # fmt: skip
    assert ended.code == 2
    for said in (
        "--on 'someday' is not a weekday; write tuesday, tue or dinsdag",
        "--at 'soon' is not a date",
        "--contacts -1 is not possible; give a number above 0, up to 1000000",
        "--weeks 0 is not possible; give a whole number from 1 to 52",
        "--decay 'long' is not a duration",
        "--replications 0 is not possible",
        "--at and --on exclude each other",
    ):
        assert said in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("arguments", "file", "said"),
    [
        (("--event", "flood"), "storm.yaml", "'flood' is not in the scenario, which has storm,"),
        ((), "today.yaml", "the scenario has no events; say with --contacts how many people come"),
        (("--at", "2027-01-01"), "storm.yaml", "give a moment from 2026-03-02 00:00 until 2026-"),
        (("--contacts", "nan"), "storm.yaml", "--contacts nan is not possible"),
        ((), "none.yaml", "none.yaml"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(peak, arguments, file, said):
    ended = peak(*arguments, file=file)
    assert ended.code == 2
    assert said in ended.err
    assert ended.out == ""
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("weekday", ["wed", "Wednesday", "woensdag", "wo"])
def test_a_weekday_can_be_written_in_both_languages_and_short(peak, weekday):
    result = told(peak("--on", weekday, "--replications", "1", "--format", "json"))
    assert result.start == "2026-03-04T11:00:00"


def test_who_comes_when_it_is_closed_is_told_and_so_is_what_becomes_of_them(peak, folder):
    late = ("--at", "2026-03-04 20:00", "--decay", "1 hours", "--language", "en")
    ended = " ".join(peak(*late).out.split())
    assert "extra attempts came when the channel was closed (median)" in ended
    assert "Nobody tries again afterwards" in ended
    again = (
        STORM
        + "channels: {phone: {after_closed: {delay: {family: exponential, mean: 30 minutes}}}}\n"
    )
    (folder / "again.yaml").write_text(again, encoding="utf-8")
    told_of = " ".join(peak(*late, file="again.yaml").out.split())
    assert "new attempts followed on those, which do count" in told_of
    result = told(peak(*late, "--format", "json", file="again.yaml"))
    assert result.extra_closed.p50 > 100
    assert result.extra_again.p50 == result.extra_closed.p50


def test_most_work_says_of_what(peak):
    english, dutch = peak("--language", "en").out, peak().out
    assert " waiting" in english
    assert " messages" in english
    assert " wachtenden" in dutch
    assert " berichten" in dutch


def test_a_peak_that_is_still_there_is_told_as_such(peak):
    ended = peak("--contacts", "20000", "--weeks", "1", "--replications", "2", "--language", "en")
    assert ended.code == 0
    said = " ".join(ended.out.split())
    assert "not everything is back to normal: that comes only after 11 March" in said


def test_a_peak_that_nobody_notices_is_told_as_such(peak):
    ended = peak("--contacts", "0.001", "--replications", "2")
    assert "is er in geen enkel kanaal iets van te merken" in " ".join(ended.out.split())
    assert json.loads(peak("--contacts", "0.001", "--format", "json").out)["channels"]
