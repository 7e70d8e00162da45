"""On paper the page is short and whole."""

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader


def squeeze(text):
    """Leave out what a PDF changes: white space and ligatures."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def printed(visit):
    content = visit.page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    return [squeeze(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def texts(visit, selector):
    return [squeeze(text) for text in visit.page.locator(f"{selector}:visible").all_inner_texts()]


def pages_of(pages, text):
    return {number for number, page in enumerate(pages, 1) if text in page}


@pytest.mark.parametrize(
    ("sample", "language", "sheets"),
    [("six", "nl", 4), ("six", "en", 4), ("city", "nl", 4), ("equal", "nl", 5)],
)
def test_page_is_printed_whole_on_four_sheets_or_five_with_teams(visit, sample, language, sheets):
    seen = visit(sample, language=language)
    whole = [*texts(seen, "h1"), *texts(seen, ".name-title"), *texts(seen, ".keys :is(dt, dd)")]
    charts = list(zip(texts(seen, ".chart h3"), texts(seen, ".chart > p"), strict=False))
    costs = list(zip(texts(seen, ".name-title"), texts(seen, ".forest .num strong"), strict=False))
    pages = printed(seen)
    assert len(pages) <= sheets
    assert len(whole) >= 1 + 6 + 2
    assert [text for text in whole if text not in "".join(pages)] == []
    assert len(charts) >= 3
    assert [top for top, end in charts if not pages_of(pages, top) & pages_of(pages, end)] == []
    assert len(costs) == 6
    assert [name for name, cost in costs if not pages_of(pages, name) & pages_of(pages, cost)] == []


SHEET = 703
"""Width in pixels of what is printed on A4."""


@pytest.mark.parametrize(
    ("sample", "language"), [("city", "nl"), ("six", "en"), ("huge", "nl"), ("long", "nl")]
)
def test_nothing_sticks_out_of_the_sheet(visit, sample, language):
    """A browser would print the whole page smaller."""
    seen = visit(sample, language=language, width=SHEET)
    seen.page.emulate_media(media="print")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert seen.probe("sideways") == 0
    assert seen.probe("sticksOut") == []
    assert seen.probe("chartFaults") == []


def test_names_of_bars_are_apart_from_the_bars_on_paper(visit):
    seen = visit(width=SHEET)
    seen.page.emulate_media(media="print")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    waterfall = seen.page.locator(".plot-waterfall:visible")
    bars = [bar.bounding_box() for bar in waterfall.locator(".point path").all()]
    names = [name.bounding_box() for name in waterfall.locator(".annotation-text").all()]
    assert len(bars) == len(names) >= 4
    gaps = [
        name["y"] - (bar["y"] + bar["height"]) for bar, name in zip(bars, names[1:], strict=False)
    ]
    assert min(gaps) >= 2
