"""What every store has to do: each test runs on every one there is."""

import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

from functions.logic.records import change
from functions.storage.folder import Damaged, FolderStore
from functions.storage.ports import Store

STORES: dict[str, Callable[[Any], Store]] = {"folder": FolderStore}
WRITERS, TIMES = 4, 25


@pytest.fixture(params=STORES)
def opened(request, tmp_path):
    """Give how a store is opened; every process opens its own."""
    return request.param, tmp_path / "store"


@pytest.fixture
def store(opened):
    kind, place = opened
    return STORES[kind](place)


def test_a_file_is_read_as_it_was_written(store):
    assert store.files.read("answers/a/result.json") is None
    store.files.write("answers/a/result.json", b"one")
    store.files.write("answers/a/result.json", b"two")
    assert store.files.read("answers/a/result.json") == b"two"


def test_a_new_file_replaces_nothing(store):
    assert store.files.write_new("answers/a/shards/x", b"first")
    assert not store.files.write_new("answers/a/shards/x", b"second")
    assert store.files.read("answers/a/shards/x") == b"first"


def test_keys_are_given_by_prefix_in_order(store):
    for key in ("answers/b/x", "answers/a/y", "answers/a/x", "answers/ab/x"):
        store.files.write(key, b"")
    assert list(store.files.keys("answers/a/")) == ["answers/a/x", "answers/a/y"]
    assert list(store.files.keys("answers/c/")) == []
    store.files.remove("answers/a/")
    store.files.remove("answers/a/")
    assert list(store.files.keys("answers/")) == ["answers/ab/x", "answers/b/x"]


@pytest.mark.parametrize(
    "key", ["../outside", "answers/../../outside", "/etc/passwd", "a//b", "a\0", "./a", ""]
)
def test_nothing_outside_the_store_can_be_named(store, key):
    with pytest.raises(ValueError, match="is not a key"):
        store.files.read(key)
    with pytest.raises(ValueError, match="is not a key"):
        store.files.write(key, b"")


def test_a_record_is_made_once_and_replaced_by_who_saw_it_last(store):
    assert store.records.get("run", "a") is None
    assert store.records.create("run", "a", {"created": "1", "state": "waiting"})
    assert not store.records.create("run", "a", {"created": "2"})
    seen = store.records.get("run", "a")
    assert store.records.replace("run", "a", {"created": "1", "state": "working"}, seen.version)
    assert not store.records.replace("run", "a", {"created": "1"}, seen.version)
    assert store.records.get("run", "a").data == {"created": "1", "state": "working"}
    assert not store.records.replace("run", "b", {}, 1)


def test_records_are_listed_by_kind_the_latest_last(store):
    for name, moment in (("b", "1"), ("a", "2"), ("c", "0")):
        store.records.create("run", name, {"created": moment})
    store.records.create("answer", "d", {"created": "3"})
    assert [name for name, _ in store.records.all("run")] == ["c", "b", "a"]
    store.records.remove("run", "b")
    store.records.remove("run", "b")
    assert [name for name, _ in store.records.all("run")] == ["c", "a"]
    assert store.records.all("nothing") == []


def test_records_are_found_by_who_owns_them(store):
    for name, owner, moment in (("b", "anna", "1"), ("a", "ben", "2"), ("c", "anna", "0")):
        store.records.create("run", name, {"created": moment, "owner": owner})
    store.records.create("answer", "d", {"created": "3", "owner": "anna"})
    assert [name for name, _ in store.records.of("run", "anna")] == ["c", "b"]
    assert store.records.of("run", "carla") == []


def test_numbers_stay_what_they_are(store):
    data = {"float": 0.1, "large": 1e300, "whole": 2**53, "text": "één", "none": None, "all": [{}]}
    store.records.create("run", "a", data)
    assert store.records.get("run", "a").data == data


def test_what_is_counted_is_added_to_what_there_is(store):
    store.records.add("count", "a", {"done": 2, "milliseconds": 30})
    store.records.add("count", "a", {"done": 1, "items": 1})
    found = store.records.get("count", "a").data
    assert found == {"done": 3, "milliseconds": 30, "items": 1}


def count_up(kind, place):
    """Count in a record that others count in too."""
    store = STORES[kind](place)
    for _ in range(TIMES):
        store.records.add("count", "a", {"done": 1})
        assert change(store, "answer", "a", lambda old: {"count": old["count"] + 1}) is not None
    return True


def test_no_change_is_lost_when_several_processes_change_a_record(opened, store):
    store.records.create("answer", "a", {"count": 0})
    with ProcessPoolExecutor(WRITERS, get_context("spawn")) as pool:
        writers = [pool.submit(count_up, *opened) for _ in range(WRITERS)]
        assert all(writer.result() for writer in writers)
    assert store.records.get("answer", "a").data["count"] == WRITERS * TIMES
    assert store.records.get("count", "a").data == {"done": WRITERS * TIMES}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b"\xff"])
def test_a_damaged_record_in_a_folder_is_told_with_its_file(tmp_path, data):
    store = FolderStore(tmp_path)
    assert store.records.create("run", "a", {})
    place = store.folder / "records/run/a.json"
    place.write_bytes(data)
    for read in (store.clear, lambda: store.records.get("run", "a")):
        with pytest.raises(Damaged, match=re.escape(f"{place}: is damaged")):
            read()
