"""Charges: what a question counts for in its caller's day, until it has ended and after that."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from functions.logic.costs import Costs, costs_of
from functions.logic.counts import used
from functions.logic.limits import Ledger, Limits
from functions.logic.records import ANSWER, RUN, UNDER_WAY, silence
from functions.storage.ports import Store

_LAST_ITEMS: Final = dt.timedelta(minutes=5)
"""After which no item is under way any more of an answer that was given up: as long as an Express
execution may take."""


@dataclass(frozen=True)
class Charges:
    """What questions of callers count for.

    Attributes
    ----------
    store : where runs and answers are kept
    limits : what a day allows, and by which prices
    """

    store: Store
    limits: Limits

    def begin(self, owner: str, run: str, expected: Costs) -> str:
        """Count a question for the most that it may cost; give the day that it counts on.

        Raises
        ------
        TooMuchToday
            When the day does not allow it.
        """
        return self._ledger.charge(owner, expected.dollars.high, run, self._came_to)

    def take_back(self, day: str, run: str) -> None:
        """Count nothing for a question that somebody else had begun meanwhile."""
        self._ledger.settle(day, run, 0.0)

    def settle(self, key: str) -> None:
        """Settle an answer that is begun anew with who had it begun before."""
        record = self.store.records.get(ANSWER, key)
        if record is None or record.data["state"] in UNDER_WAY:
            return
        run = self.store.records.get(RUN, record.data["begun"])
        if run is not None and run.data.get("charged") is not None:
            self._ledger.settle(run.data["charged"], run.data["id"], self._cost(record.data))

    def in_all(self, answer: dict[str, Any]) -> float:
        """Give the dollars that an answer cost, however often it was begun."""
        done = {**answer, **used(self.store, answer["key"])}
        if not done.get("milliseconds") and not done.get("between"):
            return 0.0
        return costs_of(done, self.limits.region, self.limits.memory).dollars.value

    @property
    def _ledger(self) -> Ledger:
        return Ledger(self.store, self.limits.day_dollars)

    def _came_to(self, run: str) -> float | None:
        """Give the dollars that the answer which a run began came to; None if it goes on.

        So it does as long as items may be under way of one that was given up.
        """
        asked = self.store.records.get(RUN, run)
        record = asked and self.store.records.get(ANSWER, asked.data["answer"])
        if record is None or record.data["begun"] != run or record.data["state"] in UNDER_WAY:
            return None
        over = record.data["state"] == "finished" or silence(record.data) > _LAST_ITEMS
        return self._cost(record.data) if over else None

    def _cost(self, answer: dict[str, Any]) -> float:
        """Give the dollars that an answer cost since it was begun the last time."""
        before: float = answer.get("before", 0.0)
        return max(0.0, self.in_all(answer) - before)
