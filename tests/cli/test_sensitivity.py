"""`business-case --quick` and `--sensitivity`: told in the document and on the terminal."""

import json
import re

import pytest

from tests.cli.test_break_even import MESSAGES
from tests.cli.test_business_case import YEAR

ORDER = ("business-case", "year.yaml", "messages.yaml", "--workers", "1", "--language", "en")


@pytest.fixture
def files(folder, kanaalkompas):
    (folder / "year.yaml").write_text(
        YEAR.replace("years: 2", "years: 1").replace("life: 3", "life: 2"), "utf-8"
    )
    (folder / "messages.yaml").write_text(
        MESSAGES.replace("amount: 900", "amount: {value: 900, low: 0, high: 2000}"), "utf-8"
    )
    return kanaalkompas


def test_a_quick_look_is_told_and_kept(files, folder):
    ended = files(*ORDER, "--quick")
    assert ended.code == 0, ended.err
    stored = (folder / "out/case.json").read_text("utf-8")
    told = json.loads(stored)["sensitivity"]
    assert told["quick"]
    assert {each["path"] for each in told["swings"]} == {
        "costs.per_month.tool.amount",
        "shift.substitution.social.willingness.question",
    }
    out = " ".join(ended.out.split())
    assert "What each assumption does to the structural cost of A" in out
    assert "All assumptions together, and the simulation" in out
    assert "Now and middle do not have the same basis" in out
    assert "Assumptions that move nothing: 0" in out
    assert "Weakest norm without extra people" in " ".join(
        re.sub(r"[^\w ]", "", out.partition("Largest first")[2]).split()
    )
    assert "A quick look; --sensitivity searches" in out
    assert "--quick" in out.split("Repeat with:")[1]
    assert max(map(len, ended.out.partition("Repeat with:")[0].splitlines())) <= 80
    kept = (folder / "out/points.jsonl").read_text("utf-8")
    assert files(*ORDER, "--quick").code == 0
    assert (folder / "out/case.json").read_text("utf-8") == stored
    assert (folder / "out/points.jsonl").read_text("utf-8") == kept


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


def test_an_interrupted_look_says_what_is_kept(files, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("simulation.finance.cube.percentiles", stop)
    ended = files(*ORDER, "--quick")
    assert ended.code == 130
    assert "simulated periods are kept in" in " ".join(ended.err.split())
