"""The other commands, help, and how anything ends."""

import json
import os
import subprocess
import sys

import pytest
from rich.cells import cell_len

from simulation import __version__
from simulation.cli import main
from simulation.cli.tables import catalogue
from simulation.scenario.load import load
from tests.cli.conftest import command, environment

COMMANDS = ("compare", "run", "validate", "verify", "report", "schema", "init")


def test_help_shows_every_command_and_fits_the_width(kanaalkompas):
    ended = kanaalkompas("--help")
    assert ended.code == 0
    assert all(name in ended.out for name in COMMANDS)
    assert max(map(cell_len, ended.out.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_has_examples(kanaalkompas, name):
    ended = kanaalkompas(name, "--help")
    assert ended.code == 0
    assert f" kanaalkompas {name}" in ended.out.partition("Examples")[2]
    assert max(map(cell_len, ended.out.splitlines())) <= 80


def test_help_does_not_wait_for_what_only_a_run_needs():
    code = (
        "import sys, simulation.cli.main; "
        "print({'numpy', 'holidays', 'plotly', 'pydantic', 'simpy', 'jinja2'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, check=True
    )
    assert done.stdout.strip() == b"set()"


def test_version(kanaalkompas):
    ended = kanaalkompas("--version")
    assert (ended.code, ended.out) == (0, f"kanaalkompas {__version__}\n")


@pytest.mark.parametrize("arguments", [["nope"], ["compare"], ["run", "a", "--nope"]])
def test_a_wrong_command_line_is_bad_input(kanaalkompas, arguments):
    assert kanaalkompas(*arguments).code == 2


def test_schema_is_json(kanaalkompas):
    assert "$schema" in json.loads(kanaalkompas("schema").out)


def test_init_writes_a_scenario_that_is_in_order_and_replaces_nothing(kanaalkompas, folder):
    assert kanaalkompas("init", "mine.yaml").code == 0
    assert load(folder / "mine.yaml").scenario
    text = (folder / "mine.yaml").read_text(encoding="utf-8")
    (folder / "mine.yaml").write_text("precious", encoding="utf-8")
    refused = kanaalkompas("init", "mine.yaml")
    assert refused.code == 2
    assert "--force" in refused.err
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == "precious"
    assert kanaalkompas("init", "mine.yaml", "--force").code == 0
    assert kanaalkompas("init", "-").out == text


def test_validate_says_what_is_in_order(kanaalkompas):
    ended = kanaalkompas("validate", "today.yaml", "more.yaml")
    assert ended.code == 0
    assert ended.out.splitlines() == ["today.yaml: in order", "more.yaml: in order"]


def test_validate_warns_of_too_few_people_and_still_succeeds(kanaalkompas, folder):
    text = (folder / "today.yaml").read_text(encoding="utf-8")
    (folder / "busy.yaml").write_text(text.replace("40000", "400000"), encoding="utf-8")
    ended = kanaalkompas("validate", "busy.yaml")
    assert ended.code == 0
    assert "phone: offered load" in ended.out
    assert "heads 2 (desk)" in ended.out
    data = json.loads(kanaalkompas("validate", "busy.yaml", "--format", "json").out)
    assert data["valid"]
    assert data["files"][0]["warnings"][0]["period"] == "hour"


def test_validate_reports_every_problem(kanaalkompas, folder):
    (folder / "wrong.yaml").write_text("kanaalkompas: 1\ntitel: x\n", encoding="utf-8")
    ended = kanaalkompas("validate", "today.yaml", "wrong.yaml", "--format", "json")
    data = json.loads(ended.out)
    assert ended.code == 2
    assert not data["valid"]
    assert {problem["place"] for problem in data["problems"]} >= {"titel", "demand", "channels"}
    assert kanaalkompas("validate", "wrong.yaml").code == 2


def test_an_internal_error_is_one_line_with_the_way_to_its_cause(kanaalkompas, monkeypatch):
    def fail(*_):
        raise RuntimeError("oops")

    monkeypatch.setattr("simulation.cli.inputs.load", fail)
    ended = kanaalkompas("validate", "today.yaml")
    assert ended.code == 1
    assert "Internal error (RuntimeError: oops); please report it." in ended.err
    assert "kanaalkompas --debug validate today.yaml" in ended.err
    assert "Traceback" not in ended.err
    with pytest.raises(RuntimeError, match="oops"):
        kanaalkompas("--debug", "validate", "today.yaml")


def test_a_reader_that_stops_early_causes_no_traceback(folder):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command("schema"), env=environment(), stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert done.returncode == 1
    assert done.stderr == b""


@pytest.mark.parametrize("equal", [False, True])
def test_both_languages_have_the_same_texts(equal):
    dutch, english = (catalogue(language, equal=equal) for language in ("nl", "en"))
    assert dutch.keys() == english.keys()
    assert all(dutch[key].count("{") == english[key].count("{") for key in dutch)


def test_the_entry_point_is_there():
    assert callable(main.run)


def test_nothing_is_written_over_what_was_read(kanaalkompas, folder):
    before = (folder / "today.yaml").read_bytes()
    (folder / "log.csv").symlink_to("today.yaml")
    ended = kanaalkompas("run", "today.yaml", "--replications", "1", "--log", "log.csv")
    assert ended.code == 2
    assert "log.csv: was read for this; name another file to write" in ended.err
    assert (folder / "today.yaml").read_bytes() == before
