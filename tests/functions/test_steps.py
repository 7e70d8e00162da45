"""Plan, simulate, merge: the answer is that of the command line, whatever goes wrong on the way."""

import gzip
import json
import subprocess
from contextlib import suppress

import pytest

from functions.logic import progress, steps
from functions.logic.contact_log import place_of, write_contact_log
from functions.logic.items import Corrupt
from functions.logic.places import at
from functions.logic.question import Inline
from functions.logic.records import ANSWER
from tests.cli.conftest import MORE, TODAY, command, environment
from tests.cli.test_business_case import INFORMED, YEAR
from tests.functions.conftest import SMALL, ask, begun, laid_out, made

QUESTIONS = [
    ({"kind": "compare"}, ["--as-rostered"]),
    ({"kind": "compare", "seed": 9, "replications": 12}, ["--as-rostered", "--seed", "9"]),
    (
        {"kind": "compare", "precision": {"service": 2.0, "most": 60}},
        ["--as-rostered", "--precision-service", "2", "--max-replications", "60"],
    ),
    ({"kind": "equal_service", "share": 0.7}, ["--equal-service", "--share", "0.7"]),
]


def documents(store, key):
    prefix = at(key, "documents", "")
    return {name.removeprefix(prefix): store.files.read(name) for name in store.files.keys(prefix)}


@pytest.fixture
def compare_question(store, tmp_path):
    """Give the key of a comparison that is laid out in several items."""
    return begun(store, ask(tmp_path / "asked", kind="compare", replications=15))


@pytest.mark.parametrize(("asked", "options"), QUESTIONS)
def test_the_answer_is_that_of_the_command_line(store, tmp_path, asked, options):
    (tmp_path / "today.yaml").write_text(TODAY, encoding="utf-8")
    (tmp_path / "more.yaml").write_text(MORE, encoding="utf-8")
    files = [str(tmp_path / "today.yaml"), str(tmp_path / "more.yaml")]
    if "replications" in asked:
        options = [*options, "--replications", str(asked["replications"])]
    words = command("compare", *files, *options, "--out", str(tmp_path / "out"), "--workers", "1")
    subprocess.run(words, env=environment(), check=True, capture_output=True)

    key = begun(store, ask(tmp_path / "asked", **asked))
    end = made(store, key)

    assert end.whole
    own = documents(store, key)
    assert own["result.json"] == (tmp_path / "out/result.json").read_bytes()
    assert own["compare.nl.html"] == (tmp_path / "out/compare.html").read_bytes()
    staffed = {name: (tmp_path / f"out/staffed/{name}.yaml") for name in ("today", "more")}
    kept = {name: path.read_bytes() for name, path in staffed.items() if path.exists()}
    assert [own.get(f"staffed-{letter}.yaml") for letter in "0a"] == [
        kept.get(name) for name in staffed
    ]
    figures = json.loads(own["compare.figures.json"])["figures"]
    assert figures["nl"].keys() == figures["en"].keys()
    assert figures["nl"]["service"]["data"]


@pytest.mark.parametrize("replications", [None, 12])
def test_a_size_is_that_of_the_command_line(store, tmp_path, replications):
    (tmp_path / "today.yaml").write_text(TODAY, encoding="utf-8")
    words = command("size", str(tmp_path / "today.yaml"), "--all", "--out", str(tmp_path / "out"))
    words += ["--replications", str(replications)] if replications else []
    subprocess.run(words, env=environment(), check=True, capture_output=True)

    question = ask(tmp_path / "asked", SMALL[:1], kind="size", replications=replications)
    key = begun(store, question)

    assert made(store, key).whole
    own = documents(store, key)
    assert own["size.json"] == (tmp_path / "out/today-size.json").read_bytes()
    assert own["planner.nl.html"] == (tmp_path / "out/today-planner.html").read_bytes()
    assert own["heads.nl.csv"] == (tmp_path / "out/today-heads.csv").read_bytes()


