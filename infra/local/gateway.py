"""What stands before MiniStack: the API at a port of its own, and faults on request."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

from ministack.services import apigateway

from infra.local.faults import KILLED, Fault, Faults
from infra.local.pool import Pool

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CONTROL: Final = "/_local/faults"
APP: Final = re.compile(rb"\bapp/(\S+)")
ROLE: Final = re.compile(rb"Credential=ASIA[^/]+/\d+/[^/]+/([a-z0-9]+)/")
"""Signed by a role, such as those of functions; tests and tools sign as the root of the account."""


class Gateway:
    """What stands before MiniStack.

    Parameters
    ----------
    app : MiniStack
    api_port : where the only API of the account answers, from the root of the address as on AWS
    faults : what goes wrong
    pool : where functions run
    """

    def __init__(self, app: App, api_port: int, faults: Faults, pool: Pool) -> None:
        self._app = app
        self._api_port = api_port
        self._faults = faults
        self._pool = pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # As if it came over TLS, which policies ask.
        scope = {**scope, "headers": [*scope["headers"], (b"x-forwarded-proto", b"https")]}
        if scope["server"][1] == self._api_port:
            await self._app({**scope, **_to_api(scope)}, receive, send)
        elif scope["path"] == CONTROL:
            await self._control(scope, receive, send)
        elif place := _place(scope):
            await self._of_function(place, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _of_function(self, place: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what a function asks, unless it goes wrong."""
        body = await _body(receive)
        fault = self._faults.take(place, f"{scope['path']} {body.decode(errors='replace')}")
        if fault is None:
            await self._app(scope, _again(body, receive), send)
        else:
            if fault.error in KILLED:
                self._pool.kill(_sandbox(scope), KILLED[fault.error])
            await _failed(fault, place, send)

    async def _control(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the faults that somebody asks; tell how many of them have not happened."""
        body, who = await _body(receive), scope["query_string"].decode()
        if scope["method"] == "POST":
            self._faults.ask(who, json.loads(body))
        text = json.dumps({"left": self._faults.left(who)})
        await _answer(200, "application/json", text, send)


def _to_api(scope: Scope) -> Scope:
    """Address a request to the stage of the API that was deployed."""
    apis = list(apigateway._apis.to_dict().values())
    for api in apis:
        # MiniStack keeps the names of a template, and looks for those of its own API.
        origins = api.get("corsConfiguration") or {}
        api["corsConfiguration"] = {
            name[0].lower() + name[1:]: value for name, value in origins.items()
        }
    host = f"{apis[0]['apiId'] if apis else 'none'}.execute-api.localhost".encode()
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {
        "headers": [(b"host", host), *others],
        # Without its stage, MiniStack takes some paths for its own, such as /health.
        "path": f"/$default{scope['path']}",
        "raw_path": b"/$default" + scope["raw_path"],
    }


def _place(scope: Scope) -> str:
    """Give where a function goes with a request: ``s3:PUT``, ``dynamodb:PutItem``."""
    headers = dict(scope["headers"])
    signed = ROLE.search(headers.get(b"authorization", b""))
    if signed is None:
        return ""
    target = headers.get(b"x-amz-target", b"").decode().rpartition(".")[2]
    return f"{signed[1].decode()}:{target or scope['method']}"


def _sandbox(scope: Scope) -> str:
    """Give the name of the sandbox in which something is asked: see `Sandbox`."""
    named = APP.search(dict(scope["headers"]).get(b"user-agent", b""))
    return named[1].decode() if named else ""


async def _failed(fault: Fault, place: str, send: Send) -> None:
    """Answer as AWS does when it fails."""
    if place.startswith("s3:"):
        text = f"<Error><Code>{fault.error}</Code><Message>On request</Message></Error>"
        await _answer(503, "application/xml", text, send)
    else:
        text = json.dumps({"__type": fault.error, "message": "On request"})
        await _answer(400, "application/x-amz-json-1.0", text, send)


def _again(body: bytes, receive: Receive) -> Receive:
    """Have a body received that was read before, and then what follows it."""
    parts = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> dict[str, Any]:
        return parts.pop() if parts else await receive()

    return receiving


async def _body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(status: int, kind: str, text: str, send: Send) -> None:
    headers = [(b"content-type", kind.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
