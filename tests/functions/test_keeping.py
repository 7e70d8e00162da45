"""What a decision was based on stays, and what nobody pinned goes in time."""

import datetime as dt
import time

import pytest

from functions.logic.places import at
from functions.logic.question import Asked
from functions.logic.records import ANSWER, RUN, change
from functions.logic.runs import Runs
from functions.merge.handler import handler as merge
from functions.plan.handler import handler as plan
from functions.serve.site import CONTEXT
from functions.storage.folder import FolderFiles, FolderStore
from tests.functions.conftest import SMALL, Here

ASKED = Asked(scenarios=SMALL, kind="compare", replications=2)


class Tagged(FolderFiles):
    """Files of which it is remembered whether they are kept, as a bucket does."""

    def __init__(self, folder):
        super().__init__(folder)
        self.kept, self.renewed = {}, []

    def write(self, key, data):
        super().write(key, data)
        self.kept[key] = False

    def write_new(self, key, data):
        if written := super().write_new(key, data):
            self.kept[key] = False
        return written

    def renew(self, prefix):
        for key in self.keys(prefix):
            self.write(key, self.read(key))
            self.renewed.append(key)

    def keep(self, prefix):
        self.kept.update(dict.fromkeys(self.keys(prefix), True))


@pytest.fixture
def runs(tmp_path, monkeypatch):
    """Give runs that are answered at once, and go after ninety days."""
    store = FolderStore(tmp_path / "store")
    store.files = Tagged(tmp_path / "store" / "files")
    for step in ("plan", "merge"):
        monkeypatch.setattr(f"functions.{step}.handler.store", lambda: store)
    return Runs(store, Here(store), days=90)


@pytest.fixture
def pinned(runs):
    """Give a run that is pinned."""
    run = runs.create(ASKED, "anna")
    return runs.pin(run["id"], "anna")


def kept(runs, run):
    """Give what is kept of an answer: files by themselves, or folders of which all are."""
    prefix = at(run["answer"], "")
    found: dict[str, set[bool]] = {}
    for key, stays in runs.store.files.kept.items():
        found.setdefault(key.removeprefix(prefix).partition("/")[0], set()).add(stays)
    assert all(len(each) == 1 for each in found.values()), found
    return {name for name, stays in found.items() if stays == {True}}


DECIDED_ON = {"question.json", "documents", "scenarios"}


def test_what_is_pinned_stays_kept_when_somebody_asks_the_same(runs, pinned):
    assert kept(runs, pinned) == DECIDED_ON
    runs.create(ASKED, "bert")
    assert kept(runs, pinned) == DECIDED_ON


def test_a_question_that_was_damaged_is_mended_and_stays_kept(runs, pinned):
    place = at(pinned["answer"], "question.json")
    whole = runs.store.files.read(place)
    runs.store.files.write(place, b"{")
    runs.create(ASKED, "bert")
    assert runs.store.files.read(place) == whole
    assert kept(runs, pinned) == DECIDED_ON


@pytest.mark.parametrize("step", [plan, merge])
def test_what_is_pinned_stays_kept_when_a_step_is_done_once_more(runs, pinned, step):
    before = runs.get(pinned["id"], "anna")
    told = step({"answer": pinned["answer"], "tolerated": 10}, CONTEXT)
    assert told["done"]
    assert kept(runs, pinned) == DECIDED_ON
    assert runs.get(pinned["id"], "anna") == before


def test_what_is_pinned_while_a_step_is_done_twice_stays_kept(runs, monkeypatch):
    """The slower of the two writes its documents after they were kept."""
    run = runs.create(ASKED, "anna")
    monkeypatch.setattr("functions.merge.handler.wanted", lambda *_: {"state": "working"})
    runs.pin(run["id"], "anna")
    merge({"answer": run["answer"]}, CONTEXT)
    assert kept(runs, run) == DECIDED_ON


DAY = 24 * 60 * 60


def expires(runs, kind, name):
    """Give in how many days a record goes."""
    found = runs.store.records.get(kind, name).data["expires"]
    return None if found is None else round((found - time.time()) / DAY)


def aged(runs, run, left):
    """Have so many days be left of an answer."""
    later = {"expires": int(time.time() + left * DAY)}
    change(runs.store, ANSWER, run["answer"], lambda _: later)


def test_a_run_goes_in_time_though_somebody_else_pinned_the_same(runs, pinned):
    run = runs.create(ASKED, "bert")
    assert (expires(runs, RUN, run["id"]), run["pinned"]) == (90, False)
    assert (expires(runs, ANSWER, run["answer"]), pinned["expires"]) == (None, None)
    moment = dt.datetime.fromisoformat(run["expires"]) - dt.datetime.now(dt.UTC)
    assert moment.days == 89


def test_an_answer_of_which_half_is_over_lives_on_for_who_asks_it(runs):
    first = runs.create(ASKED, "anna")
    aged(runs, first, 50)
    assert expires(runs, RUN, runs.create(ASKED, "bert")["id"]) == 50
    assert runs.store.files.renewed == []
    aged(runs, first, 1)
    assert expires(runs, RUN, runs.create(ASKED, "carla")["id"]) == 90
    assert expires(runs, ANSWER, first["answer"]) == 90
    found = {key.split("/")[2] for key in runs.store.files.renewed}
    assert found == DECIDED_ON


def test_what_is_pinned_while_it_is_renewed_stays_kept(runs, monkeypatch):
    run, real = runs.create(ASKED, "anna"), runs.store.files.write
    aged(runs, run, 1)

    def between(*file):
        monkeypatch.undo()
        runs.pin(run["id"], "anna")
        real(*file)

    monkeypatch.setattr(runs.store.files, "write", between)
    runs.create(ASKED, "bert")
    assert kept(runs, run) == DECIDED_ON
    assert expires(runs, ANSWER, run["answer"]) is None
