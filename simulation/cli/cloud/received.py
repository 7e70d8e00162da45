"""What comes over the line: taken in pieces, and no more of it than an API may send."""

from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO
from typing import BinaryIO, Final

import urllib3

from simulation.cli.cloud.refusals import Refused
from simulation.cli.problems import FAULT

MOST_TOLD: Final = 8_000_000
"""Bytes of an answer in JSON: a Lambda answers with 6 MB at most."""

MOST_KEPT: Final = 1_000_000_000
"""Bytes of a document: some times what a Lambda can make."""

_PIECE: Final = 65_536


def is_done(answer: urllib3.BaseHTTPResponse) -> bool:
    """Tell whether an answer has what was asked."""
    return HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES


def whole(answer: urllib3.BaseHTTPResponse, address: str) -> bytes:
    """Give the body of an answer that tells something; see `receive`."""
    data = BytesIO()
    receive(answer, address, data, MOST_TOLD)
    return data.getvalue()


def receive(answer: urllib3.BaseHTTPResponse, address: str, into: BinaryIO, most: int) -> None:
    """Put the body of an answer into a file, in place of what it holds.

    Parameters
    ----------
    answer : of which nothing was read
    address : that gave it
    into : a file
    most : bytes that it may have

    Raises
    ------
    Refused
        When it has more, or is compressed: nobody asked that, and it may unfold without end.
    urllib3.exceptions.HTTPError
        When it does not arrive whole.
    """
    try:
        into.seek(0)
        into.truncate()
        for piece in _pieces(answer, address, most):
            into.write(piece)
    except BaseException:
        answer.close()
        raise


def _pieces(answer: urllib3.BaseHTTPResponse, address: str, most: int) -> Iterator[bytes]:
    coding = answer.headers.get("Content-Encoding", "identity")
    if coding != "identity":
        raise _odd(address, "is compressed")
    announced = answer.length_remaining or 0
    left = most if announced <= most else -1
    while left >= 0 and (piece := answer.read(_PIECE, decode_content=False)):
        yield piece
        left -= len(piece)
    if left < 0:
        raise _odd(address, f"is larger than {most:,} bytes")


def _odd(address: str, what: str) -> Refused:
    return Refused(f"{address}: its answer {what}, as none of the API is", code=FAULT)
