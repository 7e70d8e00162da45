"""The description of the API, as OpenAPI has it.

Run as ``python -m functions.api.description`` it writes ``openapi.json`` anew.
"""

import json
from typing import Any, Final

from functions.api.about import DESCRIPTION
from functions.api.app import make_app
from functions.api.models import TurnedAway
from functions.api.problems import Problem, everywhere
from functions.logic.runs import Runs
from simulation import __version__

_ABOUT: Final = (
    "Which channel strategy, at what cost, at what service, and how sure."
    " What cannot be done is told as RFC 9457 describes; GET /problems lists the kinds."
    " A run is its caller's own: somebody else's is not there."
)

_LINKS: Final = {
    operation: {"operationId": operation, "parameters": {"run_id": "$response.body#/id"}}
    for operation in ("get_run", "cancel_run", "pin_run")
}
"""What can be done with a run that was begun."""

SCOPES: Final = {"get": "read", "post": "run", "delete": "cancel"}
"""What a token has to allow, by method; the stack may have something stand before it."""

_OPEN: Final = {"/health"}
"""Paths that ask no token."""

_TOKEN: Final = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": (
        "Of the OpenID Connect provider of the stack on AWS, with the scope that is named."
        " On one machine (kanaalkompas serve) no token is asked."
    ),
}

_TURNED_AWAY: Final = {
    "401": "By the gateway: no token, or one that is expired or not for this API",
    "403": "By the gateway: the token lacks the scope",
}
"""What AWS answers before a request reaches us, by status."""

Plain = dict[str, Any]


def describe() -> str:
    """Write the description."""
    app = make_app(_no_runs)
    told = app.get_openapi_schema(title="Kanaalkompas", version=__version__, description=_ABOUT)
    plain = json.loads(told.model_dump_json(by_alias=True, exclude_none=True))
    for path in sorted(plain["paths"]):
        for method, operation in plain["paths"][path].items():
            operation["responses"] = _all(operation["responses"], asks=path not in _OPEN)
            operation["security"] = [] if path in _OPEN else [{"token": [SCOPES[method]]}]
    plain["paths"]["/runs"]["post"]["responses"]["202"]["links"] = _LINKS
    plain["paths"] = dict(sorted(plain["paths"].items()))
    schemas = plain["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError", "ResponseValidationError"):
        schemas.pop(unused, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs")
    schemas["Problem"] = problem
    schemas["TurnedAway"] = TurnedAway.model_json_schema()
    plain["components"]["schemas"] = dict(sorted(schemas.items()))
    plain["components"]["securitySchemes"] = {"token": _TOKEN}
    return json.dumps(_whole(plain), ensure_ascii=False, indent=2) + "\n"


def _no_runs() -> Runs:
    raise AssertionError("a description needs no runs")


def _all(responses: Plain, *, asks: bool) -> Plain:
    """Add what every route can answer with to what Powertools did not declare of itself.

    Parameters
    ----------
    responses : of one route, by status
    asks : whether it asks a token
    """
    own = {
        status: response
        for status, response in responses.items()
        if "ValidationError" not in json.dumps(response)
    }
    common = {str(status): response for status, response in everywhere().items()}
    if not asks:
        del common["401"]
        return dict(sorted({**common, **own}.items()))
    everything = {**common, **own}
    for status, why in _TURNED_AWAY.items():
        response = everything.setdefault(status, {"description": "", "content": {}})
        response["description"] = "; or: ".join(filter(None, [response["description"], why]))
        response["content"]["application/json"] = {
            "schema": {"$ref": "#/components/schemas/TurnedAway"}
        }
    return dict(sorted(everything.items()))


def _whole(plain: object) -> object:
    """Write numbers that are whole as they are in the code."""
    if isinstance(plain, dict):
        return {key: _whole(part) for key, part in plain.items()}
    if isinstance(plain, list):
        return [_whole(part) for part in plain]
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain


def main() -> None:
    """Write the description anew."""
    DESCRIPTION.write_text(describe(), encoding="utf-8")


if __name__ == "__main__":
    main()
