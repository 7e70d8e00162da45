"""`kanaalkompas cloud` and what a server may answer."""

import gzip
import re

import pytest

from simulation.cli.cloud import api as cloud_api
from simulation.cli.cloud import patience as cloud_patience
from simulation.cli.cloud.elsewhere import elsewhere
from simulation.cli.problems import Stop
from tests.cli.answering import Reply, answering
from tests.cli.cloud_served import NAME, PASSING, RUN, WORKING, problem


@pytest.fixture
def impatient(monkeypatch):
    """Have it give up soon."""
    monkeypatch.setattr(cloud_patience, "PATIENCE", 0.1)


def test_what_must_wait_until_tomorrow_is_told_at_once(api, ask):
    wait = {"Retry-After": "73763"}
    api.replies["POST /runs"] = [
        problem(429, "/problems#too-much-today", "$10.00 a day is allowed", wait)
    ]
    told = ask("run", "today.yaml")
    assert told.code == 2
    assert "$10.00 a day is allowed" in told.err
    assert re.search(r"asked again from \d{4}-\d\d-\d\d \d\d:\d\d \w+ on", told.err)
    assert api.asked == ["POST /runs"]


def test_too_many_runs_under_way_says_how_to_end_one(api, ask):
    wait = {"Retry-After": "60"}
    api.replies["POST /runs"] = [
        problem(429, "/problems#too-many-runs", "10 of your runs are under way", wait)
    ]
    told = ask("run", "today.yaml")
    assert told.code == 2
    for words in ("10 of your runs", "kanaalkompas cloud status", "kanaalkompas cloud cancel RUN"):
        assert words in told.err
    assert len(api.asked) == 1


