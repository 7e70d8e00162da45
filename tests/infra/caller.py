"""Somebody with a token who asks a deployed stack, and what it should answer."""

import json
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from functions.logic import steps
from functions.logic.places import at
from functions.logic.question import Asked, Question, make_question
from functions.storage.folder import FolderStore
from functions.storage.table import TableRecords
from tests.cli.conftest import MORE, TODAY
from tests.functions.conftest import begun, made
from tests.infra.deployed import Deployed

ENDED: Final = {"finished", "partial", "failed", "cancelled"}
PATIENCE: Final = 400
SMALL: Final = [{"name": "today", "text": TODAY}, {"name": "more", "text": MORE}]

Json = dict[str, Any]


def compared(**asked: Any) -> Json:
    """Give the body of a request that compares two small scenarios, unless it says others."""
    return {"kind": "compare", "scenarios": SMALL, "replications": 4, **asked}


@dataclass(frozen=True)
class Caller:
    """Somebody with a token.

    Attributes
    ----------
    stack : that he asks
    token : that he shows
    """

    stack: Deployed
    token: str

    @classmethod
    def of(cls, stack: Deployed, **form: str) -> "Caller":
        """Give somebody whose token says this: `sub`, `scope`, `audience`, `expires_in`."""
        return cls(stack, stack.token(**form))

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Json]:
        """Send a request; give status and body of the answer."""
        status, _, told = self.stack.ask(method, path, self.token, body)
        return status, json.loads(told)

    def begin(self, body: Json) -> str:
        """Ask something; give the name of the run."""
        status, told = self.ask("POST", "/runs", body)
        assert status == 202, told
        name: str = told["id"]
        return name

    def run(self, name: str) -> Json:
        """Give a run."""
        status, told = self.ask("GET", f"/runs/{name}")
        assert status == 200, told
        return told

    def until(self, name: str, holds: Callable[[Json], bool]) -> Json:
        """Wait until something holds of a run; give it."""
        give_up = time.monotonic() + PATIENCE
        while not holds(told := self.run(name)):
            assert time.monotonic() < give_up, told
            time.sleep(0.2)
        return told

    def ended(self, name: str) -> Json:
        """Wait until a run has ended; give it."""
        return self.until(name, lambda told: told["state"] in ENDED)

    def document(self, name: str, document: str = "result.json") -> bytes:
        """Give a document of a run."""
        status, _, body = self.stack.ask("GET", f"/runs/{name}/documents/{document}", self.token)
        assert status == 200, body
        return body


def question(body: Json) -> Question:
    """Give a question as the stack keeps it."""
    with tempfile.TemporaryDirectory() as folder:
        return make_question(Asked.model_validate_json(json.dumps(body)), Path(folder))[0]


def items(body: Json) -> list[str]:
    """Give the names of the items of the first round of an answer."""
    with tempfile.TemporaryDirectory() as folder:
        files = FolderStore(Path(folder)).files
        step = steps.plan(files, begun(FolderStore(Path(folder)), question(body)))
    assert isinstance(step, steps.Round)
    return [each.item for each in step.todo]


@lru_cache(maxsize=8)
def _undisturbed(text: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        store = FolderStore(Path(folder))
        key = begun(store, question(json.loads(text)))
        made(store, key)
        found = store.files.read(at(key, "documents", "result.json"))
    assert found is not None
    return found


def undisturbed(body: Json) -> bytes:
    """Give the result of the same question where nothing goes wrong, in this process."""
    return _undisturbed(json.dumps(body))


def records(stack: Deployed) -> TableRecords:
    """Give the records of a stack."""
    return TableRecords(stack.client("dynamodb"), stack.outputs["Table"])


def kept(stack: Deployed, kind: str, name: str) -> Json:
    """Give what stands in a record."""
    record = records(stack).get(kind, name)
    assert record is not None, name
    return record.data


def files(stack: Deployed, prefix: str) -> list[str]:
    """Give the names of the files of a stack under a prefix."""
    pages = stack.client("s3").get_paginator("list_objects_v2")
    found = pages.paginate(Bucket=stack.outputs["Bucket"], Prefix=prefix)
    return [each["Key"] for page in found for each in page.get("Contents", ())]


def merged(stack: Deployed, event: Json) -> Json:
    """Have the function that merges called; give what it says."""
    functions = stack.client("lambda")
    found = functions.list_functions()["Functions"]
    (name,) = (each["FunctionName"] for each in found if "-Merge" in each["FunctionName"])
    told = functions.invoke(FunctionName=name, Payload=json.dumps(event))
    answer: Json = json.load(told["Payload"])
    return answer


def fetched(address: str) -> tuple[int, bytes]:
    """Get an address without a token; give status and body."""
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read()
    except urllib.request.HTTPError as error:
        return error.code, error.read()
