"""Routes about the runs of a caller."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Final

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from functions.api.caller import owner_of
from functions.api.models import RunList, RunView, Written
from functions.api.problems import Refusal, Why, declared
from functions.api.raw import ELSEWHERE, sent
from functions.logic.runs import Runs

RunId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Of the run")]
Document = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9.-]{0,60}$", description="Its name")]

Most = Annotated[int, Query(ge=1, le=100, description="Runs in one answer, at most")]
After = Annotated[
    str | None,
    Query(pattern="^[0-9a-f]{32}$", description="Of the run after which they come: older ones"),
]

Badge = Annotated[str, Query(pattern=r"^([0A-Z]|0\*)$", description="Of the scenario: 0, 0*, A")]
Number = Annotated[int, Query(ge=1, le=100_000, description="Of the replication")]

TYPES: Final = {
    "gz": "application/gzip",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
}
"""Media types of documents, by the end of their name."""

_RUN: Final = {200: {"description": "The run", "content": {TYPES["json"]: {"model": RunView}}}}

_DOCUMENT: Final = {
    303: ELSEWHERE,
    200: {
        "description": "The document",
        "content": {kind.partition(";")[0]: {"schema": {}} for kind in TYPES.values()},
    },
}

_LOG: Final = {
    303: ELSEWHERE,
    200: {"description": "The log", "content": {TYPES["gz"]: {"schema": {}}}},
    202: {
        "description": "It is being written; ask again",
        "content": {TYPES["json"]: {"model": Written}},
    },
}


def add_runs(app: APIGatewayHttpResolver, runs: Callable[[], Runs]) -> None:
    """Add these routes to the API."""

    @app.get(
        "/runs",
        summary="Your runs, the latest first",
        operation_id="list_runs",
        tags=["runs"],
        description="A few at a time. For the next, ask those ``after`` the last of these.",
        responses=declared(Why.INVALID, found={200: {"description": "Runs"}}),
    )
    def listed(most: Most = 50, after: After = None) -> RunList:
        found, older = runs().some(owner_of(app), most, after)
        return RunList(runs=[RunView.model_validate(run) for run in found], older=older)

    @app.get(
        "/runs/<run_id>",
        summary="A run, and how far it is",
        operation_id="get_run",
        tags=["runs"],
        responses=declared(Why.NO_RUN, Why.CANCELLED, found=_RUN),
    )
    def one(run_id: RunId) -> RunView:
        return RunView.model_validate(runs().outcome(run_id, owner_of(app)).run)

    @app.delete(
        "/runs/<run_id>",
        summary="Cancel a run",
        description="It is computed on while somebody else waits for the same answer. Cancelling"
        " twice is cancelling once; a run that has ended stays as it is.",
        operation_id="cancel_run",
        tags=["runs"],
        responses=declared(Why.NO_RUN, Why.ENDED, found=_RUN),
    )
    def cancel(run_id: RunId) -> RunView:
        run = RunView.model_validate(runs().cancel(run_id, owner_of(app)))
        if run.state != "cancelled":
            raise Refusal(Why.ENDED, f"it is {run.state}: there is nothing left to cancel")
        return run

    @app.post(
        "/runs/<run_id>/pin",
        summary="Keep a run that a decision was based on",
        operation_id="pin_run",
        tags=["runs"],
        responses=declared(Why.NO_RUN, Why.NOT_FINISHED, found=_RUN),
    )
    def pin(run_id: RunId) -> RunView:
        return RunView.model_validate(runs().pin(run_id, owner_of(app)))

    @app.get(
        "/runs/<run_id>/documents/<document>",
        summary="A document of a run: result, page, workbook, figure",
        description="Beside the `documents` of a run, `question.json` is what was asked: `files`"
        " has the text of each scenario by its path, those that are extended included.",
        operation_id="get_document",
        tags=["runs"],
        responses=declared(Why.NO_RUN, Why.NO_DOCUMENT, Why.CANCELLED, found=_DOCUMENT),
    )
    def document(run_id: RunId, document: Document) -> Response[str]:
        kind = TYPES.get(document.rpartition(".")[2], "application/octet-stream")
        return sent(runs().outcome(run_id, owner_of(app)).document(document, kind), kind)

    @app.get(
        "/runs/<run_id>/contacts",
        summary="The contact log of one replication",
        operation_id="get_contacts",
        tags=["runs"],
        responses=declared(
            Why.NO_RUN,
            Why.NO_DOCUMENT,
            Why.NOT_FINISHED,
            Why.LOG_FAILED,
            Why.CANCELLED,
            Why.INVALID,
            Why.TOO_HEAVY,
            Why.TOO_MANY_LOGS,
            Why.TOO_MUCH,
            found=_LOG,
        ),
    )
    def contacts(run_id: RunId, scenario: Badge, replication: Number = 1) -> Response[str]:
        found = (
            runs().outcome(run_id, owner_of(app)).contact_log(scenario, replication, TYPES["gz"])
        )
        if found is None:
            return Response(
                status_code=HTTPStatus.ACCEPTED,
                content_type=TYPES["json"],
                body=Written().model_dump_json(),
                headers={"Retry-After": "2"},
            )
        return sent(found, TYPES["gz"])
