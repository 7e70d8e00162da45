"""The numbers as CSV: what a spreadsheet opens is what stands in the result."""

import csv
import io

import pytest

from tests.browser.samples import SAMPLES

FORMS = {"nl": (";", ","), "en": (",", ".")}
HEADS = {
    "nl": ["tabel", "scenario", "wat", "waarde", "laag", "hoog", "eenheid"],
    "en": ["table", "scenario", "what", "value", "low", "high", "unit"],
}
STRUCTURAL = {"nl": "Structureel, zonder overhead", "en": "Structural, without overhead"}
DIFFERENCE = {"nl": "verschil met nu", "en": "difference with today"}
ASSUMPTIONS = {"nl": "Aannames", "en": "Assumptions"}


def downloaded(visit, sample, language):
    """Click the button and read the file as a spreadsheet of that language does."""
    seen = visit(sample, language=language)
    with seen.page.expect_download() as saved:
        seen.page.locator("button[data-csv]:visible").click()
    assert saved.value.suggested_filename == f"kanaalkompas-{language}.csv"
    content = saved.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=FORMS[language][0], strict=True))


def value(text, language):
    """Read a number with the decimal sign of a language; None from an empty cell."""
    point = FORMS[language][1]
    assert not set(text) - set(f"-0123456789{point}"), text
    return float(text.replace(point, ".")) if text else None


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("sample", ["six", "few", "one", "nasty", "huge", "tiny"])
def test_numbers_in_the_file_are_those_of_the_result(visit, sample, language):
    head, *rows = downloaded(visit, sample, language)
    assert head == HEADS[language]
    assert {len(row) for row in rows} == {len(head)}
    cells = {tuple(row[1:3]): row[3:6] for row in rows if row[0] != ASSUMPTIONS[language]}
    for scenario in SAMPLES[sample]().scenarios:
        (name,) = {name for name, _ in cells if name.split(" ")[0] == scenario.letter}
        for estimates, what in (
            (scenario.measures, STRUCTURAL[language]),
            (scenario.differences, f"{STRUCTURAL[language]}, {DIFFERENCE[language]}"),
        ):
            found = estimates.get("costs.structural")
            wanted = [found.mean, found.low, found.high] if found else None
            shown = cells.get((name, what))
            assert (shown and [value(text, language) for text in shown]) == wanted
    known = {
        number
        for scenario in SAMPLES[sample]().scenarios
        for estimate in (*scenario.measures.values(), *scenario.differences.values())
        for number in (estimate.mean, estimate.low, estimate.high)
    }
    known |= {-estimate.mean for estimate in SAMPLES[sample]().scenarios[0].measures.values()}
    known |= {line.rate for scenario in SAMPLES[sample]().scenarios for line in scenario.lines}
    known |= set(range(SAMPLES[sample]().replications + 1))
    read = {value(text, language) for row in cells.values() for text in row}
    assert len(read) > 20
    assert read - known - {None} == set()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_assumptions_keep_their_values_and_ranges(visit, language):
    rows = downloaded(visit, "six", language)
    shown = {
        tuple(text.replace(FORMS[language][1], ".") for text in row[3:6])
        for row in rows
        if row[0] == ASSUMPTIONS[language]
    }
    for scenario in SAMPLES["six"]().scenarios:
        for stated in scenario.assumptions:
            values = (stated.value, stated.low, stated.high)
            if not isinstance(stated.value, str):
                texts = ("" if part is None else str(part) for part in values)
                assert tuple(text.removesuffix(".0") for text in texts) in shown
    minutes = {"nl": "minuten", "en": "minutes"}[language]
    assert tuple(f"{n} {minutes}" for n in ("6", "5", "7.5")) in shown
