"""Room: which runs of a caller are under way, so that he has no more of them than he may.

They stand in one record of his. So they are known without reading all that he ever asked, and
without an index, in which one that was begun a moment ago may be missing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from functions.logic.limits import Limits
from functions.logic.records import ANSWER, UNDER_WAY, change, name_for, remake
from functions.storage.ports import Record, Store

ROOM: Final = "room"
"""Kind of the records of who has which runs under way."""

_BEGINNING: Final = 30.0
"""Seconds in which a run is begun once there is room: a request takes no longer."""

_KEPT: Final = 2 * 24 * 60 * 60
"""Seconds after which such a record may go: on AWS an answer is under way for a day at most."""


@dataclass(frozen=True)
class Room:
    """Who has which runs under way.

    Attributes
    ----------
    store : where that is kept
    limits : how many a caller may have
    seen : gives an answer as it is, from its record as it was read
    """

    store: Store
    limits: Limits
    seen: Callable[[Record], dict[str, Any]]

    def enter(self, owner: str, run: str, key: str) -> None:
        """Have a run be one of those under way, before it is begun.

        Parameters
        ----------
        owner, run : whose run it is, and its name
        key : of its answer

        Raises
        ------
        TooMany
            When he has as many as he may.
        """

        def entered(data: dict[str, Any]) -> dict[str, Any]:
            runs = data.get("runs", {})
            own = {each: told for each, told in runs.items() if self._is_there(each, **told)}
            self.limits.room(len(own))
            now = time.time()
            return {"runs": {**own, run: {"key": key, "since": now}}, "expires": int(now) + _KEPT}

        remake(self.store, ROOM, name_for(owner), entered)

    def leave(self, owner: str, run: str) -> None:
        """Have a run be none of them any more, before it ended by itself."""
        change(self.store, ROOM, name_for(owner), lambda old: {"runs": _without(old["runs"], run)})

    def _is_there(self, run: str, key: str, since: float) -> bool:
        """Tell whether a run is under way, or is being begun."""
        record = self.store.records.get(ANSWER, key)
        if record is not None and run in record.data["wanted"]:
            return self.seen(record)["state"] in UNDER_WAY
        return time.time() - since < _BEGINNING


def _without(runs: dict[str, Any], run: str) -> dict[str, Any]:
    return {name: told for name, told in runs.items() if name != run}
