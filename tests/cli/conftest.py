"""Small scenarios, and the command run in this process or in one of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulation.cli import main
from simulation.cli.cloud import outcome as cloud_outcome
from simulation.cli.cloud import patience as cloud_patience
from tests.cli.answering import Reply, answering
from tests.cli.cloud_served import NAME, RUN, WORKING

TODAY = """\
kanaalkompas: 1
title: {nl: Vandaag, en: Today}
horizon: {start: 2026-03-02, length: 2 days, name: {nl: twee dagen, en: two days}}
seed: 3
replications: 10
reasons: {question: {title: {nl: vraag, en: question}}}
demand: {phone: {yearly: 40000}, webcare: {yearly: 5000}}
channels:
  phone:
    kind: live
    open: [{days: mon-fri, from: "08:00", until: "18:00"}]
    handling: {family: exponential, mean: 4 minutes}
    patience: {family: exponential, mean: 3 minutes}
    after_abandoned: {probability: 0.5, delay: {family: exponential, mean: 30 minutes}}
    resolution: 0.9
  webcare:
    kind: deferred
    open: [{days: mon-fri, from: "09:00", until: "17:00"}]
    handling: {family: exponential, mean: 5 minutes}
teams:
  desk:
    title: {nl: Klantcontact, en: Contact centre}
    roster: [{days: mon-fri, from: "08:00", until: "18:00", heads: 2}]
    channels: {phone: {}, webcare: {rank: 2}}
    shrinkage: 0.2
    pay_scale: s7
norms:
  calls: {channel: phone, within: 60 seconds, target: 0.3}
  messages: {channel: webcare, within_working_days: 1, target: 0.5}
costs:
  price_level: 2026
  pay_scales: {s7: {monthly_salary: 3500, employer_charges: 0.3}}
"""

MORE = """\
extends: today.yaml
title: {nl: Een extra, en: One more}
why: {nl: Meer mensen., en: More people.}
teams: {desk: {roster: [{days: mon-fri, from: "08:00", until: "18:00", heads: 3}]}}
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give a folder with two scenarios, and work in it."""
    (tmp_path / "today.yaml").write_text(TODAY, encoding="utf-8")
    (tmp_path / "more.yaml").write_text(MORE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.fixture
def kanaalkompas(folder, monkeypatch, capsys):
    """Run the command in this process."""

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["kanaalkompas", *arguments])
        code = 0
        try:
            main.run()
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Ended(code, *capsys.readouterr())

    return run


def command(*arguments: str) -> list[str]:
    """Give the command as a process of its own."""
    return [sys.executable, "-m", "simulation.cli.main", *arguments]


def environment(**extra: str) -> dict[str, str]:
    """Give an environment in which that process finds the code."""
    house = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    return {**os.environ, "PYTHONPATH": house, "COLUMNS": "80", **extra}


def run_apart(
    *words: object, folder: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, in a folder or wherever; give how it ended."""
    return subprocess.run(
        command(*map(str, words)),
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@pytest.fixture
def process(folder):
    """Run the command as a process of its own."""

    def run(*arguments: str) -> Ended:
        done = subprocess.run(
            command(*arguments), cwd=folder, env=environment(), capture_output=True, check=False
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def api():
    with answering() as api:
        api.replies = {
            "POST /runs": [Reply(WORKING, 202)],
            f"GET /runs/{NAME}": [Reply(RUN)],
            f"GET /runs/{NAME}/documents/so-far.json": [Reply(b"{}")],
        }
        yield api


@pytest.fixture
def ask(api, kanaalkompas, monkeypatch):
    """Run the command against that server, in no more time than it takes."""
    monkeypatch.setenv("KANAALKOMPAS_API", api.address)
    monkeypatch.setenv("KANAALKOMPAS_TOKEN", "a.token")
    monkeypatch.setattr(cloud_outcome, "_EVERY", 0.01)
    monkeypatch.setattr(cloud_patience, "_PAUSES", (0.01, 0.02))
    return lambda *words: kanaalkompas("cloud", *words)
