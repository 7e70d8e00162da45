"""The rules of the house: one version, a lock that anyone can use, imports that go one way."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import simulation

HOUSE = Path(__file__).parent.parent
ORDER = (
    "scenario",
    "contacts",
    "play",
    "measures",
    "costs",
    "experiment",
    "comparison",
    "sizing",
    "rostering",
    "finance",
    "verification",
    "report",
    "cli",
)
MODULES = sorted(HOUSE.glob("simulation/**/*.py"))

SERVING = {"aws-lambda-powertools", "boto3", "pebble", "waitress", "werkzeug"}
"""What only the functions need."""

LOCKED = re.compile(r"([a-z0-9-]+)==([\w.!+]+)(?: ; [\w .'=<>!()]+)? \\")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?")


def imports(module: Path) -> Iterator[str]:
    """Give the full name of everything a module imports, relative imports resolved."""
    package = module.relative_to(HOUSE).parent.parts
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def room_of(name: str) -> str | None:
    """Give the room under ``simulation`` that a dotted name lies in, None outside the rooms."""
    parts = name.split(".")
    return parts[1] if parts[0] == "simulation" and parts[1:2] and parts[1] in ORDER else None


def place_of(module: Path) -> int:
    """Give a module's place in the order; what is in no room comes before all of them."""
    first = module.relative_to(HOUSE / "simulation").parts[0]
    if first == "__main__.py":
        return len(ORDER)
    return ORDER.index(first) if first in ORDER else -1


def distributions_needed(*, extra: str = "") -> dict[str, Requirement]:
    """Give the requirements of an installed kanaalkompas by canonical name."""
    needed = map(Requirement, metadata.requires("kanaalkompas") or [])
    return {
        canonicalize_name(requirement.name): requirement
        for requirement in needed
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra})
    }


@pytest.fixture(scope="module")
def lock():
    return (HOUSE / "requirements.lock").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def publiccode():
    return yaml.safe_load((HOUSE / "publiccode.yml").read_text(encoding="utf-8"))


def test_installed_version_is_the_package_version():
    assert metadata.version("kanaalkompas") == simulation.__version__


@pytest.mark.parametrize(
    "name", ["requirements.lock", "infra/requirements.lock", "infra/checkov.lock"]
)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(name):
    """So it names no host, no index, no folder of the machine it was made on."""
    lock = (HOUSE / name).read_text(encoding="utf-8").splitlines()
    assert lock
    assert [line for line in lock if not (LOCKED.fullmatch(line) or HASH.fullmatch(line))] == []


def test_lock_satisfies_every_requirement(lock):
    locked = {found[1]: found[2] for line in lock if (found := LOCKED.fullmatch(line))}
    unmet = [
        str(requirement)
        for name, requirement in distributions_needed(extra="dev").items()
        if not requirement.specifier.contains(locked.get(name, "0"))
    ]
    assert unmet == []


@pytest.mark.parametrize(
    "key",
    [
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "categories",
        "developmentStatus",
        "softwareType",
        "legal",
        "maintenance",
        "localisation",
    ],
)
def test_publiccode_has_what_the_standard_requires(publiccode, key):
    assert publiccode[key]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_publiccode_describes_the_product_in_both_languages(publiccode, language):
    description = publiccode["description"][language]
    assert 0 < len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]
    assert all(len(feature) <= 100 for feature in description["features"])


def test_publiccode_agrees_with_the_package(publiccode):
    assert publiccode["softwareVersion"] == simulation.__version__
    assert publiccode["legal"]["license"] == metadata.metadata("kanaalkompas")["License-Expression"]


def test_every_room_has_a_place_in_the_order():
    rooms = {path.parent.name for path in HOUSE.glob("simulation/*/__init__.py")}
    assert rooms - set(ORDER) == set()


def test_no_room_imports_a_later_one():
    backwards = [
        f"{module.relative_to(HOUSE)} imports {name}"
        for module in MODULES
        for name in imports(module)
        if (room := room_of(name)) and ORDER.index(room) > place_of(module)
    ]
    assert backwards == []


def test_only_the_command_that_serves_knows_the_functions():
    aware = {
        str(module.relative_to(HOUSE))
        for module in MODULES
        for name in imports(module)
        if name.partition(".")[0] == "functions"
    }
    assert aware == {"simulation/cli/serve.py"}


def test_simulation_imports_only_what_its_users_install():
    """No cloud in the core (boto3, Powertools), and no tool of the tests (hypothesis, pytest)."""
    owners = metadata.packages_distributions()
    allowed = (distributions_needed(extra="parquet").keys() | {"kanaalkompas"}) - SERVING
    foreign = [
        f"{module.relative_to(HOUSE)} imports {name}"
        for module in MODULES
        for name in imports(module)
        if (root := name.partition(".")[0]) not in sys.stdlib_module_names
        and root not in {"simulation", "functions"}
        and allowed.isdisjoint(map(canonicalize_name, owners.get(root, [])))
    ]
    assert foreign == []
