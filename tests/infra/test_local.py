"""The stand-in for AWS: what the product relies on goes there as it goes on AWS."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.infra.deployed import HOUSE, TRIED, Deployed


@pytest.fixture(scope="module")
def tried(tmp_path_factory, worker_id):
    """Deploy a small template that does what it is told, once in a run of the tests."""
    return Deployed.tried(tmp_path_factory, worker_id)


def worked(tried, name, *items, **options):
    """Have a machine do items; give its output, and the errors of items that failed."""
    states, bucket = tried.client("stepfunctions"), tried.outputs["Bucket"]
    todo = [{"item": f"{name}/{number}", **each} for number, each in enumerate(items)]
    tried.client("s3").put_object(Bucket=bucket, Key=f"items/{name}", Body=json.dumps(todo))
    execution = states.start_execution(
        stateMachineArn=tried.outputs["Machine"],
        input=json.dumps({"items": f"items/{name}", **options}),
    )["executionArn"]
    while (state := states.describe_execution(executionArn=execution))["status"] == "RUNNING":
        time.sleep(0.1)
    errors = [
        states.describe_execution(executionArn=child["executionArn"])["error"]
        for run in states.list_map_runs(executionArn=execution)["mapRuns"]
        for child in states.list_executions(mapRunArn=run["mapRunArn"], statusFilter="FAILED")[
            "executions"
        ]
    ]
    return json.loads(state["output"]), errors


def shards(tried, name):
    found = tried.client("s3").list_objects_v2(
        Bucket=tried.outputs["Bucket"], Prefix=f"shards/{name}/"
    )
    return found["KeyCount"]


def test_a_token_lets_in_whom_it_names(tried):
    status, _, body = tried.ask("GET", "/runs", tried.token(sub="anna"))
    told = json.loads(body)
    assert (status, told["path"], told["route"]) == (200, "/runs", "GET /runs")
    assert told["claims"]["sub"] == "anna"


@pytest.mark.parametrize(
    ("status", "form"),
    [
        (401, {"expires_in": "-60"}),
        (401, {"audience": "others"}),
        (403, {"scope": "kanaalkompas/run"}),
    ],
)
def test_another_token_lets_nobody_in(tried, status, form):
    assert tried.ask("GET", "/runs", tried.token(**form))[0] == status


def test_without_a_token_or_with_one_that_was_changed_only_health_is_open(tried):
    head, claims, signature = tried.token().split(".")
    changed = ".".join([head, claims, signature[::-1]])
    assert tried.ask("GET", "/runs")[0] == 401
    assert tried.ask("GET", "/runs", changed)[0] == 401
    assert tried.ask("GET", "/health")[0] == 200


@pytest.mark.parametrize(("origin", "status"), [("https://example.nl", 204), ("https://x.nl", 403)])
def test_a_page_of_one_origin_may_call(tried, origin, status):
    headers = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    assert tried.ask("OPTIONS", "/runs", **headers)[0] == status


def test_a_function_sees_nothing_of_this_machine(tried):
    seen = set(json.loads(tried.ask("GET", "/health")[2])["sees"])
    assert {"AWS_LAMBDA_RUNTIME_API", "BUCKET"} <= seen
    assert {"AUTH", "GATEWAY_PORT", "PYTHONPATH", "USER"}.isdisjoint(seen)


def test_two_hundred_items_are_done_once_each(tried):
    assert worked(tried, "many", *[{}] * 200)[1] == []
    assert shards(tried, "many") == 200


def test_an_error_is_retried_by_its_name(tried):
    assert worked(tried, "waver", *[{"does": "waver"}] * 3)[1] == []
    assert shards(tried, "waver") == 3


@pytest.mark.parametrize(
    ("does", "error"),
    [
        ("wait", "Sandbox.Timedout"),
        ("leave", "Runtime.ExitError"),
        ("swell", "MemoryError"),
        ("read", "AccessDenied"),
    ],
)
def test_what_goes_wrong_has_the_name_it_has_on_aws(tried, does, error):
    output, errors = worked(tried, does, {"does": does})
    assert errors == [error]
    assert output["failed"]["Error"] == "States.ExceedToleratedFailureThreshold"


def test_one_failure_in_ten_is_tolerated(tried):
    output, errors = worked(tried, "tenth", {"does": "read"}, *[{}] * 9)
    assert (len(errors), "failed" in output, shards(tried, "tenth")) == (1, False, 9)


@pytest.mark.parametrize(
    "fault",
    [
        {"at": "s3:PUT", "error": "killed"},
        {"at": "lambda:*Work*", "error": "twice"},
        {"at": "lambda:*Work*", "error": "Lambda.ServiceException"},
        {"at": "s3:PUT", "error": "SlowDown", "times": 2},
    ],
    ids=lambda fault: fault["error"],
)
def test_a_fault_on_request_happens_and_nothing_is_lost(tried, fault):
    name = fault["error"]
    tried.have_go_wrong(name, {**fault, "of": f"{name}/"})
    assert worked(tried, name, *[{}] * 4)[1] == []
    assert (tried.faults_left(name), shards(tried, name)) == (0, 4)


def test_a_machine_reads_only_what_its_role_allows(tried):
    output, _ = worked(tried, "none", items="elsewhere/none")
    assert output["failed"]["Error"] == "States.ItemReaderFailed"
    assert "not authorized to perform: s3:GetObject" in output["failed"]["Cause"]


def test_what_is_written_to_the_log_can_be_read(tried):
    tried.ask("GET", "/health")
    assert "START RequestId" in tried.logged()


def test_a_token_can_be_had_without_json_around_it(tried):
    accept = {"Accept": "text/plain"}
    asked = urllib.request.Request(f"{tried.issuer}/token", b"sub=anna", accept)
    with urllib.request.urlopen(asked) as answer:
        token = answer.read().decode()
    assert json.loads(tried.ask("GET", "/runs", token)[2])["claims"]["sub"] == "anna"


def test_it_leaves_nothing_when_it_stops(tmp_path):
    place = tmp_path / "own.json"
    with subprocess.Popen(["sleep", "60"]) as beside:
        own = Deployed.shared(TRIED, place, beside.pid)
        assert own.ask("GET", "/health")[0] == 200
        beside.kill()
    _await_that_nothing_is_left(own)


def test_it_asks_something_first_and_leaves_nothing_when_its_terminal_is_closed(tmp_path):
    place = tmp_path / "own.json"
    first = f"printenv KANAALKOMPAS_API KANAALKOMPAS_TOKEN >{tmp_path}/first"
    own = Deployed.shared(TRIED, place, os.getpid(), "--first", first)
    api, token = (tmp_path / "first").read_text("utf-8").split()
    assert (api, own.ask("GET", "/runs", token)[0]) == (own.api, 200)
    (process,) = _of(str(place))
    for impatient in (signal.SIGHUP, signal.SIGHUP):
        os.kill(process, impatient)
    _await_that_nothing_is_left(own)


def _await_that_nothing_is_left(own):
    give_up = time.monotonic() + 20
    while (left := _of(own.folder)) or Path(own.folder).exists():
        assert time.monotonic() < give_up, left
        time.sleep(0.1)


def _of(word):
    """Give the processes of one that runs, by a word that stands in their command."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes()
        except OSError:
            continue
        if word.encode() in command:
            found[int(path.parent.name)] = command
    return found


def test_no_function_imports_the_stand_in():
    for path in [*HOUSE.glob("functions/**/*.py"), *HOUSE.glob("simulation/**/*.py")]:
        assert "infra.local" not in path.read_text("utf-8")
