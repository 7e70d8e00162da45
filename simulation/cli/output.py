"""Writing files: whole or not at all, and told clearly where that cannot be done."""

import errno
import io
import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from simulation.cli.problems import BAD_INPUT, FAULT, Stop
from simulation.cli.signals import heed

_USERS: Final = {
    errno.EACCES: "no permission to write there",
    errno.EPERM: "no permission to write there",
    errno.EROFS: "the disk can only be read",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EEXIST: "a file with that name is in the way",
    errno.EISDIR: "it is a folder",
    errno.ENOENT: "a folder on the path does not exist",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "a link on the path goes round in a circle",
    errno.EINVAL: "the name is not possible on this system",
}
"""What a user can put right by naming another place."""


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it, and see that files can be written in it.

    Raises
    ------
    Stop
        When that cannot be done.
    """
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        probe = _beside(folder / "probe")
        probe.touch(exist_ok=False)
        probe.unlink()


def refuse_inputs(target: Path, inputs: Sequence[Path]) -> None:
    """See that a file to be written is none of those that were read.

    Raises
    ------
    Stop
        When it is.
    """
    if os.path.realpath(target) in map(os.path.realpath, inputs):
        raise Stop(f"{target}: was read for this; name another file to write")


def write_whole(path: Path, text: str) -> None:
    """Write a file in UTF-8; a reader sees the old one or the new one, never a part.

    Raises
    ------
    Stop
        When that cannot be done.
    """
    with open_whole(path) as file:
        file.write(text)


@contextmanager
def open_whole(path: Path) -> Iterator[TextIO]:
    """Open a text file that takes its name when all of it has been written; see `open_bytes`."""
    with open_bytes(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        yield text
        text.flush()
        text.detach()


@contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that takes its name when all of it has been written.

    What stands there is replaced; after an error or an interruption nothing is left behind.

    Raises
    ------
    Stop
        When the file cannot be written.
    """
    with explained(path):
        if is_device(path):
            with path.open("wb") as file:
                yield file
            return
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory", str(path))
        temporary = _beside(target)
        try:
            with temporary.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            heed()
            temporary.replace(target)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    """Name a temporary file in the same folder, so that renaming it is one step."""
    return path.with_name(f".kanaalkompas-{secrets.token_hex(6)}.tmp")


def is_device(path: Path) -> bool:
    """Tell whether a path is that of a terminal, a pipe or the like."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Say clearly why something cannot be written.

    Raises
    ------
    Stop
        When it cannot.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = _USERS.get(error.errno or 0)
        if reason is None:
            raise Stop(f"cannot write {path}: {error.strerror or error}", FAULT) from error
        raise Stop(f"cannot write {path}: {reason}; choose another place", BAD_INPUT) from error
    except ValueError as error:
        raise Stop(f"cannot write {path}: {error}; choose another name", BAD_INPUT) from error
