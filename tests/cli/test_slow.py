"""Where nothing was compiled: the same answers, fewer of them by default, and a word about it."""

import json
import os
import subprocess

import pytest

from tests.cli.conftest import command, environment

WITHOUT = "import sys; sys.modules.update({f'simulation.{room}.compiled': None for room in %r})"
ROOMS = ("contacts", "measures", "play")


@pytest.fixture
def uncompiled(folder, tmp_path):
    """Run the command as a process that finds no compiled module."""
    (tmp_path / "start").mkdir()
    (tmp_path / "start" / "sitecustomize.py").write_text(WITHOUT % (ROOMS,))
    places = environment()
    places["PYTHONPATH"] = os.pathsep.join([str(tmp_path / "start"), places["PYTHONPATH"]])

    def run(*arguments):
        return subprocess.run(
            command(*arguments), cwd=folder, env=places, capture_output=True, text=True, check=False
        )

    return run


def unstated(folder):
    """Let the scenario say nothing of replications."""
    file = folder / "today.yaml"
    file.write_text(file.read_text().replace("replications: 10\n", ""))


@pytest.mark.parametrize("arguments", [("compare", "more.yaml"), ("run",)])
def test_it_plays_fewer_and_says_so_once(uncompiled, folder, arguments):
    unstated(folder)
    done = uncompiled(*arguments[:1], "today.yaml", *arguments[1:])
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("The fast engine was not compiled") == 1
    assert "10 replications unless you ask for more" in done.stderr
    assert "--replications 10" in done.stdout  # whoever repeats it gets the same


def test_a_stated_number_is_kept(uncompiled, folder):
    done = uncompiled("run", "today.yaml", "--replications", "2")
    assert "The fast engine" not in done.stderr
    (folder / "today.yaml").write_text(
        (folder / "today.yaml").read_text().replace("replications: 10", "replications: 3")
    )
    done = uncompiled("run", "today.yaml", "--format", "json")
    assert "twenty times slower. With a C compiler" in done.stderr
    assert json.loads(done.stdout)["replications"] == 3


def test_whoever_asks_for_simpy_knows(uncompiled, folder):
    unstated(folder)
    assert "The fast engine" not in uncompiled("run", "today.yaml", "--engine", "simpy").stderr


def test_the_answer_is_the_same(uncompiled, kanaalkompas):
    arguments = ("run", "today.yaml", "--replications", "2", "--format", "json")
    assert uncompiled(*arguments).stdout == kanaalkompas(*arguments).out


def test_equal_service_is_left_to_who_asks_for_it(uncompiled, folder):
    text = (folder / "today.yaml").read_text()
    (folder / "today.yaml").write_text(text.replace("seed: 3", "seed: 3\nstaffing: equal_service"))
    done = uncompiled("compare", "today.yaml", "more.yaml", "--replications", "1")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("--equal-service does it all the same") == 1
    assert "--as-rostered" in done.stdout  # whoever repeats it gets the same
