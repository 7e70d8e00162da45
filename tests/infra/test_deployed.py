"""The product, deployed as it is: its zips, its roles, its state machine; and what goes wrong."""

import json
import subprocess
import time

import pytest

from tests.cli.conftest import MORE, TODAY, command, environment
from tests.infra.conftest import HOUSE
from tests.infra.deployed import Deployed

ENDED = {"finished", "partial", "failed", "cancelled"}
PATIENCE = 400
AMSTERDAM = ("amsterdam/0-today", "amsterdam/b-webcare-extra")
PRECISE = {"cost": 1_000.0, "most": 36}
SMALL = [{"name": "today", "text": TODAY}, {"name": "more", "text": MORE}]


@pytest.fixture(scope="module")
def deployed(built, tmp_path_factory, worker_id):
    """Deploy the product, once in a run of the tests."""
    return Deployed.once(built / "template.yaml", tmp_path_factory, worker_id)


@pytest.fixture(scope="module")
def anna(deployed):
    return deployed.token(sub="anna-de-vries")


def begun(deployed, token, **asked):
    """Ask something; give the name of the run."""
    status, _, body = deployed.ask("POST", "/runs", token, {"kind": "compare", **asked})
    assert status == 202, body
    return json.loads(body)["id"]


def ended(deployed, token, run):
    """Wait until a run has ended; give it."""
    give_up = time.monotonic() + PATIENCE
    while True:
        status, _, body = deployed.ask("GET", f"/runs/{run}", token)
        assert status == 200, body
        told = json.loads(body)
        if told["state"] in ENDED:
            return told
        assert time.monotonic() < give_up, told
        time.sleep(0.3)


def result(deployed, token, run):
    status, _, body = deployed.ask("GET", f"/runs/{run}/documents/result.json", token)
    assert status == 200, body
    return body


def on_the_command_line(folder, files, *words):
    """Give the result of the command line, of the same question."""
    options = ["--as-rostered", *words, "--out", str(folder)]
    done = command("compare", *map(str, files), *options)
    subprocess.run(done, env=environment(), check=True, capture_output=True)
    return (folder / "result.json").read_bytes()


def test_amsterdam_in_two_rounds_is_what_the_command_line_says(deployed, anna, tmp_path):
    run = begun(deployed, anna, scenarios=AMSTERDAM, precision=PRECISE)
    told = ended(deployed, anna, run)
    assert (told["state"], told["round"]) == ("finished", 2)
    files = [HOUSE / "scenarios" / f"{name}.yaml" for name in AMSTERDAM]
    words = ["--precision", "1000", "--max-replications", "36"]
    assert result(deployed, anna, run) == on_the_command_line(tmp_path, files, *words)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    (folder / "today.yaml").write_text(TODAY, encoding="utf-8")
    (folder / "more.yaml").write_text(MORE, encoding="utf-8")
    files = [folder / "today.yaml", folder / "more.yaml"]
    return lambda seed: on_the_command_line(
        folder / str(seed), files, "--replications", "4", "--seed", str(seed)
    )


@pytest.mark.parametrize(
    ("seed", "fault"),
    [
        (101, {"at": "lambda:*Simulate*", "error": "killed", "after": 0.01, "times": 2}),
        (102, {"at": "lambda:*Simulate*", "error": "twice", "times": 2}),
        (103, {"at": "lambda:*Merge*", "error": "twice", "times": 1}),
        (104, {"at": "lambda:*Simulate*", "error": "Lambda.TooManyRequestsException", "times": 2}),
        (105, {"at": "s3:PUT", "error": "SlowDown", "times": 3}),
        (106, {"at": "dynamodb:*", "error": "ThrottlingException", "times": 3}),
    ],
    ids=lambda value: value["error"] if isinstance(value, dict) else None,
)
def test_what_goes_wrong_on_the_way_changes_nothing(deployed, anna, undisturbed, seed, fault):
    run = begun(deployed, anna, scenarios=SMALL, replications=4, seed=seed)
    deployed.have_go_wrong(fault)
    assert ended(deployed, anna, run)["state"] == "finished"
    assert deployed.faults_left() == 0
    assert result(deployed, anna, run) == undisturbed(seed)


def test_more_failures_than_are_tolerated_fail_the_run_with_a_reason(deployed, anna):
    run = begun(deployed, anna, scenarios=SMALL, replications=4, seed=201)
    deployed.have_go_wrong({"at": "lambda:*Simulate*", "error": "Poison", "times": 1_000})
    told = ended(deployed, anna, run)
    deployed.have_go_wrong()
    assert told["state"] == "failed"
    assert told["problem"]


def test_a_run_is_seen_by_who_asked_it_only(deployed, anna):
    run = begun(deployed, anna, scenarios=SMALL, replications=2)
    other = deployed.token(sub="bert")
    assert deployed.ask("GET", f"/runs/{run}", other)[0] == 404
    assert deployed.ask("DELETE", f"/runs/{run}", other)[0] == 404
    reader = deployed.token(sub="anna-de-vries", scope="kanaalkompas/read")
    assert deployed.ask("DELETE", f"/runs/{run}", reader)[0] == 403
    assert deployed.ask("POST", "/runs", reader, {"scenarios": SMALL})[0] == 403


def test_twenty_runs_at_once_are_all_answered(deployed):
    tokens = [deployed.token(sub=f"caller-{number % 4}") for number in range(20)]
    runs = [
        begun(deployed, token, scenarios=SMALL, replications=2, seed=300 + number)
        for number, token in enumerate(tokens)
    ]
    states = [ended(deployed, token, run)["state"] for token, run in zip(tokens, runs, strict=True)]
    assert states == ["finished"] * 20


def test_logs_hold_no_names_and_no_tokens_and_no_role_lacked_a_right(deployed, anna):
    ended(deployed, anna, begun(deployed, anna, scenarios=SMALL, replications=2))
    logged = deployed.logged()
    assert "START RequestId" in logged
    for secret in ("anna-de-vries", anna.split(".")[2], "Bearer", TODAY[:200]):
        assert secret not in logged
    assert "AccessDenied" not in logged
