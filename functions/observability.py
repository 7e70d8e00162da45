"""Logs and metrics of all functions, in one place."""

import time

from aws_lambda_powertools import Logger, Metrics

NAME = "kanaalkompas"

logger = Logger(service=NAME)
metrics = Metrics(namespace=NAME, service=NAME)


def milliseconds_since(started: float) -> int:
    """Give the time since a moment of `time.perf_counter`."""
    return round(1000 * (time.perf_counter() - started))