@pytest.mark.parametrize("wait", ["", "soon", "-1", "9" * 40, "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_a_moment_that_is_none_is_not_told(api, ask, wait):
    api.replies["GET /runs"] = [problem(409, detail="not now", headers={"Retry-After": wait})]
    assert ask("status").err == "Error: not now\n"


def test_what_a_gateway_answers_for_a_moment_ends_nothing(api, ask, folder):
    api.replies[f"GET /runs/{NAME}"] = [Reply(WORKING), *PASSING, Reply(WORKING), Reply(RUN)]
    api.replies[f"GET /runs/{NAME}/documents/so-far.json"] = [*PASSING, Reply(b"{}")]
    api.replies["POST /runs"] = [*PASSING, Reply(WORKING, 202)]
    told = ask("run", "today.yaml")
    assert told.code == 0, told.err
    assert (folder / "out" / "so-far.json").read_bytes() == b"{}"
    keys = {head["Idempotency-Key"] for head in api.heads if "Idempotency-Key" in head}
    assert len(keys) == 1


def test_a_connection_that_is_lost_for_a_moment_ends_nothing(api, ask):
    api.replies[f"GET /runs/{NAME}"] = [Reply(WORKING), *[Reply(status=0)] * 5, Reply(RUN)]
    assert ask("fetch", NAME).code == 0


def test_a_question_that_is_being_answered_is_sent_again(api, ask):
    busy = problem(409, "/problems#being-answered", headers={"Retry-After": "5"})
    api.replies["POST /runs"] = [busy, busy, Reply(RUN, 202)]
    told = ask("run", "today.yaml", "--detach")
    assert (told.code, told.out) == (0, f"{NAME}\n")


@pytest.mark.parametrize("last", [*PASSING[3:], Reply(status=0)])
def test_who_gives_up_says_that_it_waited_and_how_to_go_on(api, ask, last, monkeypatch):
    monkeypatch.setattr(cloud_patience, "_QUIET", 0.1)
    monkeypatch.setattr(cloud_patience, "PATIENCE", 0.5)
    api.replies[f"GET /runs/{NAME}"] = [Reply(WORKING), last]
    told = ask("fetch", NAME)
    assert told.code != 0
    assert "asking again for up to" in told.err
    assert f"kanaalkompas cloud status {NAME}\n" in told.err
    assert f"kanaalkompas cloud fetch {NAME} --out out\n" in told.err


def test_a_run_that_was_cancelled_meanwhile_is_not_gone_on_with(api, ask):
    api.replies[f"GET /runs/{NAME}"] = [Reply(WORKING), problem(410, detail="you cancelled it")]
    assert ask("fetch", NAME).err == "Error: you cancelled it\n"


def test_a_fault_of_the_api_is_told_in_its_words(api, ask):
    api.replies["GET /runs"] = [problem(500, detail="name request 7 if it stays")]
    assert ask("status").err == "Error: name request 7 if it stays\n"


@pytest.mark.parametrize(
    "name",
    [
        "/tmp/x.json",
        "../x.json",
        "a/../../x.json",
        "..%2fx.json",
        "sub/so-far.json",
        "result.nl/../../x.json",
        "..",
        ".bashrc",
        "-rf",
        "\n.json",
        "so-far.json\n",
        "C:x.json",
        "a\\b.json",
        "",
        "x" * 62,
    ],
)
def test_an_answer_with_a_name_that_may_lead_elsewhere_is_refused_whole(api, ask, folder, name):
    api.replies[f"GET /runs/{NAME}"] = [Reply(RUN | {"documents": ["so-far.json", name]})]
    before = sorted(folder.rglob("*"))
    told = ask("fetch", NAME)
    assert told.code == 1
    assert f"{api.address}/runs/{NAME}: its answer is not that of the API: documents.1" in told.err
    assert sorted(folder.rglob("*")) == sorted([*before, folder / "out"])
    assert len(api.asked) == 1


def test_an_answer_that_is_none_is_kept_and_told(api, ask, folder):
    api.replies[f"GET /runs/{NAME}"] = [Reply(RUN | {"documents": ["result.json", "more.json"]})]
    for name in ("result.json", "more.json"):
        api.replies[f"GET /runs/{NAME}/documents/{name}"] = [Reply(b"{}")]
    told = ask("fetch", NAME)
    assert (told.code, told.out) == (2, "")
    assert "out/result.json: is not a result of Kanaalkompas" in told.err
    assert "not lost" not in told.err
    assert {each.name for each in (folder / "out").iterdir()} == {"result.json", "more.json"}


@pytest.mark.parametrize(
    ("paths", "words"),
    [
        (("../../x.yaml", "../../x.yaml"), "its answer is not that of the API: files"),
        (("a/../x.yaml", "../x.yaml"), "its answer is not that of the API: files"),
        (("x.yaml", "../y.yaml"), "staffed-0.yaml: extends none of the scenarios that were asked"),
        (("x.yaml", "["), "staffed-0.yaml: extends none of the scenarios that were asked"),
    ],
)
def test_scenarios_go_nowhere_but_where_they_belong(api, ask, folder, paths, words):
    asked, extends = paths
    api.replies[f"GET /runs/{NAME}"] = [Reply(RUN | {"documents": ["staffed-0.yaml"]})]
    place = f"GET /runs/{NAME}/documents"
    api.replies[f"{place}/question.json"] = [Reply({"files": {asked: "title: t"}})]
    api.replies[f"{place}/staffed-0.yaml"] = [Reply(f"extends: {extends}\ntitle: t\n".encode())]
    told = ask("fetch", NAME)
    assert told.code == 1
    assert words in told.err
    assert not [each for each in folder.rglob("*") if each.stem in {"staffed-0", "y"}]
    assert not list((folder / "out").rglob("x.yaml")) or asked == "x.yaml"


def test_every_name_of_a_document_has_its_place(api, ask, folder):
    names = ["a", "b.json", "c.nl.html", "d.en.html", "e.figures.json", "f..json", "g.nl.nl.html"]
    api.replies = {f"GET /runs/{NAME}/documents/{name}": [Reply(name)] for name in names}
    api.replies[f"GET /runs/{NAME}"] = [Reply(RUN | {"documents": names})]
    assert ask("fetch", NAME).code == 0
    written = {file.name: file.read_text() for file in (folder / "out").iterdir()}
    assert written == {"a": "a", "b.json": "b.json", "c.html": "c.nl.html"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<html>", "Invalid JSON"),
        (b"\xff", "Invalid JSON"),
        ("[" * 100_000, "Invalid JSON"),
        ([1, 2], "object"),
        ("null", "object"),
        ("", "Invalid JSON"),
        ({}, "id: Field required"),
        (RUN | {"id": "../health"}, "id: "),
        (RUN | {"documents": None}, "documents: "),
        (RUN | {"costs": None}, "costs: "),
        (RUN | {"language": "xx"}, "language: "),
        (RUN | {"state": "odd"}, "state: "),
        (RUN | {"parts": [{"jobs": "x"}]}, "parts.0."),
        ('{"runs": 1e999}', "id: "),
        (RUN | {"costs": {"euros": {"low": 0, "value": float("nan"), "high": 0}}}, "finite"),
    ],
)
def test_what_no_api_answers_is_told_in_one_line(api, ask, body, words):
    api.replies[f"GET /runs/{NAME}"] = [Reply(body)]
    told = ask("status", NAME)
    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert f"Error: {api.address}/runs/{NAME}: its answer is not that of the API: " in told.err
    assert words in told.err


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(b" " * 8_000_001), "is larger than 8,000,000"),
        (
            Reply(b" " * 8_000_001, headers={"Content-Length": None}),
            "is larger than 8,000,000",
        ),
        (Reply(b"{", headers={"Content-Length": "4000000000"}), "is larger than 8,000,000"),
        (Reply(b" " * 8_000_001, 409), "is larger than 8,000,000"),
        (Reply(gzip.compress(b" " * 10**6), headers={"Content-Encoding": "gzip"}), "is compressed"),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), "is compressed"),
    ],
)
def test_no_more_is_read_than_an_api_may_send(api, ask, reply, words):
    api.replies[f"GET /runs/{NAME}"] = [reply]
    told = ask("status", NAME)
    assert (told.code, told.err.count("\n")) == (1, 1)
    assert f"Error: {api.address}/runs/{NAME}: its answer {words}" in told.err


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"half", headers={"Content-Length": "1000"}),
        Reply(b"x" * 200_000, headers={"Content-Length": None}),
        Reply(b"x", headers={"Content-Length": "4000000000"}),
        problem(404),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_a_document_is_written_whole_or_not_at_all(api, ask, folder, reply, monkeypatch):
    monkeypatch.setattr(cloud_api, "MOST_KEPT", 150_000)
    api.replies |= {
        f"GET /runs/{NAME}": [Reply(RUN | {"documents": ["a.json", "b.json", "c.json"]})],
        f"GET /runs/{NAME}/documents/a.json": [Reply(b"x" * 150_000)],
        f"GET /runs/{NAME}/documents/b.json": [reply],
    }
    (folder / "out").mkdir()
    (folder / "out" / "b.json").write_text("as it was")
    told = ask("fetch", NAME)
    assert told.code != 0
    assert "Written: out/a.json\nError: " in told.err
    assert {file.name: file.stat().st_size for file in (folder / "out").iterdir()} == {
        "a.json": 150_000,
        "b.json": len("as it was"),
    }


