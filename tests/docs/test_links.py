"""What the documentation points at exists: files, headings, options, targets, keys."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.docs.blocks import HOUSE, PAGES, WRITTEN, blocks, prose

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
TARGET = re.compile(r"`make ([a-z-]+)")
CODE = re.compile(r"`([^`\n]+)`")

OTHER_OPTIONS = {"--global", "--headless", "--no-sandbox", "--upgrade", "--upgrade-package"}
"""Options of other programs that pages mention."""

PLACES = re.compile(r"(?:simulation|tests|docs|scenarios|tools|benchmarks)/[\w./-]+")


def ids(pages):
    return [str(page.relative_to(HOUSE)) for page in pages]


@cache
def anchors(page: Path) -> set[str]:
    """Give the anchors of the headings of a page, as hosts of repositories make them."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in HEADING.findall(text))
    return {"-".join(heading.strip().split(" ")) for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=ids(PAGES))
def test_links_lead_somewhere(page):
    broken = []
    for link in LINK.findall(prose(page)):
        if link.startswith(("http://", "https://")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", WRITTEN, ids=ids(WRITTEN))
def test_options_that_are_mentioned_exist(page):
    help_texts = (HOUSE / "docs/reference/command-line.md").read_text(encoding="utf-8")
    known = set(OPTION.findall(help_texts)) | OTHER_OPTIONS
    assert set(OPTION.findall(" ".join(CODE.findall(prose(page))))) - known == set()


@pytest.mark.parametrize("page", WRITTEN, ids=ids(WRITTEN))
def test_targets_that_are_mentioned_exist(page):
    makefile = (HOUSE / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert set(TARGET.findall(prose(page))) - known == set()


@pytest.mark.parametrize("page", WRITTEN, ids=ids(WRITTEN))
def test_places_that_are_mentioned_exist(page):
    """In the house, or made by a block of the page."""
    made = {block.option("file") for block in blocks(page)}
    named = [place for code in CODE.findall(prose(page)) for place in PLACES.findall(code)]
    assert [place for place in named if place not in made and not (HOUSE / place).exists()] == []


def test_every_page_can_be_reached_from_the_first():
    """From README.md, by links."""
    reached, waiting = set(), [HOUSE / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        links = (link.partition("#")[0] for link in LINK.findall(prose(page)))
        waiting += [(page.parent / link).resolve() for link in links if link.endswith(".md")]
    assert set(PAGES) - reached == set()


def test_documentation_has_blocks_to_test():
    """A change in the notation must not empty the tests."""
    assert sum(len(blocks(page)) for page in WRITTEN) > 20