def test_a_business_case_is_that_of_the_command_line(store, tmp_path):
    texts = {"today": TODAY, "year": YEAR, "informed": INFORMED}
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    files = [str(tmp_path / f"{name}.yaml") for name in ("year", "informed")]
    out = tmp_path / "out"
    words = command("business-case", *files, "--out", str(out), "--replications", "10")
    subprocess.run(words, env=environment(), check=True, capture_output=True)

    extended, *scenarios = (Inline(name=name, text=text) for name, text in texts.items())
    asked = {"kind": "business_case", "extended": (extended,), "replications": 10}
    key = begun(store, ask(tmp_path / "asked", tuple(scenarios), **asked))

    assert made(store, key).whole
    own = documents(store, key)
    assert own["case.json"] == (out / "case.json").read_bytes()
    assert own["finance.nl.html"] == (out / "finance.html").read_bytes()
    assert own["compare.nl.html"] == (out / "compare.html").read_bytes()


def test_an_item_done_twice_is_the_same_shard(store, compare_question):
    first = laid_out(store, compare_question)
    place = at(compare_question, "shards", first.todo[0].item)
    steps.simulate(store.files, compare_question, first.todo[0].item)
    shard = store.files.read(place)
    steps.simulate(store.files, compare_question, first.todo[0].item)
    assert store.files.read(place) == shard
    store.files.remove(place)
    steps.simulate(store.files, compare_question, first.todo[0].item)
    assert store.files.read(place) == shard


def test_merging_twice_gives_the_same(store, compare_question):
    end = made(store, compare_question)
    before = documents(store, compare_question)
    assert steps.merge(store.files, compare_question) == end
    assert documents(store, compare_question) == before


def test_as_many_items_of_a_round_may_fail_however_few_are_left(store, tmp_path):
    key = begun(store, ask(tmp_path / "asked", kind="compare", replications=100))
    store.records.create(ANSWER, key, {"state": "waiting", "begun": "a"})
    first = laid_out(store, key)
    assert progress.told(store, key, first, 0, 10)["tolerated"] == 2
    for each in first.todo[1:]:
        steps.simulate(store.files, key, each.item)
    again = progress.told(store, key, steps.merge(store.files, key), 0, 10)
    assert (again["count"], again["tolerated"]) == (1, 2)


@pytest.mark.parametrize(("percentage", "tolerated"), [(10, 1), (100, 4), (0, 0)])
def test_one_item_of_a_small_round_may_fail_unless_none_may(
    store, compare_question, percentage, tolerated
):
    store.records.create(ANSWER, compare_question, {"state": "waiting", "begun": "a"})
    first = laid_out(store, compare_question)
    assert len(first.todo) == 4
    told = progress.told(store, compare_question, first, 0, percentage)
    assert told["tolerated"] == tolerated


def test_an_answer_of_which_nothing_was_done_is_not_whole(store, tmp_path):
    key = begun(store, ask(tmp_path / "asked", SMALL[:1], kind="compare", replications=2))
    step: steps.Round | steps.Ended = laid_out(store, key)
    assert isinstance(step, steps.Round)
    assert len(step.todo) == 1
    for _ in range(steps.TRIES):
        step = steps.merge(store.files, key)
    assert isinstance(step, steps.Ended)
    assert (step.whole, step.problem) == (False, "no replication was finished; nothing is written")


def test_a_corrupt_shard_is_made_again(store, compare_question, tmp_path):
    made(store, compare_question)
    before = documents(store, compare_question)
    place = next(iter(store.files.keys(at(compare_question, "shards", ""))))
    store.files.write(place, store.files.read(place)[:-40])

    again = steps.merge(store.files, compare_question)

    assert isinstance(again, steps.Round)
    assert [each.item for each in again.todo] == [place.rpartition("/")[2]]
    assert made(store, compare_question).whole
    assert documents(store, compare_question) == before


@pytest.mark.parametrize("damaged", [b"", b"[]", b"{"])
def test_a_corrupt_round_or_item_is_laid_out_anew(store, compare_question, damaged):
    made(store, compare_question)
    before = documents(store, compare_question)
    store.files.remove(at(compare_question, "shards", ""))
    item = laid_out(store, compare_question).todo[0].item
    for place in ("rounds/0001.json", f"items/{item}"):
        store.files.remove(at(compare_question, "shards", ""))
        store.files.remove(at(compare_question, "documents", ""))
        store.files.write(at(compare_question, *place.split("/")), damaged)
        if place.startswith("items"):
            with pytest.raises(Corrupt):
                steps.simulate(store.files, compare_question, item)
        assert made(store, compare_question).whole
        assert documents(store, compare_question) == before


