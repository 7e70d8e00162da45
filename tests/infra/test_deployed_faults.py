"""What goes wrong in the deployed product: nothing is lost, nothing is counted twice."""

import datetime as dt
import json

import pytest

from functions.logic.places import at
from functions.logic.records import ANSWER
from functions.logic.signs import GONE
from functions.logic.steps import TRIES
from functions.storage.ports import COUNT
from tests.infra.caller import compared, files, items, kept, merged, question, records, undisturbed

PLAN, WORKER, MERGE = "lambda:*-Plan*", "lambda:*-Simulate*", "lambda:*-Merge*"

ON_THE_WAY = {
    "worker killed before it is done": {"at": "s3:PUT", "of": "/shards/", "error": "killed"},
    "worker killed before it counts": {"at": "dynamodb:UpdateItem", "error": "killed"},
    "worker out of time": {"at": "s3:PUT", "of": "/shards/", "error": "out of time"},
    "merge killed in the middle": {"at": "s3:PUT", "of": "/documents/c", "error": "killed"},
    "merge killed at the end": {"at": "s3:PUT", "of": "/scenarios/A", "error": "killed"},
    "plan called twice": {"at": PLAN, "error": "twice"},
    "worker called twice": {"at": WORKER, "error": "twice", "times": 2},
    "merge called twice": {"at": MERGE, "error": "twice"},
    "too many workers": {"at": WORKER, "error": "Lambda.TooManyRequestsException", "times": 2},
    "no answer of a service": {"at": WORKER, "error": "ReadTimeoutError"},
    "fault of the table": {"at": "dynamodb:UpdateItem", "error": "InternalServerError"},
    "bucket busy": {"at": "s3:*", "error": "SlowDown", "times": 4},
    "table busy": {"at": "dynamodb:*", "error": "ThrottlingException", "times": 4},
}


def wrong(stack, body, fault):
    """Have something go wrong with a question; give the key of its answer."""
    key = question(body).key()
    stack.have_go_wrong(key, {**fault, "of": key + fault.get("of", "")})
    return key


@pytest.mark.parametrize("name", ON_THE_WAY)
def test_what_goes_wrong_on_the_way_changes_nothing(stack, anna, name):
    body = compared(seed=100 + list(ON_THE_WAY).index(name))
    key = wrong(stack, body, ON_THE_WAY[name])
    run = anna.begin(body)
    told = anna.ended(run)
    assert (told["state"], told["problem"]) == ("finished", None)
    assert stack.faults_left(key) == 0
    assert anna.document(run) == undisturbed(body)
    counted = records(stack).get(COUNT, kept(stack, ANSWER, key)["counter"])
    assert sum(counted.data.values() if counted else ()) <= 2 * body["replications"]


TEN_ITEMS = {"replications": 50}
"""Of each of the two scenarios: one item in ten may fail."""


def poisoned(stack, body, count):
    """Have items fail each time that they are done."""
    for item in items(body)[:count]:
        fault = {"at": WORKER, "of": item, "error": "Poison", "times": 1_000}
        stack.have_go_wrong(item, fault)


def failures(result):
    return [
        (scenario["letter"], failure["replication"])
        for scenario in json.loads(result)["scenarios"]
        for failure in scenario["failures"]
    ]


def test_a_poisoned_item_is_tolerated_and_what_failed_is_told(stack, anna):
    body = compared(seed=201, **TEN_ITEMS)
    poisoned(stack, body, 1)
    run = anna.begin(body)
    told = anna.ended(run)
    assert (told["state"], told["problem"]) == ("partial", None)
    assert failures(anna.document(run)) == [("0", number) for number in range(1, 11)]


def test_an_item_that_fails_of_a_small_round_is_done_again_before_it_is_given_up(stack, anna):
    body = compared(seed=208)
    poisoned(stack, body, 1)
    run = anna.begin(body)
    told = anna.ended(run)
    assert (told["state"], told["problem"]) == ("partial", None)
    assert failures(anna.document(run)) == [("0", number) for number in range(1, 5)]
    (item, *_) = items(body)
    assert stack.faults_left(item) == 1_000 - TRIES


