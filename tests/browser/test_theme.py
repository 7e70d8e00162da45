"""A page with a theme looks like its municipality, figures too, and stays accessible and quiet."""

import re
from pathlib import Path

import pytest

from simulation.report import write_page
from simulation.report.theme import read_theme
from tests.browser.conftest import PROBES
from tests.browser.samples import SAMPLES
from tests.browser.test_axe import faults
from tests.browser.visit import start

OPEN_THEME = Path(__file__).parents[1] / "report/themes/mooi-en-anders.css"
STYLE = """([selector, property]) =>
  getComputedStyle([...document.querySelectorAll(selector)].find((e) => e.checkVisibility()))
    .getPropertyValue(property)"""


@pytest.fixture
def themed(browser, tmp_path):
    """Open the example with a theme; nothing is fetched and nothing complained of."""
    visits, contexts = [], []

    def open_page(text: str, width: int = 1280):
        page = tmp_path / "page.html"
        theme = read_theme(text, "house.css")
        page.write_text(write_page(SAMPLES["six"](), "nl", theme), encoding="utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}))
        contexts[-1].add_init_script(path=PROBES)
        visits.append(start(contexts[-1], f"{page.as_uri()}#nl"))
        return visits[-1]

    yield open_page
    for context in contexts:
        context.close()
    assert [found for visit in visits for found in (*visit.complaints, *visit.requests)] == []


@pytest.fixture
def municipality(themed):
    return themed(OPEN_THEME.read_text(encoding="utf-8"))


def style(visit, selector: str, name: str) -> str:
    return str(visit.page.evaluate(STYLE, [selector, name]))


@pytest.mark.parametrize(
    ("selector", "name", "value"),
    [
        ("body", "color", "rgb(29, 31, 36)"),
        ("body", "background-color", "rgb(255, 255, 255)"),
        ("body", "font-family", '"Source Sans Pro", Helvetica, Arial, sans-serif'),
        ("h1", "font-family", '"Fira Sans", Helvetica, Arial, sans-serif'),
        (".languages a", "color", "rgb(50, 115, 171)"),
        ("summary", "color", "rgb(50, 115, 171)"),
        (".quiet", "color", "rgb(105, 108, 113)"),
        (".row-verdict .badge", "background-color", "rgb(138, 58, 159)"),
        (".banner", "background-color", "rgb(254, 241, 231)"),
        (".status-missed", "color", "rgb(172, 47, 59)"),
    ],
)
def test_what_is_seen_follows_the_theme(municipality, selector, name, value):
    assert style(municipality, selector, name) == value


def test_figures_follow_the_theme(municipality):
    text = style(municipality, ".plot .xtick text", "fill")
    assert text == "rgb(29, 31, 36)"
    assert "Source Sans Pro" in style(municipality, ".plot .xtick text", "font-family")


def test_paper_behind_figures_is_that_of_the_theme(themed):
    seen = themed(":root { --kk-paper: oklch(0.99 0.01 90) }")
    paper = style(seen, "body", "background-color")
    assert paper != "rgb(255, 255, 255)"
    assert style(seen, ".plot .main-svg", "background-color") == paper


def test_one_of_the_lines_around_the_focus_is_seen(municipality):
    """In this theme the outline is white and its edge black."""
    municipality.page.keyboard.press("Tab")
    assert style(municipality, ":focus", "outline-color") == "rgb(255, 255, 255)"
    assert "rgb(0, 0, 0)" in style(municipality, ":focus", "box-shadow")


@pytest.mark.parametrize("width", [1280, 320])
def test_page_with_a_theme_is_accessible(themed, width):
    seen = themed(OPEN_THEME.read_text(encoding="utf-8"), width)
    seen.open_everything()
    assert faults(seen) == []


def test_font_in_the_file_is_loaded(themed):
    """The policy lets it through; what stands in this file is no font, which Chromium says."""
    seen = themed(
        "@font-face { font-family: Town; src: url(data:font/woff2;base64,d09GMgABAAAAAA==) }"
        ":root { --kk-font: Town, sans-serif }"
    )
    said = [seen.complaints.pop() for _ in range(len(seen.complaints))]
    assert any(re.search("decode|OTS", each) for each in said)
    assert not any("Content Security Policy" in each for each in said)
