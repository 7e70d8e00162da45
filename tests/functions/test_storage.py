"""What every store has to do: each test runs on every one there is."""

import re
import secrets
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest

from functions.logic.records import change
from functions.storage.aws import REGIONAL, AwsStore
from functions.storage.folder import Damaged, FolderStore
from functions.storage.ports import Record, Store
from functions.storage.table import TableRecords
from tests.infra.conftest import read_template, resources
from tests.infra.deployed import Deployed

STORES: dict[str, Callable[[Any], Store]] = {
    "folder": FolderStore,
    "aws": lambda name: AwsStore(name, name),
}
WRITERS, TIMES = 4, 25


@pytest.fixture(params=STORES)
def opened(request, tmp_path):
    """Give how a store is opened; every process opens its own."""
    if request.param == "aws":
        return "aws", request.getfixturevalue("bucket_and_table")
    return "folder", tmp_path / "store"


@pytest.fixture
def bucket_and_table(tmp_path_factory, worker_id, monkeypatch):
    """Give the name of a bucket and a table of their own, as the template has them made."""
    aws = Deployed.tried(tmp_path_factory, worker_id)
    for variable, value in aws.environment.items():
        monkeypatch.setenv(variable, value)
    name = f"contract-{secrets.token_hex(8)}"
    region = {"LocationConstraint": aws.environment["AWS_DEFAULT_REGION"]}
    aws.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration=region)
    (table,) = resources(read_template(), "AWS::DynamoDB::Table").values()
    needed = "AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes", "KeySchema"
    aws.client("dynamodb").create_table(TableName=name, **{key: table[key] for key in needed})
    return name


@pytest.fixture
def store(opened):
    kind, place = opened
    return STORES[kind](place)


