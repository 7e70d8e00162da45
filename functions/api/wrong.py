"""What is wrong with a request, in words: place, value, bound and remedy, all at once."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from functions.api.problems import Refusal, Why
from functions.logic.question import Asked, wrong_scenarios
from functions.logic.refusals import NO_RUN
from simulation.scenario.explain import explain
from simulation.scenario.problems import Problem, dotted, show

_REMEDIES: Final = {
    "scenario": "give one that the result names, or GET /scenarios lists",
    "replication": "give a whole number from 1 to 100,000",
    "most": "give a whole number from 1 to 100",
    "after": "give the id of one of your runs",
    "Idempotency-Key": "give 1 to 255 letters, digits and signs, such as a UUID",
}
"""What to do, by name of the parameter."""


def refusal_of(errors: Sequence[Any], event: BaseProxyEvent) -> Refusal:
    """Say what validation found in a request.

    Parameters
    ----------
    errors : what it found
    event : the request
    """
    where = {each["loc"][0] for each in errors}
    if "path" in where:
        names = {each["loc"][1] for each in errors if each["loc"][0] == "path"}
        if "run_id" in names:
            return Refusal(Why.NO_RUN, NO_RUN)
        return Refusal(Why.NO_DOCUMENT, "no document has such a name; GET the run lists them")
    wrong = [_parameter(each) for each in errors if each["loc"][0] != "body"]
    inside: list[Any] = [_in_body(each) for each in errors if each["loc"][0] == "body"]
    if inside:
        body = json.loads(event.decoded_body or "null")
        for path, value, problem, remedy in explain(inside, Asked, body):
            wrong.append(Problem("", None, dotted(path), value, problem, remedy))
        wrong += wrong_scenarios(body) if isinstance(body, dict) else []
    count = len(wrong)
    detail = f"{count} problem{'' if count == 1 else 's'} in the request; see errors"
    return Refusal(Why.INVALID, detail, wrong)


def _in_body(error: Mapping[str, Any]) -> dict[str, Any]:
    """Place an error within the body; to Powertools, one that is ``null`` is missing."""
    place = error["loc"][1:]
    nothing = not place and error["type"] == "missing"
    return {**error, "loc": place, **({"type": "model_type"} if nothing else {})}


def _parameter(error: Mapping[str, Any]) -> Problem:
    where, name = error["loc"][:2]
    known = {each.lower(): each for each in _REMEDIES}
    name = known.get(str(name).lower().replace("_", "-"), name)
    missing = error["type"] == "missing"
    said = "is missing" if missing else f"cannot be that: {error['msg']}"
    value = None if missing else show(error["input"])
    return Problem("", None, f"{where}.{name}", value, said, _REMEDIES[name])
