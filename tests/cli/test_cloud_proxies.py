"""Through which proxy `kanaalkompas cloud` reaches a stack."""

import base64
import socket
from threading import Thread

import pytest

STACK = "stack.invalid"


@pytest.fixture
def proxy():
    """Listen as a proxy that lets nobody through; give its port, and the heads that it got."""
    heads = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    heads.append(connection.recv(65_536).decode())
                    connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

        Thread(target=answer, daemon=True).start()
        yield server.getsockname()[1], heads
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def away(ask, monkeypatch):
    """Ask a stack that is elsewhere."""
    for name in ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KANAALKOMPAS_API", f"https://{STACK}")
    return ask


@pytest.mark.parametrize("named", ["http://anna:secret@127.0.0.1", "anna:secret@127.0.0.1"])
def test_a_proxy_that_is_named_is_gone_through(away, proxy, monkeypatch, named):
    port, heads = proxy
    monkeypatch.setenv("HTTPS_PROXY", f"{named}:{port}")
    told = away("status")
    assert heads[0].startswith(f"CONNECT {STACK}:443 ")
    assert base64.b64encode(b"anna:secret").decode() in heads[0]
    assert "a.token" not in heads[0]
    assert told.code != 0
    assert f"{STACK}: cannot be reached" in told.err
    assert "secret" not in told.err


def test_a_host_that_no_proxy_names_is_asked_itself(away, proxy, monkeypatch):
    port, heads = proxy
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("NO_PROXY", STACK)
    assert f"{STACK}: cannot be reached" in away("status").err
    assert heads == []


def test_what_stays_on_this_machine_goes_through_none(ask, api, proxy, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy[0]}")
    ask("status")
    assert api.asked
    assert proxy[1] == []


@pytest.mark.parametrize("named", ["socks5://anna:secret@127.0.0.1:1", "http:// nowhere"])
def test_what_is_no_proxy_is_told(away, monkeypatch, named):
    monkeypatch.setenv("HTTPS_PROXY", named)
    told = away("status")
    assert told.code == 2
    assert "Error: HTTPS_PROXY: " in told.err
    assert "is no proxy; give one like http://proxy.example.nl:3128" in told.err
    assert "secret" not in told.err
