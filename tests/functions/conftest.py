"""A store in a folder of its own, and questions about two small scenarios."""

import base64
import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

import pytest
from werkzeug.test import Client

from functions.api.handler import make_handler
from functions.logic import steps
from functions.logic.contact_log import write_contact_log
from functions.logic.limits import Limits
from functions.logic.places import keep_question
from functions.logic.progress import told
from functions.logic.question import Asked, Inline, make_question
from functions.logic.records import ANSWER, UNDER_WAY
from functions.logic.runs import Runs
from functions.serve.site import CONTEXT, Site
from functions.storage.folder import FolderStore
from tests.cli.conftest import MORE, TODAY

SMALL = (Inline(name="today", text=TODAY), Inline(name="more", text=MORE))


def ask(folder, scenarios=SMALL, **asked):
    """Give the question that follows from a request about scenarios."""
    folder.mkdir()
    return make_question(Asked(scenarios=scenarios, **asked), folder)[0]


def begun(store, question):
    """Keep a question; give its key."""
    key = question.key()
    keep_question(store.files, key, question)
    return key


def laid_out(store, key):
    """Plan an answer; give its first round."""
    step = steps.plan(store.files, key)
    assert isinstance(step, steps.Round)
    return step


def made(store, key):
    """Go through all steps; give the end."""
    step = steps.plan(store.files, key)
    while isinstance(step, steps.Round):
        for each in step.todo:
            steps.simulate(store.files, key, each.item)
        step = steps.merge(store.files, key)
    assert isinstance(step, steps.Ended)
    return step


@pytest.fixture
def store(tmp_path):
    """Give an empty store."""
    return FolderStore(tmp_path / "store")


class Here:
    """A runner that makes an answer at once, in this process."""

    def __init__(self, store):
        self.store = store

    def start(self, key):
        if self.store.records.get(ANSWER, key).data["state"] in UNDER_WAY:
            told(self.store, key, made(self.store, key), 0)

    def cancel(self, key, run):
        """Nothing is under way."""

    def is_lost(self, key, run):
        return False

    def log(self, key, letter, replication):
        write_contact_log(self.store.files, key, letter, replication)


class Later:
    """A runner whose turn never comes: it only remembers what it was asked."""

    def __init__(self):
        self.started, self.cancelled, self.logged, self.lost = [], [], [], []

    def start(self, key):
        self.started.append(key)

    def cancel(self, key, run):
        self.cancelled.append((key, run))

    def is_lost(self, key, run):
        return (key, run) in self.lost

    def log(self, key, letter, replication):
        self.logged.append((key, letter, replication))


class Api:
    """The function that answers requests, called as Lambda calls it."""

    def __init__(self, runs):
        self.runs = runs
        self.handler = make_handler(lambda: runs)

    def __call__(self, method, path, body=None, *, owner="anna", media="application/json", **more):
        """Send a request; give status, headers and body."""
        path, _, query = path.partition("?")
        text = body if isinstance(body, str | None) else json.dumps(body)
        event = {
            "version": "2.0",
            "rawPath": path,
            "rawQueryString": query,
            "queryStringParameters": dict(parse_qsl(query)) or None,
            "headers": {"content-type": media} | more.get("headers", {}),
            "requestContext": {
                "requestId": "r1",
                "stage": "$default",
                "http": {"method": method, "path": path},
                "authorizer": {"jwt": {"claims": {"sub": owner} if owner else {}}},
            },
            "body": text,
            "isBase64Encoded": more.get("base64", False),
        }
        answer = self.handler(event, CONTEXT)
        body = answer["body"].encode()
        if answer["isBase64Encoded"]:
            body = base64.b64decode(body)
        return Answer(answer["statusCode"], answer["headers"], body)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.text)


@pytest.fixture(autouse=True)
def _no_metrics(monkeypatch):
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")


@pytest.fixture
def here(store):
    """Give runs that are answered at once, and the API to them."""
    return Api(Runs(store, Here(store)))


@pytest.fixture
def later(store):
    """Give runs that stay under way, and the API to them."""
    return Api(Runs(store, Later(), Limits(active=3)))


@pytest.fixture
def runs(store):
    """Give runs that stay waiting."""
    return Runs(store, Later())


@pytest.fixture
def client(runs):
    """Give a browser of the pages about those runs."""
    return Client(Site(runs, {"localhost"}))