def test_a_document_that_breaks_off_is_fetched_anew(api, ask, folder):
    half = Reply(b"half, and more than all", headers={"Content-Length": "1000"})
    api.replies[f"GET /runs/{NAME}/documents/so-far.json"] = [half, half, Reply(b"whole")]
    assert ask("fetch", NAME).code == 0
    assert (folder / "out" / "so-far.json").read_bytes() == b"whole"


def test_every_flaw_of_a_question_is_told(api, ask):
    kind = "/problems#invalid-request"
    flaws = [
        {"place": "share", "value": "3", "problem": "is more than 1", "remedy": "give less"},
        {"place": "", "problem": "odd", "remedy": "mend", "file": "a.yaml", "line": 4},
        {"place": "precision.most", "problem": "is odd", "remedy": "a lower 'precision.most'"},
        {"place": "", "problem": "business_case compares", "remedy": "give two"},
        {"place": "", "problem": "equal_service", "remedy": "mend", "file": "a.yaml"},
    ]
    api.replies["POST /runs"] = [
        problem(422, kind, "4 problems in the request; see errors", errors=flaws)
    ]
    told = ask("run", "today.yaml")
    assert told.code == 2
    lines = [
        "Error: --share: 3 is more than 1; give less",
        "a.yaml:4: odd; mend",
        "--max-replications: is odd; a lower --max-replications",
        "business-case compares; give two",
        "a.yaml: equal_service; mend",
    ]
    assert told.err == "\n  ".join(lines) + "\n"


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply("x", 404), "404 Not Found"),
        (Reply("x", 499), "499"),
        (Reply("x", 599), "599"),
        (Reply("<html>", 418), "418 I'm a Teapot"),
        (Reply("[" * 100_000, 400), "400 Bad Request"),
        (Reply({"detail": 3}, 422), "422 Unprocessable"),
        (problem(422, errors="abc"), "422 Unprocessable"),
        (problem(422, errors=None), "422 Unprocessable"),
        (problem(422, errors=[{"place": 1}]), "422 Unprocessable"),
    ],
)
def test_a_refusal_of_another_form_is_told_in_one_line(api, ask, reply, words):
    api.replies["GET /runs"] = [reply]
    told = ask("status")
    assert (told.code, told.err.count("\n")) == (1, 1)
    assert told.err.startswith(f"Error: {api.address}: answered {words}")
    assert "; check KANAALKOMPAS_API, which is like https://abc123." in told.err


