"""What `kanaalkompas cloud` says, and when."""

import io
from types import SimpleNamespace

import pytest
from rich.console import Console

from simulation.cli import progress
from simulation.cli.cloud import outcome as cloud_outcome
from tests.cli.answering import Reply
from tests.cli.cloud_served import NAME, RUN, WORKING, problem


def test_where_nothing_can_be_written_nothing_is_asked(api, ask, folder):
    (folder / "file").touch()
    told = ask("run", "today.yaml", "--out", "file/out")
    assert told.code == 2
    assert "cannot write file/out" in told.err
    assert api.asked == []


def test_what_cannot_be_written_in_the_end_can_be_fetched_elsewhere(api, ask, folder):
    (folder / "out" / "so-far.json").mkdir(parents=True)
    told = ask("run", "today.yaml")
    assert told.code == 2
    assert "cannot write out/so-far.json" in told.err
    assert told.err.endswith(f"with another folder: kanaalkompas cloud fetch {NAME} --out FOLDER\n")


def test_who_has_no_runs_is_told_so(api, ask):
    api.replies["GET /runs"] = [Reply({"runs": []})]
    told = ask("status")
    assert (told.code, told.out) == (0, "")
    assert told.err == "You have no runs; 'kanaalkompas cloud run' asks a question.\n"


def test_that_a_run_was_cancelled_is_a_state_and_no_error(api, ask):
    api.replies[f"GET /runs/{NAME}"] = [problem(410, "/problems#cancelled", "you cancelled it")]
    told = ask("status", NAME)
    assert (told.code, told.err) == (0, "")
    assert told.out == f"{NAME}  cancelled: ask the question again for an answer\n"
    told = ask("fetch", NAME)
    assert (told.code, told.err) == (2, f"Error: run {NAME}: you cancelled it\n")


@pytest.mark.parametrize("verb", ["status", "fetch", "cancel"])
def test_a_run_that_one_has_not_is_named(api, ask, verb):
    none = [problem(404, "/problems#no-such-run", "GET /runs lists those you have")]
    api.replies |= {f"GET /runs/{NAME}": none, f"DELETE /runs/{NAME}": none}
    told = ask(verb, NAME)
    words = f"you have no run {NAME}; 'kanaalkompas cloud status' lists those you have"
    assert (told.code, told.err) == (2, f"Error: {words}\n")


def test_what_has_ended_is_not_cancelled(api, ask):
    api.replies[f"DELETE /runs/{NAME}"] = [problem(409, "/problems#ended", "it is finished")]
    assert ask("cancel", NAME).err == f"Error: run {NAME}: it is finished\n"


def test_what_was_answered_before_is_said_to_be_there(api, ask):
    api.replies["POST /runs"] = [Reply(RUN, 202)]
    assert f"Run {NAME}: this was answered before" in ask("run", "today.yaml").err
    api.replies["POST /runs"] = [Reply(WORKING, 202)]
    assert f"Run {NAME} is working; it takes about € 0.20" in ask("run", "today.yaml").err


@pytest.mark.parametrize(
    ("value", "high", "words"),
    [
        (0, 0, "less than a cent in AWS"),
        (0.004, 0.009, "less than a cent in AWS"),
        (0.004, 0.0149, "a cent in AWS at most"),
        (0.01, 0.02, "about € 0.01 in AWS (between 0.00 and 0.02)"),
    ],
)
def test_costs_are_told_to_the_cent(api, ask, value, high, words):
    costs = {"euros": {"low": 0, "value": value, "high": high}}
    api.replies[f"GET /runs/{NAME}"] = [Reply(RUN | {"costs": costs})]
    assert f"  {words}\n" in ask("status", NAME).out


def test_who_leaves_is_told_how_to_see_get_and_stop_it(api, ask, monkeypatch):
    def leave(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cloud_outcome, "time", SimpleNamespace(sleep=leave))
    api.replies[f"GET /runs/{NAME}"] = [Reply(WORKING)]
    told = ask("fetch", NAME, "--out", "there")
    assert told.code == 130
    for words in (f"status {NAME}\n", f"fetch {NAME} --out there\n", f"cancel {NAME}\n"):
        assert f": kanaalkompas cloud {words}" in told.err


def test_a_bar_says_nothing_of_what_is_not_known_yet():
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=80)
    with progress._bar(console, "Waiting") as tell:
        pass
    assert "Waiting" in shown.getvalue()
    assert not [sign for sign in ("/?", "left", "-:") if sign in shown.getvalue()]
    with progress._bar(console, "Searching") as tell:
        tell(7, 0)
    assert "7 so far" in shown.getvalue()
    with progress._bar(console, "Playing") as tell:
        tell(7, 9)
    assert "7/9" in shown.getvalue()


@pytest.mark.parametrize("option", ["as-rostered", "equal-service"])
def test_an_option_of_compare_names_the_question(api, ask, option):
    told = ask("run", "today.yaml", f"--{option}")
    question = {"as-rostered": "compare"}.get(option, option)
    assert told.code == 2
    assert f"give --question {question} here" in told.err
    assert api.asked == []
    assert option not in ask("run", "--help").out.split("--question")[0]


def test_what_a_day_allows_is_told_in_options(api, ask):
    detail = "ask tomorrow, or a lower 'precision.most'"
    api.replies["POST /runs"] = [problem(429, "/problems#too-much-today", detail)]
    assert ask("run", "today.yaml").err == ("Error: ask tomorrow, or a lower --max-replications\n")
