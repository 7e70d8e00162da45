"""Signals that wait: moments in which Ctrl-C would leave something half made."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Any

_ENDS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def signals_wait() -> Iterator[None]:
    """Let signals that end this process wait for a moment.

    Their handlers are set aside: any thread may take a signal, and it is then handled in the main
    one, whether or not that one blocks it. Blocked they are for the sake of workers.
    """
    heard: list[int] = []
    handlers: dict[int, Any] = {}
    if current_thread() is main_thread():
        handlers = {number: own for number in _ENDS if callable(own := signal.getsignal(number))}
    try:
        for number in handlers:
            signal.signal(number, lambda number, _: heard.append(number))
        with _blocked():
            yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for number in heard:
            handlers[number](number, None)


@contextmanager
def _blocked() -> Iterator[None]:
    """Begin processes that hear nothing from the terminal; Windows cannot."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
