"""How long runs and their answers are kept.

A record goes at a moment that stands in it, a file so many days after it was written. An answer
that is asked again lives on: it is renewed where less than half of its days are left. So whoever
asks has at least that long to read it, and it is not written anew each time.
"""

import time
from typing import Any, Final

from functions.logic.places import keep_decided, renew_decided
from functions.logic.records import ANSWER, change
from functions.storage.ports import Store

_DAY_SECONDS: Final = 24 * 60 * 60


def moment_after(days: int | None) -> int | None:
    """Give the moment at which what is begun now may go, in seconds of the epoch; None if never."""
    return None if days is None else int(time.time()) + days * _DAY_SECONDS


def renewed(store: Store, answer: dict[str, Any], days: int | None) -> dict[str, Any]:
    """Have an answer that is there live on, unless at least half of its days are left.

    Parameters
    ----------
    store, answer : the record of it
    days : for which it is kept; for ever if None
    """
    until, before = moment_after(days), answer["expires"]
    if days is None or until is None or before is None or answer["state"] != "finished":
        return answer
    if 2 * (until - before) <= days * _DAY_SECONDS:
        return answer
    key, later = answer["key"], {"expires": until}
    renew_decided(store.files, key)
    told = change(store, ANSWER, key, lambda old: {} if old["expires"] is None else later)
    if told is not None and told["expires"] is None:  # somebody pinned it meanwhile
        keep_decided(store.files, key)
    return told or answer


def sooner(one: int | None, other: int | None) -> int | None:
    """Give the first of two moments, of which each may be never."""
    return min((each for each in (one, other) if each is not None), default=None)
