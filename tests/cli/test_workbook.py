"""`workbook`: a stored case as a spreadsheet, and how it refuses what is none."""

import json
import shutil

import openpyxl
import pytest

from tests.report.case_files import make_case

REMEDY = "make it again with 'kanaalkompas business-case'"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_case(tmp_path_factory.mktemp("made"), "informed")


@pytest.fixture
def stored(made, folder):
    """A case of this folder's own."""
    return shutil.copy(made, folder / "case.json")


def test_a_workbook_lies_beside_its_case(kanaalkompas, folder, stored):
    ended = kanaalkompas("workbook", str(stored))
    assert (ended.code, ended.out, ended.err) == (0, "", f"Written: {folder / 'case.xlsx'}\n")
    assert openpyxl.load_workbook(folder / "case.xlsx").sheetnames[0] == "Samenvatting"


def test_a_workbook_goes_where_it_is_asked_in_the_language_that_is_asked(
    kanaalkompas, folder, stored
):
    ended = kanaalkompas("workbook", str(stored), "--out", "b c.xlsx", "--language", "en")
    assert ended.code == 0
    assert openpyxl.load_workbook(folder / "b c.xlsx").sheetnames == [
        "Summary", "Inputs", "Simulated", "Contracts", "Budget", "Savings", "Effects",
        "Task fields", "Contact costs", "Reconciliation", "Assumptions", "Checks",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[: len(text) // 2], "is not complete JSON"),
        (lambda text: "", "is not complete JSON"),
        (lambda text: "[]", "is not a result of Kanaalkompas"),
        (lambda text: text.replace("case/1", "case/7"), "format: is 'kanaalkompas-case/7'"),
        (lambda text: text.replace('"life": 6', '"life": 5'), "those of 0 are not 2026 to 2030"),
        (lambda text: text.replace('"need_fte": ', '"need_fte": -'), "need_fte: -"),
        (lambda text: text.replace('"prices": "constant"', '"prices": "?"', 1), "prices: '?'"),
    ],
)
def test_what_is_no_case_is_refused_with_the_remedy(kanaalkompas, folder, stored, change, said):
    stored.write_text(change(stored.read_text("utf-8")), "utf-8")
    ended = kanaalkompas("workbook", str(stored))
    assert ended.code == 2
    assert said in ended.err
    assert REMEDY in ended.err
    assert "Traceback" not in ended.err
    assert not (folder / "case.xlsx").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda case: case["years"][-1]["teams"][0].update(team="nobody"),
        lambda case: case["years"][-1].update(teams=[]),
        lambda case: case["years"][1].update(lines=[]),
        lambda case: case["strategies"][0]["effects"][0].update(teams=[]),
        lambda case: case.update(years=[y for y in case["years"] if y["letter"] != "0*"]),
        lambda case: case.update(strategies=[]),
    ],
)
def test_a_case_that_was_edited_is_refused_or_checked_and_never_a_fault(
    kanaalkompas, folder, stored, change
):
    case = json.loads(stored.read_text("utf-8"))
    change(case)
    stored.write_text(json.dumps(case), "utf-8")
    ended = kanaalkompas("workbook", str(stored))
    assert ended.code in {0, 2}
    assert "Internal error" not in ended.err
    assert ended.code == 0 or REMEDY in ended.err


def test_a_comparison_is_named_as_what_it_is(kanaalkompas, folder, stored):
    (folder / "result.json").write_text(
        json.dumps(json.loads(stored.read_text("utf-8"))["comparison"]), "utf-8"
    )
    ended = kanaalkompas("workbook", "result.json")
    assert ended.code == 2
    said = f"Error: result.json: is a comparison and no business case; {REMEDY}\n"
    assert ended.err == said


@pytest.mark.parametrize("name", ["none.json", "."])
def test_a_file_that_cannot_be_read_is_named(kanaalkompas, folder, name):
    ended = kanaalkompas("workbook", name)
    assert ended.code == 2
    assert "name a case.json" in ended.err


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("nowhere/x.xlsx", "a folder on the path does not exist"),
        ("today.yaml/x.xlsx", "a part of the path is a file"),
        (".", "it is a folder"),
        ("case.json", "was read for this"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_named(kanaalkompas, stored, out, said):
    before = stored.read_bytes()
    ended = kanaalkompas("workbook", str(stored), "--out", out)
    assert ended.code == 2
    assert said in ended.err
    assert stored.read_bytes() == before


@pytest.mark.parametrize("language", ["nl", "en"])
def test_another_process_writes_the_same_file(kanaalkompas, process, folder, stored, language):
    kanaalkompas("workbook", str(stored), "--out", "a.xlsx", "--language", language)
    ended = process("workbook", str(stored), "--out", "b.xlsx", "--language", language)
    assert ended.code == 0
    assert (folder / "a.xlsx").read_bytes() == (folder / "b.xlsx").read_bytes()
