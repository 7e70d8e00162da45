"""Runs: whose they are, what is computed once, and what is computed again."""

import datetime as dt
from dataclasses import replace

import pytest

from functions.logic.limits import Limits, TooLarge, TooMany, TooMuchToday
from functions.logic.places import at
from functions.logic.question import Asked
from functions.logic.records import ANSWER, RUN, change
from functions.logic.refusals import Cancelled, NotFinished
from functions.logic.room import ROOM
from functions.logic.runs import Runs
from functions.logic.signs import GONE
from tests.functions.conftest import SMALL, Here, Later

ASKED = Asked(scenarios=SMALL, kind="compare", replications=2)
OTHER = Asked(scenarios=SMALL, kind="compare", replications=3)
THIRD = Asked(scenarios=SMALL, kind="compare", replications=4)


def items(store):
    return [key for key in store.files.keys("answers/") if "/items/" in key]


def ended(runs, run, state, **more):
    """Let the answer of a run have ended."""
    new = {"state": state, **more}
    change(runs.store, ANSWER, run["answer"], lambda _: new)


@pytest.fixture
def later_runs(store):
    return Runs(store, Later(), Limits(active=2))


def test_the_same_question_costs_nothing_the_second_time(store):
    runs = Runs(store, Here(store))
    first = runs.create(ASKED, "anna")
    before = items(store)
    second = runs.create(ASKED.model_copy(update={"language": "en"}), "bert")
    assert second["state"] == "finished"
    assert second["id"] != first["id"]
    assert items(store) == before
    mine, hers = runs.outcome(first["id"], "anna"), runs.outcome(second["id"], "bert")
    kind = "application/json"
    assert hers.document("result.json", kind) == mine.document("result.json", kind)


def test_the_same_question_under_way_is_begun_once(later_runs):
    first = later_runs.create(ASKED, "anna")
    second = later_runs.create(ASKED, "bert")
    assert first["answer"] == second["answer"]
    assert len(later_runs.store.records.all(ANSWER)) == 1


def test_another_seed_is_another_question(later_runs):
    first = later_runs.create(ASKED, "anna")
    second = later_runs.create(ASKED.model_copy(update={"seed": 5}), "anna")
    assert first["answer"] != second["answer"]


@pytest.mark.parametrize("state", ["failed", "partial", "cancelled"])
def test_an_answer_that_is_not_whole_is_computed_again_for_who_asks_next(later_runs, state):
    first = later_runs.create(ASKED, "anna")
    stale = {"problem": "out of memory", "documents": ["result.json"], "precision": {"most": 30}}
    ended(later_runs, first, state, **stale)

    again = later_runs.create(ASKED, "bert")

    assert (again["state"], again["problem"], again["documents"]) == ("waiting", None, [])
    assert again["precision"] is None
    assert later_runs.runner.started == [first["answer"]] * 2


def test_an_answer_made_again_after_cancelling_is_whole(store):
    runs = Runs(store, Later())
    runs.cancel(runs.create(ASKED, "anna")["id"], "anna")
    again = Runs(store, Here(store)).create(ASKED, "bert")
    assert again["state"] == "finished"


def test_somebody_elses_run_is_not_there(later):
    place = later("POST", "/runs", {"scenarios": ["small-town/0-today"]}).headers["Location"]
    routes = [
        ("GET", place),
        ("DELETE", place),
        ("POST", f"{place}/pin"),
        ("GET", f"{place}/documents/result.json"),
        ("GET", f"{place}/contacts?scenario=0"),
    ]
    for method, path in routes:
        told = later(method, path, owner="bert")
        assert (told.status, told.json["type"]) == (404, "/problems#no-such-run")
        nobodys = later(method, path.replace(place, "/runs/" + "0" * 32))
        assert nobodys.body == told.body, "it tells whether the run is somebody's"
    assert later("GET", "/runs", owner="bert").json == {"runs": [], "older": False}
    assert later("GET", place).json["state"] == "waiting"


def test_cancelling_stops_the_computing_for_the_last_owner_only(later_runs):
    mine = later_runs.create(ASKED, "anna")
    hers = later_runs.create(ASKED, "bert")

    assert later_runs.cancel(mine["id"], "anna")["state"] == "cancelled"
    assert later_runs.runner.cancelled == []
    assert later_runs.get(hers["id"], "bert")["state"] == "waiting"

    assert later_runs.cancel(hers["id"], "bert")["state"] == "cancelled"
    assert later_runs.runner.cancelled == [(mine["answer"], mine["id"])]


