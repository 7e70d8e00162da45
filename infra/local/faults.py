"""Faults on request: what AWS does now and then, when a test asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from threading import Lock
from typing import Any, Final

KILLED: Final = {"killed": "Runtime.ExitError", "out of time": "Sandbox.Timedout"}
"""How a function ends that is cut off, and the name under which that is told."""

TWICE: Final = "twice"


@dataclass
class Fault:
    """Something that goes wrong.

    Attributes
    ----------
    at : a pattern of places: ``lambda:*Simulate*``, ``s3:PUT``, ``dynamodb:PutItem``
    error : the name under which it fails; or ``twice``, of a function that is invoked two times at
        once; or, of what a function asks, ``killed`` or ``out of time``: it is cut off right there
    of : what the event or the request names, such as an answer or an item; anything if empty
    times : how often it still does
    """

    at: str
    error: str
    of: str = ""
    times: int = 1


class Faults:
    """What still has to go wrong, for each who asked it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: dict[str, list[Fault]] = {}

    def ask(self, who: str, wanted: Iterable[dict[str, Any]]) -> None:
        """Have these go wrong from now on, and nothing else that the same asked before."""
        faults = [Fault(**each) for each in wanted]
        with self._lock:
            self._faults[who] = faults

    def left(self, who: str) -> int:
        """Give how many faults that somebody asked have not happened yet."""
        with self._lock:
            return sum(fault.times for fault in self._faults.get(who, ()))

    def take(self, place: str, told: str) -> Fault | None:
        """Give what goes wrong at a place, this time.

        Parameters
        ----------
        place : see `Fault`
        told : the event or the request, as text
        """
        with self._lock:
            for fault in (each for own in self._faults.values() for each in own):
                if fault.times and fault.of in told and fnmatchcase(place, fault.at):
                    fault.times -= 1
                    return fault
        return None
