"""The routes of the API."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from functions.api.models import Health, RunList, RunView, ScenarioList, ScenarioView, Written
from functions.api.problems import Flaw, Problem, declared, refusal
from functions.logic.limits import TooLarge, TooMuchToday
from functions.logic.question import Asked, Refused, scenario_views
from functions.logic.runs import NotThere, Runs
from simulation import __version__
from simulation.scenario.scenario import Scenario

RunId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Of the run")]
Document = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9.-]{0,60}$", description="Its name")]

Badge = Annotated[str, Query(pattern=r"^([0A-Z]|0\*)$", description="Of the scenario: 0, 0*, A")]
Number = Annotated[int, Query(ge=1, le=100_000, description="Of the replication")]

TYPES = {
    "gz": "application/gzip",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}

_NO_RUN = "you have no such run; GET /runs lists those you have"


def make_app(runs: Callable[[], Runs]) -> APIGatewayHttpResolver:
    """Make the API.

    Parameters
    ----------
    runs : gives the runs, when they are needed
    """
    app = APIGatewayHttpResolver(enable_validation=True)

    def owner() -> str:
        return owner_of(app.current_event.raw_event)

    @app.get("/health", summary="Whether the API answers", tags=["about"])
    def health() -> Health:
        return Health(version=__version__)

    @app.get("/scenarios", summary="The scenarios that ship", tags=["scenarios"])
    def scenarios() -> ScenarioList:
        return ScenarioList(scenarios=[ScenarioView(**each) for each in scenario_views()])

    @app.get("/schema", summary="The JSON Schema of a scenario", tags=["scenarios"])
    def schema() -> dict[str, Any]:
        return Scenario.model_json_schema(by_alias=True)

    @app.post(
        "/runs",
        summary="Ask a question",
        tags=["runs"],
        responses={
            202: {
                "description": "Begun",
                "content": {"application/json": {"model": RunView}},
            },
            **declared(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                HTTPStatus.TOO_MANY_REQUESTS,
            ),
        },
    )
    def create(asked: Asked) -> Response[RunView]:
        run = RunView.model_validate(runs().create(asked, owner()))
        return Response(
            status_code=HTTPStatus.ACCEPTED,
            content_type="application/json",
            body=run,
            headers={"Location": f"/runs/{run.id}"},
        )

    @app.get("/runs", summary="Your runs, the latest first", tags=["runs"])
    def listed() -> RunList:
        return RunList(runs=[RunView.model_validate(run) for run in runs().all(owner())])

    @app.get(
        "/runs/<name>",
        summary="A run, and how far it is",
        tags=["runs"],
        responses={
            200: {"description": "The run", "content": {"application/json": {"model": RunView}}},
            **declared(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
        },
    )
    def one(name: RunId) -> RunView:
        return RunView.model_validate(runs().get(name, owner()))

    @app.delete(
        "/runs/<name>",
        summary="Cancel a run",
        tags=["runs"],
        responses={
            200: {"description": "The run", "content": {"application/json": {"model": RunView}}},
            **declared(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
        },
    )
    def cancel(name: RunId) -> RunView:
        return RunView.model_validate(runs().cancel(name, owner()))

    @app.post(
        "/runs/<name>/pin",
        summary="Keep a run that a decision was based on",
        tags=["runs"],
        responses={
            200: {"description": "The run", "content": {"application/json": {"model": RunView}}},
            **declared(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
        },
    )
    def pin(name: RunId) -> RunView:
        return RunView.model_validate(runs().pin(name, owner()))

    @app.get(
        "/runs/<name>/documents/<document>",
        summary="A document of a run: result, page, workbook",
        tags=["runs"],
        responses={
            200: {
                "description": "The document",
                "content": {kind.partition(";")[0]: {} for kind in TYPES.values()},
            },
            **declared(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
        },
    )
    def document(name: RunId, document: Document) -> Response[bytes]:
        found = runs().document(name, owner(), document)
        kind = TYPES[document.rpartition(".")[2]]
        return Response(status_code=HTTPStatus.OK, content_type=kind, body=found)

    @app.get(
        "/runs/<name>/contacts",
        summary="The contact log of one replication",
        tags=["runs"],
        responses={
            200: {"description": "The log", "content": {TYPES["gz"]: {}}},
            202: {
                "description": "It is being written; ask again",
                "content": {"application/json": {"model": Written}},
            },
            **declared(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
        },
    )
    def contacts(name: RunId, scenario: Badge, replication: Number = 1) -> Response[Any]:
        found = runs().contact_log(name, owner(), scenario, replication)
        if found is None:
            return Response(
                status_code=HTTPStatus.ACCEPTED,
                content_type=TYPES["json"],
                body=Written().model_dump_json(),
                headers={"Retry-After": "2"},
            )
        return Response(status_code=HTTPStatus.OK, content_type=TYPES["gz"], body=found)

    @app.exception_handler(NotThere)
    def not_there(_: NotThere) -> Response[Any]:
        return refusal(HTTPStatus.NOT_FOUND, _NO_RUN)

    @app.exception_handler(Refused)
    def refused(error: Refused) -> Response[Any]:
        flaws = [
            Flaw(
                place=each.place,
                problem=each.problem,
                remedy=each.remedy,
                value=each.value,
                file=each.file,
                line=each.line,
            )
            for each in error.problems
        ]
        detail = "the scenarios are not in order"
        if isinstance(error, TooLarge):
            detail = "the question takes more than it may"
        return refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, flaws)

    @app.exception_handler(TooMuchToday)
    def too_much(error: TooMuchToday) -> Response[Any]:
        answer = refusal(HTTPStatus.TOO_MANY_REQUESTS, str(error))
        answer.headers["Retry-After"] = str(error.seconds)
        return answer

    @app.exception_handler(RequestValidationError)
    def invalid(error: RequestValidationError) -> Response[Any]:
        flaws = [
            Flaw(place=".".join(map(str, each["loc"])), problem=each["msg"])
            for each in error.errors()
        ]
        return refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "the request is not in order", flaws)

    @app.not_found
    def nowhere(_: NotFoundError) -> Response[Any]:
        return _no_route(app)

    return app


def owner_of(event: dict[str, Any]) -> str:
    """Give who sent a request: the subject of the token."""
    claims = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    return str(claims.get("sub", "local"))


def _no_route(app: APIGatewayHttpResolver) -> Response[Any]:
    """Say that there is nothing here, or that it cannot be asked this way."""
    path = app.current_event.path
    can = sorted(
        {
            method
            for route in [*app._static_routes, *app._dynamic_routes]
            if route.rule.match(path)
            for method in ([route.method] if isinstance(route.method, str) else route.method)
        }
    )
    if not can:
        return refusal(HTTPStatus.NOT_FOUND, f"there is nothing at {path}")
    answer = refusal(
        HTTPStatus.METHOD_NOT_ALLOWED,
        f"{app.current_event.http_method} is not possible here; use {' or '.join(can)}",
    )
    answer.headers["Allow"] = ", ".join(can)
    return answer


def openapi(app: APIGatewayHttpResolver) -> str:
    """Write the description of the API."""
    described = app.get_openapi_schema(
        title="Kanaalkompas",
        version=__version__,
        description="Which channel strategy, at what cost, at what service, and how sure.",
    )
    plain = json.loads(described.model_dump_json(by_alias=True, exclude_none=True))
    plain["components"]["schemas"]["Problem"] = Problem.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    plain["components"]["schemas"] |= plain["components"]["schemas"]["Problem"].pop("$defs")
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
