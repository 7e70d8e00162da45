"""The API through the site that `serve` opens."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from werkzeug.test import Client

from functions.logic.limits import Limits
from functions.logic.runs import Runs
from functions.serve.site import MOST_BYTES, Site
from tests.functions.conftest import Later


@pytest.fixture
def runs(store):
    return Runs(store, Later(), Limits(active=100))


@pytest.fixture
def client(runs):
    return Client(Site(runs, {"localhost"}))


def test_requests_at_the_same_time_get_their_own_answers(runs):
    site, usual = Site(runs, {"localhost"}), sys.getswitchinterval()

    def ask(seed):
        body = {"scenarios": ["small-town/0-today"], "seed": seed}
        run_id = json.loads(Client(site).post("/runs", json=body).data)["id"]
        assert json.loads(Client(site).get(f"/runs/{run_id}").data)["id"] == run_id
        return run_id, seed

    try:
        sys.setswitchinterval(1e-6)
        with ThreadPoolExecutor(8) as pool:
            made = dict(pool.map(ask, range(40)))
    finally:
        sys.setswitchinterval(usual)
    assert len(made) == 40
    for run_id, seed in made.items():
        key = runs.get(run_id, "local")["answer"]
        text = runs.store.files.read(f"answers/{key}/question.json")
        assert f'"seed":{seed},'.encode() in text


OTHERS = [
    ("GET", "/health", 200, '"status":"ok"'),
    ("GET", "/nowhere", 404, "there is nothing at /nowhere"),
    ("PUT", "/runs", 405, "PUT is not possible at /runs"),
    ("GET", "/assumptions?scenario=none", 404, "none does not ship"),
    ("GET", f"/runs/{'0' * 32}", 404, "you have no such run"),
    ("GET", "/runs?most=0", 422, "most"),
]


def test_requests_of_different_kinds_are_not_mixed_up(runs):
    site, usual = Site(runs, {"localhost"}), sys.getswitchinterval()

    def ask(number):
        method, path, *_ = OTHERS[number % len(OTHERS)]
        told = Client(site).open(path, method=method)
        return told.status_code, told.text

    try:
        sys.setswitchinterval(1e-6)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(300)))
    finally:
        sys.setswitchinterval(usual)
    for number, (status, text) in enumerate(answers):
        _, _, expected, words = OTHERS[number % len(OTHERS)]
        assert (status, words in text) == (expected, True)


def test_a_slow_request_does_not_hold_up_others(runs, monkeypatch):
    begun, go_on = Event(), Event()
    create = Runs.create

    def slow(*asked):
        begun.set()
        assert go_on.wait(60)
        return create(*asked)

    monkeypatch.setattr(Runs, "create", slow)
    site, body = Site(runs, {"localhost"}), {"scenarios": ["small-town/0-today"]}
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(lambda: Client(site).post("/runs", json=body))
        assert begun.wait(60)
        assert Client(site).get("/nowhere").status_code == 404
        assert Client(site).get("/runs").json == {"runs": [], "older": False}
        go_on.set()
        told = asked.result(60)
    assert told.status_code == 202
    assert json.loads(told.data)["id"] in told.headers["Location"]


def test_head_is_get_without_the_body(client):
    got, head = client.get("/health"), client.head("/health")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(got.data))
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


def test_options_tells_what_is_possible(client):
    told = client.options("/runs")
    assert (told.status_code, told.data) == (204, b"")
    assert told.headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_a_body_that_is_larger_than_a_function_takes_is_refused(client):
    told = client.post("/runs", data=b" " * (MOST_BYTES + 1), content_type="application/json")
    assert told.status_code == 413
    assert told.content_type == "application/problem+json"


def test_another_name_or_the_page_of_another_site_is_refused(client):
    assert client.get("/runs", headers={"Host": "evil.example"}).status_code == 421
    for origin in ("http://evil.example", "null", "http://[", "http://localhost@evil.example"):
        told = client.post("/runs", json={}, headers={"Origin": origin})
        assert told.status_code == 403
    assert client.post("/runs", json={}, headers={"Origin": "http://localhost"}).status_code == 422


@pytest.mark.parametrize("name", ["%00", "%FF", "a" * 300, "..", "0" * 31 + "%0A"])
def test_a_page_of_what_can_be_no_run_is_not_there(client, name):
    assert client.get(f"/nl/runs/{name}").status_code == 404
    assert client.post(f"/nl/runs/{name}/cancel").status_code == 404
