"""Everything fits: on a phone, enlarged, and with the text spacing of WCAG 1.4.12."""

import pytest

from tests.browser.visit import TEXT_SPACING

PHONE = {"width": 320}
TWICE = {"width": 640, "device_scale_factor": 2}
DESK = {"width": 1280}


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


@pytest.mark.parametrize("sample", ["one", "few", "forty", "nasty", "long", "huge", "tiny"])
def test_every_kind_of_result_fits_a_phone(visit, sample):
    seen = visit(sample, **PHONE)
    seen.open_everything()
    assert misfits(seen) == FITS


@pytest.mark.parametrize("language", ["nl", "en"])
def test_readers_can_set_their_own_text_spacing(visit, language):
    seen = visit(language=language)
    seen.probe("addStyle", TEXT_SPACING)
    seen.open_everything()
    assert {width: misfits(seen) for width in seen.at_widths(1280, 320)} == {1280: FITS, 320: FITS}


def test_targets_are_large_enough_to_hit(visit):
    seen = visit(language="en")
    seen.open_everything()
    widths = (1280, 390, 320)
    found = {width: seen.probe("smallTargets") for width in seen.at_widths(*widths)}
    assert found == {width: [] for width in widths}
