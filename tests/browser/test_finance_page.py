"""The page of controllers in a browser: on a desk, on a phone and on paper, in both languages."""

import pytest

from tests.browser.test_axe import faults
from tests.browser.test_layout import FITS, misfits
from tests.browser.test_print import printed
from tests.browser.visit import TEXT_SPACING

WIDTHS = (1280, 390, 320)
SHEETS = 5


@pytest.mark.parametrize("language", ["nl", "en"])
def test_finance_page_is_accessible_and_fits_at_every_width(visit, language):
    seen = visit("case", language=language)
    seen.open_everything()
    for width in seen.at_widths(*WIDTHS):
        assert faults(seen, colours=width == WIDTHS[0]) == []
        assert misfits(seen) == FITS
        assert seen.probe("chartFaults") == []


def test_a_case_with_hostile_titles_fits_a_phone(visit):
    seen = visit("hostile case", width=320)
    seen.open_everything()
    assert misfits(seen) == FITS


def test_readers_of_the_finance_page_can_set_their_own_text_spacing(visit):
    seen = visit("case")
    seen.probe("addStyle", TEXT_SPACING)
    seen.open_everything()
    assert {width: misfits(seen) for width in seen.at_widths(1280, 320)} == {1280: FITS, 320: FITS}


def test_every_chart_of_a_case_tells_its_numbers(visit):
    charts = visit("case").probe("charts")
    assert {chart["key"] for chart in charts} >= {
        "present-value",
        "booked",
        "break-even",
        "contact-costs",
    }
    assert all(chart["hidden"] == "true" and not chart["focusable"] for chart in charts)
    assert len({chart["label"] for chart in charts}) == len(charts)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_finance_page_is_printed_on_few_sheets(visit, language):
    assert len(printed(visit("case", language=language))) <= SHEETS
