"""Functions in Amazon's runtime, in place of MiniStack's own."""

import functools
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ministack.core.lambda_runtime import execution_credentials
from ministack.core.responses import get_region
from ministack.services import lambda_svc

from infra.local.faults import TWICE, Faults
from infra.local.function import Function
from infra.local.pool import Pool
from infra.local.sandbox import Answer


def plug_in(folder: Path, most: int, faults: Faults) -> Pool:
    """Have MiniStack run functions in sandboxes, at most so many of each at once; give those."""
    pool = Pool(folder, most)

    def execute(deployed: dict[str, Any], event: object, request: str) -> Answer:
        credentials = execution_credentials(deployed["config"])
        function = Function.of(deployed, get_region(), credentials, folder / "code")
        return _with_faults(pool, function, event, request, faults)

    lambda_svc._execute_function_warm = execute
    lambda_svc._throttle_response = _named(lambda_svc._throttle_response)
    return pool


def _with_faults(
    pool: Pool, function: Function, event: object, request: str, faults: Faults
) -> Answer:
    """Have an event handled, unless something goes wrong."""
    fault = faults.take(f"lambda:{function.name}", json.dumps(event))
    if fault is None:
        return pool.invoke(function, event, request)
    if fault.error == TWICE:
        with ThreadPoolExecutor(2) as both:
            answers = [both.submit(pool.invoke, function, event, request) for _ in range(2)]
        return answers[0].result()
    return {"body": {"errorType": fault.error, "errorMessage": "On request"}, "error": True}


def _named(throttle: Any) -> Any:  # noqa: ANN401 - of a library without types
    """Give the state machine the name of the error, which MiniStack tells only to callers."""

    @functools.wraps(throttle)
    def answer(*args: object, **options: object) -> Any:  # noqa: ANN401
        throttled = throttle(*args, **options)
        throttled["body"]["errorType"] = "Lambda.TooManyRequestsException"
        return throttled

    return answer
