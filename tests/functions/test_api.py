"""The API: what it answers, and what it says when something cannot be done."""

import base64
import json
import re
import tempfile

import pytest

from functions.api.about import DESCRIPTION
from functions.api.description import describe
from functions.api.entry import MOST_BYTES
from functions.logic.places import at
from functions.logic.records import ANSWER, change
from functions.observability import logger
from tests.cli.conftest import MORE, TODAY
from tests.functions.conftest import SMALL

ASKED = {
    "kind": "compare",
    "replications": 2,
    "scenarios": [each.model_dump() for each in SMALL],
}


def test_the_description_is_that_of_the_code():
    assert DESCRIPTION.read_text("utf-8") == describe(), "run make docs"


def test_a_question_becomes_a_run_with_an_answer(here):
    begun = here("POST", "/runs", ASKED)
    assert begun.status == 202
    place = begun.headers["Location"]
    run = here("GET", place).json
    assert place == f"/runs/{run['id']}"
    assert (run["state"], run["scenarios"]) == ("finished", ["today", "more"])
    assert here("GET", f"{place}/documents/result.json").json["replications"] == 2
    page = here("GET", f"{place}/documents/compare.en.html")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.body.startswith(b"<!doctype html>")
    assert here("GET", "/runs").json == {"runs": [run], "older": False}


def test_a_token_without_a_subject_has_no_runs(later):
    for method, path in (("GET", "/runs"), ("POST", "/runs"), ("DELETE", f"/runs/{'0' * 32}")):
        told = later(method, path, ASKED if method == "POST" else None, owner=None)
        assert told.status == 401
        assert "subject" in told.json["detail"]
    assert later("GET", "/health", owner=None).status == 200


def test_runs_are_listed_a_few_at_a_time(later):
    names = [later("POST", "/runs", ASKED | {"seed": own}).json["id"] for own in range(3)]
    later("POST", "/runs", ASKED, owner="ben")
    found, address = [], "/runs?most=2"
    for left in (True, False):
        told = later("GET", address).json
        assert told["older"] is left
        found += [run["id"] for run in told["runs"]]
        address = f"/runs?most=2&after={found[-1]}"
    assert found == names[::-1]
    assert later("GET", f"/runs?after={'0' * 32}").json == {"runs": [], "older": False}
    wrong = later("GET", "/runs?most=0&after=1")
    assert wrong.status == 422
    assert [each["place"] for each in wrong.json["errors"]] == ["query.most", "query.after"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("workbook.nl.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("heads.en.csv", "text/csv; charset=utf-8"),
        ("sized.yaml", "application/yaml; charset=utf-8"),
        ("case.json", "application/json"),
    ],
)
def test_a_document_comes_byte_for_byte(later, name, kind):
    data = b'{"a": "\xc3\xab"}' if name.endswith("json") else b"PK\x03\x04\xff\xfe\x00"
    run = later("POST", "/runs", ASKED).json
    key = later.runs.get(run["id"], "anna")["answer"]
    later.runs.store.files.write(at(key, "documents", name), data)
    finished = {"state": "finished", "documents": [name]}
    change(later.runs.store, ANSWER, key, lambda _: finished)

    found = later("GET", f"/runs/{run['id']}/documents/{name}")

    assert found.body == data
    assert found.headers["Content-Type"] == kind


def test_the_contact_log_is_written_when_it_is_asked_for(here):
    place = here("POST", "/runs", ASKED).headers["Location"]
    assert here("GET", f"{place}/contacts?scenario=A&replication=2").status == 202
    found = here("GET", f"{place}/contacts?scenario=A&replication=2")
    assert (found.status, found.body[:2]) == (200, b"\x1f\x8b")
    assert here("GET", f"{place}/contacts?scenario=A&replication=3").status == 404


def test_what_ships_is_told_in_both_languages(later):
    found = {each["name"]: each for each in later("GET", "/scenarios").json["scenarios"]}
    assert found["small-town/0-today"]["title"].keys() == {"nl", "en"}
    assert found["small-town/a-webcare"]["extends"] == "small-town/0-today"


