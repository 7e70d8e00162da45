"""What `kanaalkompas cloud` writes and shows is what the same command does on this machine."""

import filecmp
import json
from pathlib import Path

import pytest

from tests.cli.conftest import MORE, TODAY, run_apart
from tests.cli.test_business_case import INFORMED, YEAR
from tests.functions.served import Served

ON_THE_WAY = {"trials", "points.jsonl"}
"""What commands on this machine keep to go on after an interruption."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with Served.start(tmp_path_factory.mktemp("served") / "kept") as served:
        yield served


@pytest.fixture
def cloud(served, tmp_path):
    def ask(*words):
        told = {"KANAALKOMPAS_API": served.address, "KANAALKOMPAS_TOKEN": "a.token"}
        return run_apart("cloud", *words, folder=tmp_path, **told)

    return ask


@pytest.fixture
def here(tmp_path):
    def run(*words):
        done = run_apart(*words, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        return done

    return run


@pytest.fixture
def town(tmp_path):
    """Lay out scenarios in two folders, of which two files are called the same."""
    return _laid_out(
        tmp_path,
        {
            "base/vandaag.yaml": TODAY,
            "een/Méér mensen.yaml": MORE.replace("today.yaml", "../base/vandaag.yaml"),
            "twee/Méér mensen.yaml": MORE.replace("today.yaml", "../een/Méér mensen.yaml"),
        },
    )


@pytest.fixture
def year(tmp_path):
    """Lay out scenarios that have a business case."""
    texts = {
        "today.yaml": TODAY,
        "a/year.yaml": YEAR.replace("today.yaml", "../today.yaml").replace("life: 3", "life: 2"),
        "b/informed.yaml": INFORMED.replace("year.yaml", "../a/year.yaml").replace(
            "amount: 20000", "amount: {value: 20000, low: 0, high: 30000}"
        ),
    }
    return _laid_out(tmp_path, texts)[1:]


def _laid_out(folder, texts):
    for path, text in texts.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return list(texts)


def _files(folder):
    found = (each.relative_to(folder) for each in folder.rglob("*") if each.is_file())
    return {each for each in found if each.parts[0] not in ON_THE_WAY}


def _alike(there, here, *but):
    """See that two folders have the same files, but for some that one of them has."""
    files = _files(here)
    assert _files(there) ^ files == {Path(each) for each in but}
    same = [str(each) for each in _files(there) & files]
    assert filecmp.cmpfiles(there, here, same, shallow=False)[0] == same


def _said(done):
    """Give what was shown, but for the command that repeats it."""
    *lines, repeat = done.stdout.splitlines()
    assert repeat.startswith("  kanaalkompas ")
    return lines


@pytest.mark.parametrize(
    "kinds", [("compare", "--as-rostered"), ("equal-service", "--equal-service")]
)
def test_a_comparison_is_that_of_compare(cloud, here, town, tmp_path, kinds):
    kind, own = kinds
    asked = [*town, "--replications", "3", "--seed", "5", "--language", "en"]
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "run.json").write_text("{}", encoding="utf-8")
    there = cloud("run", *asked, "--question", kind, "--out", "there")
    assert there.returncode == 0, there.stderr
    local = here("compare", *asked, own, "--out", "here")
    _alike(tmp_path / "there", tmp_path / "here", "run.json")
    assert not (tmp_path / "there" / "run.json").exists()
    assert _said(there) == _said(local)
    assert f"cloud run {town[0]} " in there.stdout
    assert f" --question {kind} --replications 3 --seed 5 --out there --language en" in there.stdout
    if kind == "equal-service":
        here("validate", *(tmp_path / "there" / "staffed").glob("*.yaml"))


def test_a_size_is_that_of_size_and_stands_beside_another(cloud, here, town, tmp_path):
    for file in town[:2]:
        there = cloud("run", file, "--question", "size", "--out", "there")
        assert there.returncode == 0, there.stderr
        local = here("size", file, "--all", "--out", "here")
        assert _said(there) == _said(local)
    _alike(tmp_path / "there", tmp_path / "here")
    assert "Méér mensen-size.json" in map(str, _files(tmp_path / "there"))


@pytest.mark.parametrize("kinds", [("business-case",), ("sensitivity", "--quick")])
def test_a_case_is_that_of_business_case_with_its_workbook(cloud, here, year, tmp_path, kinds):
    kind, *own = kinds
    asked = [*year, "--replications", "10"]
    there = cloud("run", *asked, "--question", kind, "--out", "there")
    assert there.returncode == 0, there.stderr
    local = here("business-case", *asked, *own, "--out", "here")
    assert _said(there) == _said(local)
    here("workbook", "here/case.json")
    _alike(tmp_path / "there", tmp_path / "here")


def test_what_is_fetched_elsewhere_is_whole(cloud, here, town, tmp_path):
    asked = [*town, "--question", "equal-service", "--replications", "3", "--detach"]
    name = cloud("run", *asked).stdout.strip()
    fetched = cloud("fetch", name, "--out", "far/there", "--language", "en", "--format", "json")
    assert fetched.returncode == 0, fetched.stderr
    there = tmp_path / "far" / "there"
    assert fetched.stdout.encode() == (there / "result.json").read_bytes()
    assert f"cloud fetch {name} --out far/there --language en" in fetched.stderr
    for path in town:
        (tmp_path / path).unlink()
    assert {str(each) for each in _files(there)} == {
        *("result.json", "compare.html", "asked/vandaag.yaml"),
        *(f"asked/{number}/Méér mensen.yaml" for number in "12"),
        *(f"staffed/{each}.yaml" for each in ("vandaag", "Méér mensen", "Méér mensen-2")),
    }
    here("validate", *there.glob("*/*.yaml"), *there.glob("asked/*/*.yaml"))
    here("compare", *sorted(there.glob("staffed/*.yaml")), "--as-rostered", "--replications", "2")


def test_a_size_that_is_fetched_elsewhere_can_be_used(cloud, here, town, tmp_path):
    name = cloud("run", town[1], "--question", "size", "--detach").stdout.strip()
    fetched = cloud("fetch", name, "--out", "there", "--format", "csv")
    assert fetched.returncode == 0, fetched.stderr
    there = tmp_path / "there"
    assert fetched.stdout == (there / "Méér mensen-heads.csv").read_text("utf-8")
    for path in town:
        (tmp_path / path).unlink()
    here("validate", there / "Méér mensen-sized.yaml")


def test_a_case_has_no_csv_here_or_there(cloud, year):
    told = cloud("run", *year, "--question", "business-case", "--format", "csv")
    assert (told.returncode, told.stdout) == (2, "")
    assert "--format csv is not possible here" in told.stderr


def test_what_was_asked_can_be_had(served, cloud, town):
    name = cloud("run", *town, "--question", "compare", "--replications", "2", "--detach")
    status, data = served.ask("GET", f"/runs/{name.stdout.strip()}/documents/question.json")
    assert status == 200
    files = json.loads(data)["files"]
    assert files.keys() == {"vandaag.yaml", "1/Méér mensen.yaml", "2/Méér mensen.yaml"}
    assert files["vandaag.yaml"] == TODAY
