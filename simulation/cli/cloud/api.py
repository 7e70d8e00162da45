"""Requests to the API of a stack in AWS: what it refuses is told as it says it."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import BinaryIO, Final, TypeVar
from urllib.parse import urlsplit

import urllib3

from simulation.cli.cloud.answers import Form, understood
from simulation.cli.cloud.elsewhere import elsewhere, host_of, is_safe, refusal_elsewhere
from simulation.cli.cloud.patience import Patience
from simulation.cli.cloud.proxies import Connections
from simulation.cli.cloud.received import MOST_KEPT, is_done, receive, whole
from simulation.cli.cloud.refusals import ADDRESS, LIKE, TOKEN, Refused, refusal
from simulation.cli.cloud.token import checked, not_accepted, not_allowed
from simulation.cli.problems import FAULT, Stop
from simulation.cli.terminal import visible

_SECONDS: Final = 35
"""A little longer than an HTTP API waits."""

_AGAIN: Final = urllib3.Retry(
    total=2,
    connect=2,
    read=1,
    backoff_factor=0.5,
    allowed_methods=None,
    respect_retry_after_header=False,
)
"""Only what never arrived: a server that says when to ask again may mean tomorrow."""

_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[!-~]*)?")

Found = TypeVar("Found")


@dataclass(frozen=True)
class _Request:
    """What is sent."""

    method: str
    address: str
    headers: Mapping[str, str]
    data: bytes | None = None


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
        self._address = _address(told[ADDRESS])
        self._token = checked(told[TOKEN])
        self._connections = Connections(_AGAIN, _SECONDS)
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
        request = self._request(method, path, body, key)
        return understood(form, self._patiently(lambda: self._told(request)), request.address)

    def download(self, path: str, file: BinaryIO) -> None:
        """Put what is at a path into a file, wherever it is.

        Raises
        ------
        Stop
            When it is refused, or does not arrive whole.
        """
        request = self._request("GET", path)
        self._patiently(lambda: self._put(request, file))

    def _told(self, request: _Request) -> bytes:
        with self._sent(request) as answer:
            data = whole(answer, request.address)
        if not is_done(answer):
            raise self._refusal(request, answer, data)
        return data

    def _put(self, request: _Request, file: BinaryIO) -> None:
        with self._sent(request) as answer:
            if is_done(answer):
                return receive(answer, request.address, file, MOST_KEPT)
            data = whole(answer, request.address)
        location = answer.get_redirect_location()
        if not location:
            raise self._refusal(request, answer, data)
        self._put_from(elsewhere(request.address, location), file)
        return None

    def _put_from(self, address: str, file: BinaryIO) -> None:
        """Put what another host than the API has into a file; the token does not go there."""
        with self._sent(_Request("GET", address, {})) as answer:
            if not is_done(answer):
                raise refusal_elsewhere(address, answer.status, whole(answer, host_of(address)))
            receive(answer, host_of(address), file, MOST_KEPT)

    def _refusal(self, request: _Request, answer: urllib3.BaseHTTPResponse, data: bytes) -> Refused:
        told = refusal(self._address, answer.status, answer.headers, data)
        if answer.status == HTTPStatus.UNAUTHORIZED and not told.kind:  # a gateway says no more
            return not_accepted(self._token)
        if answer.status == HTTPStatus.FORBIDDEN:
            return not_allowed(self._token, request.method)
        return told

    def _request(
        self, method: str, path: str, body: object = None, key: str | None = None
    ) -> _Request:
        headers = {"Authorization": f"Bearer {self._token}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        if body is not None:
            headers["Content-Type"] = "application/json"
        data = None if body is None else json.dumps(body).encode()
        return _Request(method, self._address + path, headers, data)

    def _patiently(self, do: Callable[[], Found]) -> Found:
        """Do something again while that may help: a request that begins a run has a key."""
        patience = Patience()
        while True:
            try:
                return do()
            except Refused as refused:
                if not refused.passes:
                    raise
                patience.wait(refused)

    @contextmanager
    def _sent(self, request: _Request) -> Iterator[urllib3.BaseHTTPResponse]:
        """Send a request; give the answer, to be read here."""
        try:
            answer = self._connections.to(request.address).request(
                request.method,
                request.address,
                headers=request.headers,
                body=request.data,
                preload_content=False,
                redirect=False,
            )
            self._answered = True
            yield answer
        except urllib3.exceptions.HTTPError as error:
            own = request.address.startswith(self._address)
            raise Refused(
                f"{host_of(request.address)}: cannot be reached ({_shortly(error)})",
                f"check {f'{ADDRESS} and ' if own else ''}the connection",
                code=FAULT,
                passes=self._answered,
            ) from None


def _address(told: str) -> str:
    """Give the address of the API; one that may hold a secret is not repeated.

    Raises
    ------
    Stop
        When it is none, or others could read on the way what is sent.
    """
    remedy = f"give the Address of the stack, like {LIKE}"
    if "@" in told or "?" in told or "#" in told:
        raise Stop(f"{ADDRESS}: holds more than an address, such as a password; {remedy}")
    try:
        whole = _ADDRESS.fullmatch(told) and urlsplit(told).port != 0 and is_safe(told)
    except ValueError:
        whole = False
    if not whole:
        raise Stop(f"{ADDRESS}: {visible(told)} is no address of https; {remedy}")
    address = told.rstrip("/")
    if address.endswith("/runs"):
        raise Stop(f"{ADDRESS}: {address} is the address of the runs; leave out /runs")
    return address


def _shortly(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return visible(" ".join(str([reason, *reason.args][-1]).rpartition(": ")[2].split()))
