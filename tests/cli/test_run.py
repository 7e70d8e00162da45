"""`run`: one scenario, one replication, and the contact log."""

import csv
import datetime as dt
import json
from collections import Counter

import pytest

OUTCOMES = ("answered", "abandoned", "blocked", "diverted", "sent_away", "closed")


@pytest.mark.parametrize("warm_up", ["", ", warm_up: 1 day"])
def test_the_log_reconciles_with_the_measures(kanaalkompas, folder, warm_up):
    path = folder / "today.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("length: 2 days", f"length: 2 days{warm_up}"), encoding="utf-8")
    ended = kanaalkompas(
        "run", "today.yaml", "--replication", "2", "--log", "log.csv", "--format", "json"
    )
    assert ended.code == 0
    measures = json.loads(ended.out)["scenarios"][0]["measures"]
    with (folder / "log.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["counted"] == "true"]
    assert len(rows) == measures["demand.attempts"]["mean"]
    counts = Counter((row["channel"], row["outcome"]) for row in rows)
    for channel in ("phone", "webcare"):
        own = [row for row in rows if row["channel"] == channel]
        assert len(own) == measures[f"channels.{channel}.offered"]["mean"]
        assert f"{channel} {len(own)} offered, {counts[channel, 'answered']} answered" in ended.err
        for outcome in OUTCOMES:
            assert counts[channel, outcome] == measures[f"channels.{channel}.{outcome}"]["mean"]
        waits = [float(row["wait_seconds"]) for row in own if row["outcome"] == "answered"]
        mean = measures[f"channels.{channel}.mean_wait"]["mean"]
        assert sum(waits) / len(waits) == pytest.approx(mean, abs=1e-6)
    assert bool(warm_up) == ("of the warm-up" in ended.err)


def test_rows_of_the_log_can_be_read(kanaalkompas, folder):
    kanaalkompas("run", "today.yaml", "--replications", "1", "--log", "log.csv", "--workers", "1")
    with (folder / "log.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    times = [[dt.datetime.fromisoformat(row[key]) for key in ("arrived", "since", "ended")]
             for row in rows]  # fmt: skip
    assert times[0][0].date() == dt.date(2026, 3, 2)
    assert all(arrived <= since <= ended for arrived, since, ended in times)
    assert [time[0] for time in times] == sorted(time[0] for time in times)
    for row in rows:
        assert (row["started"] == "") == (row["team"] == "")
        if row["outcome"] == "answered":
            assert row["team"] == "desk"
    assert {row["cause"] for row in rows} >= {"first", "abandoned"}


def test_one_replication_alone_is_the_same_as_among_others(kanaalkompas):
    among = json.loads(kanaalkompas("run", "today.yaml", "--workers", "1", "--format", "json").out)[
        "scenarios"
    ][0]["raw"]["channels.phone.offered"]
    alone = kanaalkompas("run", "today.yaml", "--replication", "7", "--format", "json")
    assert json.loads(alone.out)["scenarios"][0]["raw"]["channels.phone.offered"] == [among[6]]
    assert "only replication 7 of 10" in alone.err
    assert "kanaalkompas run today.yaml --replication 7" in alone.err


def test_the_tables_show_channels_teams_norms_and_costs(kanaalkompas):
    ended = kanaalkompas("run", "today.yaml", "--language", "en", "--workers", "1")
    for said in ("Phone", "Contact centre", "Abandoned", "attained", "Structural", "€"):
        assert said in ended.out


def test_replication_and_replications_exclude_each_other(kanaalkompas):
    ended = kanaalkompas("run", "today.yaml", "--replication", "2", "--replications", "3")
    assert ended.code == 2
    assert "exclude each other" in ended.err


def test_a_log_that_cannot_be_written_is_refused(kanaalkompas, folder):
    ended = kanaalkompas("run", "today.yaml", "--log", "today.yaml/log.csv")
    assert ended.code == 2
    assert "cannot write today.yaml/log.csv" in ended.err
