"""What each function imports: nothing large that it does not need, so that it starts at once.

Names are compared, not seconds: a slow machine fails no test, a careless import fails on all.
"""

import subprocess
import sys

import pytest

from tests.cli.conftest import environment

PAGES = {"jinja2", "plotly", "tinycss2", "simulation.report"}
TERMINAL = {"typer", "rich.console"}
BOOKS = {"xlsxwriter", "openpyxl"}
NUMBERS = {"numpy", "simulation.experiment", "simulation.measures"}
ENGINE = {"simpy", "simulation.play.engine"}
WEB = {"waitress", "werkzeug", "pebble"}
TESTS = {"scipy", "ciw", "hypothesis", "pytest", "schemathesis"}

ELSEWHERE = PAGES | TERMINAL | BOOKS | TESTS | WEB | {"simpy", "highspy"}

BUDGETS = [
    ("functions.api.handler", ELSEWHERE | NUMBERS | ENGINE),
    ("functions.plan.handler", ELSEWHERE),
    ("functions.simulate.handler", ELSEWHERE),
    ("functions.merge.handler", ELSEWHERE),
]
"""Handlers, and what they must not import."""

ASKING = """
import sys
from functions.logic.question import Asked
from functions.logic.runs import Runs
from functions.storage.folder import FolderStore
from pathlib import Path

class Later:
    def start(self, key): pass

runs = Runs(FolderStore(Path(sys.argv[1])), Later())
run = runs.create(Asked(scenarios=("small-town/0-today",)), "anna")
runs.get(run["id"], "anna")
"""


def imported(*arguments):
    """Give the modules that a program imports, packages with them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


@pytest.mark.parametrize(("handler", "refused"), BUDGETS, ids=[name for name, _ in BUDGETS])
def test_a_function_imports_nothing_large_that_it_does_not_need(handler, refused):
    names = imported("-c", f"import {handler}")
    assert "functions.logic" in names
    assert names & refused == set()


def test_beginning_a_run_needs_no_numbers(tmp_path):
    names = imported("-c", ASKING, str(tmp_path))
    assert "functions.logic.runs" in names
    assert names & (ELSEWHERE | NUMBERS | ENGINE) == set()
