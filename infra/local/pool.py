"""The sandboxes of all functions: as many of each as there may be, started when they are needed."""

import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Condition

from infra.local.function import Function
from infra.local.runtime import lay_out_runtime
from infra.local.sandbox import Answer, Sandbox, home_of


class Pool:
    """The sandboxes of all functions.

    Parameters
    ----------
    folder : where it keeps what it needs
    most : sandboxes of one function
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._most = most
        self._changed = Condition()
        self._idle: dict[str, list[Sandbox]] = defaultdict(list)
        self._at_work: dict[str, Sandbox] = {}
        self._number: Counter[str] = Counter()
        # A sandbox dies with the thread that started it, so all are started by one that stays.
        self._starter = ThreadPoolExecutor(1)
        lay_out_runtime(self._runtime)

    @property
    def _runtime(self) -> Path:
        return self._folder / "runtime"

    def invoke(self, function: Function, event: object, request: str) -> Answer:
        """Have an event handled by a sandbox, when one is free.

        Parameters
        ----------
        function : that handles it
        event : to handle
        request : its name
        """
        with self._sandbox(function) as sandbox:
            return sandbox.invoke(event, request)

    def kill(self, name: str, told: str) -> None:
        """Kill what handles an event in a sandbox, to be told under the name of an error."""
        self._at_work[name].kill(told)

    @contextmanager
    def _sandbox(self, function: Function) -> Iterator[Sandbox]:
        sandbox = self._taken(function)
        self._at_work[sandbox.name] = sandbox
        try:
            yield sandbox
        finally:
            del self._at_work[sandbox.name]
            if not sandbox.usable:
                sandbox.stop()
            with self._changed:
                if sandbox.usable:
                    self._idle[function.name].append(sandbox)
                else:
                    self._number[function.name] -= 1
                self._changed.notify_all()

    def _taken(self, function: Function) -> Sandbox:
        """Take the sandbox that was used last, or a new one; wait when there are too many."""
        name = function.name
        with self._changed:
            self._retire(function)
            while not self._idle[name] and self._number[name] >= self._most:
                self._changed.wait()
                self._retire(function)
            if self._idle[name]:
                return self._idle[name].pop()
            self._number[name] += 1
        try:
            home = home_of(self._folder / "sandboxes", function)
            return Sandbox(function, home, self._runtime, self._started)
        except BaseException:
            with self._changed:
                self._number[name] -= 1
                self._changed.notify_all()
            raise

    def _retire(self, function: Function) -> None:
        """Stop sandboxes of a version that was deployed before."""
        own = self._idle[function.name]
        for sandbox in [each for each in own if each.function.version != function.version]:
            own.remove(sandbox)
            sandbox.stop()
            self._number[function.name] -= 1

    def _started(self, start: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
        return self._starter.submit(start).result()
