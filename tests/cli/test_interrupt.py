"""Stopping a run half-way keeps what is finished."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from simulation.cli.signals import ending_like_ctrl_c
from simulation.comparison.document import Result
from tests.cli.conftest import command, environment

SOME = re.compile(rb"(?:[2-9]\d|\d{3,})/\d+")
PATIENCE = 60


def read_until(terminal, pattern):
    """Read what a process shows on a terminal until a pattern comes by."""
    shown = b""
    give_up = time.monotonic() + PATIENCE
    while not pattern.search(shown):
        assert time.monotonic() < give_up, shown
        shown += os.read(terminal, 4096)
    return shown


def drain(terminal):
    """Read the rest of what a process shows; the terminal fails when it has ended."""
    shown = b""
    with suppress(OSError):
        while piece := os.read(terminal, 4096):
            shown += piece
    return shown


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_is_finished_is_kept(folder, number):
    ours, theirs = pty.openpty()
    arguments = ("compare", "today.yaml", "more.yaml", "--replications", "20000", "--workers", "2")
    with (
        (folder / "stdout").open("wb") as stdout,
        subprocess.Popen(
            command(*arguments, "--format", "json"),
            cwd=folder,
            env=environment(TERM="xterm"),
            stdout=stdout,
            stderr=theirs,
            start_new_session=True,
        ) as process,
    ):
        os.close(theirs)
        read_until(ours, SOME)
        os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
        said = drain(ours).decode()
    os.close(ours)
    out = (folder / "stdout").read_bytes()
    assert process.returncode == 130
    result = Result.model_validate_json(out)
    assert (folder / "out/result.json").read_bytes() == out
    assert result.replications == 20000
    finished = [scenario.finished for scenario in result.scenarios]
    assert all(0 < count < 20000 for count in finished)
    assert max(finished) - min(finished) <= 4
    assert "Interrupted" in said
    assert f"0: {finished[0]}, A: {finished[1]} of 20000" in " ".join(said.split())
    assert "Traceback" not in said
    names = sorted(path.name for path in (folder / "out").iterdir())
    assert names == ["compare.html", "result.json", "run.json"]
    assert json.loads((folder / "out/run.json").read_text(encoding="utf-8"))["interrupted"]


def test_a_verification_that_is_stopped_leaves_nothing(folder):
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command("verify", "--workers", "2"),
        cwd=folder,
        env=environment(TERM="xterm"),
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        read_until(ours, re.compile(rb"[1-9]\d*/\d+"))
        os.killpg(process.pid, signal.SIGINT)
        said = drain(ours).decode()
        out = process.stdout.read() if process.stdout else None
    os.close(ours)
    assert process.returncode == 130
    assert out == b""
    assert "Interrupted; nothing is judged" in " ".join(said.split())
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_of_a_log_nothing_is_kept(folder, number):
    text = "extends: today.yaml\ntitle: Years\nwhy: Long.\nhorizon: {length: 1500 days}\n"
    (folder / "years.yaml").write_text(text, encoding="utf-8")
    (folder / "logs").mkdir()
    (folder / "logs/log.csv").write_text("before", encoding="utf-8")
    arguments = ("run", "years.yaml", "--replication", "1", "--log", "logs/log.csv")
    with subprocess.Popen(
        command(*arguments), cwd=folder, env=environment(), stderr=subprocess.PIPE
    ) as process:
        give_up = time.monotonic() + PATIENCE
        while not list((folder / "logs").glob(".*")):
            assert time.monotonic() < give_up
            time.sleep(0.01)
        process.send_signal(number)
        _, said = process.communicate()
    assert (process.returncode, said) == (130, b"Interrupted.\n")
    assert [path.name for path in (folder / "logs").iterdir()] == ["log.csv"]
    assert (folder / "logs/log.csv").read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_a_process_was_told_to_ignore_it_ignores(number):
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with ending_like_ctrl_c():
            signal.raise_signal(number)
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)


def test_ctrl_c_during_the_imports_leaves_no_traceback(tmp_path):
    (tmp_path / "typer.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    paths = os.pathsep.join([str(tmp_path), environment()["PYTHONPATH"]])
    ended = subprocess.run(
        [sys.executable, "-m", "simulation.cli", "--help"],
        env=environment(PYTHONPATH=paths),
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


AT_A_MOMENT = '''\
"""Sends Ctrl-C to this process when a function is called for the first time."""

import os
import signal
import sys

moment, swallowed = os.environ.pop("MOMENT", None), os.environ.pop("SWALLOWED", None)


class Swallowing:
    """Python prints and forgets what is raised while something is thrown away."""

    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)


def watch(frame, event, _):
    called = f"{frame.f_globals.get('__name__')}.{frame.f_code.co_qualname}"
    if event == "call" and called == moment:
        sys.setprofile(None)
        open("reached", "w").close()
        Swallowing() if swallowed else os.kill(os.getpid(), signal.SIGINT)


if moment:  # workers have none
    sys.setprofile(watch)
'''


def interrupted_at(folder, moment, *arguments, **extra):
    """Run a command that is interrupted once, when a function is called."""
    (folder / "watch").mkdir()
    (folder / "watch/sitecustomize.py").write_text(AT_A_MOMENT, encoding="utf-8")
    paths = os.pathsep.join([str(folder / "watch"), environment()["PYTHONPATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "simulation.cli", *arguments],
        cwd=folder,
        env=environment(PYTHONPATH=paths, MOMENT=moment, **extra),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (folder / "reached").exists()
    return done


COMPARE = ("compare", "today.yaml", "more.yaml", "--replications", "40", "--as-rostered")
WRITTEN = {"compare.html", "result.json", "run.json"}

MOMENTS = (
    "pydantic.main.<module>",
    "simulation.comparison.document.<module>",
    "simulation.scenario.load.load",
    "multiprocessing.resource_tracker.ResourceTracker.ensure_running",
    "multiprocessing.process.BaseProcess.start",
    "concurrent.futures._base.Future.add_done_callback",
    "concurrent.futures._base.Future.result",
    "concurrent.futures.process.ProcessPoolExecutor.shutdown",
    "simulation.cli.output.write_whole",
)
SWALLOWED = (
    "pydantic.main.<module>",
    "simulation.scenario.load.load",
    "simulation.experiment.workers.Crew._together",
    "simulation.cli.output.write_whole",
)


@pytest.mark.parametrize(
    ("moment", "swallowed"),
    [(each, "") for each in MOMENTS] + [(each, "yes") for each in SWALLOWED],
)
def test_ctrl_c_ends_the_command_at_any_moment(folder, moment, swallowed):
    done = interrupted_at(folder, moment, *COMPARE, "--workers", "2", SWALLOWED=swallowed)
    assert done.returncode == 130, done.stderr
    assert not re.search("Traceback|Internal error|ignored", done.stderr), done.stderr
    names = {path.name for path in (folder / "out").glob("*")}
    assert names <= WRITTEN
    if "result.json" in names and "write_whole" not in moment:
        assert json.loads((folder / "out/run.json").read_text(encoding="utf-8"))["interrupted"]
