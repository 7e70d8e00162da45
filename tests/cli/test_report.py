"""`report`: the page of a stored result, and how it refuses what is none."""

import json
import os
import shutil

import pytest

FILES = {"more.yaml", "out", "page.html", "today.yaml"}
REMEDY = "make it again with 'kanaalkompas compare'"


@pytest.fixture
def stored(kanaalkompas, folder):
    kanaalkompas("compare", "today.yaml", "--replications", "2", "--workers", "1")
    (folder / "page.html").write_text("what was there", encoding="utf-8")
    return folder / "out/result.json"


@pytest.fixture
def refused(kanaalkompas, folder, stored):
    """Report a file that cannot be shown; give what is said of it."""

    def report(file=stored):
        ended = kanaalkompas("report", str(file), "--out", "page.html")
        assert ended.code == 2
        assert ended.out == ""
        assert ended.err.startswith("Error: ")
        assert "Traceback" not in ended.err
        assert {path.name for path in folder.iterdir() if path != file} == FILES
        assert (folder / "page.html").read_text(encoding="utf-8") == "what was there"
        return ended.err

    return report


def test_report_makes_the_same_page_from_a_stored_result(kanaalkompas, folder, stored):
    ended = kanaalkompas("report", str(stored), "--out", "page.html")
    assert ended.code == 0
    page = (folder / "page.html").read_bytes()
    assert page == (folder / "out/compare.html").read_bytes()


@pytest.mark.parametrize("name", ["a b'c.json", "ünï.json", "-- x.json", "$(x);.json"])
def test_a_result_may_have_any_name(kanaalkompas, folder, stored, name):
    shutil.copy(stored, folder / name)
    assert kanaalkompas("report", str(folder / name), "--out", "page.html").code == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[: len(text) // 2], "is not complete JSON"),
        (lambda text: "", "is not complete JSON"),
        (lambda text: "hello", "is not complete JSON"),
        (lambda text: "[" * 100_000, "is not complete JSON"),
        (lambda text: "{}", "is not a result of Kanaalkompas"),
        (lambda text: text.replace("result/1", "result/2"), "format: is 'kanaalkompas-result/2'"),
        (lambda text: text.replace('"seed": 3', '"seed": "x"'), "seed: 'x': "),
        (lambda text: text.replace('"days": 2.0', '"days": -5'), "period.days: -5: "),
        (lambda text: text.replace('"confidence": 0.9', '"confidence": 7'), "confidence: 7: "),
        (lambda text: text.replace('"finished": 2', '"finished": 3'), "scenarios.0.finished: is 3"),
        (lambda text: text.replace('"start": "2026-03-02T', '"start": "soon T'), "period.start: "),
        (lambda text: text.replace('"letter": "0"', '"letter": "<b>"'), "scenarios.0.letter: "),
        (lambda text: text.replace('"seed": 3,', '"seed": 3, "seed": 3,', 1), "seed: occurs twice"),
        (lambda text: text.replace("Vandaag", "Gisteren", 1), "scenarios.0.title.nl: is 'Gister"),
    ],
)
def test_what_is_not_a_result_is_refused_with_place_and_remedy(refused, stored, change, said):
    stored.write_text(change(stored.read_text(encoding="utf-8")), encoding="utf-8")
    error = refused()
    assert said in error
    assert REMEDY in error


def test_text_in_another_encoding_is_refused(refused, stored):
    stored.write_bytes(stored.read_text(encoding="utf-8").encode("utf-16"))
    assert "is not text in UTF-8" in refused()


def test_at_most_twenty_problems_are_shown_and_the_rest_is_counted(refused, stored):
    data = json.loads(stored.read_text(encoding="utf-8"))
    for estimate in data["scenarios"][0]["measures"].values():
        estimate["n"] = 0
    stored.write_text(json.dumps(data), encoding="utf-8")
    lines = refused().splitlines()
    count = len(data["scenarios"][0]["measures"])
    assert lines[0].endswith(f"is not a valid result ({count} problems); {REMEDY}")
    assert len(lines) == 22
    assert lines[-1] == f"  ... and {count - 20} more"


def test_a_file_that_is_not_there_or_no_file_is_refused(refused, folder):
    assert "nothing.json: cannot be read" in refused("nothing.json")
    assert "out: is not a file" in refused("out")
    assert "cannot be read" in refused("x" * 300)
    os.mkfifo(folder / "pipe")
    assert "pipe: is not a file" in refused(folder / "pipe")


def test_a_file_without_permission_is_refused(refused, stored, monkeypatch):
    def deny(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", deny)
    assert "cannot be read (Permission denied); name a result.json, a case.json," in refused()


SIZED = ("size", "today.yaml", "--team", "desk", "--replications", "10", "--confirm", "10")


@pytest.fixture
def size(kanaalkompas, folder):
    """Size a team; give the document."""
    assert kanaalkompas(*SIZED, "--workers", "1").code == 0
    return folder / "out/today-size.json"


def test_a_stored_size_gives_the_page_of_planners_that_size_wrote(kanaalkompas, folder, size):
    page = folder / "out/today-planner.html"
    first = page.read_bytes()
    page.unlink()
    ended = kanaalkompas("report", str(size))
    assert (ended.code, ended.out) == (0, "")
    assert page.read_bytes() == first
    shutil.copy(size, folder / "mine.json")
    assert kanaalkompas("report", "mine.json").code == 0
    assert (folder / "planner.html").read_bytes() == first


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[: len(text) // 2], "is not complete JSON"),
        (lambda text: text.replace("size/1", "size/2"), "format: is 'kanaalkompas-size/2'"),
        (lambda text: text.replace('"seed": 3', '"seed": "x"'), "seed: 'x': "),
        (lambda text: text.replace('"team": "desk"', '"team": "none"'), "teams.0.team: 'none' is "),
        (lambda text: text.replace('"kind": "live"', '"kind": "x"'), "scenario.channels.phone"),
    ],
)
def test_a_size_that_was_damaged_is_refused_with_its_place(kanaalkompas, size, change, said):
    size.write_text(change(size.read_text(encoding="utf-8")), encoding="utf-8")
    ended = kanaalkompas("report", str(size))
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_a_peak_has_no_page_and_the_message_says_what_shows_it(kanaalkompas, folder):
    extra = ("--contacts", "50", "--at", "2026-03-02 10:00", "--replications", "2")
    ended = kanaalkompas("peak", "today.yaml", *extra, "--workers", "1", "--format", "json")
    assert ended.code == 0, ended.err
    (folder / "peak.json").write_text(ended.out, encoding="utf-8")
    refused = kanaalkompas("report", "peak.json")
    assert refused.code == 2
    assert "peak.json: is what 'kanaalkompas peak' found, which has no page" in refused.err
    assert "compare'" not in refused.err
