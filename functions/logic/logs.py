"""Contact logs: who may have one written, what it counts for, and whether it comes.

A log is computing that anybody with a finished run can ask for, one for each replication. So it
counts in its caller's day, and a caller has a few written at a time.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from functions.logic.contact_log import place_of
from functions.logic.costs import log_price
from functions.logic.limits import Ledger, Limits, TooManyLogs
from functions.logic.records import LOG, WRITING, change, name_for, remake
from functions.logic.refusals import NotWritten
from functions.logic.runner import Runner
from functions.storage.ports import Store
from simulation.contacts.expected import expected_contacts
from simulation.scenario.load import validate

_LAST_TRY: Final = 600
"""Seconds after which nobody writes a log any more: three tries of two minutes each, with one and
two minutes between them. The stack drops a request that is as old."""

_TOLD: Final = 3_600
"""Seconds for which is told that a log was not written; then it may be asked anew."""


@dataclass(frozen=True)
class Logs:
    """The contact logs that are asked.

    Attributes
    ----------
    store : where they are kept
    runner : who has them written
    limits : what may be asked
    clock : gives the time, in seconds of the epoch
    """

    store: Store
    runner: Runner
    limits: Limits
    clock: Callable[[], float] = time.time

    def ask(self, owner: str, key: str, letter: str, replication: int, scenario: bytes) -> None:
        """Have a log written that is not there; nothing new if somebody asked it already.

        Parameters
        ----------
        owner : who asks
        key, letter, replication : of the answer, its scenario and the replication
        scenario : as it was played

        Raises
        ------
        NotWritten
            When it was tried in vain.
        TooLarge
            When it cannot be written in the time there is.
        TooManyLogs
            When as many logs of the owner are being written as may be.
        TooMuchToday
            When the owner's day does not allow it.
        """
        name = f"{key}-{letter}-{replication}"
        if self._is_asked(name):
            return
        contacts = expected_contacts(validate(json.loads(scenario)))
        self.limits.judge_log(contacts)
        self._take_place(owner, name)
        try:
            self._charge(owner, contacts)
        except Exception:
            self._leave_place(owner, name)
            raise
        asked = self._now()
        if self.store.records.create(
            LOG, name, {"until": asked + _LAST_TRY, "expires": asked + _TOLD}
        ):
            self.runner.log(key, letter, replication)

    def _is_asked(self, name: str) -> bool:
        record = self.store.records.get(LOG, name)
        if record is None:
            return False
        if record.data["expires"] <= self._now():
            self.store.records.remove(LOG, name)
            return False
        if "problem" in record.data or record.data["until"] <= self._now():
            wait = record.data["expires"] - self._now()
            raise NotWritten(record.data.get("problem", "nothing came of three tries"), wait)
        return True

    def _charge(self, owner: str, contacts: float) -> None:
        dollars = log_price(contacts, self.limits.region, self.limits.memory)
        Ledger(self.store, self.limits.day_dollars).charge(owner, dollars)

    def _take_place(self, owner: str, name: str) -> None:
        """Take a place among the logs that are written for an owner."""

        def taken(data: dict[str, Any]) -> dict[str, Any]:
            going = self._going(data.get("logs", {}))
            if len(going) >= self.limits.logs:
                raise TooManyLogs(
                    f"{len(going)} contact logs of yours are being written, and "
                    f"{self.limits.logs} is the most; wait until one is there"
                )
            until = self._now() + _LAST_TRY
            return {"logs": {**going, name: until}, "expires": until}

        remake(self.store, WRITING, name_for(owner), taken)

    def _leave_place(self, owner: str, name: str) -> None:
        def without(data: dict[str, Any]) -> dict[str, Any]:
            return {"logs": {each: own for each, own in data["logs"].items() if each != name}}

        change(self.store, WRITING, name_for(owner), without)

    def _going(self, logs: dict[str, int]) -> dict[str, int]:
        """Give the logs of which something may still come."""
        return {
            name: until
            for name, until in logs.items()
            if until > self._now() and not self._is_over(name)
        }

    def _is_over(self, name: str) -> bool:
        """Tell whether a log is there, or failed."""
        key, letter, replication = name.split("-")
        if any(self.store.files.keys(place_of(key, letter, int(replication)))):
            return True
        record = self.store.records.get(LOG, name)
        return record is not None and "problem" in record.data

    def _now(self) -> int:
        return int(self.clock())


def failed(store: Store, key: str, letter: str, replication: int, why: str) -> None:
    """Write down that a log will not come."""
    change(store, LOG, f"{key}-{letter}-{replication}", lambda _: {"problem": why})


def forget(store: Store) -> None:
    """Forget what was asked: who was writing is gone."""
    for kind in (LOG, WRITING):
        for name, _ in store.records.all(kind):
            store.records.remove(kind, name)
