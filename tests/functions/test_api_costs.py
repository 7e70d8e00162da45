"""What the API says of costs, and how it refuses what takes too much."""

import json

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.api.app import make_app
from functions.logic.limits import Limits
from functions.logic.progress import told
from functions.logic.records import ANSWER
from functions.logic.runs import Runs
from functions.logic.steps import Ended, Round, Todo
from tests.functions.conftest import SMALL
from tests.functions.test_estimate import Idle

ASKED = {"kind": "compare", "scenarios": [each.model_dump() for each in SMALL]}


def call(runs, method, path, body=None):
    """Send a request; give status, headers and body."""
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json"},
        "requestContext": {
            "http": {
                "method": method,
                "path": path,
                "sourceIp": "",
                "protocol": "",
                "userAgent": "",
            },
            "authorizer": {"jwt": {"claims": {"sub": "local"}}},
            "requestId": "1",
            "stage": "$default",
        },
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }
    answer = make_app(lambda: runs).resolve(event, LambdaContext())
    return answer["statusCode"], answer["headers"], json.loads(answer["body"])


def test_who_asks_is_told_what_it_will_cost(store):
    runs = Runs(store, Idle())
    status, _, run = call(runs, "POST", "/runs", ASKED)
    assert status == 202
    estimate = run["estimate"]
    assert 0 < estimate["euros"]["low"] < estimate["euros"]["value"] < estimate["euros"]["high"]
    assert call(runs, "GET", f"/runs/{run['id']}")[2]["estimate"] == estimate


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(period=10), "in one replication are more than the 10 that fit in 1,769 MB"),
        (Limits(contacts=10), "are more than the 10 that one question may take"),
        (Limits(run_dollars=1e-9), "that one question may cost"),
    ],
)
def test_what_takes_too_much_is_refused_with_the_bound(store, limits, told):
    runs = Runs(store, Idle(), limits)
    status, headers, problem = call(runs, "POST", "/runs", ASKED)
    assert (status, headers["Content-Type"]) == (422, "application/problem+json")
    assert problem["detail"] == "the question takes more than it may"
    (flaw,) = problem["errors"]
    assert told in flaw["problem"]
    assert "shorte" in flaw["remedy"]
    assert runs.some("local", 100)[0] == []


def test_a_full_day_says_when_to_come_back(store):
    runs = Runs(store, Idle(), Limits(day_dollars=1e-9))
    status, headers, problem = call(runs, "POST", "/runs", ASKED)
    assert (status, problem["status"]) == (429, 429)
    assert 0 < int(headers["Retry-After"]) <= 24 * 3600
    assert "$0.00 a day is allowed" in problem["detail"]


def test_the_sum_grows_with_what_is_done(store):
    idle = Idle()
    runs = Runs(store, idle)
    run = call(runs, "POST", "/runs", ASKED)[2]
    (key,) = idle.started
    before = run["costs"]["dollars"]["value"]

    told(store, key, Round(1, (Todo("a", 0),), (), 1), 2_000)
    planned = call(runs, "GET", f"/runs/{run['id']}")[2]["costs"]["dollars"]["value"]
    told(store, key, Ended(("result.json",), whole=True), 3_000)
    merged = call(runs, "GET", f"/runs/{run['id']}")[2]["costs"]["dollars"]["value"]

    assert before < planned < merged
    assert store.records.get(ANSWER, key).data["between"] == 5_000


def test_time_that_was_spent_counts_when_an_answer_was_given_up(store):
    idle = Idle()
    runs = Runs(store, idle)
    run = call(runs, "POST", "/runs", ASKED)[2]
    (key,) = idle.started
    call(runs, "DELETE", f"/runs/{run['id']}")
    told(store, key, Ended(("result.json",), whole=True), 3_000)
    record = store.records.get(ANSWER, key).data
    assert (record["state"], record["between"]) == ("cancelled", 3_000)
