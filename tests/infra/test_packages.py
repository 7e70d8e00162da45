"""What is in the zip of each function: what it needs, and little else."""

import ast
import re
import resource
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import boto3
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.infra.conftest import FUNCTIONS, HOUSE

MEBIBYTES = {"api": 36, "plan": 110, "simulate": 92, "merge": 110}
"""Unzipped, at most; 32, 101, 85 and 101 were measured. Lambda takes 250."""

SECONDS = 2.0
"""Of processor time to import, at most: thrice what was measured."""

RUNTIME = {"boto3", "botocore", "s3transfer", "urllib3"}
"""In the runtime of Lambda."""

UNREACHED = {
    "api": {"functions.serve.runner"},
    "plan": set(),
    "simulate": {"functions.logic.answer"},
    "merge": set(),
}
"""Modules that are imported for what a function never does."""

NEVER = {"cython", "pyarrow"}
"""Imported only where it is there, or when it is asked for."""

NUMBERS = {"numpy", "simpy"}
"""Behind imports of the API that only others follow: tests/functions/test_imports.py."""


def folder_of(built, name):
    return built / f"{name.capitalize()}Function"


class _AsItRuns(ast.NodeTransformer):
    """Leaves out what only a type checker reads."""

    def visit_If(self, node):
        only = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return node.orelse if only else self.generic_visit(node)


def imports(module):
    """Give the names that a module of ours imports when it runs, wherever in it."""
    for node in ast.walk(_AsItRuns().visit(ast.parse(module.read_text("utf-8")))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def reached(name):
    """Give the roots of the distributions that a function can come to import."""
    todo, seen, foreign = [f"functions.{name}.handler"], set(UNREACHED[name]), set()
    while todo:
        module = todo.pop()
        root = module.partition(".")[0]
        if root not in {"functions", "simulation"}:
            foreign.add(root)
        elif module not in seen:
            seen.add(module)
            place = HOUSE / module.replace(".", "/")
            found = [
                each for each in (place.with_suffix(".py"), place / "__init__.py") if each.exists()
            ]
            todo += [each for path in found for each in imports(path)]
    return foreign - set(sys.stdlib_module_names)


@pytest.fixture(scope="module")
def runtime(tmp_path_factory):
    """Give a folder with what the runtime of Lambda brings."""
    folder = tmp_path_factory.mktemp("runtime")
    for name in RUNTIME:
        (folder / name).symlink_to(Path(boto3.__file__).parents[1] / name)
    return folder


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_package_is_no_larger_than_it_was(built, name):
    size = sum(path.stat().st_size for path in folder_of(built, name).rglob("*") if path.is_file())
    assert size / 2**20 < MEBIBYTES[name]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_package_starts_alone_and_soon(built, runtime, tmp_path, name):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-S", "-s", "-c", f"import functions.{name}.handler"],
        cwd=tmp_path,
        env={
            "PYTHONPATH": f"{folder_of(built, name)}:{runtime}",
            "AWS_LAMBDA_FUNCTION_NAME": name,
            "POWERTOOLS_TRACE_DISABLED": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_package_holds_whatever_its_function_can_come_to_import(built, name):
    there = {path.name.partition(".")[0] for path in folder_of(built, name).iterdir()}
    numbers = NUMBERS if name == "api" else set()
    assert reached(name) - there - RUNTIME - NEVER - numbers == set()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_package_holds_nothing_that_lambda_has_or_that_only_tests_need(built, name):
    folder = folder_of(built, name)
    there = {path.name for path in folder.iterdir()}
    assert there & {*RUNTIME, "tests", "pytest"} == set()
    assert ("numpy" in there) == (name != "api")
    assert not [path for path in folder.rglob("tests") if path.is_dir()]
    assert (folder / "scenarios").exists() == (name == "api")


@pytest.mark.parametrize("name", ["plan", "simulate", "merge"])
def test_the_engine_is_there_and_stands_on_no_newer_glibc_than_that_of_lambda(built, name):
    found = sorted(folder_of(built, name).glob("simulation/*/compiled.abi3.so"))
    assert [path.parent.name for path in found] == ["contacts", "measures", "play"]
    for path in found:
        asked = re.findall(rb"GLIBC_2\.(\d+)", path.read_bytes())
        assert max(map(int, asked)) <= 34


@pytest.mark.parametrize("name", FUNCTIONS)
def test_all_is_compiled_and_used_without_a_look_at_the_source(built, name):
    folder = folder_of(built, name)
    for path in (folder / "functions").rglob("*.py"):
        (compiled,) = (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc")
        flags = int.from_bytes(compiled.read_bytes()[4:8], "little")
        assert flags == 0b01


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_package_has_all_that_its_distributions_require(name):
    wanted = tomllib.loads((HOUSE / "infra/packages/packages.toml").read_text("utf-8"))[name]
    names = wanted["distributions"]
    required = {
        canonicalize_name(own.name)
        for each in names
        for own in map(Requirement, metadata.requires(each) or [])
        if own.marker is None or own.marker.evaluate({"extra": ""})
    }
    assert names == sorted(set(names))
    assert required - set(names) == set()
