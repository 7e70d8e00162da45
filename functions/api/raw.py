"""Answers that are sent as they are."""

import base64
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response


def as_it_is(data: bytes, kind: str) -> Response[str]:
    """Answer with bytes.

    Powertools reads all bytes that a route gives as UTF-8, so they are packed here.

    Parameters
    ----------
    data : to be sent
    kind : their media type
    """
    packed = base64.b64encode(data).decode()
    response = Response(status_code=HTTPStatus.OK, content_type=kind, body=packed)
    response.base64_encoded = True
    return response