def test_a_cancelled_run_stays_so_when_others_get_their_answer(store):
    runs = Runs(store, Later())
    mine = runs.create(ASKED, "anna")
    runs.create(ASKED, "bert")
    runs.cancel(mine["id"], "anna")
    Here(store).start(mine["answer"])
    assert runs.get(mine["id"], "anna")["state"] == "cancelled"
    with pytest.raises(Cancelled):
        runs.outcome(mine["id"], "anna")


def test_who_asks_while_the_last_owner_cancels_gets_an_answer(store):
    class Between(Later):
        """A runner that is told to stop at the moment that somebody else asks."""

        def cancel(self, key, run):
            super().cancel(key, run)
            self.hers = runs.create(ASKED, "bert")

    runner = Between()
    runs = Runs(store, runner)
    mine = runs.create(ASKED, "anna")
    runs.cancel(mine["id"], "anna")
    assert runs.get(runner.hers["id"], "bert")["state"] == "waiting"
    assert runner.started[-1] == mine["answer"]
    assert runner.cancelled == [(mine["answer"], mine["id"])]


@pytest.mark.parametrize(("lost", "silent"), [(True, True), (True, False), (False, True)])
def test_a_run_of_which_the_maker_went_away_has_failed(later_runs, monkeypatch, lost, silent):
    run = later_runs.create(ASKED, "anna")
    later_runs.runner.lost += [(run["answer"], run["id"])] * lost
    monkeypatch.setattr("functions.logic.signs._SILENT", dt.timedelta(0 if silent else 1))
    seen = later_runs.get(run["id"], "anna")
    failed = lost and silent
    assert seen["state"] == ("failed" if failed else "waiting")
    assert seen["problem"] == (GONE if failed else None)
    if failed:
        again = later_runs.create(ASKED, "anna")
        assert later_runs.get(again["id"], "anna")["state"] == "waiting"
        assert later_runs.runner.started == [run["answer"]] * 2


def test_cancelling_twice_is_cancelling_once(later):
    place = later("POST", "/runs", {"scenarios": ["small-town/0-today"]}).headers["Location"]
    first = later("DELETE", place)
    second = later("DELETE", place)
    assert first.status == second.status == 200
    assert first.body == second.body
    assert [key for key, _ in later.runs.runner.cancelled] == later.runs.runner.started[:1]
    for path in ("", "/documents/result.json", "/contacts?scenario=A"):
        gone = later("GET", place + path)
        assert (gone.status, gone.json["type"]) == (410, "/problems#cancelled")
    assert later("GET", "/runs").json["runs"][0]["state"] == "cancelled"


def test_a_run_that_has_ended_is_not_cancelled(later):
    run = later("POST", "/runs", {"scenarios": ["small-town/0-today"]}).json
    ended(later.runs, later.runs.get(run["id"], "anna"), "finished")
    told = later("DELETE", f"/runs/{run['id']}")
    assert (told.status, told.json["type"]) == (409, "/problems#ended")
    assert later("GET", f"/runs/{run['id']}").json["state"] == "finished"


def test_only_a_finished_run_is_pinned(later):
    run = later("POST", "/runs", {"scenarios": ["small-town/0-today"]}).json
    told = later("POST", f"/runs/{run['id']}/pin")
    assert (told.status, told.json["type"]) == (409, "/problems#not-finished")
    with pytest.raises(NotFinished, match="is waiting"):
        later.runs.pin(run["id"], "anna")
    ended(later.runs, later.runs.get(run["id"], "anna"), "finished")
    for _ in range(2):
        assert later("POST", f"/runs/{run['id']}/pin").json["pinned"] is True


def test_a_run_is_pinned_or_cancelled_and_never_both(later_runs, monkeypatch):
    """One goes on where the other comes between what it saw and what it writes."""

    def between(act):
        def changed(*own):
            monkeypatch.undo()
            act()
            return change(*own)

        monkeypatch.setattr("functions.logic.runs.change", changed)

    def pin(run):
        ended(later_runs, run, "finished")
        later_runs.pin(run["id"], "anna")

    run = later_runs.create(ASKED, "anna")
    between(lambda: pin(run))
    now = later_runs.cancel(run["id"], "anna")
    assert (now["state"], now["pinned"], now["cancelled"]) == ("finished", True, False)

    other = later_runs.create(OTHER, "anna")
    ended(later_runs, other, "finished")
    between(lambda: change(later_runs.store, RUN, other["id"], lambda _: {"cancelled": True}))
    with pytest.raises(NotFinished, match="cancelled"):
        later_runs.pin(other["id"], "anna")
    assert not later_runs.get(other["id"], "anna")["pinned"]


