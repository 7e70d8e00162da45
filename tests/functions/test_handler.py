"""The function as Lambda has it: with the settings of its environment, and a real runner."""

import json
import subprocess
import sys

from tests.cli.conftest import environment
from tests.functions.conftest import SMALL

PROGRAM = """
import json, sys, time
from functions.api.handler import handler
from functions.running import runner
from functions.serve.site import CONTEXT

def call(method, path, body=None):
    http = {"method": method, "path": path}
    event = {
        "version": "2.0",
        "rawPath": path,
        "headers": {"content-type": "application/json"},
        "requestContext": {
            "authorizer": {"jwt": {"claims": {"sub": "anna"}}},
            "requestId": "first",
            "stage": "$default",
            "http": http,
        },
        "body": body,
        "isBase64Encoded": False,
    }
    return json.loads(handler(event, CONTEXT)["body"])

if __name__ == "__main__":
    run = call("POST", "/runs", sys.argv[1])
    try:
        while run["state"] in ("waiting", "working"):
            time.sleep(0.2)
            run = call("GET", f"/runs/{run['id']}")
        print(json.dumps({"run": run}))
    finally:
        runner().close()
"""


def test_a_question_is_answered_through_the_handler_alone(tmp_path):
    scenarios = [each.model_dump() for each in SMALL]
    body = {"kind": "compare", "replications": 2, "scenarios": scenarios}
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(program), json.dumps(body)],
        env=environment(
            KANAALKOMPAS_STORE=str(tmp_path / "store"), POWERTOOLS_METRICS_DISABLED="false"
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[-1]["run"]["state"] == "finished"
    counted = [each for each in lines if "Requests" in each]
    assert len(counted) > 1
    assert all(each["Faults"] == [0.0] for each in counted)
    assert [each["ColdStart"] for each in lines if "ColdStart" in each] == [[1.0]]
