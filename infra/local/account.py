"""An account that lasts as long as this process: how to reach it, and what is deployed in it."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import boto3

from infra.local.ports import HOST, free_ports
from infra.local.sandbox import INSIDE

REGION: Final = "eu-west-1"
STACK: Final = "kanaalkompas"
ARTIFACTS: Final = "artifacts"
SERVICES: Final = (
    "apigateway",
    "cloudformation",
    "dynamodb",
    "iam",
    "lambda",
    "logs",
    "monitoring",
    "s3",
    "sns",
    "sqs",
    "stepfunctions",
    "sts",
)
PATIENCE: Final = 60.0
"""Seconds in which MiniStack has to answer."""


class Undeployed(Exception):
    """The template could not be deployed."""


@dataclass(frozen=True)
class Account:
    """An account.

    Attributes
    ----------
    api : address of the API, once there is one
    environment : what a program needs to reach it as its root
    """

    api: str
    environment: dict[str, str]

    @property
    def endpoint(self) -> str:
        """Address at which AWS answers."""
        return self.environment["AWS_ENDPOINT_URL"]

    def session(self) -> boto3.Session:
        """Give a session of its root."""
        return boto3.Session(
            self.environment["AWS_ACCESS_KEY_ID"],
            self.environment["AWS_SECRET_ACCESS_KEY"],
            region_name=REGION,
        )

    def deploy(self, template: Path, parameters: dict[str, str], log: Path) -> None:
        """Deploy a template as an account owner does.

        Raises
        ------
        Undeployed
            When it fails; what was told is in the log.
        """
        bucket = self.session().client("s3", endpoint_url=self.endpoint)
        bucket.create_bucket(
            Bucket=ARTIFACTS, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        command = [
            *(
                sys.executable,
                str(INSIDE / "sam.py"),
                "deploy",
                "--template-file",
                str(template.resolve()),
            ),
            *("--stack-name", STACK, "--s3-bucket", ARTIFACTS, "--no-confirm-changeset"),
            *("--capabilities", "CAPABILITY_IAM", "--no-progressbar", "--parameter-overrides"),
            *(f"{name}={value}" for name, value in parameters.items()),
        ]
        with log.open("wb") as told:
            # Elsewhere than where the project says how to deploy to a real account.
            done = subprocess.run(
                command,
                cwd=log.parent,
                env=self.environment,
                stdout=told,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            raise Undeployed(log.read_text(encoding="utf-8", errors="replace"))

    def outputs(self) -> dict[str, str]:
        """Give the outputs of the stack."""
        stacks = self.session().client("cloudformation", endpoint_url=self.endpoint)
        stack = stacks.describe_stacks(StackName=STACK)["Stacks"][0]
        return {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}


@contextmanager
def opened(folder: Path, sandboxes: int) -> Iterator[Account]:
    """Open an account with nothing in it; nothing is left of it afterwards."""
    port, api_port = free_ports(2)
    environment = _environment(folder, port)
    command = [sys.executable, str(INSIDE / "launch.py"), sys.executable, "-m", "infra.local.cloud"]
    numbers = map(str, (port, api_port, sandboxes))
    with (folder / "cloud.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, str(folder), *numbers],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    account = Account(f"http://{HOST}:{api_port}", environment)
    try:
        _await(account, process, folder / "cloud.log")
        yield account
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(account: Account, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the account answers.

    Raises
    ------
    Undeployed
        When it does not.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            account.session().client("sts", endpoint_url=account.endpoint).get_caller_identity()
        except Exception:
            time.sleep(0.1)
        else:
            return
    raise Undeployed(log.read_text(encoding="utf-8", errors="replace"))


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Give the environment of MiniStack, and of programs that use it.

    It listens on all interfaces unless it is told not to: on its own port, and for IoT and SFTP.
    """
    (folder / "home").mkdir()
    (folder / "tmp").mkdir()
    return {
        **{name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ},
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": f"http://{HOST}:{port}",
        "AWS_SECRET_ACCESS_KEY": secrets.token_hex(20),
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "HOME": str(folder / "home"),
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "MINISTACK_REGION": REGION,
        "S3_DATA_DIR": str(folder / "s3"),
        "SAM_CLI_TELEMETRY": "0",
        "SERVICES": ",".join(SERVICES),
        "SFTP_ENABLED": "0",
        "STATE_DIR": str(folder / "state"),
        "TMPDIR": str(folder / "tmp"),
    }
