"""`serve` as a process: killed at any moment it goes on where it was, and it ends cleanly."""

import os
import resource
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.conftest import MORE, TODAY, command, environment
from tests.functions.served import PATIENCE, Served

REPLICATIONS = 60
LONG = 20_000


def wait_for(holds):
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up
        time.sleep(0.002)


def alive(pid):
    """Tell whether a process runs: one that nobody waited for yet does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace")
    except FileNotFoundError:
        return False


def kept(folder, pattern):
    """Give the files whose place ends like this, while others come and go."""
    places = (Path(own, name) for own, _, names in os.walk(folder) for name in names)
    return [place for place in places if place.match(pattern)]


@pytest.fixture(scope="module")
def as_on_the_command_line(tmp_path_factory):
    """Give the result of the command line, of the same question."""
    folder = tmp_path_factory.mktemp("command")
    (folder / "today.yaml").write_text(TODAY, encoding="utf-8")
    (folder / "more.yaml").write_text(MORE, encoding="utf-8")
    files = [str(folder / "today.yaml"), str(folder / "more.yaml")]
    options = ["--replications", str(REPLICATIONS), "--out", str(folder / "out")]
    words = command("compare", *files, "--as-rostered", *options)
    subprocess.run(words, env=environment(), check=True, capture_output=True)
    return (folder / "out/result.json").read_bytes()


MOMENTS = {
    "before the first item": lambda folder: True,
    "in the middle": lambda folder: len(kept(folder, "shards/*")) >= 3,
    "while merging": lambda folder: len(kept(folder, "shards/[0-9a-f]*")) == 12,
    "while the answer is written": lambda folder: kept(folder, "documents/*"),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_server_that_is_killed_goes_on_where_it_was(tmp_path, moment, as_on_the_command_line):
    folder = tmp_path / "kept"
    with Served.start(folder) as first:
        name = first.begin(kind="compare", replications=REPLICATIONS)
        wait_for(lambda: MOMENTS[moment](folder) or first.run(name)["state"] == "finished")
        workers = first.workers()
        first.kill()
    wait_for(lambda: not any(map(alive, workers)))

    with Served.start(folder) as again:
        assert kept(folder, ".part-*") == []
        run = again.ended(name)
        assert run["state"] == "finished"
        status, result = again.ask("GET", f"/runs/{name}/documents/result.json")
    assert status == 200
    assert result == as_on_the_command_line


def test_what_a_writer_left_half_written_is_never_read_and_removed(tmp_path):
    folder = tmp_path / "kept"
    for place in ("records/run/x", "files/answers/y/shards"):
        (folder / place).mkdir(parents=True)
        (folder / place / ".part-0123").write_text("{", encoding="utf-8")
    with Served.start(folder) as served:
        assert served.ask("GET", "/runs") == (200, b'{"runs":[],"older":false}')
        assert kept(folder, ".part-*") == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_at_once_while_runs_are_under_way(tmp_path, number):
    with Served.start(tmp_path / "kept") as served:
        served.begin(kind="compare", replications=LONG)
        served.begin(kind="equal_service", replications=LONG)
        wait_for(lambda: len(kept(tmp_path, "shards/*")) > 2)
        workers = served.workers()
        assert workers
        start = time.monotonic()
        code, said = served.stop(number)
        took = time.monotonic() - start
    assert took < 10
    assert code == 130
    assert said == "Stopping; what is under way goes on at the next start.\n"
    wait_for(lambda: not any(map(alive, workers)))


@pytest.mark.parametrize("seconds", [0.2, 0.6, 1.2])
def test_ctrl_c_in_a_terminal_is_heard_by_the_server_alone(tmp_path, seconds):
    """A terminal tells it to every process, also to workers that have just begun."""
    with Served.start(tmp_path / "kept") as served:
        served.begin(kind="compare", replications=LONG)
        time.sleep(seconds)
        os.killpg(served.process.pid, signal.SIGINT)
        code, said = served.stop(signal.SIGINT)
    assert (code, said) == (130, "Stopping; what is under way goes on at the next start.\n")


def test_a_worker_that_is_killed_takes_nothing_with_it(tmp_path, as_on_the_command_line):
    with Served.start(tmp_path / "kept") as served:
        name = served.begin(kind="compare", replications=REPLICATIONS)
        wait_for(lambda: kept(tmp_path, "shards/*"))
        for pid in served.workers():
            if b"multiprocessing-fork" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
        assert served.ended(name)["state"] == "finished"
        assert served.ask("GET", f"/runs/{name}/documents/result.json")[1] == as_on_the_command_line


def test_a_body_that_would_fill_the_disk_is_refused_before_it_is_sent(tmp_path):
    with Served.start(tmp_path / "kept") as served:
        port = int(served.address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as asking:
            head = (
                f"POST /runs HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {10**9}\r\n\r\n"
            )
            asking.sendall(head.encode())
            assert b" 413 " in asking.recv(100)


def refused(*arguments, **settings):
    """Give how a server ends that cannot start."""
    words = command("serve", *map(str, arguments))
    done = subprocess.run(
        words,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stderr


def test_a_folder_has_one_server(tmp_path):
    with Served.start(tmp_path / "kept") as served:
        code, said = refused("--folder", tmp_path / "kept", "--port", 0)
        assert served.ask("GET", "/health")[0] == 200
    assert code == 2
    assert said == (
        f"Error: {tmp_path / 'kept'}: another server uses this folder; name another one\n"
    )


def test_a_port_that_is_taken_is_told(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = refused("--folder", tmp_path / "kept", "--port", port)
    assert code == 2
    assert said == (
        f"Error: --port {port}: Address already in use; give another port, or 0 for a free one\n"
    )


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file" / "within", Path("/proc/kept")):
        code, said = refused("--folder", folder, "--port", 0)
        assert code == 2
        assert str(folder) in said
        assert said.count("\n") == 1


def test_a_damaged_record_is_told(tmp_path):
    place = tmp_path / "kept/records/answer/x.json"
    place.parent.mkdir(parents=True)
    place.touch()
    code, said = refused("--folder", tmp_path / "kept", "--port", 0)
    assert code == 2
    assert said == f"Error: {place}: is damaged; put it back from a copy, or remove it\n"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("KANAALKOMPAS_ACTIVE", "0", "Input should be greater than or equal to 1"),
        ("KANAALKOMPAS_REGION", "mars", "there are no prices of mars; choose from eu-"),
    ],
)
def test_a_wrong_setting_is_told(tmp_path, name, value, told):
    code, said = refused("--folder", tmp_path / "kept", "--port", 0, **{name: value})
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith(f"Error: {name}: {told}")


def test_a_full_disk_ends_the_run_and_not_the_server(tmp_path):
    """Workers may write no file that is as large as a shard."""
    folder = tmp_path / "kept"
    with Served.start(folder) as served:
        served.ended(served.begin(kind="compare", replications=2))
        workers = served.workers()
        for pid in workers:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        name = served.begin(kind="compare", replications=10)
        run = served.ended(name)
        assert run["state"] == "failed"
        assert "File too large" in run["problem"]
        assert b"File too large" in served.ask("GET", f"/nl/runs/{name}")[1]
        assert kept(folder, ".part-*") == []

        for pid in workers:
            unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)
        assert served.ended(served.begin(kind="compare", replications=10))["state"] == "finished"
        assert served.run(name)["state"] == "finished"
