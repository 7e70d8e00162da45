"""Everything can be done with a keyboard, and one sees where one is."""

from typing import Any

import pytest

from tests.browser.seen import contrast, parse_colour

WHITE = (255, 255, 255)


def walk(visit, key="Tab"):
    """Press a key until the focus leaves the page or comes back; give every stop."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 200:
        visit.page.keyboard.press(key)
        stop = visit.probe("focus")
        if stop["place"] < 0 or stop["place"] in [earlier["place"] for earlier in stops]:
            return stops
        stops.append(stop)
    return stops


@pytest.mark.parametrize(("language", "width"), [("nl", 1280), ("en", 390)])
def test_tab_visits_everything_once_in_order_and_visibly(visit, language, width):
    seen = visit(language=language, width=width)
    seen.open_everything()
    stops = walk(seen)
    count = seen.page.evaluate("probes.focusable().length")
    assert count > 15
    assert [stop["place"] for stop in stops] == list(range(count))
    assert [stop["name"] for stop in stops if stop["outline"] < 2] == []
    assert [s["name"] for s in stops if contrast(parse_colour(s["colour"]), WHITE) < 3] == []
    assert [s["name"] for s in stops if not (s["inView"] and s["uncovered"])] == []


def test_tab_backwards_visits_everything_too(visit):
    seen = visit()
    count = seen.page.evaluate("probes.focusable().length")
    seen.page.evaluate("probes.focusable().at(-1).focus()")
    stops = walk(seen, "Shift+Tab")
    assert [stop["place"] for stop in stops] == list(reversed(range(count - 1)))


def test_first_stop_skips_to_the_content(visit):
    seen = visit()
    seen.page.keyboard.press("Tab")
    assert seen.probe("focus")["name"].endswith("«Naar de inhoud»")
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "nl-main"
    assert seen.page.evaluate("document.documentElement.lang") == "nl"
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.querySelector('#nl-main').contains(document.activeElement)")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_key_opens_and_closes_details(visit, key):
    seen = visit(language="en", width=390)
    details = seen.page.locator("[data-version=en] details").first
    details.locator("summary").focus()
    for is_open in (True, False):
        seen.page.keyboard.press(key)
        assert details.evaluate("details => details.open") is is_open


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_amount_leads_to_its_total_in_view(visit, width):
    """On a phone too, without scrolling sideways."""
    seen = visit(width=width)
    link = seen.page.locator(".keys a.figure:visible").first
    path = link.get_attribute("data-path")
    link.click()
    total = seen.page.locator(f"tr:focus [data-path='{path}']")
    box = total.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert 0 <= box["y"] < 900
