"""Documents that the API has others give: at an address that is signed, and lasts some minutes."""

import re
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, urljoin, urlsplit

from simulation.cli.cloud.refusals import Refused, plain
from simulation.cli.problems import FAULT
from simulation.cli.terminal import visible

_LOCAL: Final = frozenset({"127.0.0.1", "localhost"})
"""Hosts that may be asked without https: this machine."""

_MESSAGE: Final = re.compile(rb"<Message>([^<]{1,200})</Message>")
_MINUTE: Final = 60


def is_secret(address: str) -> bool:
    """Tell whether what is sent to an address, or comes from it, is hidden on the way."""
    return urlsplit(address).scheme == "https"


def is_safe(address: str) -> bool:
    """Tell whether nobody can read that on the way, as it is hidden or stays on this machine."""
    parts = urlsplit(address)
    return is_secret(address) or (parts.scheme == "http" and parts.hostname in _LOCAL)


def host_of(address: str) -> str:
    """Give the address of a host, without what may be secret in it."""
    parts = urlsplit(address)
    return visible(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}")


def elsewhere(address: str, location: str) -> str:
    """Give the address to which an answer sends on.

    Parameters
    ----------
    address : that was asked
    location : of the answer

    Raises
    ------
    Refused
        When others could read or change on the way what is at it, and not what is at the first.
    """
    try:
        further = urljoin(address, location)
        host, safe = host_of(further), is_safe(further)
    except ValueError:
        further, host, safe = "", "nowhere", False
    if not safe or (is_secret(address) and not is_secret(further)):
        raise Refused(
            f"{host_of(address)}: sends on to {host}, which is no address of https",
            "tell who keeps the stack",
            code=FAULT,
        )
    return further


def refusal_elsewhere(address: str, status: int, data: bytes) -> Refused:
    """Say why a document is not given at another address than that of the API.

    Parameters
    ----------
    address : that was asked
    status, data : of the answer
    """
    if status != HTTPStatus.FORBIDDEN:
        return plain(host_of(address), status, "fetch it again")
    told = _MESSAGE.search(data)
    why = f" ({visible(told[1].decode('utf-8', 'replace'))})" if told else ""
    seconds = parse_qs(urlsplit(address).query).get("X-Amz-Expires", [""])[0]
    lasts = (
        f"{int(seconds) / _MINUTE:g} minutes" if re.fullmatch(r"\d{1,6}", seconds) else "a while"
    )
    return Refused(
        f"{host_of(address)}: answered 403 Forbidden{why}",
        f"an address of a document lasts {lasts}: fetch it again",
        code=FAULT,
    )
