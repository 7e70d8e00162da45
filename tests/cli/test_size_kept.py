"""What `size` keeps on disk: it goes on after an interruption, and no damage changes an answer."""

import os
import pty
import re
import resource
import signal
import subprocess

import pytest

from tests.cli.conftest import command, environment
from tests.cli.test_interrupt import drain, read_until

LITTLE = ("--replications", "10", "--confirm", "20")
BOTH = ("size", "today.yaml", "--team", "desk", "--step", "0.5", *LITTLE)
FILES = ("today-size.json", "today-heads.csv", "today-sized.yaml")


def written(folder, out="out"):
    """Give the bytes of what was written."""
    return [(folder / out / name).read_bytes() for name in FILES]


def kept(folder, out="out"):
    """Give the file with trials."""
    (path,) = (folder / out / "trials").iterdir()
    return path


@pytest.mark.parametrize("teams", [("--team", "desk"), ("--all",)])
def test_one_worker_or_two_write_the_same_bytes(process, folder, teams):
    for out, workers in (("one", "1"), ("two", "2")):
        ended = process("size", "today.yaml", *teams, *LITTLE, "--workers", workers, "--out", out)
        assert ended.code == 0, ended.err
    assert written(folder, "one")[0] == written(folder, "two")[0]
    assert written(folder, "one")[1] == written(folder, "two")[1]


def interrupted(folder, arguments, shown):
    """Press Ctrl-C as soon as something is shown; give the exit code and what was said."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env=environment(TERM="xterm"),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        start_new_session=True,
    ) as running:
        os.close(theirs)
        read_until(ours, re.compile(shown))
        os.killpg(running.pid, signal.SIGINT)
        said = drain(ours).decode()
    os.close(ours)
    assert "Traceback" not in said
    return running.returncode, " ".join(said.split())


def lasting(folder, days):
    """Make the periods longer."""
    text = (folder / "today.yaml").read_text(encoding="utf-8")
    (folder / "today.yaml").write_text(text.replace("2 days", f"{days} days"), encoding="utf-8")


def test_after_an_interruption_the_same_command_goes_on_and_writes_the_same_bytes(process, folder):
    lasting(folder, 40)
    arguments = ("size", "today.yaml", "--team", "desk", "--confirm", "200", "--workers", "2")
    code, said = interrupted(folder, arguments, rb"[2-9]\d/410")
    assert code == 130
    assert "trials are kept in out/trials" in said
    lines = kept(folder).read_text(encoding="utf-8").splitlines()
    assert len(lines) > 20
    assert not (folder / "out" / "today-size.json").exists()
    assert process(*arguments).code == 0
    again = kept(folder).read_text(encoding="utf-8").splitlines()
    assert again[: len(lines) - 1] == lines[:-1]
    assert process(*arguments, "--out", "whole").code == 0
    assert written(folder)[:2] == written(folder, "whole")[:2]


def test_an_interruption_before_anything_is_kept_says_so(folder):
    lasting(folder, 700)
    arguments = ("size", "today.yaml", "--team", "desk", "--workers", "2")
    code, said = interrupted(folder, arguments, rb"[1-9] so far")
    assert code == 130
    assert "nothing is kept. The same command begins anew." in said
    assert not (folder / "out" / "trials").exists()


def _bits(text):
    return text.replace('"attained": false', '"attained": true')


def _numbers(text):
    return re.sub(r'"desk": \d+', '"desk": 3', text)


def _binary(text):
    return "\x00\x07" + text[:50] + "\ufffd" * 20 + text[50:]


def _foreign(text):
    return (
        '{"levels": {}, "replication": 1, "norms": {}}\n[]\n{}\nnull\n' + "[" * 5_000 + "\n" + text
    )


@pytest.mark.parametrize("damage", [_bits, _numbers, _binary, _foreign, lambda text: text[:-40]])
def test_a_damaged_file_of_trials_does_no_harm(kanaalkompas, folder, damage):
    assert kanaalkompas(*BOTH, "--workers", "1").code == 0
    whole = written(folder)
    path = kept(folder)
    told = path.read_text(encoding="utf-8")
    assert damage(told) != told
    path.write_text(damage(told), encoding="utf-8")
    for name in FILES:
        (folder / "out" / name).unlink()
    ended = kanaalkompas(*BOTH, "--workers", "1")
    assert ended.code == 0, ended.err
    assert written(folder) == whole


def test_a_file_that_is_no_text_does_no_harm(kanaalkompas, folder):
    assert kanaalkompas(*BOTH, "--workers", "1").code == 0
    whole = written(folder)
    kept(folder).write_bytes(bytes(range(256)) * 9)
    assert kanaalkompas(*BOTH, "--workers", "1").code == 0
    assert written(folder) == whole


def test_a_full_disk_is_told_in_one_line(folder):
    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))

    ended = subprocess.run(
        command(*BOTH, "--workers", "1"),
        cwd=folder,
        env=environment(),
        capture_output=True,
        check=False,
        preexec_fn=small,
    )
    said = ended.stderr.decode()
    assert ended.returncode == 1
    assert re.search(r"^Error: cannot write out/trials/\w+\.jsonl: File too large$", said, re.M)
    assert "Traceback" not in said
    assert not (folder / "out" / "today-size.json").exists()


def test_a_place_that_cannot_be_written_is_told(kanaalkompas, folder):
    (folder / "file").write_text("")
    ended = kanaalkompas(*BOTH, "--out", "file")
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "cannot write file" in ended.err
    (folder / "out").mkdir()
    (folder / "out" / "trials").write_text("")
    ended = kanaalkompas(*BOTH)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "out/trials" in ended.err
