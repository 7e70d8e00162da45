"""What cannot be put into a package is refused, in a sentence."""

import os
import subprocess
import sys

import pytest

from infra.packages import build
from tests.infra.conftest import HOUSE

INTEL, ARM = 62, 183
"""Numbers that ELF files have for processors."""


def module(machine, *asked):
    head = b"\x7fELF" + bytes(14) + machine.to_bytes(2, "little")
    return head + b"\0".join([b"", *(f"GLIBC_{each}".encode() for each in asked), b""])


def test_an_engine_for_lambda_is_taken():
    build.check_engine(module(INTEL, "2.2.5", "2.34"), "x86_64")
    build.check_engine(module(ARM, "2.17"), "aarch64")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (module(ARM), "compiled for aarch64, not for x86_64"),
        (b"\xcf\xfa\xed\xfe" + bytes(40), "another system than Linux"),
        (module(INTEL, "2.2.5", "2.38"), "asks glibc 2.38; Lambda has 2.34"),
    ],
)
def test_another_engine_is_refused(data, words):
    with pytest.raises(build.Unfit, match=words):
        build.check_engine(data, "x86_64")


def test_a_distribution_has_the_version_and_hashes_of_the_lock():
    (found,) = build.locked(["simpy"])
    assert found.startswith("simpy==")
    assert "--hash=sha256:" in found


def test_a_distribution_that_is_not_locked_is_refused():
    with pytest.raises(build.Unfit, match=r"requirements\.lock does not name flask"):
        list(build.locked(["flask"]))


def test_it_stops_in_a_sentence_where_there_is_no_such_python(tmp_path):
    done = subprocess.run(
        [sys.executable, "infra/packages/build.py", "api", str(tmp_path)],
        cwd=HOUSE,
        env={**os.environ, "PACKAGE_PYTHON": str(tmp_path / "python")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("package api: ")
    assert "Traceback" not in done.stderr
