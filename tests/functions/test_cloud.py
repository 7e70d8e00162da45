"""`kanaalkompas cloud` against a real API, that of `serve`, which asks no token."""

from typing import get_args

import pytest

from functions.api import run_routes
from functions.logic.question import SEARCHED
from simulation.cli import size
from simulation.cli.cloud import answers as cloud_answers
from tests.cli.conftest import MORE, TODAY, run_apart
from tests.functions.served import Served


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with Served.start(tmp_path_factory.mktemp("served") / "kept") as served:
        yield served


@pytest.fixture
def town(tmp_path):
    """Give a folder with two scenarios, of which one extends the other from beside it."""
    town = tmp_path / "town"
    (town / "base").mkdir(parents=True)
    (town / "more").mkdir()
    (town / "base" / "today.yaml").write_text(TODAY, encoding="utf-8")
    more = MORE.replace("extends: today.yaml", "extends: ../base/today.yaml")
    (town / "more" / "more.yaml").write_text(more, encoding="utf-8")
    return town


@pytest.fixture
def cloud(served):
    def ask(*words):
        told = {"KANAALKOMPAS_API": served.address, "KANAALKOMPAS_TOKEN": "a.token"}
        return run_apart("cloud", *words, **told)

    return ask


def test_what_comes_of_it_is_byte_for_byte_what_the_command_writes_here(cloud, town, tmp_path):
    files = sorted(town.glob("*/*.yaml"))
    asked = [*files, "--replications", "3", "--seed", "5", "--language", "en"]
    there = cloud("run", *asked, "--question", "compare", "--out", tmp_path / "there")
    assert there.returncode == 0, there.stderr
    here = run_apart("compare", *asked, "--as-rostered", "--out", tmp_path / "here")
    assert here.returncode == 0, here.stderr
    for name in ("result.json", "compare.html"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()
    assert "in AWS" in there.stderr
    assert not list((tmp_path / "there").glob("*.nl.*"))


def test_a_run_is_begun_shown_and_fetched_apart(cloud, town, tmp_path):
    files = sorted(town.glob("*/*.yaml"))
    begun = cloud("run", *files, "--precision", "2000", "--max-replications", "30", "--detach")
    assert begun.returncode == 0, begun.stderr
    name = begun.stdout.strip()
    fetched = cloud("fetch", name, "--out", tmp_path / "out", "--language", "en")
    assert fetched.returncode == 0, fetched.stderr
    assert b'lang="en"' in (tmp_path / "out" / "compare.html").read_bytes()
    assert name in cloud("status").stdout
    told = cloud("status", name).stdout
    assert "finished" in told
    assert "after 30 simulations: cost ± € " in told
    ended = cloud("cancel", name)
    assert ended.returncode == 2
    assert "it is finished" in ended.stderr


def test_a_run_is_cancelled(cloud, town):
    files = sorted(town.glob("*/*.yaml"))
    name = cloud("run", *files, "--replications", "9000", "--detach").stdout.strip()
    assert cloud("cancel", name).returncode == 0
    fetched = cloud("fetch", name)
    assert fetched.returncode == 2
    assert "ask the question again" in fetched.stderr


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, "KANAALKOMPAS_API and KANAALKOMPAS_TOKEN: not set"),
        ({"KANAALKOMPAS_API": "https://127.0.0.1:1"}, "KANAALKOMPAS_TOKEN: not set"),
        (
            {"KANAALKOMPAS_API": "http://example.nl", "KANAALKOMPAS_TOKEN": "a"},
            "is no address of https",
        ),
        (
            {"KANAALKOMPAS_API": "http://127.0.0.1:1", "KANAALKOMPAS_TOKEN": "a"},
            "cannot be reached",
        ),
        (
            {"KANAALKOMPAS_API": "http://127.0.0.1:1", "KANAALKOMPAS_TOKEN": "a\nb"},
            "KANAALKOMPAS_TOKEN: is no token",
        ),
    ],
)
def test_who_is_asked_and_who_asks_must_be_known(variables, words):
    told = run_apart("cloud", "status", **variables)
    assert told.returncode != 0
    assert words in told.stderr
    assert "Traceback" not in told.stderr


def test_everything_that_is_wrong_is_told_before_anything_is_sent(cloud, town):
    (town / "more" / "more.yaml").rename(town / "more" / "a\\b.yaml")
    files = sorted(town.glob("*/*.yaml"))
    told = cloud("run", *files)
    assert told.returncode == 2
    assert "cannot be sent, because its name has a backslash" in told.stderr
    wrong = cloud("run", *files, "--replications", "0", "--precision", "-1")
    assert wrong.returncode == 2
    assert "--replications 0" in wrong.stderr
    assert "--precision -1" in wrong.stderr


def test_what_the_api_refuses_is_told_in_its_words(cloud, town):
    files = sorted(town.glob("*/*.yaml"))
    told = cloud("run", *files, "--share", "3")
    assert told.returncode == 2
    assert "--share: 3" in told.stderr
    assert cloud("status", "0" * 32).returncode == 2


def test_no_file_is_written_where_none_can_be(cloud, tmp_path):
    (tmp_path / "file").touch()
    told = cloud("fetch", "0" * 32, "--out", tmp_path / "file" / "out")
    assert told.returncode != 0
    assert "file/out" in told.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_names_have_the_form_that_the_api_gives_them():
    for here, there in (
        (cloud_answers.RunName, run_routes.RunId),
        (cloud_answers.DocumentName, run_routes.Document),
    ):
        (mine,) = get_args(here)[1].metadata
        theirs = next(each for each in get_args(there)[1].metadata if hasattr(each, "pattern"))
        assert mine.pattern == theirs.pattern


def test_a_size_is_searched_for_on_as_many_replications_as_here():
    assert SEARCHED == size.REPLICATIONS
