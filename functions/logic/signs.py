"""Signs of life: whether somebody still makes an answer that is under way.

That something was written down is one, and that items were done is another. Where neither was
seen for a while, the runner is asked: at most once in that time, however many look at the answer.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from functions.logic.counts import used
from functions.logic.records import ANSWER, UNDER_WAY, change, is_wanted, now, silence
from functions.logic.runner import Runner
from functions.storage.ports import Record, Store

_SILENT: Final = dt.timedelta(minutes=2)
"""After which is looked whether somebody still makes an answer."""

GONE: Final = (
    "the execution that made it ended without a word; its log tells why. "
    "Ask again to go on from what was done"
)
"""Problem of a run whose execution went away."""


@dataclass(frozen=True)
class Signs:
    """Looks for signs of life.

    Attributes
    ----------
    store : where answers are kept
    runner : who has them made
    """

    store: Store
    runner: Runner

    def seen(self, record: Record) -> dict[str, Any]:
        """Give an answer as it is: failed if who made it went away without a word.

        Parameters
        ----------
        record : of the answer, as it was read
        """
        answer = record.data
        if answer["state"] not in UNDER_WAY or _silence(answer) < _SILENT:
            return answer
        key, begun, before = answer["key"], answer["begun"], _items(answer)
        items = used(self.store, key).get("items", 0)
        # Not by `change`: that one looked is no sign of life. Who else looks now finds it told.
        looked = {**answer, "looked": {"moment": now(), "items": items}}
        if not self.store.records.replace(ANSWER, key, looked, record.version):
            return answer
        if items > before or not self.runner.is_lost(key, begun):
            return answer
        lost = {"state": "failed", "problem": GONE}
        told = change(self.store, ANSWER, key, lambda old: lost if is_wanted(old, begun) else {})
        return told or answer


def _silence(answer: dict[str, Any]) -> dt.timedelta:
    """Give how long nothing was written down of an answer, and nobody looked."""
    looked = answer.get("looked")
    told = silence(answer)
    return min(told, silence({"created": looked["moment"]})) if looked else told


def _items(answer: dict[str, Any]) -> int:
    """Give how many items were done when that was written down the last time."""
    looked = answer.get("looked") or {}
    return max(int(answer.get("items", 0)), int(looked.get("items", 0)))
