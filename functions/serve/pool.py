"""Worker processes of this machine, which do what handlers do."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError, InvalidStateError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from threading import Lock
from typing import Any

from pebble import ProcessFuture, ProcessPool

from simulation.experiment.workers import follow_parent


class Pool:
    """Worker processes until it is closed.

    Pebble gives up for good when a worker dies while none of them has work, and when no process
    can be started. Another pool takes its place then.

    Parameters
    ----------
    workers : how many
    environment : settings for them
    """

    def __init__(self, workers: int, environment: Mapping[str, str]) -> None:
        self._workers = workers
        self._environment = dict(environment)
        self._lock = Lock()
        self._given: set[ProcessFuture[Any]] = set()
        self._closed = False
        self._pool = self._opened()

    def schedule(
        self, name: str, event: dict[str, Any], seconds: float | None = None
    ) -> ProcessFuture[Any]:
        """Have a handler called.

        Parameters
        ----------
        name : of the function
        event : for its handler
        seconds : that it may take

        Raises
        ------
        CancelledError
            When the pool is closed.
        """
        with self._lock, _deaf():
            if self._closed:
                raise CancelledError
            self._mend()
            future: ProcessFuture[Any] = self._pool.schedule(
                _run, args=(name, event), timeout=seconds
            )
            self._given.add(future)
        future.add_done_callback(self._given.discard)
        return future

    def mend(self) -> None:
        """Have other workers if these were given up; what they had in hand fails."""
        with self._lock, _deaf():
            if not self._closed:
                self._mend()

    def close(self) -> None:
        """Stop, and end the workers."""
        with self._lock:
            self._closed = True
            self._end()

    def _mend(self) -> None:
        if self._pool.active:
            return
        self._end()
        self._pool = self._opened()
        for future in list(self._given):  # Pebble forgets what it was given while it gave up
            with suppress(InvalidStateError):
                future.set_exception(BrokenProcessPool("the workers died"))

    def _end(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _opened(self) -> ProcessPool:
        # Some versions of Python block no signals any more when it has begun.
        resource_tracker.ensure_running()
        return ProcessPool(
            self._workers,
            initializer=_ready,
            initargs=[self._environment],
            context=get_context("spawn"),
        )


@contextmanager
def _deaf() -> Iterator[None]:
    """Begin processes that hear no Ctrl-C, which a terminal tells to all; the server ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ready(environment: dict[str, str]) -> None:
    """Set up a worker.

    It ends at once when it is told to: the pool's own handler would wait for the compiled loop.
    Powertools prints a metric at the first call even where metrics are off: nobody reads that here.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.update(environment, TTY_COMPATIBLE="0")  # nobody watches bars here
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - as long as the process lives
    follow_parent()


class _Context:
    """What Lambda tells a function of itself, as far as handlers look at it."""

    function_name = "kanaalkompas"
    memory_limit_in_mb = 0
    invoked_function_arn = ""
    aws_request_id = ""


def _run(name: str, event: dict[str, Any]) -> dict[str, Any]:
    from importlib import import_module  # noqa: PLC0415

    found: dict[str, Any] = import_module(f"functions.{name}.handler").handler(event, _Context())
    return found
