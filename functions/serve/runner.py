"""Answers made by worker processes of this machine, with the handlers that AWS runs.

A worker that dies takes only its own item with it, which is done again. What is under way when
this process ends goes on where it was when the next one starts.
"""

import json
from collections import deque
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from threading import Condition, Event, Thread
from typing import Any, Final

from pebble import ProcessExpired, ProcessFuture

from functions.logic.items import Corrupt
from functions.logic.logs import failed, forget
from functions.logic.records import ANSWER, UNDER_WAY, change
from functions.logic.steps import LOST, TRIES
from functions.observability import logger
from functions.serve.pool import Pool
from functions.storage.ports import Store
from simulation.experiment.workers import cores

AT_ONCE: Final = 4
"""Answers that are made at the same time; others wait their turn."""

_ITEM_SECONDS: Final = 900.0
"""As long as a Lambda may take."""

_PAUSE_SECONDS: Final = 5.0
"""To wait before looking again whether workers live, or a disk has room."""

_DIED: Final = (ProcessExpired, BrokenProcessPool)
"""What is said of work whose worker died."""


class LocalRunner:
    """Makes answers until it is closed.

    Parameters
    ----------
    store : where they are kept
    environment : settings for the workers
    workers : processes; all cores if None
    """

    def __init__(
        self, store: Store, environment: Mapping[str, str], workers: int | None = None
    ) -> None:
        self._store = store
        self.workers = workers or cores()
        self._pool = Pool(self.workers, environment)
        self._changed = Condition()
        self._waiting: deque[tuple[str, Event]] = deque()
        self._stops: dict[str, Event] = {}
        self._closed = False
        self._threads = [
            Thread(target=self._take, name=f"answers-{number}", daemon=True)
            for number in range(AT_ONCE)
        ]
        for thread in self._threads:
            thread.start()

    def resume(self) -> int:
        """Go on with every answer that was under way; give how many there are."""
        forget(self._store)
        names = [
            name
            for name, record in self._store.records.all(ANSWER)
            if record.data["state"] in UNDER_WAY
        ]
        for name in names:
            self.start(name)
        return len(names)

    def start(self, key: str) -> None:
        """Have an answer made; nothing new if that is under way, or it is there."""
        record = self._store.records.get(ANSWER, key)
        if record is None or record.data["state"] not in UNDER_WAY:
            return
        with self._changed:
            if key in self._stops and not self._stops[key].is_set():
                return
            self._stops[key] = Event()
            self._waiting.append((key, self._stops[key]))
            self._changed.notify()

    def cancel(self, key: str, _run: str) -> None:
        """Stop making an answer."""
        with self._changed:
            stop = self._stops.get(key)
            if stop is not None:
                stop.set()
            self._changed.notify_all()

    def is_lost(self, _key: str, _run: str) -> bool:
        """Nothing is lost here: what is under way is gone on with."""
        return False

    def log(self, key: str, letter: str, replication: int) -> None:
        """Have a contact log written."""
        event = {"answer": key, "log": [letter, replication]}

        def over(future: Future[Any]) -> None:
            if not future.cancelled() and (error := future.exception()) is not None:
                logger.error("contact log failed", extra={"answer": key, "reason": str(error)})
                failed(self._store, key, letter, replication, _why(error))

        self._pool.schedule("simulate", event, _ITEM_SECONDS).add_done_callback(over)

    def close(self) -> None:
        """Stop, and end the workers; what is under way can be gone on with."""
        with self._changed:
            self._closed = True
            for stop in self._stops.values():
                stop.set()
            self._changed.notify_all()
        self._pool.close()
        for thread in self._threads:
            thread.join()

    def _take(self) -> None:
        """Make one answer after the other."""
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                key, stop = self._waiting.popleft()
            try:
                self._make(key, stop)
            except CancelledError:
                pass
            except Exception as error:
                if not stop.is_set():
                    self._fail(key, stop, error)
            self._leave(key, stop)

    def _fail(self, key: str, stop: Event, error: Exception) -> None:
        """Write down why an answer failed; if that cannot be done, it is made again after a while.

        So it goes on by itself when a full disk has room again.
        """
        logger.exception("answer failed", extra={"answer": key})
        try:
            self._change(key, {"state": "failed", "problem": _why(error)})
        except (OSError, ValueError):
            self._woken(stop.is_set)

    def _leave(self, key: str, stop: Event) -> None:
        """Forget an answer; who asked for it anew while it ended has it made again."""
        with self._changed:
            if self._stops.get(key) is not stop:
                return
            del self._stops[key]
        if not self._closed:
            with suppress(OSError, ValueError):
                self.start(key)

    def _make(self, key: str, stop: Event) -> None:
        record = self._store.records.get(ANSWER, key)
        if stop.is_set() or record is None:
            return
        event = {"answer": key, "begun": record.data["begun"]}
        step = self._step("plan", event, stop)
        while not step["done"] and not stop.is_set():
            items = json.loads(self._store.files.read(step["items"]) or b"[]")
            self._simulate(key, items, stop)
            if stop.is_set():
                return
            step = self._step("merge", event, stop)

    def _step(self, name: str, event: dict[str, Any], stop: Event) -> dict[str, Any]:
        for tried in range(1, TRIES + 1):
            future = self._pool.schedule(name, event)
            future.add_done_callback(self._wake)
            self._wait_for([future], stop)
            try:
                found: dict[str, Any] = future.result()
            except _DIED:
                if tried == TRIES:
                    raise
                continue
            return found
        raise AssertionError(name)

    def _simulate(self, key: str, items: list[dict[str, Any]], stop: Event) -> None:
        """Do items, a few at a time, so that answers take turns."""
        left, running = deque(items), set[ProcessFuture[Any]]()
        while (left or running) and not stop.is_set():
            while left and len(running) < 2 * self.workers:
                future = self._pool.schedule("simulate", left.popleft(), _ITEM_SECONDS)
                future.add_done_callback(self._wake)
                running.add(future)
            self._wait_for(running, stop)
            for future in [each for each in running if each.done()]:
                running.discard(future)
                self._see(key, future)
        for future in running:
            future.cancel()

    def _see(self, key: str, future: "ProcessFuture[Any]") -> None:
        """See whether an item was done; merging finds out what to do about one that was not."""
        try:
            future.result()
        except (*_DIED, TimeoutError, Corrupt) as lost:
            logger.warning("item lost", extra={"answer": key, "reason": str(lost)})

    def _wait_for(self, futures: Collection[Future[Any]], stop: Event) -> None:
        """Wait until one of them is done, or all is to stop."""

        def over() -> bool:
            return stop.is_set() or any(each.done() for each in futures)

        while not self._woken(over):
            self._pool.mend()
        if self._closed:  # the pool ends its workers; who cancels makes it start new ones
            raise CancelledError
        if stop.is_set():
            for each in futures:
                each.cancel()

    def _woken(self, over: Callable[[], bool]) -> bool:
        with self._changed:
            return self._changed.wait_for(over, _PAUSE_SECONDS)

    def _wake(self, _future: object) -> None:
        with self._changed:
            self._changed.notify_all()

    def _change(self, key: str, new: dict[str, Any]) -> None:
        change(self._store, ANSWER, key, lambda old: new if old["state"] in UNDER_WAY else {})


def _why(error: BaseException) -> str:
    return LOST if isinstance(error, _DIED) else f"{type(error).__name__}: {error}"
