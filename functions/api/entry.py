"""What happens to every request before and after its route.

The resolver of Powertools looks at a body as soon as it has a route, and fails on what is no
JSON, no UTF-8, or nested without end. So that is looked at here, before.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.api.problems import Refusal, Why
from functions.observability import logger

MOST_BYTES: Final = 1_000_000
"""Of a body."""

MOST_DEPTH: Final = 10
"""Lists and objects around a value; a request has three."""

MOST_VALUES: Final = 1_000
"""Values in a body, each list and object counted too; a request has 150 at most."""

_JSON: Final = "application/json"

_AS_DESCRIBED: Final = "send what the schema describes"

Event = dict[str, Any]


def answer(app: APIGatewayHttpResolver, event: Event, context: LambdaContext) -> Event:
    """Answer a request, whatever it is: what goes wrong is told, never shown.

    Parameters
    ----------
    app : the API
    event : of an HTTP API, payload format 2.0
    context : of the function
    """
    try:
        _check(event)
        return app.resolve(_as_get(event), context)
    except Refusal as refusal:
        return _plain(refusal.response())
    except Exception:
        logger.exception("request failed")
        number = event["requestContext"]["requestId"]
        detail = f"this is a fault of ours; ask again later, and name request {number} if it stays"
        return _plain(Refusal(Why.FAULT, detail).response())


def possible(app: APIGatewayHttpResolver, path: str) -> list[str]:
    """Give the methods that are possible at a path, in order; none if there is nothing there."""
    routes = [*app._static_routes, *app._dynamic_routes]
    methods = {str(route.method) for route in routes if route.rule.match(path)}
    if "GET" in methods:
        methods.add("HEAD")
    return sorted(methods | {"OPTIONS"}) if methods else []


def without_route(app: APIGatewayHttpResolver) -> Response[Any]:
    """Answer where there is no route: say what is possible here, or that there is nothing."""
    method, path = app.current_event.http_method, app.current_event.path
    can = possible(app, path)
    allowed = {"Allow": ", ".join(can)}
    if not can:
        raise Refusal(Why.NOWHERE, f"there is nothing at {path}; /openapi.json tells what there is")
    if method == "OPTIONS":
        return Response(status_code=HTTPStatus.NO_CONTENT, body="", headers=allowed)
    detail = f"{method} is not possible at {path}; use {' or '.join(can)}"
    raise Refusal(Why.METHOD, detail, headers=allowed)


def _as_get(event: Event) -> Event:
    """Have HEAD answered as GET is: whoever sends the answer leaves the body out."""
    http = event["requestContext"]["http"]
    if http["method"] != "HEAD":
        return event
    context = {**event["requestContext"], "http": {**http, "method": "GET"}}
    return {**event, "requestContext": context}


def _check(event: Event) -> None:
    """Refuse a body that cannot be looked at."""
    asked = APIGatewayProxyEventV2(event)
    body = _body(event)
    if len(body) > MOST_BYTES:
        raise Refusal(
            Why.TOO_LARGE,
            f"the body has {len(body):,} bytes, and {MOST_BYTES:,} is the most; "
            "send fewer or shorter scenarios, such as ones that extend another",
        )
    if asked.http_method == "POST" and asked.path == "/runs":
        _check_media(asked.headers)
        _check_json(body)


def _body(event: Event) -> bytes:
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(body).encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(body)
    except binascii.Error:
        raise Refusal(Why.MALFORMED, "the body is not whole; send it again") from None


def _check_media(headers: Mapping[str, str]) -> None:
    given = headers.get("content-type") or ""
    if given.partition(";")[0].strip().lower() != _JSON:
        told = f"the body is {given}" if given else "the body has no Content-Type"
        raise Refusal(Why.MEDIA, f"{told}; send it as {_JSON}", headers={"Accept": _JSON})


def _check_json(body: bytes) -> None:
    try:
        told = json.loads(body.decode(), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        detail = f"byte {error.start + 1} is not UTF-8; send the body in UTF-8"
    except json.JSONDecodeError as error:
        detail = f"line {error.lineno}, column {error.colno}: {error.msg}; send valid JSON"
    except RecursionError:
        detail = f"lists or objects are nested too deeply; {_AS_DESCRIBED}"
    except ValueError as error:
        detail = f"{error}; send numbers that the schema describes"
    else:
        _check_size(told)
        return
    raise Refusal(Why.MALFORMED, detail)


def _check_size(told: object) -> None:
    """Refuse what is nested deeper, or holds more, than any request: it would take long to explain.

    Raises
    ------
    Refusal
        With the bound.
    """
    level, count = [told], 1
    for _ in range(MOST_DEPTH + 1):
        level = [inner for each in level for inner in _inside(each)]
        count += len(level)
    if level:
        detail = f"lists or objects are nested more than {MOST_DEPTH} deep; {_AS_DESCRIBED}"
        raise Refusal(Why.MALFORMED, detail)
    if count > MOST_VALUES:
        detail = (
            f"the body holds {count:,} values, and {MOST_VALUES:,} is the most; {_AS_DESCRIBED}"
        )
        raise Refusal(Why.TOO_LARGE, detail)


def _inside(told: object) -> Iterable[object]:
    if isinstance(told, dict):
        return told.values()
    return told if isinstance(told, list) else ()


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON")


def _plain(response: Response[Any]) -> Event:
    return {
        "statusCode": int(response.status_code),
        "headers": dict(response.headers),
        "body": response.body,
        "isBase64Encoded": False,
    }
