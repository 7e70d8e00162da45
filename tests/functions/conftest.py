"""A store in a folder of its own, and questions about two small scenarios."""

import pytest

from functions.logic import steps
from functions.logic.places import keep_question
from functions.logic.question import Asked, Inline, make_question
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


def made(store, key):
    """Go through all steps; give the end."""
    step = steps.plan(store.files, key)
    while isinstance(step, steps.Round):
        for each in step.todo:
            steps.simulate(store.files, key, each.item)
        step = steps.merge(store.files, key)
    return step


@pytest.fixture
def store(tmp_path):
    """Give an empty store."""
    return FolderStore(tmp_path / "store")
