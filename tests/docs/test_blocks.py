"""Whatever the documentation tells a reader to type is typed here."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.scenario import load
from tests.docs.blocks import HOUSE, PAGES, WRITTEN, Block, agrees, blocks, commands
from tests.once import once

EXECUTED = {"console", "python", "yaml"}
SHOWN = {"text", "mermaid"}
"""Languages of blocks that nobody types."""

BASE = "scenarios/small-town/0-today.yaml"
"""What a fragment changes unless it says ``of=...``."""

LONG = re.compile(r"make ([a-z-]+)")
TARGETS = re.findall(
    r"^([a-z-]+):.*## ", (HOUSE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
)

ACCOUNT = "account"
"""Word of a block that needs a stack, in an AWS account or its stand-in: it is not typed here."""


def typed(page: Path) -> list[Block]:
    """Give the blocks of a page that are typed here."""
    return [each for each in blocks(page) if ACCOUNT not in each.words]


WITH_BLOCKS = [page for page in PAGES if any(each.language in EXECUTED for each in typed(page))]


def ids(pages):
    return [str(page.relative_to(HOUSE)) for page in pages]


def environment(folder: Path) -> dict[str, str]:
    """Give the surroundings of a reader who has run ``make run`` once and opened the folder."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {
        "PATH": path,
        "HOME": str(folder),
        "COLUMNS": "90",
        "NO_COLOR": "1",
        "PYTHONPATH": str(HOUSE),
        "PYTHONUTF8": "1",
    }


def call(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        line,
        shell=True,
        check=False,
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


def run_console(block: Block, folder: Path) -> None:
    """Run the commands of a block; a long one is only looked up."""
    wanted = int(block.option("exit") or 0)
    for command in commands(block):
        if long := LONG.fullmatch(command.line):
            assert long[1] in TARGETS, f"{block.place}: the Makefile has no target {long[1]}"
            continue
        ended = call(command.line, folder)
        said = ended.stdout or ended.stderr
        told = f"{block.place}: {command.line}\n{ended.stdout}\n{ended.stderr}"
        assert ended.returncode == wanted, told
        assert not command.shown.strip() or agrees(command.shown, said), told


def read_yaml(block: Block, folder: Path) -> None:
    """Write a named file for the commands that follow; load a whole scenario or a fragment."""
    name = block.option("file")
    path = folder / (name or "block.yaml")
    text = block.text
    if "fragment" in block.words:
        title = "title: fragment\nwhy: fragment\n"
        text = f"extends: {block.option('of') or BASE}\n{title}{text}"
    path.write_text(text, encoding="utf-8")
    if "broken" not in block.words:
        load(path)


def run_python(block: Block, folder: Path) -> None:
    script = folder / "block.py"
    script.write_text(block.text, encoding="utf-8")
    ended = call(f"{sys.executable} {script}", folder)
    assert ended.returncode == 0, f"{block.place}\n{ended.stderr}"


RUN = {"console": run_console, "yaml": read_yaml, "python": run_python}


CASE = "kanaalkompas business-case scenarios/small-town/*.yaml --replications 10 --language en"
"""What several pages begin with."""


def make_case(folder: Path) -> None:
    shutil.copytree(HOUSE / "scenarios", folder / "scenarios")
    ended = call(CASE, folder)
    assert ended.returncode == 0, ended.stderr


def put_what_the_case_simulated(page: Path, folder: Path, factory: pytest.TempPathFactory) -> None:
    """Spare the page what another one has simulated, as if it was interrupted just before its end.

    Nothing that a command writes for its reader is there: each does so itself.
    """
    consoles = [block for block in typed(page) if block.language == "console"]
    lines = [each.line for block in consoles for each in commands(block)]
    if any("business-case" in line or "--equal-service" in line for line in lines):
        out = once(factory, "case-of-the-town", make_case) / "out"
        (folder / "out").mkdir()
        shutil.copytree(out / "trials", folder / "out" / "trials")
        shutil.copy(out / "points.jsonl", folder / "out")


@pytest.mark.parametrize("page", WITH_BLOCKS, ids=ids(WITH_BLOCKS))
def test_blocks_do_what_the_page_says(page, tmp_path, tmp_path_factory):
    """In order, in one folder that holds the shipped scenarios."""
    shutil.copytree(HOUSE / "scenarios", tmp_path / "scenarios")
    put_what_the_case_simulated(page, tmp_path, tmp_path_factory)
    for block in typed(page):
        if block.language in RUN:
            RUN[block.language](block, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=ids(PAGES))
def test_every_block_says_what_it_is(page):
    unknown = [each.place for each in blocks(page) if each.language not in EXECUTED | SHOWN]
    assert unknown == []


def test_what_needs_a_stack_is_named_as_such_and_its_targets_exist():
    found = [(page, block) for page in WRITTEN for block in blocks(page) if ACCOUNT in block.words]
    assert found
    for page, block in found:
        assert "an account" in page.read_text(encoding="utf-8"), block.place
        words = [line.split() for line in block.text.splitlines() if line.startswith("make ")]
        assert {word for line in words for word in line[1:]} <= set(TARGETS), block.place


def test_commands_stand_in_console_blocks():
    """So that none escapes the test above."""
    astray = [
        each.place
        for page in WRITTEN
        for each in blocks(page)
        if each.language == "text" and re.search(r"^\$? ?(kanaalkompas|make) ", each.text, re.M)
    ]
    assert astray == []


@pytest.mark.parametrize(
    ("shown", "said", "same"),
    [
        ("a\nb", "a\nb\n", True),
        ("a ... c", "a 12 c", True),
        ("a\n...\nz", "a\nb\nc\nz", True),
        ("a\n...", "b\nc", False),
        ("1.5", "1x5", False),
        ("a", "a\nb", False),
    ],
)
def test_dots_stand_for_anything(shown, said, same):
    assert agrees(shown, said) is same