def test_an_owner_has_so_many_runs_under_way(later_runs):
    first = later_runs.create(ASKED, "anna")
    later_runs.create(OTHER, "anna")
    with pytest.raises(TooMany, match="2 of your runs are under way, and 2 is the most; wait"):
        later_runs.create(THIRD, "anna")
    assert len(later_runs.some("anna", 100)[0]) == 2

    later_runs.create(THIRD, "bert")
    later_runs.cancel(first["id"], "anna")
    later_runs.create(THIRD, "anna")


def test_how_many_are_under_way_is_known_without_reading_all_runs(later_runs, monkeypatch):
    """And without an index, in which one that was begun a moment ago may be missing."""
    for seed in range(20):
        run = later_runs.create(ASKED.model_copy(update={"seed": seed}), "anna")
        ended(later_runs, run, "finished")
    later_runs.create(ASKED, "anna")
    records = later_runs.store.records
    get, read = records.get, []

    def counted(*record):
        read.append(record)
        return get(*record)

    for name in ("all", "some"):
        monkeypatch.setattr(records, name, lambda *_: [])
    monkeypatch.setattr(records, "get", counted)
    later_runs.create(OTHER, "anna")
    assert len(read) < 20
    with pytest.raises(TooMany):
        later_runs.create(THIRD, "anna")


def test_two_who_ask_at_once_have_no_more_under_way_than_one_may(later_runs, monkeypatch):
    records = later_runs.store.records
    real, asked = records.replace, [THIRD]

    def meanwhile(kind, *record):
        if kind == ROOM and asked:
            asked.clear()
            later_runs.create(THIRD, "anna")
        return real(kind, *record)

    later_runs.create(ASKED, "anna")
    monkeypatch.setattr(records, "replace", meanwhile)
    with pytest.raises(TooMany):
        later_runs.create(OTHER, "anna")
    assert len(later_runs.some("anna", 100)[0]) == 2


def test_what_is_refused_takes_no_room(later_runs):
    later_runs.create(ASKED, "anna")
    for limits in (Limits(active=2, contacts=1.0), Limits(active=2, day_dollars=1e-9)):
        with pytest.raises((TooLarge, TooMuchToday)):
            replace(later_runs, limits=limits).create(OTHER, "anna")
    later_runs.create(OTHER, "anna")


def test_a_question_that_was_answered_is_never_too_many(later_runs):
    ended(later_runs, later_runs.create(ASKED, "bert"), "finished")
    later_runs.create(OTHER, "anna")
    later_runs.create(THIRD, "anna")
    assert later_runs.create(ASKED, "anna")["state"] == "finished"


def test_too_many_runs_are_told_with_the_bound_and_when_to_come_back(later):
    for seed in range(3):
        body = {"scenarios": ["small-town/0-today"], "seed": seed}
        assert later("POST", "/runs", body).status == 202
    told = later("POST", "/runs", {"scenarios": ["small-town/0-today"], "seed": 9})
    assert (told.status, told.json["type"]) == (429, "/problems#too-many-runs")
    assert int(told.headers["Retry-After"]) > 0
    assert "3 is the most" in told.json["detail"]


def test_a_run_that_was_cut_off_before_it_began_says_so(later_runs):
    run = later_runs.create(ASKED, "anna")
    later_runs.store.records.remove(ANSWER, run["answer"])
    assert later_runs.get(run["id"], "anna")["state"] == "failed"
    assert "ask it again" in later_runs.get(run["id"], "anna")["problem"]
    assert later_runs.create(ASKED, "anna")["state"] == "waiting"


def test_a_question_is_kept_before_its_run(store, monkeypatch):
    """So that whatever is found under way can be gone on with."""

    def full(*_):
        raise OSError(28, "No space left on device")

    runs = Runs(store, Later())
    monkeypatch.setattr(store.records, "create", full)
    with pytest.raises(OSError, match="space"):
        runs.create(ASKED, "anna")
    monkeypatch.undo()
    assert runs.some("anna", 100)[0] == []
    run = runs.create(ASKED, "anna")
    assert store.files.read(at(run["answer"], "question.json")) is not None
