"""One language at a time, in words, title and address."""

import json
import re
from pathlib import Path

import pytest

import simulation.report

TEXTS = Path(simulation.report.__file__).parent / "texts"


def phrases(language):
    """Give the fixed words of a catalogue, long enough to belong to one language."""
    texts = json.loads((TEXTS / f"{language}.json").read_text(encoding="utf-8"))
    parts = (part.strip() for text in texts.values() for part in re.split(r"\{[^}]*\}", text))
    return {part for part in parts if len(part) >= 12}


def shown(visit):
    """Give the language, the title, and all text that can be seen."""
    language, title, text = visit.page.evaluate(
        "[document.documentElement.lang, document.title, document.body.innerText]"
    )
    return language, title, " ".join(text.split())


@pytest.mark.parametrize(("language", "other"), [("nl", "en"), ("en", "nl")])
@pytest.mark.parametrize("sample", ["six", "few", "equal"])
def test_no_word_of_the_other_language_is_seen(visit, sample, language, other):
    seen = visit(sample, language=language)
    seen.open_everything()
    text = shown(seen)[2]
    assert [phrase for phrase in phrases(other) - phrases(language) if phrase in text] == []
    assert len([phrase for phrase in phrases(language) if phrase in text]) > 50


def test_link_switches_language_and_back_goes_back(visit):
    seen = visit()
    assert shown(seen)[0] == "nl"
    dutch = shown(seen)
    seen.page.locator("a[hreflang]:visible").click()
    seen.wait_for_charts()
    english = shown(seen)
    assert english[0] == "en"
    assert english[1] != dutch[1]
    assert (
        seen.page.locator("[data-version=nl]").evaluate(
            "version => getComputedStyle(version).display"
        )
        == "none"
    )
    seen.page.go_back()
    seen.page.locator("html[lang=nl]").wait_for()
    seen.wait_for_charts()
    assert shown(seen) == dutch


@pytest.mark.parametrize("place", ["main", "charts", "glossary"])
def test_link_leads_to_a_place_in_its_language(visit, place):
    seen = visit(language=f"en-{place}", width=390)
    assert shown(seen)[0] == "en"
    top = seen.page.locator(f"#en-{place}").evaluate("place => place.getBoundingClientRect().top")
    assert -1 <= top < 300
    assert seen.page.locator("[data-version=nl]").is_hidden()


def test_unknown_place_leaves_the_page_as_it_is(visit):
    assert shown(visit(language="fr-main"))[0] == "nl"
