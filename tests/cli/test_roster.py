"""``kanaalkompas roster``: people, contracts and shortages, from the heads of a file."""

import csv
import io
import json
import re

import pytest

from tests.cli.conftest import TODAY

MORE = TODAY.replace("heads: 2", "heads: 3")


def test_a_roster_is_shown_with_its_contracts_hours_and_gap(folder, kanaalkompas):
    done = kanaalkompas("roster", "more.yaml", "--language", "en")
    assert done.code == 0
    assert "Contact centre" in done.out
    assert "fte:" in done.out
    assert "No roster by these rules is" in done.out
    assert "Written: out/more-roster.json, out/more-roster.csv, out/more-rostered.yaml" in done.err


def test_the_same_command_gives_the_same_bytes(folder, kanaalkompas):
    one, two = (kanaalkompas("roster", "more.yaml", "--format", "json") for _ in range(2))
    assert one.out == two.out
    document = json.loads(one.out)
    assert document[0]["team"] == "desk"
    assert (folder / "out" / "more-roster.json").read_text(encoding="utf-8") == one.out


def test_what_today_lacks_is_said_and_written(folder, kanaalkompas):
    done = kanaalkompas("roster", "more.yaml", "--today", "today.yaml", "--language", "en")
    assert "Monday and Tuesday 08:00–18:00: 1 too few" in done.out
    rows = list(csv.DictReader(io.StringIO((folder / "out/more-shortage.csv").read_text("utf-8"))))
    assert sum(float(row["hours_short_a_week"]) for row in rows) == 20
    kanaalkompas("roster", "more.yaml", "--today", "today.yaml")
    text = (folder / "out/more-shortage.csv").read_text("utf-8")
    dutch = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["uren tekort per week"].replace(",", ".") for row in dutch] == [
        row["hours_short_a_week"] for row in rows
    ]
    assert {row["dag"] for row in dutch} == {"ma", "di"}


def test_the_scenario_that_is_written_can_be_simulated_and_has_these_people(folder, kanaalkompas):
    kanaalkompas("roster", "more.yaml")
    done = kanaalkompas("run", "out/more-rostered.yaml", "--replication", "1", "--format", "json")
    assert done.code == 0
    measures = json.loads(done.out)["scenarios"][0]["measures"]
    [roster] = json.loads((folder / "out/more-roster.json").read_text("utf-8"))
    [site] = roster["sites"]
    assert measures["teams.desk.rostered_hours"]["mean"] == pytest.approx(
        site["hours"][0]["shifts"]
    )


def test_the_roster_is_simulated_afresh_and_says_how_often_norms_are_attained(folder, kanaalkompas):
    said = kanaalkompas("roster", "more.yaml", "--language", "en", "--workers", "1").out
    ran = kanaalkompas("run", "out/more-rostered.yaml", "--workers", "1", "--format", "json")
    for norm in json.loads(ran.out)["scenarios"][0]["norms"]:
        count = norm["attainment"]["attained"]
        assert f"{norm['name'].capitalize()}: with these people attained in {count} of 10" in said


def test_the_week_is_shown_by_person_with_begin_and_end(folder, kanaalkompas):
    said = kanaalkompas("roster", "more.yaml", "--workers", "1").out
    [roster] = json.loads((folder / "out/more-roster.json").read_text("utf-8"))
    assert "Klantcontact: wie werkt wanneer" in said
    lines = said.partition("wie werkt wanneer")[2].splitlines()
    for number, person in enumerate(roster["sites"][0]["people"], 1):
        row = next(line for line in lines if line.startswith(f"Klantcontact {number} "))
        assert re.findall(r"\d\d:\d\d–\d\d:\d\d", row) == [
            f"{turn['begin']}–{turn['end']}" for turn in person["turns"]
        ]
    assert max(len(line) for line in lines) <= 80
    assert "zie more-roster.csv" not in said
    assert "staan in more-roster.csv" in said


def test_a_large_team_is_cut_off_and_says_where_the_rest_is(folder, kanaalkompas):
    many = MORE.replace("heads: 3", "heads: 40")
    (folder / "many.yaml").write_text(many, encoding="utf-8")
    said = kanaalkompas("roster", "many.yaml", "--language", "en", "--replications", "2").out
    shown = re.findall(r"^Contact centre \d+ ", said, re.MULTILINE)
    assert len(shown) == 20
    assert re.search(r"And \d+ others: see many-roster\.csv", said)


@pytest.mark.parametrize(("language", "name"), [("nl", "Klantcontact"), ("en", "Contact centre")])
def test_persons_are_called_by_the_title_of_their_team(folder, kanaalkompas, language, name):
    done = kanaalkompas("roster", "more.yaml", "--format", "csv", "--language", language)
    assert done.out.splitlines()[1].startswith(f"{name} 1")


def test_csv_has_a_row_for_every_shift(folder, kanaalkompas):
    done = kanaalkompas("roster", "more.yaml", "--format", "csv", "--language", "en")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    [roster] = json.loads((folder / "out/more-roster.json").read_text("utf-8"))
    assert len(rows) == sum(len(p["turns"]) for p in roster["sites"][0]["people"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--team", "nobody"], "--team nobody: more.yaml has no such team; choose from desk"),
        (["--today", "none.yaml"], "none.yaml"),
    ],
)
def test_what_is_wrong_with_the_command_is_said(folder, kanaalkompas, arguments, said):
    done = kanaalkompas("roster", "more.yaml", *arguments)
    assert done.code == 2
    assert said in done.err


def test_rules_that_cannot_cover_an_hour_say_what_binds(folder, kanaalkompas):
    late = 'from: "19:00", until: "21:00"'
    text = MORE.replace('from: "08:00", until: "18:00"', late)
    text = text.replace('from: "09:00", until: "17:00"', late)
    (folder / "late.yaml").write_text(text, encoding="utf-8")
    done = kanaalkompas("roster", "late.yaml")
    assert done.code == 2
    assert (
        "late.yaml: desk: mon 19:00-21:00: 3 heads are needed, but no shift of 4, 6, 8 hours"
        " fits in the opening hours 19:00-21:00" in done.err
    )
    assert not (folder / "out" / "more-roster.json").exists()


def test_rules_that_contradict_each_other_are_told_all_at_once(folder, kanaalkompas):
    rules = (
        "    shifts: {lengths: [4 hours, 12 hours], contracts: [4, 36], start_every: 1 minutes,"
        " rest: 18 hours}\n"
    )
    text = MORE.replace("    shrinkage: 0.2\n", f"    shrinkage: 0.2\n{rules}")
    (folder / "wrong.yaml").write_text(text, encoding="utf-8")
    done = kanaalkompas("roster", "wrong.yaml")
    assert done.code == 2
    for place in ("lengths.1", "contracts.0", "start_every"):
        assert f"teams.desk.shifts.{place}: " in done.err
