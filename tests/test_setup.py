"""The product is installed with and without a C compiler."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]


@pytest.fixture
def house(tmp_path):
    """Copy what is needed to build, and what Cython made before."""
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy2(HOUSE / name, tmp_path)
    for name in ("simulation", "build"):
        if (HOUSE / name).exists():
            shutil.copytree(
                HOUSE / name, tmp_path / name, ignore=shutil.ignore_patterns("*.so", "__pycache__")
            )
    return tmp_path


def test_without_a_compiler_it_is_built_without_the_compiled_loops(house):
    built = subprocess.run(
        [sys.executable, "setup.py", "build_ext", "--inplace"],
        cwd=house,
        env={**os.environ, "CC": "no-such-compiler"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    told = built.stdout + built.stderr
    for room in ("contacts", "measures", "play"):
        assert f'building extension "simulation.{room}.compiled" failed' in told
    assert not list(house.glob("simulation/*/*.so"))
