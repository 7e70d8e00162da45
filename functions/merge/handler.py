"""The function that counts shards, and lays out another round or writes the answer."""

import time
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.logic import steps
from functions.logic.counts import wanted
from functions.logic.progress import over, told
from functions.observability import count, logger, milliseconds_since, observed
from functions.storage.opened import store


@observed("answer")
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Merge the answer that an event names, if it is still to come; say what has to be done next.

    Asked once more, it writes nothing: what a decision was based on stays as it was kept. Nor does
    it if an event says which run has it made, as ``begun``, and another began it anew since.

    An event may say why nothing more is done: ``"failed": {"Error": name, "Cause": words}``; and
    what percentage of the items of a round may fail, as ``tolerated``.
    """
    started, key, begun = time.perf_counter(), event["answer"], event.get("begun")
    if wanted(store(), key, begun) is None:
        return over(store(), key)
    step = _merged(key, _stopped(event))
    milliseconds = milliseconds_since(started)
    count("MergeMilliseconds", milliseconds, MetricUnit.Milliseconds)
    tolerated = event.get("tolerated", 0)
    return told(store(), key, step, milliseconds, tolerated, begun=begun)


def _merged(key: str, stopped: str | None) -> steps.Round | steps.Ended:
    """Merge; why nothing more is done is written down even if nothing can be delivered."""
    try:
        return steps.merge(store().files, key, stopped)
    except Exception:
        if stopped is None:
            raise
        logger.exception("nothing delivered", extra={"answer": key})
        return steps.Ended((), whole=False, problem=stopped)


def _stopped(event: dict[str, Any]) -> str | None:
    failed = event.get("failed")
    if failed is None:
        return None
    return (
        f"the work was stopped by {failed['Error']}; what was done until then is kept. "
        "Ask again to go on; the logs of this run tell more"
    )
