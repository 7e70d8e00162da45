"""How a command ends when it cannot do what was asked: one clear message and an exit code.

Everything a user can put right ends in a `Stop`. What is left is a fault of the program: it is
said in one line, with the command that shows the details.
"""

import errno
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from simulation.cli.signals import AskedToEnd, asked_to_end, ignore_from_now_on

DONE: Final = 0
FAULT: Final = 1
BAD_INPUT: Final = 2
NORM_NOT_ATTAINED: Final = 3
INTERRUPTED: Final = 130

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


class Stop(Exception):
    """A command ends here, with a message for its user and an exit code."""

    def __init__(self, message: str, code: int = BAD_INPUT) -> None:
        super().__init__(message)
        self.code = code


def say(message: str) -> None:
    """Write a line for the user, beside the result: on stderr."""
    print(message, file=sys.stderr, flush=True)


@contextmanager
def guard(arguments: list[str]) -> Iterator[None]:
    """Turn whatever ends a command into a message and an exit code.

    Parameters
    ----------
    arguments : what the user typed after the name of the program
    """
    try:
        with _heeded():
            yield
            sys.stdout.flush()
    except Stop as stop:
        say(f"Error: {stop}")
        _leave(stop.code)
    except KeyboardInterrupt:
        say("Interrupted.")
        _leave(INTERRUPTED)
    except BrokenPipeError:
        _silence()
        _leave(FAULT)
    except SystemExit as ended:
        # Typer makes an exit of Ctrl-C, without a word.
        if isinstance(getattr(ended.__context__, "__cause__", None), KeyboardInterrupt):
            say("Interrupted.")
        with suppress(BrokenPipeError):
            sys.stdout.flush()
            raise
        _silence()
        _leave(FAULT)
    except Exception as error:
        if "--debug" in arguments:
            raise
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            say(f"Error: cannot write: {error.strerror}")
            _silence()
        else:
            say(_internal(error, arguments))
        _leave(FAULT)


@contextmanager
def _heeded() -> Iterator[None]:
    """Let a command that was asked to end not end as if it were not; nothing interrupts the rest.

    Raises
    ------
    AskedToEnd
        When it was asked, and ends with anything else than the code of an interruption.
    """
    asked = False
    try:
        try:
            yield
        finally:
            asked = asked_to_end()
            ignore_from_now_on()
    except BaseException as ended:
        if asked and getattr(ended, "code", None) != INTERRUPTED:
            raise AskedToEnd from ended
        raise
    if asked:
        raise AskedToEnd


def _leave(code: int) -> None:
    """End the process, even while another exception is being handled."""
    raise SystemExit(code) from None


def _silence() -> None:
    """Let nothing more be written to a pipe that nobody reads."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _internal(error: Exception, arguments: list[str]) -> str:
    text = " ".join(str(error).split())
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    again = shlex.join(["kanaalkompas", "--debug", *arguments])
    return f"Internal error ({what}); please report it.\nThis shows where it happened: {again}"
