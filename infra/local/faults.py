"""Faults on request: what AWS does now and then, when a test asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from threading import Lock
from typing import Any, Final

KILLED: Final = "killed"
TWICE: Final = "twice"


@dataclass
class Fault:
    """Something that goes wrong.

    Attributes
    ----------
    at : a pattern of places: ``lambda:*Simulate*``, ``s3:PUT``, ``dynamodb:PutItem``
    error : the name under which it fails; or, of a function, ``killed`` or ``twice`` (invoked)
    times : how often it still does
    after : seconds after which a function is killed
    """

    at: str
    error: str
    times: int = 1
    after: float = 0.0


class Faults:
    """What still has to go wrong."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: list[Fault] = []

    def ask(self, wanted: Iterable[dict[str, Any]]) -> None:
        """Have these go wrong from now on, and nothing else."""
        faults = [Fault(**each) for each in wanted]
        with self._lock:
            self._faults = faults

    def left(self) -> int:
        """Give how many faults have not happened yet."""
        with self._lock:
            return sum(fault.times for fault in self._faults)

    def take(self, place: str) -> Fault | None:
        """Give what goes wrong at a place, this time."""
        with self._lock:
            for fault in self._faults:
                if fault.times and fnmatchcase(place, fault.at):
                    fault.times -= 1
                    return fault
        return None
