"""Contact logs: what they count for, how many are written at a time, and what becomes of them."""

from dataclasses import replace

import pytest

from functions.logic import logs
from functions.logic.contact_log import place_of
from functions.logic.limits import SPENT, Limits, TooLarge, TooManyLogs, TooMuchToday
from functions.logic.logs import Logs
from functions.logic.places import at
from functions.logic.question import Asked
from functions.logic.records import LOG
from functions.logic.refusals import NotWritten
from functions.logic.runs import Runs
from tests.functions.conftest import SMALL, Api, Here, Later

ASKED = Asked(kind="compare", scenarios=SMALL, replications=6)
KIND = "application/gzip"


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def finished(store):
    """Give a run of Anna that is finished, and one of Bert with the same answer."""
    runs = Runs(store, Here(store))
    return runs.create(ASKED, "anna"), runs.create(ASKED, "bert")


@pytest.fixture
def runs(store):
    return Runs(store, Later())


@pytest.fixture
def asking(store, finished):
    """Ask for logs at a moment."""
    key = finished[0]["answer"]
    scenario = store.files.read(at(key, "scenarios", "A"))

    class Asking:
        runner, clock, limits = Later(), Clock(), Limits()

        def __call__(self, replication, owner="anna"):
            own = Logs(store, self.runner, self.limits, self.clock)
            own.ask(owner, key, "A", replication, scenario)

        def written(self, replication):
            store.files.write(place_of(key, "A", replication), b"log")

    return Asking()


def spent(store):
    return sum(record.data["dollars"] for _, record in store.records.all(SPENT))


def test_a_log_counts_in_its_callers_day_and_once(asking, store):
    before = spent(store)
    asking(1)
    once = spent(store)
    assert once > before
    asking(1)
    asking(1, "bert")
    assert spent(store) == once
    assert len(asking.runner.logged) == 1


def test_no_log_is_written_for_a_caller_whose_day_is_full(asking):
    asking.limits = Limits(day_dollars=1e-9)
    for _ in range(5):
        with pytest.raises(TooMuchToday):
            asking(1)
    assert asking.runner.logged == []
    asking.limits = Limits()
    asking(1)


def test_a_few_logs_are_written_for_a_caller_at_a_time(asking):
    for replication in (1, 2, 3):
        asking(replication)
    with pytest.raises(TooManyLogs, match=r"3 contact logs of yours.* 3 is the most"):
        asking(4)
    asking(4, "bert")
    asking.written(2)
    asking(5)
    with pytest.raises(TooManyLogs):
        asking(6)
    asking.clock.now += logs._LAST_TRY
    asking(6)


def test_a_log_that_cannot_be_written_in_time_is_refused_with_the_bound(asking):
    asking.limits = Limits(log=10)
    with pytest.raises(TooLarge, match=r"more than the 10 .*kanaalkompas run") as refused:
        asking(1)
    assert [each.place for each in refused.value.problems] == ["replication"]
    with pytest.raises(TooLarge, match="more than the 5 "):
        replace(asking.limits, memory=885).judge_log(11)


def test_a_log_that_never_came_is_told_until_it_may_be_asked_anew(asking):
    asking(1)
    asking.clock.now += logs._LAST_TRY
    with pytest.raises(NotWritten, match=r"nothing came of three tries.* in 51 minutes") as told:
        asking(1)
    assert told.value.seconds == 3_000
    asking.clock.now += told.value.seconds
    asking(1)
    assert len(asking.runner.logged) == 2


def test_a_log_that_failed_is_told_at_once_and_makes_room(asking, store, finished):
    for replication in (1, 2, 3):
        asking(replication)
    logs.failed(store, finished[0]["answer"], "A", 2, "disk full")
    with pytest.raises(NotWritten, match="disk full"):
        asking(2)
    asking(4)


def test_what_is_forgotten_may_be_asked_again(asking, store):
    for replication in (1, 2, 3):
        asking(replication)
    logs.forget(store)
    assert store.records.all(LOG) == []
    for replication in (1, 2, 3):
        asking(replication)


def test_the_api_tells_how_many_logs_there_may_be(runs, finished):
    api, place = Api(runs), f"/runs/{finished[0]['id']}/contacts?scenario=A&replication="
    assert [api("GET", f"{place}{number}").status for number in (1, 2, 3, 1)] == [202] * 4
    refused = api("GET", f"{place}4")
    assert (refused.status, refused.json["type"]) == (429, "/problems#too-many-contact-logs")
    assert int(refused.headers["Retry-After"]) > 0


def test_the_api_tells_that_a_log_was_not_written(runs, store, finished):
    api, run = Api(runs), finished[0]
    place = f"/runs/{run['id']}/contacts?scenario=A&replication=1"
    assert api("GET", place).status == 202
    logs.failed(store, run["answer"], "A", 1, "disk full")
    refused = api("GET", place)
    assert (refused.status, refused.json["type"]) == (409, "/problems#contact-log-not-written")
    assert "disk full" in refused.json["detail"]
    assert int(refused.headers["Retry-After"]) > 0


def test_the_api_refuses_a_log_that_is_too_large(store, finished):
    api = Api(Runs(store, Later(), Limits(log=10)))
    refused = api("GET", f"/runs/{finished[0]['id']}/contacts?scenario=A&replication=1")
    assert (refused.status, refused.json["type"]) == (422, "/problems#too-heavy")
    assert "more than the 10" in refused.json["errors"][0]["problem"]