def test_a_signed_address_names_the_region(monkeypatch):
    """Others are redirected in the first day of a bucket, which no signature survives."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    own = boto3.Session("of-nobody", "of-nobody", region_name="eu-central-1")
    s3 = own.client("s3", config=REGIONAL)
    signed = urlsplit(s3.generate_presigned_url("get_object", {"Bucket": "answers", "Key": "a"}))
    assert signed.hostname == "answers.s3.eu-central-1.amazonaws.com"
    assert "X-Amz-Signature=" in signed.query


def test_a_file_is_read_as_it_was_written(store):
    assert store.files.read("answers/a/result.json") is None
    store.files.write("answers/a/result.json", b"one")
    store.files.write("answers/a/result.json", b"two")
    assert store.files.read("answers/a/result.json") == b"two"


def test_a_new_file_replaces_nothing(store):
    assert store.files.write_new("answers/a/shards/x", b"first")
    assert not store.files.write_new("answers/a/shards/x", b"second")
    assert store.files.read("answers/a/shards/x") == b"first"


def test_many_files_are_written_once_and_read_in_order(store):
    store.files.write("answers/a/items/7", b"first")
    names = [f"answers/a/items/{number}" for number in range(300)]
    store.files.write_all_new([(name, name.encode()) for name in names])
    store.files.write_all_new([])

    asked = ["answers/a/items/none", *reversed(names)]
    found = list(store.files.read_all(asked))

    expected = [None, *(name.encode() for name in reversed(names))]
    expected[-8] = b"first"
    assert found == expected


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


def test_a_few_of_somebodys_records_are_given_the_latest_first(store):
    records = store.records
    assert records.some("run", "anna", 2) == ([], False)
    for moment, name in enumerate("cadb"):
        records.create("run", name, {"created": str(moment), "owner": "anna"})
    records.create("run", "e", {"created": "9", "owner": "ben"})
    records.create("answer", "g", {"created": "9", "owner": "anna"})

    def names(most, after=None):
        found, older = records.some("run", "anna", most, after)
        return "".join(name for name, _ in found), older

    assert names(3) == ("bda", True)
    assert names(3, "a") == ("c", False)
    assert names(4) == ("bdac", False)
    assert names(2, "c") == names(2, "e") == names(2, "nobody") == ("", False)
    records.remove("run", "d")
    records.replace("run", "a", {"created": "1", "owner": "anna", "new": 7}, 1)
    records.create("run", "f", {"created": "4", "owner": "anna"})
    assert names(3) == ("fba", True)
    assert records.some("run", "anna", 1, "b")[0][0][1].data["new"] == 7


def test_numbers_stay_what_they_are(store):
    data = {"float": 0.1, "large": 1e300, "whole": 2**53, "text": "één", "none": None, "all": [{}]}
    store.records.create("run", "a", data)
    assert store.records.get("run", "a").data == data


def test_what_is_counted_is_added_to_what_there_is(store):
    store.records.add("count", "a", {"done": 2, "milliseconds": 30})
    store.records.add("count", "a", {"done": 1, "items": 1})
    found = store.records.get("count", "a").data
    assert found == {"done": 3, "milliseconds": 30, "items": 1}


class Told:
    """A client of DynamoDB that keeps what it was asked."""

    def __init__(self):
        self.keys = []

    def update_item(self, *, Key, **_):
        self.keys.append((Key["kind"]["S"], Key["name"]["S"]))

    def get_item(self, *, Key, **_):
        self.update_item(Key=Key)
        return {}


def test_each_counter_has_a_partition_of_its_own_and_answers_share_one():
    told: Any = Told()
    records = TableRecords(told, "table")
    for name in ("a", "b"):
        records.add("count", name, {"items": 1})
        assert records.get("count", name) is None
        assert records.get("answer", name) is None
    partitions = [kind for kind, _ in told.keys]
    assert partitions == ["count#a", "count#a", "answer", "count#b", "count#b", "answer"]
    assert {name for _, name in told.keys} == {"a", "b"}


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


def test_a_few_records_are_read_without_the_others(tmp_path, monkeypatch):
    records = FolderStore(tmp_path / "store").records
    for moment in range(50):
        records.create("run", f"r{moment:02}", {"created": f"{moment:02}", "owner": "anna"})
    records.some("run", "anna", 3)
    read = []

    def get(_, name):
        read.append(name)
        return Record({}, 1)

    monkeypatch.setattr(records, "get", get)
    found, older = records.some("run", "anna", 3)
    assert [name for name, _ in found] == read == ["r49", "r48", "r47"]
    assert older


def test_a_few_items_of_a_table_are_read_without_the_others(bucket_and_table):
    records = AwsStore(bucket_and_table, bucket_and_table).records
    for moment in range(30):
        records.create("run", f"r{moment:02}", {"created": f"{moment:02}", "owner": "anna"})
    read = []
    answered = "after-call.dynamodb.Query"
    records._client.meta.events.register(answered, lambda parsed, **_: read.append(parsed["Count"]))
    for after, first in ((None, 29), ("r20", 19)):
        found, older = records.some("run", "anna", 3, after)
        assert [name for name, _ in found] == [f"r{first - each:02}" for each in range(3)]
        assert older
    assert sum(read) <= 10


def test_records_of_the_same_moment_are_all_given_once(store):
    for name in "abcdef":
        store.records.create("run", name, {"created": "1", "owner": "anna"})
    given, older, after = "", True, None
    while older:
        found, older = store.records.some("run", "anna", 2, after)
        given += "".join(name for name, _ in found)
        after = given[-1]
    assert sorted(given) == list("abcdef")


def test_a_file_of_a_bucket_is_had_at_an_address_for_a_while(bucket_and_table):
    files = AwsStore(bucket_and_table, bucket_and_table).files
    files.write("answers/a/documents/page.html", b"<p>\xc3\xa9</p>")
    address = files.address("answers/a/documents/page.html", "text/html; charset=utf-8", 60)
    assert address is not None
    assert "X-Amz-Expires=60" in address
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.read() == b"<p>\xc3\xa9</p>"
    assert files.address("answers/a/documents/other.html", "text/html", 60) is None


def test_what_is_kept_in_a_bucket_says_so_to_its_lifecycle(bucket_and_table):
    files = AwsStore(bucket_and_table, bucket_and_table).files
    for name in ("documents/page.html", "shards/1"):
        files.write(f"answers/a/{name}", b"")
    files.keep("answers/a/documents/")
    tags = {
        key: boto3.client("s3").get_object_tagging(Bucket=bucket_and_table, Key=key)["TagSet"]
        for key in files.keys("answers/")
    }
    assert tags == {
        "answers/a/documents/page.html": [{"Key": "keep", "Value": "yes"}],
        "answers/a/shards/1": [{"Key": "keep", "Value": "no"}],
    }


def test_what_is_renewed_is_the_same(store):
    store.files.write("answers/a/documents/page.html", b"page")
    store.files.renew("answers/a/")
    assert store.files.read("answers/a/documents/page.html") == b"page"
    assert list(store.files.keys("answers/")) == ["answers/a/documents/page.html"]


def test_what_is_renewed_in_a_bucket_is_as_young_as_what_is_written(bucket_and_table):
    """By the age of an object the lifecycle of the bucket removes it."""
    files, client = AwsStore(bucket_and_table, bucket_and_table).files, boto3.client("s3")

    def age(key):
        return client.head_object(Bucket=bucket_and_table, Key=key)["LastModified"]

    for name in ("documents/page.html", "shards/1"):
        files.write(f"answers/a/{name}", b"")
    before = {key: age(key) for key in files.keys("answers/")}
    time.sleep(1.1)
    files.renew("answers/a/documents/")
    assert [key for key in files.keys("answers/") if age(key) > before[key]] == [
        "answers/a/documents/page.html"
    ]


def test_what_is_counted_goes_with_what_it_counts(bucket_and_table):
    records = AwsStore(bucket_and_table, bucket_and_table).records
    records.add("count", "a", {"items": 1}, 1)
    assert records.get("count", "a") is None
    records.add("count", "b", {"items": 1}, 2**40)
    found = records.get("count", "b")
    assert found is not None
    assert found.data == {"items": 1}


def test_a_record_that_is_out_of_date_is_not_there_and_can_be_made_anew(bucket_and_table):
    records = AwsStore(bucket_and_table, bucket_and_table).records
    assert records.create("run", "a", {"expires": 1, "owner": "anna", "created": "1"})
    assert records.get("run", "a") is None
    assert records.all("run") == []
    assert records.some("run", "anna", 9) == ([], False)
    assert records.create("run", "a", {"owner": "anna", "created": "2"})
    assert [name for name, _ in records.some("run", "anna", 9)[0]] == ["a"]
