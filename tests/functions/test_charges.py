"""What a question counts for in a caller's day: the most it may cost, and then what it came to."""

import datetime as dt
from dataclasses import replace

import pytest

from functions.logic import charges
from functions.logic.counts import done
from functions.logic.limits import SPENT, Ledger, Limits, TooMuchToday
from functions.logic.progress import told
from functions.logic.question import Asked
from functions.logic.records import ANSWER, change
from functions.logic.runs import Runs
from functions.logic.steps import Ended
from tests.functions.conftest import SMALL, Here, Later

NOON = dt.datetime(2026, 11, 29, 12, 0, 0, tzinfo=dt.UTC)
ASKED = Asked(kind="compare", scenarios=SMALL)
PRECISE = Asked(kind="compare", scenarios=SMALL, precision={"service": 0.01, "most": 10_000})


def spent(store):
    return sum(record.data["dollars"] for _, record in store.records.all(SPENT))


def high(run):
    return run["estimate"]["dollars"]["high"]


def another(seed):
    return ASKED.model_copy(update={"seed": seed})


def worked(store, run, milliseconds):
    """Let an item of a run have been done."""
    answer = store.records.get(ANSWER, run["answer"]).data
    done(store, answer, {"counter": "c", "part": 0}, 1, milliseconds)


@pytest.fixture
def runs(store):
    return Runs(store, Later(), Limits(active=100))


def test_a_precision_counts_as_one_that_is_never_reached(runs):
    once = high(runs.create(PRECISE, "anna"))
    with pytest.raises(TooMuchToday):
        replaced(runs, 1.5 * once).create(PRECISE.model_copy(update={"seed": 2}), "anna")


def replaced(runs, day_dollars):
    return replace(runs, limits=replace(runs.limits, day_dollars=day_dollars))


def test_what_has_ended_counts_for_what_it_came_to(store):
    runs = Runs(store, Here(store))
    first = runs.create(ASKED, "anna")
    assert spent(store) == pytest.approx(high(first))
    second = runs.create(another(2), "anna")
    first = runs.get(first["id"], "anna")
    assert spent(store) == pytest.approx(high(second) + first["costs"]["dollars"]["value"], rel=0.2)
    assert spent(store) < high(first) + high(second)


def test_what_is_under_way_keeps_its_place(runs, store):
    first, second = runs.create(ASKED, "anna"), runs.create(another(2), "anna")
    assert spent(store) == pytest.approx(high(first) + high(second))


def test_what_failed_before_anything_was_done_counts_for_nothing(runs, store, monkeypatch):
    first = runs.create(ASKED, "anna")
    told(store, first["answer"], Ended((), whole=False, problem="no"), 0)
    monkeypatch.setattr(charges, "_LAST_ITEMS", dt.timedelta(0))
    second = runs.create(another(2), "anna")
    assert spent(store) == pytest.approx(high(second))


def test_what_was_cancelled_keeps_its_place_while_items_end(runs, store, monkeypatch):
    first = runs.create(ASKED, "anna")
    runs.cancel(first["id"], "anna")
    second = runs.create(another(2), "anna")
    assert spent(store) == pytest.approx(high(first) + high(second))

    worked(store, first, 10_000)
    monkeypatch.setattr(charges, "_LAST_ITEMS", dt.timedelta(0))
    third = runs.create(another(3), "anna")
    assert high(second) + high(third) < spent(store) < high(first) + high(second) + high(third)


def test_who_begins_an_answer_anew_pays_for_no_more_than_is_done_from_then_on(runs, store):
    first = runs.create(ASKED, "anna")
    worked(store, first, 3_600_000)
    told(store, first["answer"], Ended((), whole=False, problem="no"), 0)

    again = runs.create(ASKED, "bert")
    own = Ledger(store, 10).charge("anna", 0.0)
    assert store.records.get(SPENT, own).data["dollars"] > 0.05

    told(store, again["answer"], Ended((), whole=True), 5)
    third = runs.create(another(3), "bert")
    own = Ledger(store, 10).charge("bert", 0.0)
    assert store.records.get(SPENT, own).data["dollars"] == pytest.approx(high(third), rel=0.01)


def test_what_is_settled_twice_is_settled_once_and_on_its_own_day(store):
    ledger = Ledger(store, 10.0, lambda: NOON)
    day = ledger.charge("anna", 4.0, "a")
    ledger.charge("anna", 1.0, "b")
    tomorrow = replace(ledger, clock=lambda: NOON + dt.timedelta(days=1))
    tomorrow.charge("anna", 2.0, "c")
    for _ in range(2):
        tomorrow.settle(day, "a", 0.5)
    assert store.records.get(SPENT, day).data["dollars"] == pytest.approx(1.5)
    assert spent(store) == pytest.approx(3.5)


def test_a_question_that_came_to_more_counts_for_more(store):
    ledger = Ledger(store, 10.0, lambda: NOON)
    ledger.charge("anna", 4.0, "a")
    with pytest.raises(TooMuchToday):
        ledger.charge("anna", 1.0, "b", {"a": 9.5}.get)


def test_a_lost_answer_is_settled_too(runs, store, monkeypatch):
    first = runs.create(ASKED, "anna")
    change(store, ANSWER, first["answer"], lambda _: {"state": "failed", "problem": "gone"})
    monkeypatch.setattr(charges, "_LAST_ITEMS", dt.timedelta(0))
    assert spent(store) == pytest.approx(high(first))
    second = runs.create(another(2), "anna")
    assert spent(store) == pytest.approx(high(second))
