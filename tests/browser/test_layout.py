"""Everything fits: on a phone, enlarged, and with the text spacing of WCAG 1.4.12."""

import pytest

from tests.browser.visit import TEXT_SPACING

PHONE = {"width": 320}
TWICE = {"width": 640, "device_scale_factor": 2}
DESK = {"width": 1280}
NARROWEST_TABLE = 1024
"""Width of a window from which scenarios are rows of a table and no cards."""

NARROWED = """() => {
  const table = document.querySelector(".forest"), place = table.parentElement.clientWidth;
  table.style.width = "1px";
  return [place, table.getBoundingClientRect().width];
}"""


def misfits(visit):
    return {
        "scrolls sideways by": visit.probe("sideways"),
        "sticks out": visit.probe("sticksOut"),
        "clipped": visit.probe("clipped"),
        "overlaps": visit.probe("textOverlaps"),
    }


FITS = {"scrolls sideways by": 0, "sticks out": [], "clipped": [], "overlaps": []}


@pytest.mark.parametrize("screen", [PHONE, TWICE, DESK], ids=["400%", "200%", "100%"])
def test_everything_fits_at_every_zoom(visit, screen):
    seen = visit(**screen)
    assert misfits(seen) == FITS
    seen.open_everything()
    assert misfits(seen) == FITS


@pytest.mark.parametrize(
    "sample", ["equal", "one", "few", "forty", "nasty", "long", "huge", "tiny"]
)
def test_every_kind_of_result_fits_a_phone(visit, sample):
    seen = visit(sample, **PHONE)
    seen.open_everything()
    assert misfits(seen) == FITS


@pytest.mark.parametrize(
    ("sample", "language"), [("six", "nl"), ("six", "en"), ("long", "nl"), ("huge", "nl")]
)
def test_readers_can_set_their_own_text_spacing(visit, sample, language):
    seen = visit(sample, language=language)
    seen.probe("addStyle", TEXT_SPACING)
    seen.open_everything()
    widths = (1280, NARROWEST_TABLE, 320)
    assert {width: misfits(seen) for width in seen.at_widths(*widths)} == dict.fromkeys(
        widths, FITS
    )


def test_scenario_table_is_a_table_where_it_has_room_to_spare(visit):
    """Other fonts are wider and other titles have longer words."""
    seen = visit()
    seen.probe("addStyle", TEXT_SPACING)
    display = "getComputedStyle(document.querySelector('.forest')).display"
    widths = (NARROWEST_TABLE, NARROWEST_TABLE - 1)
    found = [seen.page.evaluate(display) for _ in seen.at_widths(*widths)]
    assert found == ["table", "block"]
    seen.page.set_viewport_size({"width": NARROWEST_TABLE, "height": 900})
    place, least = seen.page.evaluate(NARROWED)
    assert least < 0.9 * place


def test_targets_are_large_enough_to_hit(visit):
    seen = visit(language="en")
    seen.open_everything()
    widths = (1280, 390, 320)
    found = {width: seen.probe("smallTargets") for width in seen.at_widths(*widths)}
    assert found == {width: [] for width in widths}
