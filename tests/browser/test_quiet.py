"""The page keeps to itself: no other host, no upload, no error, no movement."""

import pytest

from tests.browser.seen import picture


def press_everything(visit):
    """Press all there is to press, but for links; give the names of the files that came of it."""
    names = []
    visit.page.on("download", lambda download: names.append(download.suggested_filename))
    visit.open_everything()
    for button in visit.page.locator("button:visible").all():
        button.click()
    for plot in visit.page.locator(".plot:visible").all():
        plot.hover()
    visit.page.wait_for_timeout(500)
    return names


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_that_a_reader_does_contacts_a_host(visit, language):
    seen = visit(language=language)
    assert len(press_everything(seen)) >= 3
    seen.page.locator("a[hreflang]:visible").click()
    seen.wait_for_charts()
    assert seen.requests == []
    assert seen.complaints == []


def test_browser_tells_of_what_the_policy_refuses(visit):
    """So that silence means something."""
    seen = visit()
    seen.page.evaluate(
        "document.body.append(Object.assign(new Image(), {src: 'https://example.org/a.png'}))"
    )
    seen.page.wait_for_timeout(100)
    assert len(seen.complaints) == 1
    assert "Content Security Policy" in seen.complaints.pop()
    assert seen.requests == []


def test_plotly_shows_no_buttons(visit):
    seen = visit()
    seen.page.locator(".plot:visible").first.hover()
    assert seen.probe("plotlyButtons") == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_chart_can_be_saved_as_a_picture(visit, language):
    seen = visit(language=language, width=390)
    buttons = seen.page.locator("button[data-save]:visible").all()
    assert len(buttons) >= 3
    for button in buttons:
        with seen.page.expect_download() as saved:
            button.click()
        content = saved.value.path().read_bytes()
        assert saved.value.suggested_filename.endswith(f"-{language}.png")
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        pixels = picture(content)
        assert pixels.shape[1] >= 1600
        assert 0.01 < (pixels < 200).any(axis=2).mean() < 0.9


def test_nothing_moves_for_who_asked_for_rest(visit):
    seen = visit(reduced_motion="reduce")
    seen.page.locator("summary:visible").first.click()
    seen.page.locator("a[hreflang]:visible").click()
    assert seen.page.evaluate("document.getAnimations().length") == 0
    assert seen.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
