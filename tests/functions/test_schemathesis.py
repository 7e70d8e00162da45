"""The API is what its description says: schemathesis, with all checks, finds nothing.

It sends what the description allows and what it forbids to the real site, alone and in chains
that go on with the runs it began.
"""

import json
import math

import pytest
import schemathesis
from schemathesis import GenerationMode
from schemathesis.engine import Status, StopReason, events, from_schema
from werkzeug.test import Client

from functions.logic.limits import Limits
from functions.logic.question import Asked
from functions.logic.runs import Runs
from functions.serve.site import Site
from tests.functions.conftest import SMALL, Here, Later

CONFIG = """
seed = 7
continue-on-failure = true

[generation]
max-examples = 25
database = "none"

[phases.stateful]
max-steps = 8

# That a name is known, and a text a scenario, is more than a schema can say.
[[operations]]
include-operation-id = "ask"
checks.positive_data_acceptance.expected-statuses = ["2xx", "422"]
# Too long a body is refused unread.
checks.negative_data_rejection.expected-statuses = ["400", "413", "415", "422", "429"]

# Nor that somebody cancelled the run.
[[operations]]
include-operation-id = ["get_run", "get_document", "get_contacts"]
checks.positive_data_acceptance.expected-statuses = ["2xx", "404", "409", "410"]
"""


WIDE = Limits(active=10_000, run_dollars=math.inf, day_dollars=math.inf)


@pytest.fixture
def schema(store):
    """Give what is known of the site: its own description, and a run that is finished."""
    asked = Asked(scenarios=SMALL, kind="compare", replications=2)
    finished = Runs(store, Here(store)).create(asked, "local")["id"]
    site = Site(Runs(store, Later(), WIDE), {"localhost"})
    config = schemathesis.Config.from_str(CONFIG)
    schema = schemathesis.openapi.from_dict(without_tokens(site), config=config)
    schema.app = site

    @schema.hook
    def map_case(context, case):
        """Let half of what is allowed be about scenarios and runs that are there."""
        allowed = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
        if allowed and isinstance(case.body, dict) and len(json.dumps(case.body)) % 2:
            case.body |= {"scenarios": [each.model_dump() for each in SMALL], "kind": "compare"}
        run_id = (case.path_parameters or {}).get("run_id", "")
        if allowed and run_id[:1] in set("02468ace"):
            case.path_parameters["run_id"] = finished
        return case

    return schema


def without_tokens(site):
    """Give what a site says of itself, but for tokens: on one machine none is asked."""
    described = json.loads(Client(site).get("/openapi.json").data)
    del described["components"]["securitySchemes"]
    for verbs in described["paths"].values():
        for operation in verbs.values():
            del operation["security"]
    return described


def test_the_api_is_what_its_description_says(schema):
    found, statuses, phases = [], set(), {}
    for event in from_schema(schema).execute():
        match event:
            case events.ScenarioFinished():
                found += failures(event.recorder)
                statuses |= seen(event.recorder)
            case events.PhaseFinished():
                phases[event.phase.name.value] = event.status
            case events.NonFatalError() | events.FatalError():
                found.append(str(event))
            case events.EngineFinished():
                assert event.stop_reason is StopReason.COMPLETED
    assert found == []
    assert {name for name, status in phases.items() if status is Status.SUCCESS} >= TOLD
    assert statuses >= {200, 202, 204, 404, 405, 409, 415, 422}


TOLD = {"examples", "coverage", "fuzzing", "stateful"}
"""Phases in which something is sent."""


def failures(recorder):
    """Give the requests with which something is wrong, and what that is."""
    return [
        (recorder.cases[case].value.as_curl_command(), str(check.failure_info.failure))
        for case, checks in recorder.checks.items()
        for check in checks
        if check.status is Status.FAILURE
    ]


def seen(recorder):
    """Give the statuses of the answers."""
    answers = [each.response for each in recorder.interactions.values()]
    return {answer.status_code for answer in answers if answer is not None}