@pytest.fixture
def store():
    """Give another server, of documents."""
    with answering() as store:
        store.address = store.address.replace("127.0.0.1", "localhost")
        yield store


def sent_on(api, location, status=303):
    """Have the API say that a document is elsewhere."""
    there = Reply(b"see there", status, {"Location": location})
    api.replies[f"GET /runs/{NAME}/documents/so-far.json"] = [there]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_document_is_fetched_from_another_host_without_the_token(api, ask, store, folder, status):
    sent_on(api, f"{store.address}/there?X-Amz-Signature=1", status)
    store.replies["GET /there"] = [Reply(b"{}")]
    assert ask("fetch", NAME).code == 0
    assert (folder / "out" / "so-far.json").read_bytes() == b"{}"
    assert store.asked == ["GET /there?X-Amz-Signature=1"]
    assert [name for head in store.heads for name in head if name == "Authorization"] == []
    assert all(head["Authorization"] == "Bearer a.token" for head in api.heads)


def test_an_address_of_a_document_that_has_run_out_is_told_as_such(api, ask, store):
    sent_on(api, f"{store.address}/there?X-Amz-Expires=300&X-Amz-Signature=secret")
    told = b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
    store.replies["GET /there"] = [Reply(told, 403)]
    ended = ask("fetch", NAME)
    assert ended.code == 1
    assert (
        f"Error: {store.address}: answered 403 Forbidden (Request has expired); "
        "an address of a document lasts 5 minutes: fetch it again\n"
    ) in ended.err
    assert f"kanaalkompas cloud fetch {NAME} --out out\n" in ended.err
    assert "token" not in ended.err
    assert "secret" not in ended.err


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply("", 403), "answered 403 Forbidden; an address of a document lasts a while"),
        (Reply("", 401), "answered 401 Unauthorized; fetch it again"),
        (Reply("", 404), "answered 404 Not Found; fetch it again"),
        (Reply("", 503), "answered 503 Service Unavailable; try again later"),
        (Reply("", 303, {"Location": "/there"}), "answered 303 See Other; fetch it again"),
        (Reply(status=0), "cannot be reached (Remote end closed"),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_who_does_not_give_a_document_is_named(api, ask, store, reply, words):
    sent_on(api, f"{store.address}/there")
    store.replies["GET /there"] = [reply]
    told = ask("fetch", NAME)
    assert told.code == 1
    assert f"Error: {store.address}: {words}" in told.err


def test_a_document_that_its_host_has_not_for_a_moment_is_asked_again(api, ask, store):
    sent_on(api, f"{store.address}/there")
    store.replies["GET /there"] = [Reply("", 503), Reply(status=0), Reply(b"{}")]
    assert ask("fetch", NAME).code == 0


@pytest.mark.parametrize(
    "location",
    ["http://example.nl/x", "file:///etc/passwd", "ftp://127.0.0.1/x", "//[", "http://[::1]:9/x"],
)
def test_nobody_is_sent_on_to_where_others_may_read(api, ask, location):
    sent_on(api, location)
    told = ask("fetch", NAME)
    assert told.code == 1
    assert "which is no address of https" in told.err


def test_nobody_is_sent_from_https_to_anything_else():
    with pytest.raises(Stop, match="sends on to http://127"):
        elsewhere("https://a.nl/runs", "http://127.0.0.1:9/x")
    assert elsewhere("https://a.nl/runs", "https://b.nl/x") == "https://b.nl/x"
    assert elsewhere("https://a.nl/runs", "/x") == "https://a.nl/x"


