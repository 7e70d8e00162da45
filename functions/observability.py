"""Logs and metrics of all functions, in one place."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.metrics.functions import is_metrics_disabled
from aws_lambda_powertools.utilities.typing import LambdaContext

NAME: Final = "kanaalkompas"

logger = Logger(service=NAME)

_metrics = Metrics(namespace=NAME, service=NAME)

Handler = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def count(name: str, value: float, unit: MetricUnit = MetricUnit.Count) -> None:
    """Add to a metric.

    Powertools keeps metrics that are switched off, and writes them once there are a hundred.
    """
    if not is_metrics_disabled():
        _metrics.add_metric(name, unit, value)


def observed(correlation_id_path: str) -> Callable[[Handler], Handler]:
    """Have a handler log with its context, and write its metrics unless they are switched off.

    Parameters
    ----------
    correlation_id_path : place in the event of what all log lines about it share
    """

    def decorate(handler: Handler) -> Handler:
        logging: Handler = logger.inject_lambda_context(
            handler, correlation_id_path=correlation_id_path
        )
        counting: Handler = _metrics.log_metrics(logging, capture_cold_start_metric=True)

        @wraps(handler)
        def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
            return (logging if is_metrics_disabled() else counting)(event, context)

        return handle

    return decorate


def milliseconds_since(started: float) -> int:
    """Give the time since a moment of `time.perf_counter`."""
    return round(1000 * (time.perf_counter() - started))
