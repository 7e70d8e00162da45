"""The route that begins a run."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Header
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyValidationError,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.api.caller import owner_of
from functions.api.models import RunView
from functions.api.once import Once
from functions.api.problems import Refusal, Why, declared
from functions.logic.question import Asked
from functions.logic.runs import Runs

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,255}$",
        description="The same request with the same key, within a day, begins no second run",
    ),
]

_BEGUN = {
    202: {
        "description": "Begun, or there already",
        "content": {"application/json": {"model": RunView}},
        "headers": {
            "Location": {
                "description": "Path of the run",
                "schema": {"type": "string"},
                "required": True,
            }
        },
    }
}


def add_asking(app: APIGatewayHttpResolver, runs: Callable[[], Runs]) -> None:
    """Add this route to the API."""
    once = Once(lambda: runs().store.records)

    @app.post(
        "/runs",
        summary="Ask a question",
        description="The same question, asked twice, is computed once. Without a key, every"
        " request makes a run of its own.",
        operation_id="ask",
        tags=["runs"],
        responses=declared(
            Why.MALFORMED,
            Why.BEING_ANSWERED,
            Why.MEDIA,
            Why.INVALID,
            Why.KEY_USED,
            Why.TOO_HEAVY,
            Why.TOO_MANY,
            Why.TOO_MUCH,
            found=_BEGUN,
        ),
    )
    def create(asked: Asked, key: Key = None) -> Response[RunView]:
        owner = owner_of(app)

        def begin() -> str:
            return str(runs().create(asked, owner)["id"])

        if key is None:
            name = begin()
        else:
            request = {"owner": owner, "key": key, "body": asked.model_dump(mode="json")}
            name = _only_once(once, begin, request, app.lambda_context)
        run = RunView.model_validate(runs().get(name, owner))
        return Response(
            status_code=HTTPStatus.ACCEPTED,
            content_type="application/json",
            body=run,
            headers={"Location": f"/runs/{run.id}"},
        )


def _only_once(
    once: Once, begin: Callable[[], str], request: dict[str, Any], context: LambdaContext
) -> str:
    try:
        return once.do(begin, request, context)
    except IdempotencyAlreadyInProgressError:
        detail = "a request with this key is being answered; send it again in some seconds"
        raise Refusal(Why.BEING_ANSWERED, detail, headers={"Retry-After": "5"}) from None
    except IdempotencyValidationError:
        detail = "another request had this key within the last 24 hours; give this one a new key"
        raise Refusal(Why.KEY_USED, detail) from None
