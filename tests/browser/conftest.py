"""Chromium, and pages written as a user's command writes them."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from simulation.report import write_page
from simulation.report.finance_page import write_finance_page
from simulation.report.size_page import write_size_page
from tests.browser.samples import CASES, SAMPLES, SIZES
from tests.browser.visit import Visit, start

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PROBES = Path(__file__).with_name("probes.js")


def find_chromium() -> str:
    places = (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES))
    found = next(filter(None, places), None)
    if found is None:
        pytest.fail(
            "there is no Chromium: run `sh tools/packages.sh chromium` as root, or install it "
            "and set CHROMIUM to its path",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for each process that runs tests."""
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Write the page of a sample to disk, once, and give its address."""
    folder = tmp_path_factory.mktemp("pages")

    @cache
    def write(name: str) -> str:
        path = folder / f"{name}.html"
        if name in SIZES:
            path.write_text(write_size_page(SIZES[name]()), encoding="utf-8")
        elif name in CASES:
            path.write_text(write_finance_page(CASES[name]()), encoding="utf-8")
        else:
            path.write_text(write_page(SAMPLES[name]()), encoding="utf-8")
        return path.as_uri()

    return write


@pytest.fixture
def visit(browser, address) -> Iterator[Callable[..., Visit]]:
    """Open a sample in a context of its own; whatever a test does there, the page is quiet."""
    contexts, visits = [], []

    def open_page(
        sample: str = "six", language: str = "nl", width: int = 1280, **options: Any
    ) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        context.add_init_script(path=PROBES)
        visits.append(start(context, f"{address(sample)}#{language}"))
        return visits[-1]

    yield open_page
    for context in contexts:
        context.close()
    assert [found for visit in visits for found in (*visit.complaints, *visit.requests)] == []
