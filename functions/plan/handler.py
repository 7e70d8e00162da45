"""The function that lays out the first round of an answer."""

import time
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.logic import steps
from functions.logic.counts import wanted
from functions.logic.progress import over, told
from functions.observability import count, milliseconds_since, observed
from functions.storage.opened import store


@observed("answer")
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Plan the answer that an event names, if it is still to come; say what has to be done next.

    An event may say which run has it made, as ``begun``: if another began it anew since, that one
    has it planned. It may say what percentage of the items of a round may fail, as ``tolerated``.
    """
    started, key, begun = time.perf_counter(), event["answer"], event.get("begun")
    if wanted(store(), key, begun) is None:
        return over(store(), key)
    step = steps.plan(store().files, key)
    milliseconds = milliseconds_since(started)
    count("PlanMilliseconds", milliseconds, MetricUnit.Milliseconds)
    tolerated = event.get("tolerated", 0)
    return told(store(), key, step, milliseconds, tolerated, begun=begun)
