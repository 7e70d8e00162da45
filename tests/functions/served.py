"""`kanaalkompas serve` as a process of its own, and what one asks it."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.conftest import command, environment
from tests.functions.conftest import SMALL

PATIENCE = 180
ENDED = frozenset({"finished", "partial", "failed", "cancelled"})


def asked(**options: Any) -> dict[str, Any]:
    """Give the body of a request about two small scenarios."""
    return {"scenarios": [each.model_dump() for each in SMALL], **options}


@dataclass
class Served:
    """A server that runs."""

    process: subprocess.Popen[str]
    address: str

    @classmethod
    def start(cls, folder: Path, *, workers: int = 2) -> "Served":
        """Start one on a free port."""
        words = command("serve", "--folder", str(folder), "--port", "0", "--workers", str(workers))
        process = subprocess.Popen(
            words,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert process.stderr is not None
        line = process.stderr.readline()
        assert "serves http://127.0.0.1:" in line, line + process.stderr.read()
        return cls(process, line.split("serves ")[1].split()[0].rstrip("/"))

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        """Send a request; give status and body of the answer."""
        request = urllib.request.Request(
            self.address + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def begin(self, **options: Any) -> str:
        """Ask something; give the name of the run."""
        status, body = self.ask("POST", "/runs", asked(**options))
        assert status == 202, body
        name: str = json.loads(body)["id"]
        return name

    def run(self, name: str) -> dict[str, Any]:
        """Give a run."""
        status, body = self.ask("GET", f"/runs/{name}")
        assert status == 200, body
        found: dict[str, Any] = json.loads(body)
        return found

    def ended(self, name: str) -> dict[str, Any]:
        """Wait until a run has ended; give it."""
        give_up = time.monotonic() + PATIENCE
        while (run := self.run(name))["state"] not in ENDED:
            assert time.monotonic() < give_up, run
            time.sleep(0.05)
        return run

    def workers(self) -> list[int]:
        """Give the processes that this one started."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for each in tasks for pid in each.read_text("ascii").split()]

    def kill(self) -> None:
        """Kill it, and nothing but it, as a machine that loses its power would."""
        self.process.kill()
        self.process.wait()
        self._close()

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Ask it to end; give its exit code and what it said."""
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, number)
        assert self.process.stderr is not None
        said = self.process.stderr.read()
        code = self.process.wait(timeout=PATIENCE)
        self._close()
        return code, said

    def __enter__(self) -> "Served":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def _close(self) -> None:
        if self.process.stderr is not None:
            self.process.stderr.close()
