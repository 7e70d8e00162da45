"""The function that counts shards, and lays out another round or writes the answer."""

import time
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.logic import steps
from functions.logic.progress import told
from functions.observability import count, milliseconds_since, observed
from functions.storage.opened import store


@observed("answer")
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Merge the answer that an event names; say what has to be done next.

    An event may say why nothing more is done: ``"failed": {"Error": name, "Cause": words}``.
    """
    started = time.perf_counter()
    step = steps.merge(store().files, event["answer"], _stopped(event))
    milliseconds = milliseconds_since(started)
    count("MergeMilliseconds", milliseconds, MetricUnit.Milliseconds)
    return told(store(), event["answer"], step, milliseconds)


def _stopped(event: dict[str, Any]) -> str | None:
    failed = event.get("failed")
    if failed is None:
        return None
    return (
        f"the work was stopped by {failed['Error']}; what was done until then is kept. "
        "Ask again to go on; the logs of this run tell more"
    )
