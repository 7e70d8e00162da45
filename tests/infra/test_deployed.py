"""The product, deployed as it is: its zips, its roles, its state machine."""

import gzip
import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from functions.logic.contact_log import place_of, write_contact_log
from functions.logic.places import at
from functions.logic.records import ANSWER, RUN
from functions.storage.folder import FolderStore
from tests.cli.conftest import command, environment
from tests.functions.conftest import begun, made
from tests.infra.caller import (
    Caller,
    compared,
    fetched,
    files,
    kept,
    merged,
    question,
    undisturbed,
)
from tests.infra.conftest import HOUSE

AMSTERDAM = ("amsterdam/0-today", "amsterdam/b-webcare-extra")
PRECISE = {"cost": 1_000.0, "most": 36}


def test_amsterdam_in_two_rounds_is_what_the_command_line_says(anna, tmp_path):
    asked = compared(scenarios=AMSTERDAM, replications=None, precision=PRECISE)
    run = anna.begin(asked)
    files = [str(HOUSE / "scenarios" / f"{name}.yaml") for name in AMSTERDAM]
    words = ["--as-rostered", "--precision", "1000", "--max-replications", "36"]
    done = command("compare", *files, *words, "--out", str(tmp_path))
    subprocess.run(done, env=environment(), check=True, capture_output=True)
    told = anna.ended(run)
    assert (told["state"], told["round"]) == ("finished", 2)
    assert anna.document(run) == (tmp_path / "result.json").read_bytes()
    assert anna.document(run, "compare.nl.html") == (tmp_path / "compare.html").read_bytes()


def test_twenty_runs_at_once_are_all_answered_and_the_same_question_is_computed_once(stack):
    callers = [Caller.of(stack, sub=f"caller-{number}") for number in range(4)]
    asked = [compared(replications=2, seed=500 + number % 10) for number in range(20)]
    with ThreadPoolExecutor(20) as at_once:
        told = list(
            at_once.map(
                lambda number: _answered(callers[number % 4], asked[number]), range(len(asked))
            )
        )
    assert [state for state, _ in told] == ["finished"] * 20
    assert [result for _, result in told] == [undisturbed(each) for each in asked[:10]] * 2
    for each in asked[:10]:
        assert len(files(stack, at(question(each).key(), "shards", ""))) == 2


def _answered(caller, body):
    run = caller.begin(body)
    return caller.ended(run)["state"], caller.document(run)


def test_a_document_is_given_as_an_address_that_nobody_else_can_change(stack, anna):
    run = anna.begin(compared(seed=601))
    anna.ended(run)
    status, headers, _ = stack.ask(
        "GET", f"/runs/{run}/documents/result.json", anna.token, follow=False
    )
    address = headers["Location"]
    assert (status, "X-Amz-Expires=300" in address) == (303, True)
    assert fetched(address)[1] == undisturbed(compared(seed=601))
    other = address.replace("/documents/result.json", "/question.json")
    assert fetched(other)[0] == 403
    assert fetched(urlsplit(address)._replace(query="").geturl())[0] == 403


def test_a_contact_log_is_written_when_it_is_asked(stack, anna, tmp_path):
    body = compared(seed=601)
    run = anna.begin(body)
    anna.ended(run)
    path = f"/runs/{run}/contacts?scenario=A&replication=3"
    found = stack.ask("GET", path, anna.token)
    while found[0] == 202:
        found = stack.ask("GET", path, anna.token)
    store = FolderStore(tmp_path)
    key = begun(store, question(body))
    made(store, key)
    write_contact_log(store.files, key, "A", 3)
    own = store.files.read(place_of(key, "A", 3)) or b""
    assert (found[0], gzip.decompress(found[2])) == (200, gzip.decompress(own))
    assert anna.ask("GET", path.replace("=3", "=5"))[0] == 404


def test_what_was_decided_on_is_kept(stack, anna):
    body = compared(seed=602)
    run, key = anna.begin(body), question(body).key()
    anna.ended(run)
    assert anna.ask("POST", f"/runs/{run}/pin")[1]["pinned"]
    anna.begin(body)
    assert merged(stack, {"answer": key, "tolerated": 10}) == {"answer": key, "done": True}
    bucket, stay = stack.client("s3"), set()
    for name in files(stack, at(key, "")):
        tags = bucket.get_object_tagging(Bucket=stack.outputs["Bucket"], Key=name)["TagSet"]
        assert len(tags) == 1, name
        if tags[0]["Value"] == "yes":
            stay.add(name.split("/")[2])
    assert stay == {"question.json", "documents", "scenarios"}
    for kind, name in ((RUN, run), (ANSWER, key)):
        assert kept(stack, kind, name)["expires"] is None
    assert json.loads(anna.document(run))["replications"] == 4
