"""What is counted of an answer while items are done.

Many items may end in the same moment, so what they did is counted in place and never read first:
of an answer by its key, and of the parts of a step by its counter.
"""

from typing import Any

from functions.logic.records import ANSWER, is_wanted
from functions.storage.ports import COUNT, Store


def wanted(store: Store, key: str, begun: str | None = None) -> dict[str, Any] | None:
    """Give an answer that is still to come, and was begun by this run; see `is_wanted`."""
    record = store.records.get(ANSWER, key)
    return record.data if record is not None and is_wanted(record.data, begun) else None


def done(
    store: Store, answer: dict[str, Any], event: dict[str, Any], jobs: int, milliseconds: int
) -> None:
    """Count an item.

    Parameters
    ----------
    store, answer : that it is of
    event : that asked for the item
    jobs : that it did
    milliseconds : that it took
    """
    expires = answer["expires"]
    store.records.add(COUNT, event["counter"], {str(event["part"]): jobs}, expires)
    spent = {"milliseconds": milliseconds, "items": 1}
    store.records.add(COUNT, answer["key"], spent, expires)


def used(store: Store, key: str) -> dict[str, int]:
    """Give what the items of an answer took so far: ``milliseconds``, and their number."""
    record = store.records.get(COUNT, key)
    return dict(record.data) if record is not None else {}


def live(store: Store, answer: dict[str, Any]) -> dict[str, Any]:
    """Give the record of an answer with what was done since it was written, if it is under way."""
    if answer["state"] != "working":
        return answer
    counted = store.records.get(COUNT, answer["counter"])
    by_part = counted.data if counted is not None else {}
    parts = [
        {**part, "done": min(part["jobs"], part["done"] + by_part.get(str(place), 0))}
        for place, part in enumerate(answer["parts"])
    ]
    return {**answer, "parts": parts, **used(store, answer["key"])}
