"""Who may do what with the deployed product, and what is written down of it."""

import json

import pytest

from tests.cli.conftest import TODAY
from tests.infra.caller import Caller, compared
from tests.infra.conftest import HOUSE
from tests.infra.test_template import SCOPES

ROUTES = [
    f"{verb.upper()} {path}"
    for path, verbs in json.loads((HOUSE / "functions/api/openapi.json").read_text("utf-8"))[
        "paths"
    ].items()
    for verb in verbs
    if path != "/health"
]
NOBODY = "0" * 32


def asked(caller, route, run=NOBODY):
    method, path = route.split(" ")
    path = path.replace("{run_id}", run).replace("{document}", "result.json")
    return caller.ask(method, path, compared() if route == "POST /runs" else None)


@pytest.mark.parametrize("route", ROUTES)
def test_only_a_token_that_is_valid_and_has_the_scope_lets_in(stack, route):
    wanted = f"kanaalkompas/{SCOPES.get(route, 'read')}"
    others = [each for each in ("read", "run", "cancel") if not wanted.endswith(each)]
    scope = " ".join(f"kanaalkompas/{each}" for each in others)
    head, claims, signature = stack.token(sub="eve").split(".")
    refused = {
        "none": (401, Caller(stack, "")),
        "of another": (401, Caller(stack, ".".join([head, claims, signature[::-1]]))),
        "expired": (401, Caller.of(stack, sub="eve", expires_in="-60")),
        "for others": (401, Caller.of(stack, sub="eve", audience="others")),
        "without the scope": (403, Caller.of(stack, sub="eve", scope=scope)),
    }
    for name, (status, caller) in refused.items():
        assert asked(caller, route)[0] == status, name
    assert asked(Caller.of(stack, sub="eve", scope=wanted), route)[0] not in (401, 403)


def test_a_run_is_there_only_for_who_asked_it(stack, anna):
    run = anna.begin(compared(seed=301))
    anna.ended(run)
    bert = Caller.of(stack, sub="bert")
    of_runs = [route for route in ROUTES if "{run_id}" in route]
    for route in of_runs:
        path = route.replace("contacts", "contacts?scenario=0")
        assert asked(bert, path, run) == asked(bert, path), route
        assert asked(bert, path, run)[0] == 404, route
    assert run not in {each["id"] for each in bert.ask("GET", "/runs")[1]["runs"]}
    assert anna.run(run)["state"] == "finished"


def test_an_id_that_was_tampered_with_names_nothing(stack, anna):
    run = anna.begin(compared(seed=301))
    anna.ended(run)
    changed = run[:-1] + ("0" if run[-1] != "0" else "1")
    ids = [changed, run.upper() + "A", run + "0", f"{run}%00", f"x%2F{run}", "%2e%2e", "*", "run"]
    for each in ids:
        for path in (f"/runs/{each}", f"/runs/{each}/documents/result.json"):
            assert anna.ask("GET", path)[0] == 404, path
        assert anna.ask("DELETE", f"/runs/{each}")[0] == 404, each
    for name in ("..%2Fquestion.json", "asked.json", "%2e%2e", "result.json%00", "RESULT.json"):
        assert anna.ask("GET", f"/runs/{run}/documents/{name}")[0] == 404, name


def test_logs_hold_no_names_and_no_tokens_and_no_role_lacked_a_right(stack, anna):
    anna.ended(anna.begin(compared(seed=302)))
    assert anna.ask("POST", "/runs", compared(share=7, seed=303))[0] == 422
    logged = stack.logged()
    assert "START RequestId" in logged
    secrets = [anna.token, anna.token.split(".")[1], anna.token.split(".")[2]]
    keys = [stack.environment["AWS_SECRET_ACCESS_KEY"], "X-Amz-Signature", "ASIA"]
    for secret in ("anna-de-vries", "bert", "Bearer", *secrets, *keys, *TODAY.splitlines()[1:4]):
        assert secret not in logged
    assert "AccessDenied" not in logged
    assert "not authorized" not in logged
