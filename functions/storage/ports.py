"""Where runs are kept: what every store can do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

COUNT: Final = "count"
"""Kind of the records that are counted in; nobody lists them."""


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


def checked(key: str) -> str:
    """Give a key back if it is one.

    Raises
    ------
    ValueError
        When it names nothing, or something outside of the store.
    """
    parts = key.removesuffix("/").split("/")
    if not all(parts) or {".", ".."} & set(parts) or "\0" in key:
        raise ValueError(f"{key}: is not a key")
    return key


class Files(Protocol):
    """Files by key, such as ``answers/KEY/result.json``; a reader never sees a part of one."""

    def read(self, key: str) -> bytes | None:
        """Give a file; None if there is none."""

    def read_all(self, keys: Sequence[str]) -> Iterator[bytes | None]:
        """Give several files in the order of their keys, a few at a time."""

    def write(self, key: str, data: bytes) -> None:
        """Write a file, whatever stood there."""

    def write_new(self, key: str, data: bytes) -> bool:
        """Write a file unless there is one; tell whether it was written."""

    def write_all_new(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Write each of several files, by key, unless there is one."""

    def keys(self, prefix: str) -> Iterable[str]:
        """Give the keys that begin with a prefix, in order."""

    def remove(self, prefix: str) -> None:
        """Remove all files whose keys begin with a prefix."""

    def keep(self, prefix: str) -> None:
        """Keep files whose keys begin with a prefix, however old they become."""

    def renew(self, prefix: str) -> None:
        """Have files whose keys begin with a prefix go as late as if they were written now."""

    def address(self, key: str, kind: str, seconds: int) -> str | None:
        """Give an address at which a file can be had for a while.

        Parameters
        ----------
        key : of the file
        kind : media type with which it is given
        seconds : for how long

        Returns
        -------
        None if there is no such file, or if this store has no addresses.
        """


class Records(Protocol):
    """Small records that several may change."""

    def create(self, kind: str, name: str, data: dict[str, Any]) -> bool:
        """Keep a record unless there is one; tell whether it was kept."""

    def get(self, kind: str, name: str) -> Record | None:
        """Give a record; None if there is none."""

    def replace(self, kind: str, name: str, data: dict[str, Any], version: int) -> bool:
        """Replace a record if it still has a version; tell whether it had."""

    def add(
        self, kind: str, name: str, amounts: dict[str, int], expires: int | None = None
    ) -> None:
        """Count in a record, whoever else does at the same time; made if it is not there.

        Parameters
        ----------
        kind, name : of the record
        amounts : to be added, by field
        expires : moment at which it may go, in seconds of the epoch; never if None
        """

    def all(self, kind: str) -> list[tuple[str, Record]]:
        """Give all records of a kind by name, the latest last."""

    def some(
        self, kind: str, owner: str, most: int, after: str | None = None
    ) -> tuple[list[tuple[str, Record]], bool]:
        """Give a few of the records that somebody owns, the latest first.

        One that was kept a moment ago may be missing.

        Parameters
        ----------
        kind, owner : of the records
        most : records to give
        after : name of the record after which they come; none if he has no such record

        Returns
        -------
        The records by name, and whether older ones follow.
        """

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
