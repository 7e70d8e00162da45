"""Makes what is in the zip of a function: ``python infra/packages/build.py NAME FOLDER``.

Distributions come as wheels for Lambda, whatever machine this is, at the versions and with the
hashes of requirements.lock. Our own code is copied, with the engine that ``make setup`` compiled.
All of it is compiled beforehand, for a Lambda cannot keep what it compiles.

From the environment: ``PACKAGE_PYTHON``, a version or an interpreter to make it for (3.13, that of
the template), and ``PACKAGE_MACHINE`` (x86_64, or aarch64 for Lambdas on arm64).
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

HOUSE: Final = Path(__file__).parents[2]
LOCK: Final = HOUSE / "requirements.lock"
PACKAGES: Final = Path(__file__).parent / "packages.toml"

NEWEST_GLIBC: Final = (2, 34)
"""That of Amazon Linux 2023, on which Lambda runs Python 3.13."""

_MACHINES: Final = {62: "x86_64", 183: "aarch64"}
"""By the number that an ELF file has for it."""

_NEVER_READ: Final = ("*.pyi", "*.pxd", "*.pyx", "*.h", "*.a", "*.c", "*.cpp", "*.hpp")
_NEVER_ENTERED: Final = ("tests", "__pycache__", "bin", "include")


class Unfit(Exception):
    """What is there cannot be used, and why."""


def build(name: str, folder: Path) -> None:
    """Make what is in the zip of a function.

    Parameters
    ----------
    name : of the function, in packages.toml
    folder : that becomes the zip; made if it is not there

    Raises
    ------
    Unfit
        When the engine is not compiled, or not for Lambda.
    """
    wanted = tomllib.loads(PACKAGES.read_text("utf-8"))[name]
    machine = os.environ.get("PACKAGE_MACHINE", "x86_64")
    python = _interpreter(os.environ.get("PACKAGE_PYTHON", "3.13"))
    folder.mkdir(parents=True, exist_ok=True)
    _install(wanted["distributions"], folder, _version(python), machine)
    _copy_code(wanted, folder)
    if wanted["engine"]:
        _copy_engine(folder, machine)
    _prune(folder)
    _compile(folder, python)


def _uv(*arguments: str) -> str:
    own = Path(sys.executable).with_name("uv")
    uv = str(own) if own.exists() else "uv"
    done = subprocess.run([uv, *arguments], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()


def _interpreter(wanted: str) -> str:
    """Give an interpreter; uv fetches one that is not there."""
    told = "import sys; print(sys.executable)"
    return _uv("run", "--no-project", "--quiet", "--python", wanted, "python", "-c", told)


def _version(python: str) -> str:
    told = "import sys; print('{}.{}'.format(*sys.version_info))"
    done = subprocess.run([python, "-c", told], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def locked(names: list[str]) -> Iterator[str]:
    """Give what the lock says of distributions: version and hashes of each.

    Raises
    ------
    Unfit
        When it does not name one.
    """
    entries = re.split(r"\n(?=\S)", LOCK.read_text("utf-8"))
    found = {entry.partition("==")[0]: entry for entry in entries}
    for name in names:
        if name not in found:
            raise Unfit(f"requirements.lock does not name {name}")
        yield found[name]


def _install(names: list[str], folder: Path, version: str, machine: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(locked(names)) + "\n")
        file.flush()
        _uv(
            *("pip", "install", "--quiet", "--no-deps", "--require-hashes"),
            *("--only-binary", ":all:", "--link-mode", "copy"),
            *("--python-version", version, "--python-platform", f"{machine}-manylinux_2_28"),
            *("--target", str(folder), "--requirement", file.name),
        )


def _copy_code(wanted: dict[str, Any], folder: Path) -> None:
    left_out = {HOUSE / each for each in wanted["without"]}

    def ignored(place: str, names: list[str]) -> list[str]:
        return [
            name
            for name in names
            if name == "__pycache__" or name.endswith(".so") or Path(place, name) in left_out
        ]

    for part in ("functions", "simulation", *(["scenarios"] if wanted["scenarios"] else [])):
        shutil.copytree(HOUSE / part, folder / part, ignore=ignored, dirs_exist_ok=True)


def _copy_engine(folder: Path, machine: str) -> None:
    found = sorted(HOUSE.glob("simulation/*/compiled.abi3.so"))
    if len(found) != len(list(HOUSE.glob("simulation/*/compiled.py"))):
        raise Unfit("the engine is not compiled: install a C compiler and run `make setup`")
    for path in found:
        check_engine(path.read_bytes(), machine)
        shutil.copy(path, folder / path.relative_to(HOUSE))


def check_engine(data: bytes, machine: str) -> None:
    """See whether a compiled module runs where Lambda does.

    Raises
    ------
    Unfit
        When it does not.
    """
    made_for = _MACHINES.get(int.from_bytes(data[18:20], "little"))
    if made_for != machine:
        told = made_for or "another system than Linux"
        raise Unfit(f"the engine was compiled for {told}, not for {machine}: see PACKAGE_MACHINE")
    asked = [(int(a), int(b)) for a, b in re.findall(rb"GLIBC_(\d+)\.(\d+)", data)]
    if max(asked, default=(0, 0)) > NEWEST_GLIBC:
        raise Unfit(
            f"the engine asks glibc {max(asked)[0]}.{max(asked)[1]}; Lambda has "
            f"{NEWEST_GLIBC[0]}.{NEWEST_GLIBC[1]}: build on an older Linux"
        )


def _prune(folder: Path) -> None:
    """Remove what nothing reads when it runs. Licences stay."""
    for pattern in _NEVER_READ:
        for path in list(folder.rglob(pattern)):
            path.unlink()
    for name in _NEVER_ENTERED:
        for path in list(folder.rglob(name)):
            if path.is_dir():
                shutil.rmtree(path)


def _compile(folder: Path, python: str) -> None:
    """Compile all, with paths as they will be; what is compiled is used without looking further."""
    subprocess.run(
        [
            *(python, "-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash"),
            *("-s", str(folder), "-p", "/var/task", str(folder)),
        ],
        check=True,
    )


if __name__ == "__main__":
    try:
        build(sys.argv[1], Path(sys.argv[2]))
    except (Unfit, subprocess.CalledProcessError) as error:
        sys.exit(f"package {sys.argv[1]}: {error}")
