"""A request with a key is answered once, however often it is sent."""

import datetime as dt

import pytest

from functions.api.once import DAY_SECONDS, REQUEST, forget
from functions.logic.runs import Runs

BODY = {"scenarios": ["small-town/0-today"], "replications": 2}
KEY = {"idempotency-key": "3f1c"}


@pytest.fixture
def kept(later):
    """Give the one record of a request."""

    def give():
        ((name, record),) = later.runs.store.records.all(REQUEST)
        return name, record

    return give


def test_the_same_request_with_the_same_key_is_one_run(later):
    first = later("POST", "/runs", BODY, headers=KEY)
    second = later("POST", "/runs", BODY | {"quick": True}, headers=KEY)
    assert (first.status, second.status) == (202, 202)
    assert second.json["id"] == first.json["id"]
    assert second.headers["Location"] == first.headers["Location"]
    assert len(later("GET", "/runs").json["runs"]) == 1


def test_without_a_key_every_request_is_a_run(later):
    first, second = (later("POST", "/runs", BODY).json["id"] for _ in range(2))
    assert first != second


def test_a_key_is_its_owners_own(later):
    mine = later("POST", "/runs", BODY, headers=KEY)
    hers = later("POST", "/runs", BODY, headers=KEY, owner="bert")
    assert hers.status == 202
    assert hers.json["id"] != mine.json["id"]


def test_the_same_key_with_another_body_is_refused(later):
    later("POST", "/runs", BODY, headers=KEY)
    told = later("POST", "/runs", BODY | {"replications": 3}, headers=KEY)
    assert (told.status, told.json["type"]) == (422, "/problems#key-used")
    assert len(later("GET", "/runs").json["runs"]) == 1


def test_a_request_that_is_being_answered_is_told(later, monkeypatch):
    create, told = Runs.create, []

    def meanwhile(runs, *asked):
        told.append(later("POST", "/runs", BODY, headers=KEY))
        return create(runs, *asked)

    monkeypatch.setattr(Runs, "create", meanwhile)
    assert later("POST", "/runs", BODY, headers=KEY).status == 202
    assert (told[0].status, told[0].json["type"]) == (409, "/problems#being-answered")
    assert told[0].headers["Retry-After"]


def test_a_request_that_was_refused_can_be_sent_again(later):
    wrong = BODY | {"scenarios": [{"name": "a", "text": "title: a"}]}
    assert later("POST", "/runs", wrong, headers=KEY).status == 422
    assert later("POST", "/runs", BODY, headers=KEY).status == 202


def aged(later, kept, **changes):
    name, record = kept()
    later.runs.store.records.replace(REQUEST, name, record.data | changes, record.version)


def test_a_key_is_free_again_after_a_day(later, kept):
    first = later("POST", "/runs", BODY, headers=KEY)
    now = dt.datetime.now(dt.UTC).timestamp()
    _, record = kept()
    assert record.data["expiry_timestamp"] == pytest.approx(now + DAY_SECONDS, abs=60)
    assert record.data["expires"] == record.data["expiry_timestamp"]
    aged(later, kept, expiry_timestamp=int(now) - 5)
    second = later("POST", "/runs", BODY | {"replications": 3}, headers=KEY)
    assert second.status == 202
    assert second.json["id"] != first.json["id"]


def test_a_request_that_was_cut_off_can_be_sent_again(later, kept):
    later("POST", "/runs", BODY, headers=KEY)
    aged(later, kept, status="INPROGRESS", in_progress_expiry_timestamp=1000)
    assert later("POST", "/runs", BODY, headers=KEY).status == 202
    assert kept()[1].data["status"] == "COMPLETED"


def test_only_requests_of_a_day_ago_are_forgotten(later, kept):
    later("POST", "/runs", BODY, headers=KEY)
    records = later.runs.store.records
    forget(records)
    assert len(records.all(REQUEST)) == 1
    aged(later, kept, expiry_timestamp=1000)
    forget(records)
    assert records.all(REQUEST) == []
