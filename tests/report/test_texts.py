"""The catalogues: the same keys and placeholders, every key used, one word per thing."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest

from simulation.cli.tables import catalogue as terminal
from simulation.report.reader import LANGUAGES, catalogue

ROOM = Path(__file__).parents[2] / "simulation" / "report"
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for pattern in ("**/*.py", "templates/*.j2")
    for path in sorted(ROOM.glob(pattern))
)
LITERALS = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_0-9]+)*)["']""", SOURCES))
PREFIXES = tuple(
    {
        prefix
        for prefix in re.findall(r"""f["']([a-z_.]+)\{""", SOURCES)
        + re.findall(r"""'([a-z_.]+\.)' ~""", SOURCES)
        if prefix
    }
    | {"channels.", "teams."}
)


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_catalogues_have_the_same_keys_in_the_same_order():
    keys = [list(catalogue(language)) for language in LANGUAGES]
    assert keys[0] == keys[1]


def test_catalogues_have_the_same_placeholders():
    dutch, english = (
        {key: placeholders(text) for key, text in catalogue(language).items()}
        for language in LANGUAGES
    )
    assert dutch == english


@pytest.mark.parametrize("equal", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_ends_between_plus_or_minus_and_its_amount(language, equal):
    texts = catalogue(language, equal=equal)
    assert texts["provenance.precision.cost"].count("±\N{NO-BREAK SPACE}{") == 2
    assert [key for key, text in texts.items() if "± " in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_for_equal_service_differ_and_have_the_same_placeholders(language):
    base, whole = catalogue(language), catalogue(language, equal=True)
    own = {key for key, text in whole.items() if base.get(key) != text}
    assert own
    assert [key for key in own if placeholders(whole[key]) != placeholders(base[key])] == []
    stated = json.loads((ROOM / "texts" / f"{language}.equal.json").read_text(encoding="utf-8"))
    assert list(stated) == [key for key in base if key in own]


def test_the_same_texts_differ_at_equal_service_in_every_language():
    dutch, english = (
        list(json.loads((ROOM / "texts" / f"{language}.equal.json").read_text(encoding="utf-8")))
        for language in LANGUAGES
    )
    assert dutch == english


@pytest.mark.parametrize("kind", ["alone", "alone.equal"])
def test_a_scenario_that_stands_alone_is_not_called_today(kind):
    texts = {
        language: json.loads((ROOM / f"texts/{language}.{kind}.json").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }
    assert list(texts["nl"]) == list(texts["en"])
    for language, own in texts.items():
        base = catalogue(language)
        assert list(own) == [key for key in base if key in own]
        assert {key: placeholders(text) for key, text in own.items()} == {
            key: placeholders(base[key]) for key in own
        }
        assert not re.search(
            r"huidige|\bnu\b|[Tt]oday", re.sub(r"\{\w+\}", "", " ".join(own.values()))
        )


YARDSTICK = {
    "nl": r"(?<!kanalen )(?<!roosters )(?:dan|met|van|als|tegen|bij|t\.o\.v\.) nu\b|nu \{|^nu$"
    r"|huidige situatie",
    "en": r"(?:than|with|from|against|as) today\b(?!’s (?:channels|rosters))|today \{|^today$"
    r"|[Tt]oday’s situation",
}
"""Words that make today as rostered the yardstick, which it is not at equal service; it is on the
page of sizes."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_equal_service_nothing_is_compared_with_today_as_rostered(language):
    shown = {
        key: text
        for key, text in catalogue(language, equal=True).items()
        if not key.startswith("size.")
    }
    wrong = [key for key, text in shown.items() if re.search(YARDSTICK[language], text)]
    assert wrong == ["glossary.rostered"]


def test_guide_to_the_page_calls_its_sections_by_their_names():
    guide = (ROOM.parents[1] / "docs" / "how-to" / "read-the-page.md").read_text(encoding="utf-8")
    names = ("forest", "circumstances", "charts", "capacity", "sure", "bill", "assumptions",
             "proposal", "glossary", "equal")  # fmt: skip
    headings = [catalogue("en")[f"{name}.heading"] for name in names]
    missing = [each for each in headings if each.lower() not in " ".join(guide.lower().split())]
    assert missing == []


def test_every_text_is_used():
    unused = [
        key
        for key in catalogue("nl")
        if key not in LITERALS
        and re.sub(r"\.(one|other)$", "", key) not in LITERALS
        and not key.startswith(PREFIXES)
    ]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_we_avoid(language):
    text = " ".join(catalogue(language).values()).lower()
    assert re.findall(r"aanbevolen|aanbevel|vrijval|recommend|helpdesk|backlogs", text) == []


ONE_WORD = {
    "nl": r"net genoeg|huidige kanalen|niet nodig \(\+\)|erbij \(−\)|niet hoeven \(\+\)"
    r"|wat de uitkomst|bereik de uitkomst",
    "en": r"just enough (?:people|staff)|not needed \(\+\)|added \(−\)"
    r"|change the (?:answer|outcome)",
}
"""Other words for 0*, for avoided and extra contracts, and for the verdict."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_terminal_page_and_workbook_have_one_word_per_thing(language):
    texts = [*catalogue(language, equal=True).values(), *terminal(language, equal=True).values()]
    assert re.findall(ONE_WORD[language], "\n".join(texts), re.I) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_hold_no_markup(language):
    assert re.findall(r"[<>]|&\w+;", " ".join(catalogue(language).values())) == []
