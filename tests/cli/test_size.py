"""`size`: how many people it takes, from one command."""

import csv
import io
import json

import pytest

QUICK = ("--replications", "10", "--confirm", "20", "--workers", "1")


def sized(kanaalkompas, *more):
    """Give the document that the command prints."""
    return json.loads(
        kanaalkompas("size", "today.yaml", "--team", "desk", *QUICK, "--format", "json", *more).out
    )


def test_the_answer_holds_and_one_step_less_does_not(kanaalkompas):
    (team,) = sized(kanaalkompas)["teams"]
    assert team["at_size"]["attained"] >= 16
    assert team["one_less"]["attained"] < 16
    assert team["low"] <= team["fte"] <= team["high"]


def test_the_new_rosters_are_a_scenario_that_runs(kanaalkompas, folder):
    document = sized(kanaalkompas)
    ended = kanaalkompas("run", "out/today-sized.yaml", "--replications", "10", "--format", "json")
    measures = json.loads(ended.out)["scenarios"][0]["measures"]
    years = 2 / 365
    fte = measures["teams.desk.paid_fte_years"]["mean"] / years
    assert fte == pytest.approx(document["teams"][0]["fte"], rel=1e-9)


def test_heads_are_written_for_every_part_of_the_week(kanaalkompas, folder):
    ended = kanaalkompas("size", "today.yaml", "--team", "desk", *QUICK, "--format", "csv",
                         "--language", "en")  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    assert (folder / "out" / "today-heads.csv").read_bytes().decode() == ended.out
    assert [row["weekday"] for row in rows] == ["mon"] * 10 + ["tue"] * 10
    assert {row["today"] for row in rows} == {"2"}


def test_what_was_played_is_not_played_again_and_the_bytes_are_the_same(kanaalkompas, folder):
    first = sized(kanaalkompas)
    whole = (folder / "out" / "today-size.json").read_bytes()
    (stored,) = (folder / "out" / "trials").iterdir()
    lines = stored.read_text().splitlines()
    stored.write_text("\n".join([*lines[::3], lines[1][:30]]))
    assert sized(kanaalkompas) == first
    assert (folder / "out" / "today-size.json").read_bytes() == whole
    kept = [line for line in stored.read_text().splitlines() if line.endswith("}")]
    assert sorted(kept) == sorted(lines)


def test_all_teams_are_sized_together(kanaalkompas):
    ended = kanaalkompas("size", "today.yaml", "--all", *QUICK, "--language", "en")
    assert ended.code == 0, ended.err
    assert "Contact centre" in ended.out
    assert "All norms together are attained in" in ended.out


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_table_says_how_many_and_when(kanaalkompas, language):
    said = kanaalkompas("size", "today.yaml", "--team", "desk", *QUICK, "--language", language).out
    for word in {"nl": ("fte", "Klantcontact", "ma ", "Herhaal"), "en": ("Contact centre", "Mon")}[
        language
    ]:
        assert word in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give either --team NAME or --all"),
        (("--team", "desk", "--all"), "give either --team NAME or --all"),
        (("--team", "nobody"), "has no such team; choose from desk"),
        (("--team", "desk", "--share", "1.2"), "--share 1.2 is not possible"),
        (("--team", "desk", "--step", "0"), "--step 0 is not possible"),
        (("--team", "desk", "--confirm", "3"), "--confirm 3 is not possible"),
    ],
)
def test_what_cannot_be_asked_is_refused(kanaalkompas, arguments, said):
    ended = kanaalkompas("size", "today.yaml", *arguments)
    assert ended.code == 2
    assert said in ended.err


def test_a_norm_that_no_size_attains_is_explained(kanaalkompas, folder):
    text = (folder / "today.yaml").read_text()
    text = text.replace("within: 60 seconds, target: 0.3", "within: 60 seconds, target: 0.999")
    (folder / "today.yaml").write_text(
        text.replace(
            "channels:\n", "lines: {trunk: {channels: [phone], capacity: 1}}\nchannels:\n", 1
        )
    )
    ended = kanaalkompas("size", "today.yaml", "--team", "desk", *QUICK)
    assert ended.code == 2
    assert "norms.calls" in ended.err
    assert "lines.*.capacity" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("command", ["size", "roster"])
def test_teams_to_choose_from_are_named_with_their_titles(folder, kanaalkompas, command):
    text = "extends: today.yaml\ntitle: Titled\nwhy: A title.\n"
    text += "teams: {desk: {title: {nl: Balieteam, en: Counter team}}}\n"
    (folder / "titled.yaml").write_text(text, "utf-8")
    ended = kanaalkompas(command, "titled.yaml", "--team", "nobody")
    assert ended.code == 2
    assert "choose from desk (Counter team)" in ended.err


def test_two_scenarios_in_one_folder_keep_their_own_files(kanaalkompas, folder):
    sized(kanaalkompas)
    first = {path: path.read_bytes() for path in (folder / "out").iterdir() if path.is_file()}
    assert {path.name for path in first} == {
        f"today-{each}" for each in ("size.json", "heads.csv", "planner.html", "sized.yaml")
    }
    assert kanaalkompas("size", "more.yaml", "--team", "desk", *QUICK).code == 0
    assert all(path.read_bytes() == content for path, content in first.items())
    assert (folder / "out" / "more-planner.html").exists()


def test_heads_follow_the_language_with_decimal_commas(kanaalkompas):
    ask = ("size", "today.yaml", "--team", "desk", *QUICK, "--format", "csv", "--language")
    dutch, english = (
        list(csv.DictReader(io.StringIO(kanaalkompas(*ask, language).out), delimiter=separator))
        for language, separator in (("nl", ";"), ("en", ","))
    )
    assert [row["nodig"] for row in dutch] == [row["heads"] for row in english]
    loads = [row["werklast (erlang)"] for row in dutch]
    assert [load.replace(",", ".") for load in loads] == [row["load"] for row in english]
    assert any("," in load for load in loads)
    assert {row["dag"] for row in dutch} == {"ma", "di"}
