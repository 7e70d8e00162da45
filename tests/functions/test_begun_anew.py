"""A step writes only into the answer that it was asked for: not into one that was begun anew."""

import pytest

from functions.logic import steps
from functions.logic.places import at
from functions.logic.question import Asked
from functions.logic.records import ANSWER
from functions.logic.runs import Runs
from functions.merge.handler import handler as merge
from functions.plan.handler import handler as plan
from functions.serve.site import CONTEXT
from tests.functions.conftest import SMALL, Later

ASKED = Asked(scenarios=SMALL, kind="compare", replications=2)
FAILED = {"Error": "States.Timeout", "Cause": ""}


@pytest.fixture
def runs(store, monkeypatch):
    for step in ("plan", "merge"):
        monkeypatch.setattr(f"functions.{step}.handler.store", lambda: store)
    return Runs(store, Later())


@pytest.fixture
def twice(runs):
    """Give a run that was cancelled, and one that began its answer anew."""
    old = runs.create(ASKED, "anna")
    runs.cancel(old["id"], "anna")
    return old, runs.create(ASKED, "anna")


def event(run, **more):
    return {"answer": run["answer"], "begun": run["id"], "tolerated": 10, **more}


@pytest.mark.parametrize("more", [{}, {"failed": FAILED}])
@pytest.mark.parametrize("step", [plan, merge])
def test_a_step_of_an_older_execution_writes_nothing(runs, twice, step, more):
    old, new = twice
    before = runs.store.records.get(ANSWER, old["answer"])
    assert step(event(old, **more), CONTEXT) == {"answer": old["answer"], "done": True}
    assert runs.store.records.get(ANSWER, old["answer"]) == before
    assert not list(runs.store.files.keys(at(old["answer"], "rounds", "")))
    assert runs.get(new["id"], "anna")["state"] == "waiting"


def test_a_step_that_was_going_on_when_the_answer_was_begun_anew_ends_there(runs, monkeypatch):
    old = runs.create(ASKED, "anna")
    real = steps.plan

    def slow(*own):
        runs.cancel(old["id"], "anna")
        runs.create(ASKED, "anna")
        return real(*own)

    monkeypatch.setattr(steps, "plan", slow)
    assert plan(event(old), CONTEXT)["done"]
    assert [run["state"] for run in runs.some("anna", 100)[0]] == ["waiting", "cancelled"]


def test_a_step_goes_on_with_its_own_answer_and_says_whose_it_is(runs, twice):
    _, new = twice
    told = plan(event(new), CONTEXT)
    assert (told["done"], told["begun"]) == (False, new["id"])
    assert runs.get(new["id"], "anna")["state"] == "working"


def test_what_an_older_version_started_says_not_whose_it_is(runs, twice):
    told = plan({"answer": twice[1]["answer"], "tolerated": 10}, CONTEXT)
    assert not told["done"]
    assert runs.get(twice[1]["id"], "anna")["state"] == "working"
