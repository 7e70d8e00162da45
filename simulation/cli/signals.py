"""What asks a process to end: Ctrl-C, SIGTERM, and a terminal that is closed."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Signals that ask a process to end, besides Ctrl-C; Windows knows no SIGHUP."""


@contextmanager
def ending_like_ctrl_c() -> Iterator[None]:
    """Let SIGTERM, and a terminal that is closed, do what Ctrl-C does.

    What the caller of the process let it ignore, as `nohup` does, it goes on ignoring.
    """
    before = {number: signal.getsignal(number) for number in _ENDS}
    heard = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in heard:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number])


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def ignore_from_now_on() -> None:
    """Let nothing interrupt this process any more, so that it can write down what it has."""
    for number in (signal.SIGINT, *_ENDS):
        signal.signal(number, signal.SIG_IGN)
