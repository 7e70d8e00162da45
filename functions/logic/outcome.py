"""What came of a run: its documents."""

import json
from dataclasses import dataclass
from typing import Any, Final

from functions.logic.contact_log import place_of
from functions.logic.logs import Logs
from functions.logic.places import QUESTION, at
from functions.logic.refusals import NotFinished, NotThere
from functions.storage.ports import Store

_SECONDS: Final = 300
"""For which an address of a document can be used."""


@dataclass(frozen=True)
class Outcome:
    """What came of a run.

    Attributes
    ----------
    store : where it is kept
    logs : the contact logs that are asked
    run : as its owner sees it
    """

    store: Store
    logs: Logs
    run: dict[str, Any]

    def document(self, name: str, kind: str) -> bytes | str:
        """Give a document, or the address at which it can be had for a while.

        Parameters
        ----------
        name : of the document
        kind : media type with which it is had there

        Raises
        ------
        NotThere
            When the run has no such document (yet).
        """
        names, found = self.run["documents"], None
        if name in names:
            found = self._given(at(self.run["answer"], "documents", name), kind)
        elif name == QUESTION:  # which is no document that came of it
            found = self._given(at(self.run["answer"], QUESTION), kind)
        if found is None:
            has = ", ".join(names) or f"none, it is {self.run['state']}"
            raise NotThere(f"{name} is not there; it has: {has}", run=False)
        return found

    def contact_log(self, letter: str, replication: int, kind: str) -> bytes | str | None:
        """Give the contact log of one replication, or its address; None while it is being written.

        Raises
        ------
        NotFinished
            When the run has no result, or not yet.
        NotThere
            When it has no such scenario or replication.
        NotWritten, TooLarge, TooManyLogs, TooMuchToday
            When none is written; see `Logs.ask`.
        """
        state = self.run["state"]
        if state not in {"finished", "partial"}:
            raise NotFinished(f"the run is {state}; one that is finished has contacts")
        result = self._read("documents", "result.json")
        played = self._read("scenarios", letter)
        if result is None or played is None or replication > json.loads(result)["replications"]:
            said = f"the run has no replication {replication} of a scenario {letter}"
            raise NotThere(f"{said}; its result.json, if any, tells what it has", run=False)
        found = self._given(place_of(self.run["answer"], letter, replication), kind)
        if found is None:
            self.logs.ask(self.run["owner"], self.run["answer"], letter, replication, played)
        return found

    def _given(self, place: str, kind: str) -> bytes | str | None:
        files = self.store.files
        return files.address(place, kind, _SECONDS) or files.read(place)

    def _read(self, *parts: str) -> bytes | None:
        return self.store.files.read(at(self.run["answer"], *parts))
