"""Records of runs and answers, and how they are changed."""

import datetime as dt
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from functions.storage.ports import Store

ANSWER: Final = "answer"
RUN: Final = "run"

LOG: Final = "log"
"""Kind of the records of contact logs that were asked, each for everybody."""

WRITING: Final = "writing"
"""Kind of the records of the logs that are being written for a caller."""

UNDER_WAY: Final = frozenset({"waiting", "working"})
"""States of an answer that is still to come."""


def is_wanted(answer: dict[str, Any], begun: str | None = None) -> bool:
    """Tell whether an answer is still to come.

    Parameters
    ----------
    answer : its record
    begun : the run that began who asks this; what another one began is not his to make. None if
        that is not known: of an execution that an older version started
    """
    return answer["state"] in UNDER_WAY and begun in (None, answer["begun"])


def now() -> str:
    """Give the time, as it stands in records."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def silence(record: dict[str, Any]) -> dt.timedelta:
    """Give how long nothing was written down about a record that says when it was made."""
    last = dt.datetime.fromisoformat(record.get("updated", record["created"]))
    return dt.datetime.now(dt.UTC) - last


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


def remake(
    store: Store, kind: str, name: str, remade: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Make a record, or another one of it, whoever else does at the same time.

    Parameters
    ----------
    store, kind, name : of the record
    remade : gives all of it from what it holds, nothing where it is not there; asked again if
        somebody was before us. Nothing is written if it raises
    """
    while True:
        record = store.records.get(kind, name)
        data = remade(record.data if record else {})
        if record is None:
            done = store.records.create(kind, name, data)
        else:
            done = store.records.replace(kind, name, data, record.version)
        if done:
            return


def name_for(owner: str) -> str:
    """Name the records of a caller, who may be called anything."""
    return sha256(owner.encode()).hexdigest()[:32]
