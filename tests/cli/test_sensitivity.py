"""`business-case --quick` and `--sensitivity`: told in the document and on the terminal."""

import json
import re
import shutil
import subprocess

import pytest

from tests.cli.conftest import TODAY, command, environment
from tests.cli.test_break_even import MESSAGES
from tests.cli.test_business_case import YEAR

ORDER = ("business-case", "year.yaml", "messages.yaml", "--workers", "1", "--language", "en")


FILES = {
    "today.yaml": TODAY,
    "year.yaml": YEAR.replace("years: 2", "years: 1").replace("life: 3", "life: 2"),
    "messages.yaml": MESSAGES.replace("amount: 900", "amount: {value: 900, low: 0, high: 2000}"),
}


def write(folder):
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")


@pytest.fixture
def files(folder, kanaalkompas):
    write(folder)
    return kanaalkompas


@pytest.fixture(scope="module")
def looked(tmp_path_factory):
    """Take a quick look once; give how that ended, and the folder."""
    folder = tmp_path_factory.mktemp("looked")
    write(folder)
    words = command(*ORDER, "--quick")
    ended = subprocess.run(
        words, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    return ended, folder


@pytest.fixture
def out(looked, folder):
    """Give a folder of its own with what the look simulated."""
    return shutil.copytree(looked[1] / "out", folder / "out")


def test_a_quick_look_is_told_and_kept(looked, out, files):
    ended = looked[0]
    assert ended.returncode == 0, ended.stderr
    stored = (out / "case.json").read_text("utf-8")
    told = json.loads(stored)["sensitivity"]
    assert told["quick"]
    assert {each["path"] for each in told["swings"]} == {
        "costs.per_month.tool.amount",
        "shift.substitution.social.willingness.question",
    }
    said = " ".join(ended.stdout.split())
    assert "What each assumption does to the structural cost of A" in said
    assert "All assumptions together, and the simulation" in said
    assert "Now and middle do not have the same basis" in said
    assert "Assumptions that move nothing: 0" in said
    assert "Weakest norm without extra people" in " ".join(
        re.sub(r"[^\w ]", "", said.partition("Largest first")[2]).split()
    )
    assert "A quick look; --sensitivity searches" in said
    assert "--quick" in said.split("Repeat with:")[1]
    assert max(map(len, ended.stdout.partition("Repeat with:")[0].splitlines())) <= 80
    kept = (out / "points.jsonl").read_text("utf-8")
    assert files(*ORDER, "--quick").code == 0
    assert (out / "case.json").read_text("utf-8") == stored
    assert (out / "points.jsonl").read_text("utf-8") == kept


@pytest.mark.usefixtures("out")
def test_without_it_the_terminal_says_how_to_ask(files):
    ended = files(*ORDER)
    assert ended.code == 0, ended.err
    assert "--quick or --sensitivity says so" in " ".join(ended.out.split())


@pytest.mark.parametrize("option", ["--quick", "--sensitivity"])
def test_without_any_range_it_says_what_to_add_and_where(files, folder, option):
    own = re.sub(r"\{value: ([\d.]+), low: [^}]*\}", r"\1", MESSAGES)
    (folder / "messages.yaml").write_text(own, "utf-8")
    ended = files(*ORDER, option)
    assert ended.code == 2
    told = " ".join(ended.err.split())
    assert told.startswith(f"Error: {option}: no value in these files has a range")
    assert re.search(r"in year\.yaml for instance [\w.]+: \{value: [^,]+, low: \.\.\.", told)
    assert len(ended.err.splitlines()) == 1
    assert not (folder / "out/case.json").exists()


@pytest.mark.usefixtures("out")
def test_an_interrupted_look_says_what_is_kept(files, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("simulation.finance.cube.percentiles", stop)
    ended = files(*ORDER, "--quick")
    assert ended.code == 130
    assert "simulated periods are kept in" in " ".join(ended.err.split())