@pytest.mark.parametrize("words", [("status",), ("fetch", NAME), ("cancel", NAME)])
def test_nobody_is_sent_on_for_anything_but_a_document(api, ask, store, words):
    there = [Reply("", 307, {"Location": f"{store.address}/there"})]
    api.replies = dict.fromkeys(("GET /runs", f"GET /runs/{NAME}", f"DELETE /runs/{NAME}"), there)
    told = ask(*words)
    assert told.code == 1
    assert f"Error: {api.address}: answered 307 Temporary Redirect; check" in told.err
    assert store.asked == []


WILD = "\x1b[2J\x1b]0;owned\x07 \x9b31m\u202e\r\nError: € 5 ± 1 é 漢"
TAME = r"\x1b[2J\x1b]0;owned\x07 \x9b31m\u202e\r\nError: € 5 ± 1 é 漢"


@pytest.mark.parametrize(
    "more",
    [
        {"state": "failed", "documents": [], "problem": WILD},
        {"state": "working", "parts": [{"stage": WILD, "jobs": 1, "done": 0}]},
        {"scenarios": [WILD]},
        {"kind": WILD},
    ],
)
def test_words_of_a_server_do_nothing_to_a_terminal(api, ask, more):
    api.replies |= {
        f"GET /runs/{NAME}": [Reply(RUN | more)],
        "GET /runs": [Reply({"runs": [RUN | more]})],
    }
    told = [ask("status"), ask("status", NAME)]
    if "problem" in more:
        told.append(ask("fetch", NAME))
    said = "".join(each.out + each.err for each in told)
    assert TAME in said
    assert not set(said) & set("\x1b\x07\x9b\r\u202e")


def test_what_a_server_refuses_does_nothing_to_a_terminal(api, ask):
    flaw = dict.fromkeys(("place", "value", "problem", "remedy", "file"), WILD)
    api.replies["GET /runs"] = [problem(422, detail=WILD, errors=[flaw])]
    told = ask("status")
    assert told.err.count(TAME) == 6
    assert not set(told.err) & set("\x1b\x07\x9b\r\u202e")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://user:secret@example.nl", False),
        ("http://user:secret@example.nl", False),
        ("http://127.0.0.1:9@example.nl/", False),
        ("https://example.nl/?key=secret", False),
        ("https://example.nl/#secret", False),
        ("http://example.nl", True),
        ("http://localhost.example.nl", True),
        ("https://example.nl/runs", True),
        ("https://example.nl/prod/runs/", False),
        ("https://", True),
        ("https://[", True),
        ("https://a b.nl", True),
        ("https://example.nl:99999", True),
        ("https://example.nl:1:2", True),
        ("ftp://example.nl", True),
        ("example.nl", True),
    ],
)
def test_an_address_that_is_none_is_refused_and_no_secret_repeated(
    ask, monkeypatch, address, shown
):
    monkeypatch.setenv("KANAALKOMPAS_API", address)
    told = ask("status")
    assert told.code == 2
    assert (
        "give the Address of the stack, like https://" in told.err or "leave out /runs" in told.err
    )
    assert (address in told.err) == shown
    assert "secret" not in told.err


@pytest.mark.parametrize("verb", ["status", "fetch", "cancel"])
@pytest.mark.parametrize(
    "name",
    ["../health", "", "x", NAME.upper(), NAME[1:], f"{NAME}\n", f"{NAME}/pin", f"{NAME}?a=b"],
)
def test_what_is_no_name_of_a_run_is_not_asked(api, ask, folder, verb, name):
    told = ask(verb, name)
    assert told.code == 2
    assert "is no name of a run" in told.err
    assert "'kanaalkompas cloud status' lists your runs" in told.err
    assert (api.asked, (folder / "out").exists()) == ([], False)


def test_a_run_is_cancelled_when_the_api_says_so(api, ask):
    api.replies[f"DELETE /runs/{NAME}"] = [Reply(RUN | {"state": "cancelled"})]
    told = ask("cancel", NAME)
    assert (told.code, told.err) == (0, f"Run {NAME} is cancelled.\n")
    api.replies[f"DELETE /runs/{NAME}"] = [Reply({"status": "ok"})]
    assert ask("cancel", NAME).code == 1