def test_assumptions_of_one_scenario_or_of_all(later):
    mine = later("GET", "/assumptions?scenario=amsterdam/0-today").json["assumptions"]
    every = later("GET", "/assumptions").json["assumptions"]
    assert all(each["scenarios"] == ["amsterdam/0-today"] for each in mine)
    calls = next(each for each in mine if each["path"] == "demand.phone.yearly")
    assert calls["low"] < calls["value"] < calls["high"]
    assert calls["source"]
    assert {each["path"] for each in mine} < {each["path"] for each in every}
    unknown = later("GET", "/assumptions?scenario=amsterdam/9")
    assert (unknown.status, unknown.json["type"]) == (404, "/problems#no-such-scenario")
    assert "amsterdam/0-today" in unknown.json["detail"]


@pytest.mark.parametrize("path", ["/health", "/schema", "/problems", "/openapi.json"])
def test_what_the_api_tells_of_itself(later, path):
    assert later("GET", path).json


WRONG = [
    ("{", 400, "line 1, column 2"),
    ("", 400, "column 1"),
    ('{"seed": NaN}', 400, "NaN is not a number"),
    ("[" * 100_000, 400, "nested too deeply"),
    ('{"seed": ' + "9" * 5000 + "}", 400, "digits"),
    ("null", 422, "1 problem in the request"),
    ("[]", 422, "1 problem in the request"),
    ('{"scenarios": ["\\ud800"]}', 422, "1 problem in the request"),
    ('{"\\ud800": 1, "scenarios": ["today"]}', 422, "2 problems in the request"),
]


@pytest.mark.parametrize(("body", "status", "said"), WRONG, ids=[each[:30] for each, *_ in WRONG])
def test_a_body_that_cannot_be_read_is_told(later, body, status, said):
    told = later("POST", "/runs", body)
    assert told.status == status
    assert told.headers["Content-Type"] == "application/problem+json"
    assert told.json["status"] == status
    assert said in told.json["detail"]
    assert "Traceback" not in told.text


@pytest.mark.parametrize("depth", [12, 980, 100_000])
@pytest.mark.parametrize("place", ["kind", "scenarios", "nothing"])
def test_a_body_that_is_nested_too_deeply_is_told(later, depth, place):
    told = later("POST", "/runs", f'{{"{place}": {"[" * depth}{"]" * depth}}}')
    assert (told.status, told.json["type"]) == (400, "/problems#malformed-json")
    assert "nested" in told.json["detail"]


@pytest.mark.parametrize(
    "many", [{"scenarios": [1] * 300_000}, {"a": dict.fromkeys("xy", [0] * 500)}]
)
def test_a_body_of_too_many_values_is_told_with_the_bound(later, many):
    """And soon: to say what is wrong with each took minutes."""
    told = later("POST", "/runs", many)
    assert told.status == 413
    assert "and 1,000 is the most" in told.json["detail"]


@pytest.mark.parametrize(
    ("count", "without", "precision", "place"),
    [
        (1, None, {"cost": 1000}, "precision.cost"),
        (2, "costs", {"cost": 1000}, "costs"),
        (2, "norms", {"service": 1}, "precision.service"),
        (1, None, {"service": 1}, None),
        (2, None, {"cost": 1000, "service": 1}, None),
    ],
)
def test_a_precision_that_cannot_be_asked_is_refused(later, count, without, precision, place):
    today, more = (each.model_dump() for each in SMALL)
    if without is not None:
        parts = re.split(r"^(?=\w)", today["text"], flags=re.MULTILINE)
        today["text"] = "".join(part for part in parts if not part.startswith(without))
    asked = {"kind": "compare", "scenarios": [today, more][:count], "precision": precision}
    told = later("POST", "/runs", asked)
    assert told.status == (202 if place is None else 422)
    assert {each["place"] for each in told.json.get("errors", [])} == ({place} if place else set())
    assert len(later("GET", "/runs").json["runs"]) == (place is None)


