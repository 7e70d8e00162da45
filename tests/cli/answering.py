"""A small HTTP server that answers as a test wants it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Reply:
    """An answer.

    Attributes
    ----------
    body : bytes, text, or what becomes JSON
    status : 0 closes the connection without an answer
    headers : beside the length of the body, which they may contradict, or leave out with None
    """

    body: Any = b""
    status: int = 200
    headers: dict[str, str | None] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """The body as it is sent."""
        text = self.body if isinstance(self.body, str | bytes) else json.dumps(self.body)
        return text if isinstance(text, bytes) else text.encode()


@dataclass
class Answering:
    """A server, what it was asked, and what it answers.

    Attributes
    ----------
    address : of the server
    replies : by method and path, one after another; the last one again and again
    asked : methods and paths, in order
    heads : headers of what was asked, in the same order
    """

    address: str
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)

    def next(self, asked: str, head: dict[str, str]) -> Reply:
        """Give the answer to a request."""
        self.asked.append(asked)
        self.heads.append(head)
        replies = self.replies.get(asked.partition("?")[0], [Reply({"message": "Not Found"}, 404)])
        return replies.pop(0) if len(replies) > 1 else replies[0]


@contextmanager
def answering() -> Iterator[Answering]:
    """Have a server answer at a free port of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        told = Answering(f"http://127.0.0.1:{server.server_port}")
        server.RequestHandlerClass = _handler(told)
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield told
        finally:
            server.shutdown()


def _handler(told: Answering) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            reply = told.next(f"{self.command} {self.path}", dict(self.headers))
            self.close_connection = True
            if not reply.status:
                return
            self.send_response(reply.status)
            headers = {"Content-Length": str(len(reply.data)), **reply.headers}
            for name, value in headers.items():
                if value is not None:
                    self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # who asked may have had enough of it
                self.wfile.write(reply.data)

        do_POST = do_DELETE = do_GET

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    return Handler
