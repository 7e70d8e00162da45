"""The stack as data, its tools in .venv-aws, and its packages built once in a run of the tests."""

import fcntl
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.infra.caller import Caller
from tests.infra.deployed import Deployed

HOUSE = Path(__file__).parents[2]
TEMPLATE = HOUSE / "template.yaml"
MACHINE = HOUSE / "infra" / "machine.asl.json"
TOOLS = HOUSE / ".venv-aws"

FUNCTIONS = ("api", "plan", "simulate", "merge")


class _Loader(yaml.SafeLoader):
    """Reads short forms, such as ``!Ref Bucket``, as their long ones."""


def _long(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        assert isinstance(node, yaml.MappingNode)
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix == "Ref" else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _long)


def resources(template: dict[str, Any], kind: str) -> dict[str, Any]:
    """Give the properties of the resources of a kind, by name."""
    return {
        name: each["Properties"]
        for name, each in template["Resources"].items()
        if each["Type"] == kind
    }


def run_tool(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of .venv-aws, with nothing of an account in its surroundings."""
    assert (TOOLS / "checkov" / "complete").exists(), "run `make aws-lint` first"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    surroundings = {**kept, "AWS_DEFAULT_REGION": "eu-west-1", "SAM_CLI_TELEMETRY": "0"}
    return subprocess.run(
        [str(TOOLS / command[0]), *command[1:]],
        cwd=HOUSE,
        env={**surroundings, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def read_template() -> dict[str, Any]:
    """Give template.yaml."""
    found: dict[str, Any] = yaml.load(TEMPLATE.read_text("utf-8"), Loader=_Loader)
    return found


@pytest.fixture(scope="session")
def template():
    return read_template()


@pytest.fixture(scope="session")
def machine():
    """Give the state machine, with names and numbers filled in."""
    numbers = {"MaxConcurrency": "50", "ToleratedFailurePercentage": "10", "Partition": "aws"}
    text = re.sub(r"\$\{(\w+)\}", lambda name: numbers.get(name[1], name[1]), MACHINE.read_text())
    return json.loads(text)


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id):
    """Give the folder in which `sam build` put the packages, made for this interpreter.

    By whichever worker of the tests is first; the others wait for it.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "sam-build"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "template.yaml").exists():
            done = run_tool(
                *("bin/sam", "build", "--parallel"),
                *("--build-dir", str(folder), "--cache-dir", str(folder.with_suffix(".cache"))),
                PACKAGE_PYTHON=sys.executable,
                PYTHON=sys.executable,
            )
            assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def stack(built, tmp_path_factory, worker_id):
    """Deploy the product, once in a run of the tests."""
    return Deployed.once(built / "template.yaml", tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def anna(stack):
    """Give somebody who may do everything."""
    return Caller.of(stack, sub="anna-de-vries")
