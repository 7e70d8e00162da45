"""HTTP requests as the events that API Gateway makes of them, and back."""

import base64
import time
from typing import Any, Final

from werkzeug import Request, Response

OWNER: Final = "local"
"""Whoever sits at this machine: `serve` asks for no token."""


def as_event(request: Request, number: str) -> dict[str, Any]:
    """Give a request as an event of an HTTP API (payload format 2.0).

    Parameters
    ----------
    request : as it came in
    number : to tell requests apart in logs
    """
    raw = request.get_data()
    headers = {name.lower(): value for name, value in request.headers.items()}
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": request.path,
        "rawQueryString": request.query_string.decode("latin-1"),
        "headers": headers,
        "queryStringParameters": dict(request.args) or None,
        "requestContext": {
            "accountId": "",
            "apiId": "local",
            "authorizer": {"jwt": {"claims": {"sub": OWNER}, "scopes": None}},
            "domainName": request.host,
            "http": {
                "method": request.method,
                "path": request.path,
                "protocol": str(request.environ.get("SERVER_PROTOCOL", "")),
                "sourceIp": request.remote_addr or "",
                "userAgent": request.user_agent.string,
            },
            "requestId": number,
            "routeKey": "$default",
            "stage": "$default",
            "timeEpoch": int(1000 * time.time()),
        },
        "body": base64.b64encode(raw).decode() if raw else None,
        "isBase64Encoded": bool(raw),
    }


def as_response(answer: dict[str, Any]) -> Response:
    """Give the answer of a function as a response."""
    body = answer.get("body") or ""
    data = base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
    response = Response(data, status=answer["statusCode"])
    response.headers.remove("Content-Type")
    for name, value in (answer.get("headers") or {}).items():
        response.headers[name] = value
    return response
