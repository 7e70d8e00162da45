"""`kanaalkompas cloud` against the deployed product."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import MORE, TODAY, run_apart


@pytest.fixture
def town(tmp_path):
    """Give the files of two scenarios."""
    (tmp_path / "today.yaml").write_text(TODAY, encoding="utf-8")
    (tmp_path / "more.yaml").write_text(MORE, encoding="utf-8")
    return [tmp_path / "today.yaml", tmp_path / "more.yaml"]


@pytest.fixture
def cloud(stack):
    def ask(*words, **form):
        token = stack.token(**{"sub": "anna-de-vries", **form})
        told = {"KANAALKOMPAS_API": stack.api, "KANAALKOMPAS_TOKEN": token}
        return run_apart("cloud", *words, **told)

    return ask


def test_it_writes_byte_for_byte_what_compare_writes(cloud, town, tmp_path):
    asked = [*town, "--replications", "12", "--seed", "401", "--language", "en"]
    there = cloud("run", *asked, "--question", "compare", "--out", tmp_path / "there")
    assert there.returncode == 0, there.stderr
    here = run_apart("compare", *asked, "--as-rostered", "--out", tmp_path / "here")
    assert here.returncode == 0, here.stderr
    written = {file.name for file in (tmp_path / "here").iterdir()}
    assert written == {"result.json", "compare.html", "run.json"}
    for name in written - {"run.json"}:  # how long it took here
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_files_called_anything_come_back_as_the_same_files(cloud, tmp_path):
    texts = {"vandaag.yaml": TODAY, "één/Méér mensen.yaml": MORE, "twee/Méér mensen.yaml": MORE}
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text.replace("today.yaml", "../vandaag.yaml"), "utf-8")
    asked = [*(tmp_path / path for path in texts), "--replications", "3", "--seed", "403"]
    kind = ["--question", "equal-service"]
    there = cloud("run", *asked, *kind, "--out", tmp_path / "there")
    assert there.returncode == 0, there.stderr
    here = run_apart("compare", *asked, "--equal-service", "--out", tmp_path / "here")
    assert there.stdout.splitlines()[:-1] == here.stdout.splitlines()[:-1]
    shutil.rmtree(tmp_path / "here" / "trials")
    written = {each.relative_to(tmp_path / "here") for each in (tmp_path / "here").rglob("*.*")}
    assert len(written) == 6
    for name in written - {Path("run.json")}:
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()
    name = there.stderr.partition("Run ")[2].partition(" ")[0]
    fetched = cloud("fetch", name, "--out", tmp_path / "far", "--format", "csv")
    assert fetched.returncode == 0, fetched.stderr
    assert fetched.stdout.startswith("scenario,letter,path,")
    valid = run_apart("validate", *(tmp_path / "far").rglob("*.yaml"))
    assert valid.stdout.count(": in order") == 6, valid.stdout


def test_a_run_is_shown_while_it_goes_on_and_cancelled(cloud, town, tmp_path):
    asked = ["--replications", "9000", "--seed", "402", "--question", "compare"]
    name = cloud("run", *town, *asked, "--detach").stdout.strip()
    assert f"{name}  " in cloud("status").stdout
    assert " so far" in cloud("status", name).stdout
    cancelled = cloud("cancel", name)
    assert (cancelled.returncode, f"Run {name} is cancelled" in cancelled.stderr) == (0, True)
    assert re.search(f"{name}  .* cancelled", cloud("status").stdout)
    fetched = cloud("fetch", name, "--out", tmp_path / "out")
    assert (fetched.returncode, "ask the question again" in fetched.stderr) == (2, True)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"expires_in": "-60"}, "the token is not accepted: it expired at 20"),
        ({"audience": "others"}, "the token is not accepted: it is for others and comes from http"),
        (
            {"scope": "kanaalkompas/read"},
            "lacks the scope kanaalkompas/run; it has kanaal",
        ),
    ],
)
def test_a_token_that_does_not_do_says_what_to_do(cloud, town, form, words):
    told = cloud("run", *town, "--replications", "2", **form)
    assert told.returncode == 2
    assert words in " ".join(told.stderr.split())
    assert "Traceback" not in told.stderr
