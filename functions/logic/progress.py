"""What is known of an answer while it is made: its record."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from functions.logic.steps import Ended, Round
from functions.storage.ports import Store

ANSWER = "answer"
RUN = "run"

UNDER_WAY = frozenset({"waiting", "working"})
"""States of an answer that is still to come."""


def now() -> str:
    """Give the time, as it stands in records."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def change(
    store: Store, kind: str, name: str, with_changes: Callable[[dict[str, Any]], dict[str, Any]]
) -> dict[str, Any] | None:
    """Change a record, whoever else does at the same time; give it as it then is.

    Parameters
    ----------
    store, kind, name : of the record
    with_changes : gives what is new in it; asked again if somebody was before us
    """
    while (record := store.records.get(kind, name)) is not None:
        new = {**record.data, **with_changes(record.data)}
        if new == record.data:
            return new
        new["updated"] = now()
        if store.records.replace(kind, name, new, record.version):
            return new
    return None


def told(store: Store, key: str, step: Round | Ended) -> dict[str, Any]:
    """Write down in the record of an answer how far it is, and say what has to be done next."""
    if isinstance(step, Ended):
        state = "failed" if step.problem else "finished" if step.whole else "partial"
        new: dict[str, Any] = {
            "state": state,
            "documents": list(step.documents),
            "problem": step.problem,
        }
        change(store, ANSWER, key, lambda old: new if old["state"] in UNDER_WAY else {})
        return {"answer": key, "done": True, "items": []}
    new = {
        "state": "working",
        "round": step.number,
        "parts": [asdict(part) for part in step.parts],
    }
    change(store, ANSWER, key, lambda old: new if old["state"] in UNDER_WAY else {})
    return {
        "answer": key,
        "done": False,
        "items": [{"answer": key, "item": each.item, "part": each.part} for each in step.todo],
    }
