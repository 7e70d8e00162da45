"""Requests to the API of a stack in AWS: what it refuses is told as it says it."""

import json
import os
import re
from http import HTTPStatus
from typing import Final

import urllib3

from simulation.cli.cloud_answers import Form, understood
from simulation.cli.cloud_patience import Patience
from simulation.cli.cloud_refusals import ADDRESS, TOKEN, Refused, refusal
from simulation.cli.problems import FAULT, Stop

_SECONDS: Final = 35
"""A little longer than an HTTP API waits."""

_AGAIN: Final = urllib3.Retry(
    total=5,
    connect=2,
    read=1,
    backoff_factor=0.5,
    allowed_methods=None,
    respect_retry_after_header=False,
)
"""Only what never arrived: a server that says when to ask again may mean tomorrow."""


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
        self._answered = False

    def ask(
        self,
        method: str,
        path: str,
        form: type[Form],
        body: object = None,
        key: str | None = None,
    ) -> Form:
        """Send a request; give the answer.

        Parameters
        ----------
        method, path : of the request
        form : of the answer
        body : to be sent as JSON
        key : with which it is done once, however often it arrives

        Raises
        ------
        Stop
            When it is refused, nobody answers, or the answer has another form.
        """
        return understood(form, self.read(method, path, body, key), self._address + path)

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
        patience = Patience()
        while True:
            try:
                return self._once(method, path, data, headers)
            except Refused as refused:
                if not refused.passes:
                    raise
                patience.wait(refused)

    def _once(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> bytes:
        """Send a request once: every one may be sent twice, as what begins a run has a key."""
        try:
            answer = self._pool.request(method, self._address + path, body=data, headers=headers)
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise Refused(
                f"{self._address}: cannot be reached ({_shortly(error)})",
                f"check {ADDRESS} and the connection",
                code=FAULT,
                passes=self._answered,
            ) from None
        self._answered = True
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise refusal(self._address, answer.status, answer.headers, answer.data)
        return answer.data


def _shortly(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return " ".join(str([reason, *reason.args][-1]).rpartition(": ")[2].split())
