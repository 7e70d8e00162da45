"""The API: its routes, and what is said when something cannot be done."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.api.about import add_about
from functions.api.asking import add_asking
from functions.api.entry import without_route
from functions.api.problems import Refusal, Why
from functions.api.run_routes import add_runs
from functions.api.wrong import refusal_of
from functions.logic.limits import TooLarge, TooMany, TooManyLogs, TooMuchToday
from functions.logic.question import Refused
from functions.logic.refusals import Cancelled, NotFinished, NotThere, NotWritten
from functions.logic.runs import Runs

RETRY_SECONDS = 60
"""To wait after too many runs: a short one ends in about that time."""


class _Resolver(APIGatewayHttpResolver):
    """Keeps the request that it answers to itself.

    Powertools keeps it for all resolvers together, and reads it from the one that answers. So
    several threads can answer at the same time, each with a resolver of its own.
    """

    def resolve(self, event: Mapping[str, Any], context: LambdaContext) -> dict[str, Any]:
        self.current_event = APIGatewayProxyEventV2(dict(event))
        self.lambda_context = context
        return super().resolve(event, context)


LOG_SECONDS = 10
"""To wait after too many contact logs: most take some seconds."""


def make_app(runs: Callable[[], Runs]) -> APIGatewayHttpResolver:
    """Make the API; it answers in one thread at a time.

    Parameters
    ----------
    runs : gives the runs, when they are needed
    """
    app = _Resolver(
        enable_validation=True,
        response_validation_error_http_code=HTTPStatus.INTERNAL_SERVER_ERROR,
    )
    add_about(app)
    add_asking(app, runs)
    add_runs(app, runs)
    _add_refusals(app)
    return app


def _add_refusals(app: APIGatewayHttpResolver) -> None:
    @app.not_found
    def nowhere(_: NotFoundError) -> Response[Any]:
        return without_route(app)

    @app.exception_handler(Refusal)
    def refuse(refusal: Refusal) -> Response[Any]:
        return refusal.response()

    @app.exception_handler(RequestValidationError)
    def invalid(error: RequestValidationError) -> Response[Any]:
        return refusal_of(error.errors(), app.current_event).response()

    @app.exception_handler(Refused)
    def refused(error: Refused) -> Response[Any]:
        if isinstance(error, TooLarge):
            detail = "the question takes more than it may"
            return Refusal(Why.TOO_HEAVY, detail, error.problems).response()
        count = len(error.problems)
        detail = f"{count} problem{'' if count == 1 else 's'} in the question; see errors"
        return Refusal(Why.INVALID, detail, error.problems).response()

    @app.exception_handler(TooMany)
    def too_many(error: TooMany) -> Response[Any]:
        wait = {"Retry-After": str(RETRY_SECONDS)}
        return Refusal(Why.TOO_MANY, str(error), headers=wait).response()

    @app.exception_handler(TooManyLogs)
    def too_many_logs(error: TooManyLogs) -> Response[Any]:
        wait = {"Retry-After": str(LOG_SECONDS)}
        return Refusal(Why.TOO_MANY_LOGS, str(error), headers=wait).response()

    @app.exception_handler(NotWritten)
    def not_written(error: NotWritten) -> Response[Any]:
        wait = {"Retry-After": str(error.seconds)}
        return Refusal(Why.LOG_FAILED, str(error), headers=wait).response()

    @app.exception_handler(TooMuchToday)
    def too_much(error: TooMuchToday) -> Response[Any]:
        wait = {"Retry-After": str(error.seconds)}
        return Refusal(Why.TOO_MUCH, str(error), headers=wait).response()

    @app.exception_handler(NotThere)
    def not_there(error: NotThere) -> Response[Any]:
        return Refusal(Why.NO_RUN if error.run else Why.NO_DOCUMENT, str(error)).response()

    @app.exception_handler(Cancelled)
    def cancelled(error: Cancelled) -> Response[Any]:
        return Refusal(Why.CANCELLED, str(error)).response()

    @app.exception_handler(NotFinished)
    def not_finished(error: NotFinished) -> Response[Any]:
        return Refusal(Why.NOT_FINISHED, str(error)).response()

    @app.exception_handler(Exception)
    def fault(error: Exception) -> Response[Any]:
        raise error
