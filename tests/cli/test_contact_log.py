"""The contact log: every attempt, from which an auditor can compute the measures again."""

import csv
import datetime as dt
import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet
import pytest

from simulation.cli.contact_log import COLUMNS
from simulation.cli.log_files import seconds, spelled
from simulation.play.record import Outcome
from tests.test_scenarios import SCENARIOS

MONTH = """\
extends: small-town/a-webcare.yaml
title: A month
why: Faster than a year.
horizon: {start: 2026-03-02, length: 30 days}
"""
MICROSECOND = 1e-6


READERS: dict[str, Callable[[str], object]] = {
    "count": int,
    "name": str,
    "seconds": float,
    "moment": dt.datetime.fromisoformat,
    "flag": json.loads,
}


@dataclass(frozen=True)
class Logs:
    """Logs in one form, read as Python values."""

    folder: Path
    form: str

    def name(self, stem):
        return f"{stem}.{self.form}"

    def __call__(self, stem):
        path = self.folder / self.name(stem)
        if self.form == "parquet":
            return pyarrow.parquet.read_table(path).to_pylist()
        with path.open(encoding="utf-8", newline="") as file:
            return [
                {each.name: value(each, row[each.name]) for each in COLUMNS}
                for row in csv.DictReader(file)
            ]


def value(column, text):
    """Read a value of a CSV file."""
    return READERS[column.kind](text) if text else None


@pytest.fixture(params=["csv", "parquet"])
def read(request, folder):
    return Logs(folder, request.param)


@pytest.mark.parametrize("warm_up", ["0 days", "1 day"])
@pytest.mark.parametrize("name", ["today", "town"])
def test_what_is_computed_from_the_log_are_the_measures(kanaalkompas, folder, read, name, warm_up):
    """Two channels with returns, and a month of the small municipality with channel shift."""
    shutil.copytree(SCENARIOS / "small-town", folder / "small-town")
    (folder / "town.yaml").write_text(MONTH, encoding="utf-8")
    text = f"extends: {name}.yaml\ntitle: Later\nwhy: Warm.\nhorizon: {{warm_up: {warm_up}}}\n"
    (folder / "later.yaml").write_text(text, encoding="utf-8")
    ended = kanaalkompas(
        *("run", "later.yaml", "--replication", "2", "--log", read.name("log"), "--format", "json")
    )
    assert ended.code == 0
    scenario = json.loads(ended.out)["scenarios"][0]
    every = read("log")
    rows = [row for row in every if row["counted"]]
    assert (warm_up == "1 day") == (len(rows) < len(every)) == ("of the warm-up" in ended.err)
    measures = {path: each["mean"] for path, each in scenario["measures"].items()}
    computed = dict(computed_from(rows, scenario))
    assert len(computed) > 50
    assert computed == pytest.approx({path: measures[path] for path in computed}, rel=1e-12)
    for channel in scenario["scenario"]["channels"]:
        offered = int(measures[f"channels.{channel}.offered"])
        assert f"{channel} {offered} offered, " in ended.err


def computed_from(rows, scenario):
    """Compute measures from rows of a log, by path."""
    contacts = {row["contact"] for row in rows}
    answered = {row["contact"] for row in rows if row["outcome"] == "answered"}
    passed_on = {"first", "diverted", "transferred"}
    yield "demand.contacts", len(contacts)
    yield "demand.attempts", len(rows)
    yield "demand.never_answered", len(contacts - answered)
    yield "demand.repeat_attempts", sum(row["cause"] not in passed_on for row in rows)
    waited = 0.0
    for channel, what in scenario["scenario"]["channels"].items():
        own = [row for row in rows if row["channel"] == channel]
        root = f"channels.{channel}"
        yield from outcomes(root, own)
        for reason in scenario["scenario"]["reasons"]:
            named = [row for row in own if row["reason"] == reason]
            yield from outcomes(f"{root}.reasons.{reason}", named)
        induced = [row for row in own if row["effect"] == "induced" and row["cause"] == "first"]
        yield f"demand.{channel}.induced", len(induced)
        yield from experience(root, own)
        if what["kind"] != "deferred":
            hours = sum(row["wait_seconds"] for row in own) / 3600
            yield f"{root}.citizen_wait_hours", hours
            waited += hours
    yield "citizens.wait_hours", waited
    for norm in scenario["norms"]:
        if norm["kind"] == "clock":
            yield norm["path"], share(rows, scenario["scenario"]["norms"][norm["name"]])


def outcomes(root, rows):
    yield f"{root}.offered", len(rows)
    for outcome in Outcome:
        name = outcome.name.lower()
        yield f"{root}.{name}", sum(row["outcome"] == name for row in rows)


