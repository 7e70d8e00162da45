"""Requests to the API of a stack in AWS: what it refuses is told as it says it."""

import json
import os
import re
from http import HTTPStatus
from typing import Any, Final

import urllib3

from simulation.cli.problems import FAULT, Stop

ADDRESS: Final = "KANAALKOMPAS_API"
TOKEN: Final = "KANAALKOMPAS_TOKEN"
"""Environment variables. A token on the command line would stand in the history of the shell."""

_SECONDS: Final = 35
"""A little longer than an HTTP API waits."""

_AGAIN: Final = urllib3.Retry(
    total=5,
    connect=2,
    backoff_factor=0.5,
    status_forcelist=[HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE],
    allowed_methods=None,
    raise_on_status=False,
)
"""Every request may be sent twice: one that begins a run has a key of its own."""


class Api:
    """The API of a stack, for the owner of a token.

    Raises
    ------
    Stop
        When it is not known where it is, or who asks.
    """

    def __init__(self) -> None:
        told = {name: os.environ.get(name, "").strip() for name in (ADDRESS, TOKEN)}
        missing = [name for name, value in told.items() if not value]
        if missing:
            raise Stop(
                f"{' and '.join(missing)}: not set; set {ADDRESS} to the Address of the stack and "
                f"{TOKEN} to a token of your sign-in"
            )
        self._address = told[ADDRESS].rstrip("/")
        if not self._address.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise Stop(
                f"{ADDRESS}: {self._address} is no address of https; give the one of the stack"
            )
        if re.fullmatch(r"[!-~]+", told[TOKEN]) is None:
            raise Stop(f"{TOKEN}: is no token, which has no spaces; copy it whole")
        headers = {"Authorization": f"Bearer {told[TOKEN]}"}
        self._pool = urllib3.PoolManager(headers=headers, retries=_AGAIN, timeout=_SECONDS)

    def ask(
        self, method: str, path: str, body: object = None, key: str | None = None
    ) -> dict[str, Any]:
        """Send a request; give the JSON of the answer.

        Parameters
        ----------
        method, path : of the request
        body : to be sent as JSON
        key : with which it is done once, however often it arrives

        Raises
        ------
        Stop
            When it is refused, or nobody answers.
        """
        found: dict[str, Any] = json.loads(self.read(method, path, body, key))
        return found

    def read(self, method: str, path: str, body: object = None, key: str | None = None) -> bytes:
        """Send a request; give the bytes of the answer, wherever they are.

        Raises
        ------
        Stop
            When it is refused, or nobody answers.
        """
        headers = dict(self._pool.headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key is not None:
            headers["Idempotency-Key"] = key
        data = None if body is None else json.dumps(body).encode()
        try:
            answer = self._pool.request(method, self._address + path, body=data, headers=headers)
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise Stop(
                f"{self._address}: cannot be reached ({_shortly(error)}); check {ADDRESS} and the "
                "connection",
                FAULT,
            ) from None
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise Stop(_refusal(answer.status, answer.data))
        return answer.data


def _shortly(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return " ".join(str(reason).rpartition(": ")[2].split())


def _refusal(status: int, data: bytes) -> str:
    """Say why something was refused, in the words of the API if it has any."""
    if status == HTTPStatus.UNAUTHORIZED:
        return f"{TOKEN}: the token is not accepted; get a new one from your sign-in"
    if status == HTTPStatus.FORBIDDEN:
        return f"{TOKEN}: the token does not allow this; ask for its scope where you sign in"
    try:
        told = json.loads(data)
        lines = [str(told["detail"])]
        lines += [_flaw(each) for each in told.get("errors", ())]
    except (ValueError, KeyError, TypeError):
        lines = [f"the API answered {status} {HTTPStatus(status).phrase}; try again later"]
    return "\n  ".join(lines)


def _flaw(told: dict[str, Any]) -> str:
    where = ":".join(str(told[name]) for name in ("file", "line") if told.get(name) is not None)
    value = f" {told['value']}" if told.get("value") is not None else ""
    place = ": ".join(part for part in (where, told["place"]) if part)
    return f"{place}:{value} {told['problem']}; {told['remedy']}"
