"""The pages of a real server: asked, watched, stopped and read as people do."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.conftest import PROBES
from tests.browser.seen import contrast, parse_colour
from tests.browser.test_axe import faults
from tests.browser.test_keyboard import WHITE, walk
from tests.browser.test_layout import FITS, misfits
from tests.browser.visit import TEXT_SPACING, start
from tests.cli.conftest import MORE, TODAY
from tests.functions.served import Served

LONG = 20_000
WIDTHS = 1280, 390, 320
PATIENCE = 60_000


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Give a server with a run that has ended and one that goes on."""
    with Served.start(tmp_path_factory.mktemp("served") / "kept") as server:
        server.ended(server.begin(kind="compare", replications=10))
        server.begin(kind="compare", replications=LONG)
        yield server


@pytest.fixture
def look(browser, served):
    """Open a page of the server in a context of its own; it reaches no other host."""
    contexts, visits = [], []

    def open_page(path, width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        context.add_init_script(path=PROBES)
        if options.get("java_script_enabled", True):
            visits.append(start(context, served.address + path, served.address))
            return visits[-1]
        page = context.new_page()
        page.goto(served.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A form that is sent back is a 422, of which Chromium tells in the console.
    complaints = [each for visit in visits for each in visit.complaints if "422" not in each]
    assert [*complaints, *(each for visit in visits for each in visit.requests)] == []


@pytest.fixture
def files(tmp_path):
    """Write two scenarios, of which one extends the other."""
    (tmp_path / "today.yaml").write_text(TODAY, encoding="utf-8")
    (tmp_path / "more.yaml").write_text(MORE, encoding="utf-8")
    return str(tmp_path / "today.yaml"), str(tmp_path / "more.yaml")


def pages(look, language):
    """Open each kind of page."""
    overview = look(f"/{language}/")
    yield "list", overview
    rows = overview.page.locator("tbody a[href*='/runs/']")
    addresses = [each.get_attribute("href") for each in rows.all()]
    own = [each for each in addresses if each.startswith(f"/{language}/")]
    yield "under way", look(own[0])
    yield "ended", look(own[-1])
    carried = quote('{"service": 1.0}')
    form = look(f"/{language}/new?sets=small-town&kind=size&also={carried}")
    form.page.fill("#share", "3")
    form.page.fill("#replications", "many")
    form.page.click("main form button")
    form.page.wait_for_selector("#problems:focus")
    yield "form with faults", form
    yield "nothing there", look(f"/{language}/new?kind=size")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_accessible_and_fits(look, language):
    found: dict[Any, Any] = {}
    right: dict[Any, Any] = {}
    for name, seen in pages(look, language):
        for width in seen.at_widths(*WIDTHS):
            wrong = faults(seen, colours=width == WIDTHS[0], looked=("target-size", "list"))
            found[name, width] = (wrong, misfits(seen), seen.probe("smallTargets"))
            right[name, width] = ([], FITS, [])
        seen.probe("addStyle", TEXT_SPACING)
        found[name, "spaced"], right[name, "spaced"] = misfits(seen), FITS
    assert found == right


def test_everything_can_be_filled_in_with_a_keyboard_and_one_sees_where_one_is(look):
    seen = look("/nl/new")
    stops = walk(seen)
    # A group of radio buttons is one stop.
    count = seen.page.evaluate(
        "probes.focusable().filter(each => each.type !== 'radio' || each.checked).length"
    )
    assert len(stops) == count
    assert [stop["place"] for stop in stops] == sorted(stop["place"] for stop in stops)
    assert [stop["name"] for stop in stops if stop["outline"] < 2] == []
    assert [s["name"] for s in stops if contrast(parse_colour(s["colour"]), WHITE) < 3] == []
    assert [s["name"] for s in stops if not s["inView"]] == []

    keys = seen.page.keyboard
    seen.page.focus("#kind-equal_service")
    keys.press("ArrowDown")
    seen.page.focus("#replications")
    keys.press("Enter")
    seen.page.wait_for_selector("#problems:focus")
    keys.press("Tab")
    keys.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "scenarios"
    assert seen.page.is_checked("#kind-compare")


def test_a_comparison_is_asked_watched_and_read(look, served, files):
    seen = look("/nl/new", width=390)
    seen.page.check("#kind-compare")
    seen.page.set_input_files("#files", files[1])
    seen.page.fill("#replications", "30")
    seen.page.click("main form button")
    seen.page.wait_for_selector("#problems:focus")
    assert "today.yaml" in seen.page.inner_text("#extended-fault-1")
    assert seen.page.input_value("#replications") == "30"

    seen.page.set_input_files("#extended", files[0])
    seen.page.click("main form button")
    seen.page.wait_for_selector("#state")
    seen.page.evaluate("window.same = true")
    seen.page.wait_for_selector(".state-finished", timeout=PATIENCE)
    assert seen.page.evaluate("window.same"), "the page was loaded anew"
    assert seen.page.title().startswith("Klaar")
    assert seen.page.inner_text("#state") == "✓ Klaar"
    with seen.page.expect_popup() as opened:
        seen.page.click("text=Bekijk de vergelijking")
    opened.value.wait_for_selector("[data-version=nl] h1")
    assert opened.value.url.startswith(served.address)
    assert opened.value.evaluate("document.documentElement.lang") == "nl"


def test_a_run_is_stopped(look, files):
    seen = look("/en/new")
    seen.page.check("#kind-compare")
    seen.page.set_input_files("#files", files)
    seen.page.fill("#replications", "20,001")
    seen.page.click("main form button")
    seen.page.wait_for_selector(".parts progress", timeout=PATIENCE)
    assert "Today" in seen.page.inner_text(".parts")
    seen.page.click("text=Stop the run")
    seen.page.wait_for_selector(".state-cancelled")
    seen.page.get_by_role("link", name="Ask again").click()
    assert seen.page.input_value("#replications") == "20,001"
    assert seen.page.locator("input[name=held]:checked").count() == len(files)


def test_the_language_changes_without_losing_what_was_filled_in(look, files):
    seen = look("/nl/new")
    seen.page.check("#kind-compare")
    seen.page.check("#set-small-town")
    seen.page.set_input_files("#files", files)
    seen.page.fill("#precision", "2.500")
    seen.page.click("text=English")
    seen.page.wait_for_selector("[lang=en] #precision")
    assert seen.page.input_value("#precision") == "2,500"
    assert seen.page.is_checked("#kind-compare")
    assert seen.page.is_checked("#set-small-town")
    assert seen.page.locator("input[name=held]:checked").count() == len(files)


def test_it_works_without_script(look):
    page = look("/nl/new", java_script_enabled=False)
    page.check("#set-small-town")
    page.click("main form button")
    assert "Webcare op sociale media" in page.inner_text("main")
    page.get_by_role("link", name="Vernieuw deze pagina").click()
    page.click("text=Stop de berekening")
    assert "Gestopt" in page.inner_text("#state")


def test_a_server_that_is_away_is_told_until_it_is_back(look):
    seen = look("/nl/")
    seen.page.wait_for_selector("#away", state="hidden")
    seen.page.context.set_offline(True)
    seen.page.wait_for_selector("#away", state="visible")
    assert "kanaalkompas serve" in seen.page.inner_text("#away")
    assert seen.page.get_attribute("body", "data-away") is not None
    seen.page.context.set_offline(False)
    seen.page.wait_for_selector("#away", state="hidden")
    seen.complaints.clear()  # of the requests that failed meanwhile
