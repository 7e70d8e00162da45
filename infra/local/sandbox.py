"""One sandbox: a process that handles one event at a time, in Amazon's runtime."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from infra.local.function import Function
from infra.local.ports import HOST, free_ports
from infra.local.runtime import emulator

Answer = dict[str, Any]

INSIDE: Final = Path(__file__).parent / "inside"
INVOCATIONS: Final = "/2015-03-31/functions/function/invocations"
TIMED_OUT: Final = re.compile(r"Task timed out after [\d.]+ seconds")
START: Final = 10.0
"""Seconds that AWS gives a function to start, which are not counted in its time-out."""


class Sandbox:
    """One sandbox.

    Parameters
    ----------
    function : what runs in it
    home : a folder of its own: `tmp`, `log`, `pid`
    runtime : folder with what AWS brings
    start : how to start a process: from a thread that lives as long as the process should
    """

    def __init__(
        self,
        function: Function,
        home: Path,
        runtime: Path,
        start: Callable[[Callable[[], subprocess.Popen[bytes]]], subprocess.Popen[bytes]],
    ) -> None:
        self.function = function
        (home / "tmp").mkdir(parents=True)
        self._log = home / "log"
        self._told = 0
        self._port, api = free_ports(2)
        self.name = f"sandbox-{self._port}"
        self._killed_as: str | None = None
        command = [
            *(sys.executable, "-S", str(INSIDE / "launch.py"), str(emulator())),
            *("--runtime-interface-emulator-address", f"{HOST}:{self._port}"),
            *("--runtime-api-address", f"{HOST}:{api}"),
            *(sys.executable, "-S", str(INSIDE / "run.py"), str(runtime)),
            *(str(function.memory), function.handler),
        ]
        environment = {
            **function.environment,
            # Stands in the user agent of what is asked of AWS: so it is known who asks it.
            "AWS_SDK_UA_APP_ID": self.name,
            "HOME": str(home),
            "LAMBDA_TASK_ROOT": str(function.folder),
            "TMPDIR": str(home / "tmp"),
        }
        with self._log.open("wb") as log:
            self._process = start(
                lambda: subprocess.Popen(
                    command,
                    cwd=function.folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )
        (home / "pid").write_text(str(self._process.pid), encoding="ascii")
        self.usable = True

    def invoke(self, event: object, request: str) -> Answer:
        """Have an event handled; give what MiniStack wants to hear of it."""
        try:
            text = self._post(json.dumps(event).encode(), request)
            if self._killed_as is not None:
                return self._failed(self._killed_as, f"RequestId: {request} Error: {text}")
        except TimeoutError:
            text = f"Task timed out after {self.function.timeout:.2f} seconds"
        except (OSError, http.client.HTTPException) as gone:
            return self._failed("Runtime.ExitError", f"Runtime exited: {gone!r}")
        if TIMED_OUT.search(text):
            return self._failed("Sandbox.Timedout", f"RequestId: {request} Error: {text}")
        try:
            body = json.loads(text)
        except ValueError:
            return self._failed("Runtime.ExitError", f"Runtime exited, after: {text[:100]!r}")
        if isinstance(body, dict) and "errorType" in body:
            kind = str(body["errorType"])
            # An exception leaves the process as it was; the runtime's own errors end it.
            self.usable &= not kind.startswith(("Runtime.", "Sandbox.", "Extension."))
            return self._told_of({"body": body, "error": True, "function_error": "Unhandled"})
        return self._told_of({"body": body})

    def kill(self, told: str) -> None:
        """Kill what handles the event, to be told under the name of an error."""
        self.usable, self._killed_as = False, told
        _kill(descendants(self._process.pid))

    def stop(self) -> None:
        """End all its processes, at once."""
        self.usable = False
        _kill([*descendants(self._process.pid), self._process.pid])
        self._process.wait()

    def _post(self, data: bytes, request: str) -> str:
        """Send an event, waiting until the emulator listens; give its answer.

        Raises
        ------
        TimeoutError
            When there is none in the time of the function and of its start.
        OSError
            When the sandbox died.
        """
        until = monotonic() + START
        connection = http.client.HTTPConnection(HOST, self._port, self.function.timeout + START)
        while True:
            try:
                connection.connect()
                break
            except ConnectionRefusedError:
                if monotonic() > until or self._process.poll() is not None:
                    raise
                sleep(0.01)
        try:
            connection.request("POST", INVOCATIONS, data, {"X-Amzn-RequestId": request})
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def _failed(self, kind: str, message: str) -> Answer:
        self.usable = False
        body = {"errorType": kind, "errorMessage": message}
        return self._told_of({"body": body, "error": True, "function_error": "Unhandled"})

    def _told_of(self, answer: Answer) -> Answer:
        """Add what was logged since the event before."""
        with self._log.open("rb") as log:
            log.seek(self._told)
            text = log.read()
        self._told += len(text)
        return {**answer, "log": text.decode(errors="replace"), "log_source": "rie"}


def _kill(processes: list[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def descendants(process: int) -> list[int]:
    """Give the processes that a process started, and those that they started."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return []
    own = [int(child) for text in lists for child in text.split()]
    return [*own, *(below for child in own for below in descendants(child))]


def home_of(folder: Path, function: Function) -> Path:
    """Make the folder of another sandbox of a function."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{function.name}-", dir=folder))
