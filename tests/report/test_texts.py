"""The catalogues: the same keys and placeholders, every key used, one word per thing."""

import re
from pathlib import Path
from string import Formatter

import pytest

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


@pytest.mark.parametrize("key", catalogue("nl"))
def test_catalogues_have_the_same_placeholders(key):
    assert placeholders(catalogue("nl")[key]) == placeholders(catalogue("en")[key])


@pytest.mark.parametrize("key", catalogue("nl"))
def test_every_text_is_used(key):
    counted = re.sub(r"\.(one|other)$", "", key)
    assert key in LITERALS or counted in LITERALS or key.startswith(PREFIXES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_we_avoid(language):
    text = " ".join(catalogue(language).values()).lower()
    assert re.findall(r"aanbevolen|aanbevel|vrijval|recommend|helpdesk|backlogs", text) == []


@pytest.mark.parametrize("key", catalogue("nl"))
def test_texts_hold_no_markup(key):
    assert not re.search(r"[<>]|&\w+;", catalogue("nl")[key] + catalogue("en")[key])