def test_more_than_is_tolerated_fails_the_run_with_a_reason_and_what_there_is(stack, anna):
    body = compared(seed=202, **TEN_ITEMS)
    poisoned(stack, body, 2)
    run = anna.begin(body)
    told = anna.ended(run)
    assert told["state"] == "failed"
    assert "States.ExceedToleratedFailureThreshold" in told["problem"]
    assert failures(anna.document(run)) == [("0", number) for number in range(1, 21)]
    for item in items(body)[:2]:
        stack.have_go_wrong(item)
    again = anna.begin(body)
    assert anna.ended(again)["state"] == "finished"
    assert anna.document(again) == undisturbed(body)


def test_a_run_of_which_nothing_is_left_fails_with_a_reason(stack, anna):
    body = compared(seed=203)
    wrong(stack, body, {"at": WORKER, "error": "Poison", "times": 1_000})
    told = anna.ended(anna.begin(body))
    assert told["state"] == "failed"
    assert told["problem"]


def test_a_merge_that_fails_for_good_delivers_what_there_is_and_can_be_asked_again(stack, anna):
    body = compared(seed=204)
    key = wrong(stack, body, {"at": MERGE, "error": "Broken"})
    run = anna.begin(body)
    told = anna.ended(run)
    assert (told["state"], "stopped by Broken" in told["problem"]) == ("failed", True)
    assert anna.document(run) == undisturbed(body)
    done = kept(stack, COUNT, key)["items"]
    assert anna.ended(anna.begin(body))["state"] == "finished"
    assert kept(stack, COUNT, key)["items"] == done


MANY = {"replications": 300}


def execution(stack, key):
    """Give the last execution that made an answer."""
    found = stack.client("stepfunctions").list_executions(stateMachineArn=stack.outputs["Machine"])
    own = [each for each in found["executions"] if each["name"].startswith(key)]
    return max(own, key=lambda each: each["startDate"])


def some_are_done(told):
    return sum(part["done"] for part in told["parts"]) > 0


def test_a_cancelled_run_stops_and_asked_again_goes_on(stack, anna):
    body = compared(seed=205, **MANY)
    run, key = anna.begin(body), question(body).key()
    anna.until(run, some_are_done)
    assert anna.ask("DELETE", f"/runs/{run}")[1]["state"] == "cancelled"
    assert execution(stack, key)["status"] == "ABORTED"
    assert anna.ask("GET", f"/runs/{run}")[0] == 410
    again = anna.begin(body)
    assert anna.ended(again)["state"] == "finished"
    assert anna.document(again) == undisturbed(body)
    assert anna.ask("GET", f"/runs/{run}")[0] == 410
    assert len(files(stack, at(key, "shards", ""))) == 60


def test_a_step_of_an_older_execution_changes_nothing_of_an_answer_that_was_begun_anew(stack, anna):
    body = compared(seed=207, **MANY)
    old, key = anna.begin(body), question(body).key()
    anna.ask("DELETE", f"/runs/{old}")
    run = anna.begin(body)
    anna.until(run, some_are_done)
    failed = {"Error": "States.Timeout", "Cause": "of the older one"}
    told = merged(stack, {"answer": key, "begun": old, "failed": failed})
    assert told == {"answer": key, "done": True}
    assert anna.ended(run)["state"] == "finished"


def test_an_execution_that_ends_without_a_word_fails_the_run(stack, anna):
    body = compared(seed=206, **MANY)
    run, key = anna.begin(body), question(body).key()
    anna.until(run, some_are_done)
    states = stack.client("stepfunctions")
    states.stop_execution(executionArn=execution(stack, key)["executionArn"])
    assert anna.run(run)["state"] == "working"
    while (told := anna.run(run))["state"] == "working":  # until its last items are done
        was_silent(records(stack), key, dt.timedelta(minutes=3))
    assert (told["state"], told["problem"]) == ("failed", GONE)
    again = anna.begin(body)
    assert anna.ended(again)["state"] == "finished"
    assert anna.document(again) == undisturbed(body)


def was_silent(own, key, ago):
    """Have it seem long ago that something was written down of an answer, and that one looked."""
    record = own.get(ANSWER, key)
    then = (dt.datetime.now(dt.UTC) - ago).isoformat(timespec="milliseconds")
    looked = {**record.data.get("looked", {"items": 0}), "moment": then}
    data = {**record.data, "updated": then, "looked": looked}
    assert own.replace(ANSWER, key, data, record.version)