def test_items_that_went_in_time_are_laid_out_anew(store, compare_question):
    """A bucket removes files by age, and a round that was handed out again is younger."""
    first = laid_out(store, compare_question)
    steps.simulate(store.files, compare_question, first.todo[0].item)
    store.files.remove(at(compare_question, "items", ""))
    step: steps.Round | steps.Ended = laid_out(store, compare_question)
    while isinstance(step, steps.Round):
        for each in step.todo:
            with suppress(Corrupt):
                steps.simulate(store.files, compare_question, each.item)
        step = steps.merge(store.files, compare_question)
    assert step.whole


def test_what_is_lost_three_times_is_missing_from_the_answer(store, compare_question):
    first = laid_out(store, compare_question)
    assert len(first.todo) == 4
    step: steps.Round | steps.Ended = first
    for _ in range(steps.TRIES):
        assert isinstance(step, steps.Round)
        for each in step.todo:
            if each.item != first.todo[0].item:
                steps.simulate(store.files, compare_question, each.item)
        step = steps.merge(store.files, compare_question)
    assert isinstance(step, steps.Ended)
    assert not step.whole
    assert steps.LOST.encode() in documents(store, compare_question)["result.json"]


def test_an_unknown_answer_or_item_is_told(store, compare_question):
    with pytest.raises(LookupError, match="no such question"):
        steps.plan(store.files, "0" * 32)
    with pytest.raises(Corrupt, match="no item"):
        steps.simulate(store.files, compare_question, "0" * 32)


def test_the_contact_log_is_that_of_the_command_line(store, tmp_path, compare_question):
    (tmp_path / "today.yaml").write_text(TODAY, encoding="utf-8")
    (tmp_path / "more.yaml").write_text(MORE, encoding="utf-8")
    log = tmp_path / "log.csv"
    words = command("run", str(tmp_path / "more.yaml"), "--replication", "4", "--log", str(log))
    subprocess.run(words, env=environment(), check=True, capture_output=True)

    made(store, compare_question)
    write_contact_log(store.files, compare_question, "A", 4)

    own = store.files.read(place_of(compare_question, "A", 4))
    assert gzip.decompress(own) == log.read_bytes()
    with pytest.raises(LookupError, match="no scenario F"):
        write_contact_log(store.files, compare_question, "F", 4)


@pytest.mark.parametrize("kind", ["compare", "equal_service"])
def test_a_precise_answer_tells_the_result_at_its_last_look(store, tmp_path, kind):
    precision = {"service": 0.5, "most": 60}
    key = begun(store, ask(tmp_path / "asked", kind=kind, share=0.7, precision=precision))
    step, seen = steps.plan(store.files, key), []
    while isinstance(step, steps.Round):
        simulating = step.parts[0].stage == "Simulating"
        for each in step.todo:
            steps.simulate(store.files, key, each.item)
        step = steps.merge(store.files, key)
        assert (step.precision is not None) == simulating
        if step.precision is not None:
            seen.append((step.precision, store.files.read(at(key, "documents", steps.SO_FAR))))
    assert [told["replications"] for told, _ in seen] == [30, 45, 60]
    for told, result in seen[:-1]:
        assert told.items() >= json.loads(result)["precision"].items()
        assert not told["reached"]
        assert told["service_half_width"] > 0.005


def test_what_there_is_is_delivered_when_no_more_is_done(store, compare_question):
    first = laid_out(store, compare_question)
    for each in first.todo[:-1]:
        steps.simulate(store.files, compare_question, each.item)
    end = steps.merge(store.files, compare_question, "nobody works any more")
    assert isinstance(end, steps.Ended)
    assert (end.whole, end.problem) == (False, "nobody works any more")
    told = json.loads(documents(store, compare_question)["result.json"])
    finished = sum(each["finished"] for each in told["scenarios"])
    assert 0 < finished < 2 * told["replications"]
    assert isinstance(steps.plan(store.files, compare_question), steps.Round)
