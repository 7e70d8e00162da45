"""A store in a local folder."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from functions.storage.ports import Record, checked

_TEMPORARY = ".part-"

_END = ".json"
"""Of the name of a record; one that is being written has none."""


class Damaged(ValueError):
    """A record is not as it was written."""


class FolderFiles:
    """Files in a folder: each takes its name when all of it is on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, key: str) -> bytes | None:
        """Give a file; None if there is none."""
        try:
            return self._place(key).read_bytes()
        except FileNotFoundError:
            return None

    def read_all(self, keys: Sequence[str]) -> Iterator[bytes | None]:
        """Give several files in the order of their keys."""
        return map(self.read, keys)

    def write(self, key: str, data: bytes) -> None:
        """Write a file, whatever stood there."""
        with _Written(self._place(key), data) as part:
            part.replace(self._place(key))

    def write_new(self, key: str, data: bytes) -> bool:
        """Write a file unless there is one; tell whether it was written."""
        with _Written(self._place(key), data) as part:
            try:
                os.link(part, self._place(key))
            except FileExistsError:
                return False
        return True

    def write_all_new(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Write each of several files, by key, unless there is one."""
        for key, data in files:
            self.write_new(key, data)

    def keys(self, prefix: str) -> Iterator[str]:
        """Give the keys that begin with a prefix, in order."""
        within = self._folder / prefix.rpartition("/")[0]
        # Other than `glob`, `walk` passes over folders that are removed meanwhile.
        found = [Path(place, name) for place, _, names in os.walk(within) for name in names]
        for path in sorted(found):
            key = path.relative_to(self._folder).as_posix()
            if key.startswith(prefix) and not path.name.startswith(_TEMPORARY):
                yield key

    def remove(self, prefix: str) -> None:
        """Remove all files whose keys begin with a prefix."""
        place = self._place(prefix)
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
            return
        for key in list(self.keys(prefix)):
            self._place(key).unlink(missing_ok=True)

    def keep(self, prefix: str) -> None:
        """Nothing goes from a folder by itself."""

    def renew(self, prefix: str) -> None:
        """Nothing goes from a folder by itself."""

    def address(self, key: str, kind: str, seconds: int) -> None:
        """Give none: who may read the folder may not be who asks."""

    def _place(self, key: str) -> Path:
        return self._folder / checked(key)


class _Written:
    """A file under another name for the time being; gone afterwards if nobody took it."""

    def __init__(self, place: Path, data: bytes) -> None:
        self._part = place.with_name(_TEMPORARY + secrets.token_hex(6))
        self._data = data

    def __enter__(self) -> Path:
        self._part.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._part.open("xb") as file:
                file.write(self._data)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            self._part.unlink(missing_ok=True)
            raise
        return self._part

    def __exit__(self, *_: object) -> None:
        self._part.unlink(missing_ok=True)


class _Owned(NamedTuple):
    """What never changes of a record."""

    owner: str | None
    created: str


class FolderRecords:
    """Records in a folder, a file each with its version; who writes holds a lock."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._files = FolderFiles(folder)
        self._folder = folder
        self._owned: dict[str, dict[str, _Owned]] = {}

    def create(self, kind: str, name: str, data: dict[str, Any]) -> bool:
        """Keep a record unless there is one; tell whether it was kept."""
        with self._held():
            return self._files.write_new(_place(kind, name), _written(data, 1))

    def get(self, kind: str, name: str) -> Record | None:
        """Give a record; None if there is none."""
        place = _place(kind, name)
        text = self._files.read(place)
        try:
            return None if text is None else Record(**json.loads(text))
        except (TypeError, ValueError):
            told = f"{self._folder / place}: is damaged; put it back from a copy, or remove it"
            raise Damaged(told) from None

    def replace(self, kind: str, name: str, data: dict[str, Any], version: int) -> bool:
        """Replace a record if it still has a version; tell whether it had."""
        with self._held():
            found = self.get(kind, name)
            if found is None or found.version != version:
                return False
            self._files.write(_place(kind, name), _written(data, version + 1))
            return True

    def add(
        self, kind: str, name: str, amounts: dict[str, int], _expires: int | None = None
    ) -> None:
        """Count in a record, whoever else does at the same time; made if it is not there."""
        with self._held():
            found = self.get(kind, name) or Record({}, 0)
            new = {field: found.data.get(field, 0) + own for field, own in amounts.items()}
            data = _written({**found.data, **new}, found.version + 1)
            self._files.write(_place(kind, name), data)

    def all(self, kind: str) -> list[tuple[str, Record]]:
        """Give all records of a kind by name, the latest last."""
        names = [Path(key).stem for key in self._files.keys(f"{kind}/")]
        found = [(name, own) for name in names if (own := self.get(kind, name)) is not None]
        return sorted(found, key=lambda each: str(each[1].data.get("created", "")))

    def some(
        self, kind: str, owner: str, most: int, after: str | None = None
    ) -> tuple[list[tuple[str, Record]], bool]:
        """Give a few of the records that somebody owns, the latest first; see the port.

        Only those are read. Whose a record is and when it was made stay as they are, so each is
        read for that once.
        """
        names = self._names_of(kind, owner)
        shown = _part(names, most, after)
        found = [(name, own) for name in names[shown] if (own := self.get(kind, name)) is not None]
        return found, shown.stop < len(names)

    def _names_of(self, kind: str, owner: str) -> list[str]:
        """Name the records that somebody owns, the latest first."""
        known = self._owned.get(kind, {})
        found = {}
        for name in self._names(kind):
            own = known.get(name) or self._read_owner(kind, name)
            if own is not None:
                found[name] = own
        self._owned[kind] = found
        mine = [(own.created, name) for name, own in found.items() if own.owner == owner]
        return [name for _, name in sorted(mine, reverse=True)]

    def _names(self, kind: str) -> list[str]:
        try:
            places = os.listdir(self._folder / kind)  # noqa: PTH208 - makes no path of each
        except FileNotFoundError:
            return []
        return [name for name, end in map(os.path.splitext, places) if end == _END]

    def _read_owner(self, kind: str, name: str) -> "_Owned | None":
        record = self.get(kind, name)
        if record is None:
            return None
        return _Owned(record.data.get("owner"), str(record.data.get("created", "")))

    def remove(self, kind: str, name: str) -> None:
        """Remove a record, if there is one."""
        with self._held():
            self._files.remove(_place(kind, name))

    def check(self) -> None:
        """Read every record.

        Raises
        ------
        Damaged
            When one cannot be read.
        """
        for place in self._folder.glob("*/*.json"):
            self.get(place.parent.name, place.stem)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the lock: the system lets go of it however a process ends."""
        with (self._folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _part(names: Sequence[str], most: int, after: str | None) -> slice:
    """Give the part of a list that `FolderRecords.some` gives of it."""
    first = 0 if after is None else names.index(after) + 1 if after in names else len(names)
    return slice(first, min(first + most, len(names)))


def _place(kind: str, name: str) -> str:
    return f"{kind}/{name}{_END}"


def _written(data: dict[str, Any], version: int) -> bytes:
    return json.dumps({"data": data, "version": version}, ensure_ascii=False).encode()


class FolderStore:
    """Files and records of one folder.

    Parameters
    ----------
    folder : made if it is not there
    """

    def __init__(self, folder: Path) -> None:
        folder = Path(os.path.realpath(folder))
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.files = FolderFiles(folder / "files")
        self.records = FolderRecords(folder / "records")

    def clear(self) -> None:
        """Remove what writers that were killed left half written; nobody else may be writing.

        Raises
        ------
        Damaged
            When a record cannot be read.
        """
        for folder, _, names in os.walk(self.folder):
            for name in names:
                if name.startswith(_TEMPORARY):
                    Path(folder, name).unlink(missing_ok=True)
        self.records.check()
