"""Where runs are kept: what every store can do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Record:
    """A record as it was read.

    Attributes
    ----------
    data : plain
    version : to write it back with, if nobody else did meanwhile
    """

    data: dict[str, Any]
    version: int


class Files(Protocol):
    """Files by key, such as ``answers/KEY/result.json``; a reader never sees a part of one."""

    def read(self, key: str) -> bytes | None:
        """Give a file; None if there is none."""

    def write(self, key: str, data: bytes) -> None:
        """Write a file, whatever stood there."""

    def write_new(self, key: str, data: bytes) -> bool:
        """Write a file unless there is one; tell whether it was written."""

    def keys(self, prefix: str) -> Iterable[str]:
        """Give the keys that begin with a prefix, in order."""

    def remove(self, prefix: str) -> None:
        """Remove all files whose keys begin with a prefix."""


class Records(Protocol):
    """Small records that several may change."""

    def create(self, kind: str, name: str, data: dict[str, Any]) -> bool:
        """Keep a record unless there is one; tell whether it was kept."""

    def get(self, kind: str, name: str) -> Record | None:
        """Give a record; None if there is none."""

    def replace(self, kind: str, name: str, data: dict[str, Any], version: int) -> bool:
        """Replace a record if it still has a version; tell whether it had."""

    def all(self, kind: str) -> list[tuple[str, Record]]:
        """Give all records of a kind by name, the latest last."""

    def remove(self, kind: str, name: str) -> None:
        """Remove a record, if there is one."""


class Store(Protocol):
    """Both."""

    @property
    def files(self) -> Files:
        """Files by key."""

    @property
    def records(self) -> Records:
        """Small records."""
