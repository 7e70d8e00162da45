"""The description of the API, as OpenAPI has it.

Run as ``python -m functions.api.description`` it writes ``openapi.json`` anew.
"""

import json
from typing import Any, Final

from functions.api.about import DESCRIPTION
from functions.api.app import make_app
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

Plain = dict[str, Any]


def describe() -> str:
    """Write the description."""
    app = make_app(_no_runs)
    told = app.get_openapi_schema(title="Kanaalkompas", version=__version__, description=_ABOUT)
    plain = json.loads(told.model_dump_json(by_alias=True, exclude_none=True))
    for path in sorted(plain["paths"]):
        for operation in plain["paths"][path].values():
            operation["responses"] = _all(operation["responses"])
    plain["paths"]["/runs"]["post"]["responses"]["202"]["links"] = _LINKS
    plain["paths"] = dict(sorted(plain["paths"].items()))
    schemas = plain["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError", "ResponseValidationError"):
        schemas.pop(unused, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs")
    schemas["Problem"] = problem
    plain["components"]["schemas"] = dict(sorted(schemas.items()))
    return json.dumps(_whole(plain), ensure_ascii=False, indent=2) + "\n"


def _no_runs() -> Runs:
    raise AssertionError("a description needs no runs")


def _all(responses: Plain) -> Plain:
    """Add what every route can answer with to what Powertools did not declare of itself."""
    own = {
        status: response
        for status, response in responses.items()
        if "ValidationError" not in json.dumps(response)
    }
    common = {str(status): response for status, response in everywhere().items()}
    return dict(sorted({**common, **own}.items()))


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
