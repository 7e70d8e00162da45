"""What asks a process to end: Ctrl-C, SIGTERM, and a terminal that is closed.

It arrives as an exception in the middle of anything, and some libraries swallow one that comes
while they are being imported or tidy up. So it is remembered too: long work and writing ask after
it with `heed`, and a command that was asked to end says so in the end.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Signals that ask a process to end; Windows knows no SIGHUP."""


class AskedToEnd(KeyboardInterrupt):
    """The process was asked to end.

    Where a plain `KeyboardInterrupt` came out of `exec`, Python forgets the exit code later on and
    ends by the signal; of a kind of its own it does not.
    """


class _Memory:
    listening = asked = False


def asked_to_end() -> bool:
    """Tell whether this process was asked to end."""
    return _Memory.asked


def heed() -> None:
    """End what is being done if that was asked and somebody swallowed it.

    Raises
    ------
    AskedToEnd
        When it was.
    """
    if _Memory.asked:
        raise AskedToEnd


def listen() -> None:
    """Let SIGTERM, and a terminal that is closed, do what Ctrl-C does; remember all three.

    What the caller of the process let it ignore, as `nohup` does, it goes on ignoring.
    """
    _Memory.listening, _Memory.asked = True, False
    sys.unraisablehook = _complain
    for number in _ENDS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


@contextmanager
def ending_like_ctrl_c() -> Iterator[None]:
    """Listen for a while; who listens already goes on doing so."""
    if _Memory.listening:
        yield
        return
    before, hook = {number: signal.getsignal(number) for number in _ENDS}, sys.unraisablehook
    try:
        listen()
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        sys.unraisablehook = hook
        _Memory.listening = _Memory.asked = False


def ignore_from_now_on() -> None:
    """Let nothing interrupt this process any more, so that it can write down what it has."""
    for number in _ENDS:
        signal.signal(number, signal.SIG_IGN)
    _Memory.asked = False


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    _Memory.asked = True
    raise AskedToEnd


def _complain(swallowed: "sys.UnraisableHookArgs") -> None:
    """Say what was swallowed, unless it is remembered."""
    if not issubclass(swallowed.exc_type, AskedToEnd):
        sys.__unraisablehook__(swallowed)
