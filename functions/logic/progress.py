"""How far an answer is, written down after each step."""

import json
import secrets
from dataclasses import asdict
from typing import Any

from functions.logic.counts import used
from functions.logic.places import at, keep_decided
from functions.logic.records import ANSWER, change, is_wanted, now
from functions.logic.steps import SO_FAR, Ended, Round
from functions.storage.ports import Store


def told(
    store: Store,
    key: str,
    step: Round | Ended,
    milliseconds: int,
    tolerated: float = 0,
    *,
    begun: str | None = None,
) -> dict[str, Any]:
    """Write down in the record of an answer how far it is, and say what has to be done next.

    Parameters
    ----------
    store, key : of the answer
    step : how far it is
    milliseconds : that it took to find that out
    tolerated : percentage of the items of a round that may fail
    begun : the run that began who says so; see `is_wanted`

    Returns
    -------
    Whether it is ``done``, or else the key of a file with the ``items`` to do, a list of events;
    and how many of them may fail. Those that failed before may fail again: they were tolerated.
    """
    if isinstance(step, Ended):
        state = "failed" if step.problem else "finished" if step.whole else "partial"
        new: dict[str, Any] = {
            "state": state,
            "documents": list(step.documents),
            "problem": step.problem,
            "precision": step.precision,
            **used(store, key),
        }
        change(store, ANSWER, key, lambda old: _told(old, new, milliseconds, begun))
        return over(store, key)
    counter = secrets.token_hex(8)
    events = [
        {"answer": key, "item": each.item, "part": each.part, "counter": counter}
        for each in step.todo
    ]
    place = at(key, "todo", f"{counter}.json")
    store.files.write(place, json.dumps(events).encode())
    new = {
        "state": "working",
        "round": step.number,
        "parts": [asdict(part) for part in step.parts],
        "precision": step.precision,
        "documents": [SO_FAR] if step.precision else [],
        "since": {"moment": now(), "done": sum(part.done for part in step.parts)},
        "counter": counter,
        **used(store, key),
    }
    answer = change(store, ANSWER, key, lambda old: _told(old, new, milliseconds, begun))
    if answer is None or not is_wanted(answer, begun):
        return over(store, key)
    return {
        "answer": key,
        "begun": begun,
        "done": False,
        "items": place,
        "count": len(events),
        "tolerated": _tolerated(step.items, tolerated),
    }


def _tolerated(items: int, percentage: float) -> int:
    """Give how many items of a round may fail: one at least, so that it is done again as often.

    None may where the percentage is 0.
    """
    return max(1, int(items * percentage / 100)) if percentage else 0


def over(store: Store, key: str) -> dict[str, Any]:
    """Say that nothing has to be done for an answer: it is there, or nobody waits for it.

    Who wrote its documents while another did may have done so after somebody pinned them.
    """
    record = store.records.get(ANSWER, key)
    if record is not None and record.data["expires"] is None:
        keep_decided(store.files, key)
    return {"answer": key, "done": True}


def _told(
    old: dict[str, Any], new: dict[str, Any], milliseconds: int, begun: str | None
) -> dict[str, Any]:
    """Change nothing of an answer that was given up, or begun anew; but count the time."""
    spent = {"between": old.get("between", 0) + milliseconds}
    return {**new, **spent} if is_wanted(old, begun) else spent