def experience(root, rows):
    done = [row for row in rows if row["outcome"] == "answered"]
    yield f"{root}.first_attempts", sum(row["cause"] == "first" for row in rows)
    yield f"{root}.resolution", sum(row["resolved"] for row in done) / len(done)
    waits = sorted(row["wait_seconds"] for row in done)
    yield f"{root}.mean_wait", sum(waits) / len(waits)
    yield f"{root}.wait_p90", waits[-(-len(waits) * 90 // 100) - 1]
    yield f"{root}.waits.3600", sum(wait <= 3600 + MICROSECOND / 2 for wait in waits)
    whole = [row for row in done if row["uninterrupted"]]
    at_once = [row["ended_seconds"] - row["started_seconds"] for row in whole]
    yield f"{root}.mean_handling", sum(at_once) / len(at_once)


def share(rows, norm):
    """Give answered within T / offered."""
    assert norm["formula"] == "answered_within / offered"
    own = [row for row in rows if row["channel"] == norm["channel"] and row["outcome"] != "closed"]
    number, unit = norm["within"].split()
    limit = float(number) * {"seconds": 1, "minutes": 60}[unit] + MICROSECOND / 2
    quick = [row for row in own if row["outcome"] == "answered" and row["wait_seconds"] <= limit]
    return len(quick) / len(own)


def test_moments_and_seconds_say_the_same(kanaalkompas, folder, read):
    kanaalkompas("run", "today.yaml", "--replication", "1", "--log", read.name("log"))
    rows = read("log")
    start = dt.datetime(2026, 3, 2)
    for row in rows:
        for name in ("arrived", "since", "started", "ended"):
            moment, seconds = row[f"{name}_local"], row[f"{name}_seconds"]
            assert (moment is None) == (seconds is None)
            if moment is not None:
                assert (moment - start).total_seconds() == pytest.approx(seconds, abs=1e-9)
        assert row["arrived_local"] <= row["since_local"] <= row["ended_local"]
        assert (row["started_local"] is None) == (row["team"] is None)
        assert row["replication"] == 1
    arrivals = [row["arrived_seconds"] for row in rows]
    assert arrivals == sorted(arrivals)
    assert {row["cause"] for row in rows} >= {"first", "abandoned"}
    assert {row["team"] for row in rows} == {"desk", None}


def test_attempts_of_a_contact_are_numbered_from_one(kanaalkompas, folder, read):
    kanaalkompas("run", "today.yaml", "--replication", "1", "--log", read.name("log"))
    attempts: dict[int, list[int]] = {}
    for row in read("log"):
        attempts.setdefault(row["contact"], []).append(row["attempt"])
    assert max(map(len, attempts.values())) > 1
    assert all(sorted(each) == list(range(1, len(each) + 1)) for each in attempts.values())


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_log_has_the_same_bytes_each_time(kanaalkompas, folder, form):
    for name in ("once", "again"):
        kanaalkompas("run", "today.yaml", "--replication", "4", "--log", f"{name}.{form}")
    assert (folder / f"once.{form}").read_bytes() == (folder / f"again.{form}").read_bytes()


def test_parquet_says_what_it_holds(kanaalkompas, folder):
    kanaalkompas("run", "today.yaml", "--replication", "4", "--log", "log.parquet")
    schema = pyarrow.parquet.read_schema(folder / "log.parquet")
    assert schema.metadata[b"replication"] == b"4"
    assert schema.metadata[b"seed"] == b"3"
    meanings = [schema.field(column.name).metadata[b"meaning"].decode() for column in COLUMNS]
    assert meanings == [column.meaning for column in COLUMNS]
    assert str(schema.field("arrived_local").type) == "timestamp[us]"


def test_without_replication_the_first_one_is_logged(kanaalkompas, read):
    alone, among = read.name("alone"), read.name("among")
    kanaalkompas("run", "today.yaml", "--replication", "1", "--log", alone)
    ended = kanaalkompas("run", "today.yaml", "--workers", "1", "--log", among)
    assert "in replication 1 (" in ended.err
    assert read("among") == read("alone")


def test_parquet_without_its_library_says_what_to_install(kanaalkompas, folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ended = kanaalkompas("run", "today.yaml", "--replication", "1", "--log", "log.parquet")
    assert ended.code == 2
    assert "pip install 'kanaalkompas[parquet]'" in ended.err
    assert not list(folder.glob("log*"))


def test_every_bad_value_is_told_at_once(kanaalkompas):
    ended = kanaalkompas(
        "run", "today.yaml", "--replication", "0", "--replications", "0", "--log", "log.txt"
    )
    assert ended.code == 2
    for problem in ("--replication 0", "--replications 0", "exclude each other", "log.txt"):
        assert problem in ended.err


def test_a_log_that_cannot_be_written_is_refused(kanaalkompas, folder):
    ended = kanaalkompas("run", "today.yaml", "--log", "today.yaml/log.csv")
    assert ended.code == 2
    assert "cannot write today.yaml/log.csv" in ended.err


@pytest.mark.parametrize(
    "name", ["phone", "", "a, b", 'the "front" desk', "two\nlines", " x", "1.5"]
)
def test_a_name_is_spelled_so_that_it_is_read_back(name):
    (row,) = csv.reader(io.StringIO(f"1,{spelled(name)},2", newline=""))
    assert row == ["1", name, "2"]


@pytest.mark.parametrize(
    "time", [0, 1, 999_999, 1_000_000, 1_000_001, 86_400_000_000, -1, -1_500_000]
)
def test_seconds_have_all_six_decimals(time):
    assert seconds(time) == f"{time // 1_000_000}.{time % 1_000_000:06d}"
