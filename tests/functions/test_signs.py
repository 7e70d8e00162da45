"""Signs of life: who has answers made is asked only where nothing else says that one is made."""

import datetime as dt

import pytest

from functions.logic.question import Asked
from functions.logic.records import ANSWER
from functions.logic.runs import Runs
from functions.logic.signs import GONE
from functions.storage.ports import COUNT
from tests.functions.conftest import SMALL, Later

ASKED = Asked(scenarios=SMALL, kind="compare", replications=2)


class Counting(Later):
    """A runner that counts how often it is asked."""

    def __init__(self):
        super().__init__()
        self.asked = 0

    def is_lost(self, key, run):
        self.asked += 1
        return super().is_lost(key, run)


@pytest.fixture
def runs(store):
    return Runs(store, Counting())


@pytest.fixture
def silent(runs):
    """Give a run of which nothing was heard for three minutes."""
    run = runs.create(ASKED, "anna")
    wait(runs, run)
    return run


def wait(runs, run):
    """Let three minutes go by."""
    record = runs.store.records.get(ANSWER, run["answer"])
    then = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=3)).isoformat()
    data = {**record.data, "updated": then}
    if "looked" in data:
        data["looked"]["moment"] = then
    assert runs.store.records.replace(ANSWER, run["answer"], data, record.version)


def test_a_runner_is_asked_once_however_many_look(runs, silent):
    for _ in range(3):
        assert runs.get(silent["id"], "anna")["state"] == "waiting"
        runs.some("anna", 50)
    assert runs.runner.asked == 1
    wait(runs, silent)
    runs.get(silent["id"], "anna")
    assert runs.runner.asked == 2


def test_a_runner_is_asked_once_by_two_who_look_at_once(runs, silent, monkeypatch):
    records = runs.store.records
    real, looked = records.replace, [False]

    def meanwhile(*record):
        if not looked[0]:
            looked[0] = True
            runs.get(silent["id"], "anna")
        return real(*record)

    monkeypatch.setattr(records, "replace", meanwhile)
    assert runs.get(silent["id"], "anna")["state"] == "waiting"
    assert runs.runner.asked == 1


def test_that_items_are_done_is_a_sign_of_life(runs, silent):
    runs.runner.lost.append((silent["answer"], silent["id"]))
    for _ in range(3):
        runs.store.records.add(COUNT, silent["answer"], {"items": 1})
        assert runs.get(silent["id"], "anna")["state"] == "waiting"
        wait(runs, silent)
    assert runs.runner.asked == 0
    told = runs.get(silent["id"], "anna")
    assert (told["state"], told["problem"]) == ("failed", GONE)
