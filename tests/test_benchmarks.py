"""The benchmarks play what they say, and the page about them shows what was measured."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import BEGIN, END
from benchmarks.cases import CASES, _check_queue
from benchmarks.table import as_markdown
from simulation.play.engines import is_compiled

ROOT = Path(__file__).parents[1]
SOME = ["ciw", "queue", "no compiler", "centre", "today", "two workers", "team"]


def bench(*arguments):
    """Run the benchmarks as make does."""
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_cases_play_and_are_written_down(tmp_path):
    shutil.copy(ROOT / "docs" / "benchmark.md", tmp_path)
    done = bench("--quick", "--write", str(tmp_path), *SOME)
    assert not done.returncode, done.stderr
    result = json.loads((tmp_path / "benchmark.json").read_text())
    cases = {case["name"]: case for case in result["cases"]}
    assert list(cases) == ["plain", *SOME]
    assert cases["plain"]["ratio"] == 1
    for case in cases.values():
        assert case["title"] in done.stdout
        assert case["peak_mb"] > 20
        if case["name"] == "team":
            assert case["years"] > 40
            continue
        assert case["attempts"] >= case["contacts"] > 500
        assert case["contacts_per_second"] == round(case["contacts"] / case["seconds"])
    assert cases["queue"]["ratio"] > cases["no compiler"]["ratio"] or not is_compiled()
    assert as_markdown(result) in (tmp_path / "benchmark.md").read_text()


def test_the_page_shows_the_last_full_measurement():
    result = json.loads((ROOT / "docs" / "benchmark.json").read_text())
    page = (ROOT / "docs" / "benchmark.md").read_text()
    assert not result["quick"]
    assert [case["name"] for case in result["cases"]] == list(CASES)
    assert page.partition(BEGIN)[2].partition(END)[0].strip() == as_markdown(result)


def test_a_queue_that_is_not_the_one_asked_for_is_refused():
    with pytest.raises(AssertionError, match="instead of"):
        _check_queue(200_000, 9_000, 1_000)


def test_an_unknown_case_is_named():
    done = bench("nonsense")
    assert done.returncode == 2
    assert "no such case: nonsense; there are plain, ciw" in done.stderr
