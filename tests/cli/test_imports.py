"""What each command imports: nothing large that it does not need, so that it starts at once.

Names are compared, not seconds: a slow machine fails no test, a careless import fails on all.
"""

import subprocess
import sys

import pytest

from tests.cli.conftest import environment

PAGES = {"jinja2", "plotly", "tinycss2", "simulation.report"}
SOLVER = {"highspy"}
TESTS = {"scipy", "ciw", "hypothesis", "pytest"}
PLAYING = {"simpy", "simulation.play.engine", "simulation.verification"}
RESULTS = {"simulation.comparison", "rich.console", "pyarrow"}
READING = {"yaml", "simulation.scenario"}
NUMBERS = {"numpy", "holidays", "multiprocessing", "simulation.contacts", "simulation.experiment"}

BOOKS = {"xlsxwriter", "openpyxl"}

LARGE = SOLVER | PAGES | TESTS | PLAYING | RESULTS | READING | NUMBERS | BOOKS

ELSEWHERE = {"highspy", "plotly", "pyarrow", "tinycss2", "simulation.verification"} | BOOKS
"""Not needed by a comparison: plotly only lends its script, the others are for other commands."""

BUDGETS = [
    (("--version",), LARGE | {"pydantic"}),
    (("--help",), (LARGE | {"pydantic"}) - {"rich.console"}),
    (("validate", "--help"), LARGE - {"rich.console"}),
    (("compare", "--help"), LARGE - {"rich.console"}),
    (("peak", "--help"), LARGE - {"rich.console"}),
    (("roster", "--help"), LARGE - {"rich.console"}),
    (("workbook", "--help"), LARGE - {"rich.console"}),
    (("cloud", "run", "--help"), LARGE - {"rich.console"}),
    (("init", "-"), LARGE - READING),
    (("schema",), LARGE - READING),
    (("validate", "today.yaml"), LARGE - READING - NUMBERS),
    (("run", "today.yaml", "--replication", "1", "--format", "csv"), {"pyarrow"} | TESTS | SOLVER),
    (
        ("compare", "today.yaml", "more.yaml", "--replications", "1", "--workers", "1"),
        TESTS | SOLVER | BOOKS,
    ),
    (
        ("peak", "today.yaml", "--contacts", "9", "--replications", "1", "--workers", "1"),
        {"pyarrow", "plotly", "tinycss2", "simulation.verification"} | TESTS,
    ),
]
"""Commands, and what they must not import."""


def imported(folder, *arguments):
    """Give the modules that a command imports, packages with them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "simulation.cli", *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


@pytest.mark.parametrize(
    ("arguments", "refused"), BUDGETS, ids=[" ".join(each) for each, _ in BUDGETS]
)
def test_a_command_imports_nothing_large_that_it_does_not_need(folder, arguments, refused):
    names = imported(folder, *arguments)
    assert "simulation.cli.main" in names
    assert names & refused == set()


def test_what_is_looked_for_is_found_where_it_is_used(folder):
    """So that a library under another name does not slip through."""
    names = imported(folder, "compare", "today.yaml", "--replications", "1", "--workers", "1",
                     "--engine", "simpy")  # fmt: skip
    assert names > (LARGE | {"pydantic"}) - TESTS - ELSEWHERE
