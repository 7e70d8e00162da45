"""A template deployed on this machine, in a process of its own, and what one asks of it."""

import fcntl
import json
import os
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import boto3
import pytest

HOUSE = Path(__file__).parents[2]
TRIED = Path(__file__).parent / "tried" / "template.yaml"
PATIENCE = 180
"""Seconds in which it has to be deployed."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        """Give no other request."""


@dataclass(frozen=True)
class Deployed:
    """What was deployed.

    Attributes
    ----------
    api, issuer : their addresses
    environment : with which its tools reach it
    folder : what it keeps while it runs
    outputs : of the stack
    """

    api: str
    issuer: str
    environment: dict[str, str]
    folder: str
    outputs: dict[str, str]

    @classmethod
    def once(
        cls, template: Path, factory: pytest.TempPathFactory, worker: str, *words: str
    ) -> Self:
        """Deploy a template, once in a run of the tests; it stops with them.

        Parameters
        ----------
        template : as `sam build` made it
        factory, worker : the fixtures ``tmp_path_factory`` and ``worker_id``
        words : options
        """
        alone = worker == "master"
        base = factory.getbasetemp()
        place = (base if alone else base.parent) / f"{template.parent.name}.json"
        return cls.shared(template, place, os.getpid() if alone else os.getppid(), *words)

    @classmethod
    def shared(cls, template: Path, place: Path, beside: int, *words: str) -> Self:
        """Deploy a template, unless another worker of the tests did; it stops with a process.

        Parameters
        ----------
        template : as `sam build` made it
        place : of the file that says where it is
        beside : the process with which it stops
        words : options
        """
        with place.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not place.exists():
                _start(template, place, beside, words)
        return cls(**json.loads(place.read_text("utf-8")))

    @classmethod
    def tried(cls, factory: pytest.TempPathFactory, worker: str) -> Self:
        """Deploy a small template that does what it is told."""
        return cls.once(TRIED, factory, worker, "--sandboxes", "2")

    def token(self, **form: str) -> str:
        """Give a token: `sub`, `scope`, `audience`, `expires_in`."""
        data = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(f"{self.issuer}/token", data) as answer:
            token: str = json.load(answer)["access_token"]
        return token

    def ask(
        self,
        method: str,
        path: str,
        token: str | None = None,
        body: object = None,
        *,
        follow: bool = True,
        **headers: str,
    ) -> tuple[int, dict[str, str], bytes]:
        """Send the API a request; give status, headers and body of the answer.

        It is followed to where the answer is, without the token, as a browser does.
        """
        request = urllib.request.Request(
            self.api + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **headers},
        )
        if token:
            request.add_unredirected_header("Authorization", f"Bearer {token}")
        opener = urllib.request.build_opener(*(() if follow else (_Stay,)))
        try:
            with opener.open(request, timeout=60) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def client(self, service: str) -> Any:
        """Give a client of AWS, as the root of the account."""
        session = boto3.Session(
            self.environment["AWS_ACCESS_KEY_ID"],
            self.environment["AWS_SECRET_ACCESS_KEY"],
            region_name=self.environment["AWS_DEFAULT_REGION"],
        )
        make: Any = session.client
        return make(service, endpoint_url=self.environment["AWS_ENDPOINT_URL"])

    def have_go_wrong(self, who: str, *faults: dict[str, Any]) -> None:
        """Have these faults happen, and no others that the same asked: see infra/local/faults.py.

        Tests that share what is deployed say with ``of`` whose work goes wrong.
        """
        self._faults(who, json.dumps(faults).encode())

    def faults_left(self, who: str) -> int:
        """Give how many faults that somebody asked have not happened."""
        left: int = self._faults(who, None)["left"]
        return left

    def _faults(self, who: str, data: bytes | None) -> dict[str, Any]:
        address = f"{self.environment['AWS_ENDPOINT_URL']}/_local/faults?{who}"
        with urllib.request.urlopen(address, data) as answer:
            told: dict[str, Any] = json.load(answer)
        return told

    def logged(self) -> str:
        """Give all that was logged, by whatever."""
        logs = self.client("logs")
        pages = logs.get_paginator("filter_log_events")
        return "\n".join(
            event["message"]
            for group in logs.describe_log_groups()["logGroups"]
            for page in pages.paginate(logGroupName=group["logGroupName"])
            for event in page["events"]
        )


def _start(template: Path, place: Path, beside: int, words: tuple[str, ...]) -> None:
    command = [str(HOUSE / ".venv-aws/bin/python"), "-m", "infra.local", str(template)]
    options = ["--told", str(place), "--beside", str(beside), *words]
    log = place.with_suffix(".log")
    with log.open("wb") as told:
        process = subprocess.Popen(
            [*command, *options],
            cwd=HOUSE,
            env={**os.environ, "PYTHONPATH": str(HOUSE)},
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    give_up = time.monotonic() + PATIENCE
    while not place.exists():
        failed = process.poll() is not None or time.monotonic() > give_up
        assert not failed, log.read_text("utf-8", errors="replace")
        time.sleep(0.1)
    process.returncode = 0  # nobody waits for it: it stops by itself