def test_what_is_wrong_with_scenarios_is_told_beside_the_rest(later):
    wrong = {"name": "wrong", "text": "title: x"}
    told = later("POST", "/runs", {"scenarios": ["nowhere", wrong], "share": 3, "seed": -1})
    assert {"share", "seed", "scenarios.0"} < {each["place"] for each in told.json["errors"]}
    assert "wrong.yaml" in {each.get("file") for each in told.json["errors"]}


def test_what_cannot_be_compared_is_told_before_it_is_begun(later):
    apart = ["amsterdam/a-information-only", "small-town/0-today"]
    told = later("POST", "/runs", {"kind": "compare", "scenarios": apart})
    (error,) = told.json["errors"]
    assert (told.status, error["file"]) == (422, "small-town/0-today.yaml")
    assert error["problem"] == (
        "goes back to small-town/0-today.yaml, and the baseline to amsterdam/0-today.yaml"
    )
    told = later("POST", "/runs", {"kind": "business_case", "scenarios": apart[1:]})
    assert (told.status, "at least one strategy" in told.text) == (422, True)


def test_a_body_that_is_no_utf_8_is_told(later):
    told = later("POST", "/runs", base64.b64encode(b'{"seed": "\xff"}').decode(), base64=True)
    assert (told.status, told.json["detail"]) == (
        400,
        "byte 11 is not UTF-8; send the body in UTF-8",
    )


def test_all_that_is_wrong_is_told_at_once_with_place_bound_and_remedy(later):
    body = {
        "kind": "compar",
        "scenarios": ["small-town/0-today", "../etc/passwd", {"name": "a"}, 3],
        "share": 2,
        "replications": 0,
        "precision": {},
        "quik": True,
    }
    told = later("POST", "/runs", body, headers={"idempotency-key": "a b"})
    assert (told.status, told.json["type"]) == (422, "/problems#invalid-request")
    found = {each["place"]: (each["problem"], each["remedy"]) for each in told.json["errors"]}
    assert found.keys() == {
        "header.Idempotency-Key",
        "kind",
        "scenarios.1",
        "scenarios.2.text",
        "scenarios.3",
        "share",
        "replications",
        "precision",
        "quik",
    }
    assert found["kind"][1] == "did you mean 'compare'?"
    assert found["share"] == ("is above 0.99", "give a number from 0.5 to 0.99")
    assert found["replications"][1] == "give a whole number from 1 to 100,000"
    assert found["precision"][1] == "give cost, service, or both"
    assert "such as small-town/0-today" in found["scenarios.1"][1]


@pytest.mark.parametrize(
    ("asked", "remedy"),
    [
        ({"kind": "business_case", "precision": {"cost": 1}}, "leave it out, or ask compare or"),
        ({"kind": "size", "precision": {"cost": 1}}, "leave it out, or ask compare or"),
        ({"kind": "size", "replications": 9}, "give 10 to 10,000"),
        ({"kind": "size", "replications": 10_001}, "give 10 to 10,000"),
        ({"replications": 3, "precision": {"cost": 1}}, "leave one of them out"),
        ({"kind": "size", "scenarios": ["small-town/0-today", "small-town/a-webcare"]}, "give one"),
    ],
)
def test_what_does_not_go_together_is_told(later, asked, remedy):
    told = later("POST", "/runs", {"scenarios": ["small-town/0-today"], **asked})
    assert (told.status, len(told.json["errors"])) == (422, 1)
    assert remedy in told.json["errors"][0]["remedy"]


def test_what_is_wrong_in_a_scenario_names_its_line(later):
    text = TODAY.replace("yearly: 40000", "yearly: -1").replace("kind: live", "kind: life")
    told = later("POST", "/runs", {"scenarios": [{"name": "today", "text": text}]})
    assert (told.status, told.json["detail"]) == (422, "2 problems in the question; see errors")
    assert {(each["file"], each["line"]) for each in told.json["errors"]} == {
        ("today.yaml", 7),
        ("today.yaml", 9),
    }


