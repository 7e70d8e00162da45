"""Text and marks stand out from what is behind them, also in the reader's own colours."""

import pytest

from tests.browser.seen import contrast_behind, cut, parse_colour, picture, widest_contrast

TEXT, MARK = 4.5, 3.0
SCALE = 2


def photograph(part, **options):
    return picture(part.screenshot(animations="disabled", **options))


@pytest.mark.parametrize(
    ("sample", "language", "width"),
    [("six", "nl", 1280), ("six", "en", 390), ("six", "nl", 320), ("forty", "nl", 1280)],
)
def test_text_in_charts_stands_out_from_what_is_behind_it(visit, sample, language, width):
    seen = visit(sample, language=language, width=width, device_scale_factor=SCALE)
    charts = seen.page.locator(".plot:visible").all()
    texts = seen.probe("chartTexts")
    written = [photograph(chart) for chart in charts]
    seen.probe("addStyle", "svg.main-svg text { visibility: hidden !important; }")
    bare = [photograph(chart) for chart in charts]
    assert min(len(found) for found in texts) > 5
    faint = {
        text["text"]: round(found, 2)
        for chart, before, after in zip(texts, bare, written, strict=True)
        for text in chart
        if (found := contrast_behind(
            parse_colour(text["fill"]), cut(before, text, SCALE), cut(after, text, SCALE)
        )) < TEXT
    }  # fmt: skip
    assert faint == {}


def faint(visit):
    """Give the texts and the marks that a reader can hardly see."""
    pixels = photograph(visit.page, full_page=True)
    lines, shapes = visit.probe("lines"), visit.probe("shapes")
    assert len(lines) > 100
    assert len(shapes) > 10
    boxes = [(line, TEXT, 0) for line in lines] + [(shape, MARK, 2) for shape in shapes]
    return {
        f"{box['text']} at y={box['y']:.0f}": round(found, 2)
        for box, least, margin in boxes
        if (found := widest_contrast(cut(pixels, box, SCALE, margin))) < least
    }


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("nl", 1280, "dark"), ("en", 390, "light"), ("nl", 320, "dark")],
)
def test_everything_is_seen_in_forced_colours(visit, language, width, scheme):
    options = {"forced_colors": "active", "color_scheme": scheme, "device_scale_factor": SCALE}
    assert faint(visit(language=language, width=width, **options)) == {}


def test_everything_is_seen_in_the_colours_of_the_page(visit):
    assert faint(visit(width=390, device_scale_factor=SCALE)) == {}
