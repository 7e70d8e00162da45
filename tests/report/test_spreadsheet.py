"""The figures of the page for a spreadsheet."""

import csv
import io
import re

import pytest

from simulation.comparison.document import Result
from simulation.report.reader import Reader
from simulation.report.sections.bill import bills
from simulation.report.spreadsheet import no_formula, spreadsheet
from tests.report import examples

COMMANDS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1+1", '=";"&A1', "1;=2")
NAME = r"Personeel .*webcare.*, verschil met nu"


def rows(result: Result) -> list[list[str]]:
    reader = Reader("nl")
    text = spreadsheet(result, reader, bills(result, reader, {}), [])
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))


@pytest.mark.parametrize("command", COMMANDS)
def test_no_title_in_the_file_is_computed(command):
    document = examples.realistic()
    for scenario in document["scenarios"]:
        for norm in scenario["norms"]:
            norm["title"] = command.strip()
    shown = rows(Result.model_validate(document))
    assert {len(row) for row in shown} == {7}
    texts = [text for row in shown for text in (*row[:3], row[6])]
    assert any(command.strip() in text for text in texts)
    assert [text for text in texts if text.lstrip().startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("command", COMMANDS[:-1])
def test_text_that_looks_like_a_formula_starts_with_an_apostrophe(command):
    assert no_formula(command) == f"'{command}"


@pytest.mark.parametrize("text", ["Webcare", "A-B", "€ 1", "−1", "1;=2", ""])
def test_other_text_stays(text):
    assert no_formula(text) == text


def test_every_row_says_what_it_is():
    """No two rows have the same table, scenario and name."""
    names = [tuple(row[:3]) for row in rows(examples.result())[1:]]
    assert len(names) > 100
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("without", "sign"), [(0, 1), (1, -1)])
def test_what_only_one_side_pays_differs_by_its_whole_amount(without, sign):
    path, document = "costs.groups.staff.webcare", examples.realistic()
    sides = document["scenarios"][:2]
    amount = sides[1 - without]["measures"][path]["mean"]
    gone = sides[without]
    gone["lines"] = [line for line in gone["lines"] if line["group"] != "staff.webcare"]
    del gone["measures"][path], sides[1]["differences"][path]
    shown = [
        float(row[3].replace(",", "."))
        for row in rows(Result.model_validate(document))
        if row[0] == "Bedragen" and row[1].startswith("A ") and re.fullmatch(NAME, row[2])
    ]
    assert shown == [sign * amount]