def test_more_than_an_answer_holds_is_counted(later):
    text = TODAY + "".join(f"k{number}: 1\n" for number in range(2_000))
    told = later("POST", "/runs", {"scenarios": [{"name": "today", "text": text}]})
    assert (told.status, len(told.json["errors"])) == (422, 1_000)
    assert told.json["detail"].startswith("2000 problems")


def test_a_scenario_is_given_once(later):
    today = {"name": "today", "text": TODAY}
    for body in (
        {"scenarios": ["small-town/0-today", "small-town/0-today"]},
        {"scenarios": [today, {**today, "text": MORE}]},
        {"scenarios": [today], "extended": [today]},
    ):
        told = later("POST", "/runs", body)
        found = [(each["problem"], each["remedy"]) for each in told.json["errors"]]
        assert (told.status, found) == (422, [("is there more than once", "give each name once")])


@pytest.mark.parametrize(
    ("parent", "said"),
    [
        ("today.yaml", "makes a circle (today.yaml -> today.yaml)"),
        ("a" * 5_000, "is not there"),
        ("../../etc/passwd", "is not there"),
    ],
)
def test_what_cannot_be_extended_is_told_without_a_folder_of_ours(later, parent, said):
    body = {"scenarios": [{"name": "today", "text": f"extends: {parent}\n"}]}
    told = later("POST", "/runs", body)
    assert (told.status, [each["problem"] for each in told.json["errors"]]) == (422, [said])
    assert tempfile.gettempdir() not in told.text


def test_a_name_that_does_not_ship_is_told_with_those_that_do(later):
    told = later("POST", "/runs", {"scenarios": ["small-town/0-todya"]})
    assert told.status == 422
    assert [(each["place"], each["remedy"]) for each in told.json["errors"]] == [
        ("scenarios.0", "did you mean 'small-town/0-today'?")
    ]


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("PUT", "/runs", 405, "GET, HEAD, OPTIONS, POST"),
        ("GET", f"/runs/{'0' * 32}/pin", 405, "OPTIONS, POST"),
        ("HEAD", f"/runs/{'0' * 32}/pin", 405, "OPTIONS, POST"),
        ("OPTIONS", f"/runs/{'0' * 32}", 204, "DELETE, GET, HEAD, OPTIONS"),
        ("OPTIONS", "/nowhere", 404, None),
        ("HEAD", "/health", 200, None),
        ("GET", "/runs/", 404, None),
        ("GET", "/runs/../../etc/passwd", 404, None),
    ],
)
def test_methods_that_are_not_possible_are_told(later, method, path, status, allow):
    told = later(method, path)
    assert (told.status, told.headers.get("Allow")) == (status, allow)


@pytest.mark.parametrize("media", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_only_json_is_taken(later, media):
    told = later("POST", "/runs", ASKED, media=media)
    assert told.status == 415
    assert "application/json" in told.json["detail"]


def test_a_body_that_is_too_large_is_told_with_the_bound(later):
    told = later("POST", "/runs", " " * (MOST_BYTES + 1))
    assert told.status == 413
    assert "1,000,000 is the most" in told.json["detail"]


def test_a_fault_is_logged_and_not_shown(later, monkeypatch, caplog):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(later.runs.store.files, "write", full)
    told = later("POST", "/runs", ASKED)
    assert (told.status, told.json["type"]) == (500, "about:blank")
    assert "space" not in told.text
    assert "request r1" in told.json["detail"]
    logged = json.loads(logger.registered_formatter.format(caplog.records[-1]))
    assert "No space left" in logged["exception"]
    assert logged["correlation_id"] == "r1"
    monkeypatch.undo()
    assert later("GET", "/runs").json["runs"] == []
