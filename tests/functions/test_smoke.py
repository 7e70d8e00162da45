"""`make smoke` against a real API, that of `serve`, which takes any token."""

import subprocess
import sys

import pytest

from infra.smoke import Smoke, Wrong, main
from tests.cli.conftest import MORE, TODAY, environment
from tests.docs.blocks import HOUSE
from tests.functions.served import Served


def smoke(*files, **variables):
    return subprocess.run(
        [sys.executable, "-m", "infra.smoke", *map(str, files)],
        cwd=HOUSE,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture
def files(tmp_path):
    (tmp_path / "today.yaml").write_text(TODAY, encoding="utf-8")
    (tmp_path / "more.yaml").write_text(MORE, encoding="utf-8")
    return tmp_path / "today.yaml", tmp_path / "more.yaml"


def test_a_stack_that_answers_as_it_should_is_well(tmp_path, files):
    with Served.start(tmp_path / "kept") as served:
        told = {"KANAALKOMPAS_API": served.address, "KANAALKOMPAS_TOKEN": "a.token"}
        ended = smoke(*files, **told)
    lines = ended.stdout.splitlines()
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert served.address in lines[0]
    assert [line.split(":")[0].split() for line in lines[1:-1]] == [
        ["ok", name] for name in ("reached", "comparison", "precision", "cancel", "stranger")
    ]
    compared = [line for line in lines if "byte for byte" in line]
    assert [("It took " in line, "in AWS" in line) for line in compared] == [(True, True)] * 2
    assert lines[-1] == "All is well."


def test_a_stack_that_cannot_be_asked_is_told_and_nothing_else_tried():
    ended = smoke()
    assert ended.returncode == 1
    assert "WRONG  reached" in ended.stdout
    assert "KANAALKOMPAS_API and KANAALKOMPAS_TOKEN: not set" in ended.stdout
    assert "comparison" not in ended.stdout


def test_a_password_in_the_address_is_not_told():
    told = {"KANAALKOMPAS_API": "https://user:secret@example.nl", "KANAALKOMPAS_TOKEN": "a.token"}
    ended = smoke(**told)
    assert ended.returncode == 1
    assert "Trying example.nl " in ended.stdout
    assert "secret" not in ended.stdout + ended.stderr


def test_every_line_is_counted_that_went_wrong_or_well(monkeypatch, capsys):
    def wrong(_):
        raise Wrong("odd")

    for name in ("reached", "comparison", "precision", "cancel"):
        monkeypatch.setattr(Smoke, name, lambda _: "well")
    monkeypatch.setattr(Smoke, "stranger", wrong)
    monkeypatch.setattr(sys, "argv", ["smoke", "a.yaml"])
    assert main() == 1
    assert capsys.readouterr().out.endswith("\n1 of 5 went wrong.\n")


def test_another_answer_than_here_is_wrong(tmp_path, files, monkeypatch):
    def answered(*words):
        out = tmp_path / words[-1]
        out.mkdir(parents=True)
        for name in ("result.json", "compare.html"):
            (out / name).write_text("same" if name == "compare.html" else words[0])
        return subprocess.CompletedProcess(words, 0, "", "")

    monkeypatch.setattr("infra.smoke._kanaalkompas", answered)
    with pytest.raises(Wrong, match=r"^result\.json of the stack and of this machine are not"):
        Smoke([str(each) for each in files], 1, tmp_path).comparison()


def test_a_run_that_goes_on_when_cancelled_is_wrong(tmp_path, monkeypatch):
    def answered(*words):
        return subprocess.CompletedProcess(words, 0, "r1  2026-11-29T10:00  working", "")

    monkeypatch.setattr("infra.smoke._kanaalkompas", answered)
    monkeypatch.setattr("infra.smoke.PATIENCE", 0)
    with pytest.raises(Wrong, match="is not cancelled"):
        Smoke([], 1, tmp_path).cancel()


@pytest.mark.parametrize(
    ("address", "code", "said", "well"),
    [
        ("https://a.example", 2, "KANAALKOMPAS_TOKEN: the token is not accepted; get", True),
        ("https://a.example", 0, "", False),
        ("https://a.example", 1, "cannot be reached", False),
        ("http://127.0.0.1:1", 0, "", True),
    ],
)
def test_a_token_that_nobody_gave_must_be_refused_in_aws(monkeypatch, address, code, said, well):
    monkeypatch.setenv("KANAALKOMPAS_API", address)
    ended = subprocess.CompletedProcess([], code, "", said)
    monkeypatch.setattr("infra.smoke._ended", lambda *_, **__: ended)
    if well:
        assert Smoke([], 1, HOUSE).stranger()
    else:
        with pytest.raises(Wrong, match="is not refused"):
            Smoke([], 1, HOUSE).stranger()
