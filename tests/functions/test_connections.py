"""Connections on which nothing is asked: others are answered all the same."""

import resource
import socket
import time
from contextlib import ExitStack, closing
from threading import Thread

import pytest

from functions.serve import server
from functions.serve.site import Site
from tests.functions.served import Served

ASK = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
HALF = b"POST /runs HTTP/1.1\r\nHost: localhost\r\nContent-Le"


def opened(port, said=b""):
    """Open a connection and begin to say something."""
    own = socket.create_connection((server.HOST, port), timeout=60)
    own.sendall(said)
    return own


@pytest.mark.parametrize("said", [b"", HALF])
def test_many_of_them_hold_up_nobody(tmp_path, said):
    with Served.start(tmp_path / "kept", workers=1) as served, ExitStack() as held:
        port = int(served.address.rpartition(":")[2])
        for _ in range(150):
            held.enter_context(opened(port, said))
        begun = time.monotonic()
        assert served.ask("GET", "/health")[0] == 200
        assert time.monotonic() - begun < 10


def test_they_make_room_after_a_while(runs, monkeypatch):
    for name, value in (("_CONNECTIONS", 12), ("_SILENT_SECONDS", 1), ("_LOOK_SECONDS", 1)):
        monkeypatch.setattr(server, name, value)
    own = server.listening(Site(runs, {"localhost"}), 0)
    thread = Thread(target=own.run, daemon=True)
    thread.start()
    try:
        with ExitStack() as held:
            for _ in range(30):
                held.enter_context(opened(own.effective_port, HALF))
            with closing(opened(own.effective_port, ASK)) as last:
                assert last.recv(100).startswith(b"HTTP/1.1 200 OK\r\n")
    finally:
        own.trigger.pull_trigger(own.close)  # in its own thread, which looks at what is closed
        thread.join(60)
        own.task_dispatcher.shutdown()
    assert not thread.is_alive()


def test_there_are_never_more_than_files_can_be_opened(runs, monkeypatch):
    for soft, most in ((256, 128), (20_000, 500), (resource.RLIM_INFINITY, 500)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, soft=soft: (soft, soft))
        own = server.listening(Site(runs, {"localhost"}), 0)
        assert own.adj.connection_limit == most
        own.close()
        own.task_dispatcher.shutdown()
