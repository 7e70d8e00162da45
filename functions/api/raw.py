"""Answers that are a file: its bytes, or where it can be had."""

import base64
from http import HTTPStatus
from typing import Any, Final

from aws_lambda_powertools.event_handler import Response

ELSEWHERE: Final[dict[str, Any]] = {
    "description": "It is at another address for some minutes; no token goes along",
    "headers": {"Location": {"schema": {"type": "string"}, "required": True}},
}


def sent(found: bytes | str, kind: str) -> Response[str]:
    """Answer with a file.

    Powertools reads all bytes that a route gives as UTF-8, so they are packed here.

    Parameters
    ----------
    found : its bytes, or the address at which it is
    kind : media type
    """
    if isinstance(found, str):
        return Response(status_code=HTTPStatus.SEE_OTHER, body="", headers={"Location": found})
    packed = base64.b64encode(found).decode()
    response = Response(status_code=HTTPStatus.OK, content_type=kind, body=packed)
    response.base64_encoded = True
    return response
