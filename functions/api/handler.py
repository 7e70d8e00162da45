"""The function that answers requests to the API."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.api.app import make_app
from functions.api.entry import answer
from functions.logic.limits import Limits
from functions.logic.runs import Runs
from functions.observability import Handler, count, observed
from functions.running import runner
from functions.settings import settings
from functions.storage.opened import store


def make_handler(runs: Callable[[], Runs]) -> Handler:
    """Make the function that answers requests, one at a time.

    Parameters
    ----------
    runs : gives the runs, when they are needed
    """
    app = make_app(runs)

    @observed(correlation_paths.API_GATEWAY_HTTP)
    def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Answer a request."""
        answered = answer(app, event, context)
        count("Requests", 1)
        count("Faults", int(answered["statusCode"] >= HTTPStatus.INTERNAL_SERVER_ERROR))
        return answered

    return handle


handler = make_handler(lambda: Runs(store(), runner(), Limits.of(settings()), settings().days))
