"""The function that does one item of work."""

import time
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.logic import steps
from functions.logic.contact_log import write_contact_log
from functions.logic.counts import done, wanted
from functions.observability import count, milliseconds_since, observed
from functions.storage.opened import store


@observed("answer")
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Do the item that an event names, unless it was done or nobody waits for it any more.

    An event may name a contact log in place of an item: ``"log": [badge, replication]``.
    """
    if "log" in event:
        write_contact_log(store().files, event["answer"], *event["log"])
        return {}
    started = time.perf_counter()
    if (answer := wanted(store(), event["answer"])) is not None:
        jobs = steps.simulate(store().files, event["answer"], event["item"])
        milliseconds = milliseconds_since(started)
        done(store(), answer, event, jobs, milliseconds)
        count("ItemMilliseconds", milliseconds, MetricUnit.Milliseconds)
    return {}
