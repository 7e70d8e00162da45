"""The function that lays out the first round of an answer."""

import time
from typing import Any

from functions.logic import steps
from functions.logic.progress import told
from functions.observability import logger, milliseconds_since
from functions.storage.opened import store


@logger.inject_lambda_context(correlation_id_path="answer")
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Plan the answer that an event names; say what has to be done next."""
    started = time.perf_counter()
    step = steps.plan(store().files, event["answer"])
    return told(store(), event["answer"], step, milliseconds_since(started))
