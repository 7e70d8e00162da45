"""What is wrong with a scenario is told in Dutch, whatever it is."""

import ast
import io
import json
import re
from html import unescape
from pathlib import Path
from string import Formatter

import pytest

from functions.logic.limits import _LOWER
from functions.serve import findings
from functions.serve.findings import end_told, told, translated
from functions.serve.words import read_words
from simulation.cli.size_tables import _CAUSES
from simulation.scenario import ScenarioError, loads
from simulation.scenario.problems import Problem
from tests.cli.conftest import TODAY
from tests.functions.asked import post
from tests.scenario import test_checks, test_problems
from tests.scenario.build import change

ROOM = Path(__file__).parents[2] / "simulation" / "scenario"
CATALOGUE = json.loads(findings._TEXTS.read_text(encoding="utf-8"))
PLACES = {
    "Finding": (2, 3),
    "Problem": (4, 5),
    "_Refused": (1, 2),
    "_refuse": (3, 4),
    "_problem": (2, 3),
    "_broken": (2, 3),
}
"""Where problem and remedy stand among what is given."""

LEFT = re.compile(r"\b(the|an?|is not|or|and|give|write|of them|with|must|than)\b")


HOLES = {
    "suggest": "did you mean 'x1'?",
    "wanted": "a text",
    "kind": "channel",
    "path": "a.yaml",
    "file": "a.yaml",
    "place": "a.yaml: finance.workforce.x1.takes_over: x1",
    "remedy": "make them alike",
    "option": "--quick",
    "often": "9 of 10 simulations",
    "share": "nobody",
    "asked": "80.0 % asked",
    "causes": "9.0 % are sent away at closing: see x1; 1.0 % come when it is closed: widen x1",
}
"""What stands in a text by who gives it; elsewhere any word may."""


def sample(node):
    """Give a text as it may be; empty for what is no text in the source."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(map(sample, node.values))
    if isinstance(node, ast.BinOp):  # what is put behind a space is never empty
        first = sample(node.left)
        return first + (sample(node.right) or "x1" * first.endswith(" "))
    if isinstance(node, ast.FormattedValue):
        own = getattr(node.value, "func", node.value)
        return HOLES.get(getattr(own, "id", getattr(own, "attr", "")), "x1")
    return ""


def written():
    """Give each text in the source that reads scenarios, with its section of the catalogue."""
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "ValueError":
                problem, _, remedy = sample(node.args[0]).partition("; ")
                yield "problems", re.sub(r"^x1 (is|does) ", r"\1 ", problem)
                yield "remedies", remedy
            elif name in PLACES and len(node.args) > PLACES[name][1]:
                problem, remedy = (sample(node.args[place]) for place in PLACES[name])
                chain = " (x1 -> x1)" if name == "_broken" and problem else ""
                yield "problems", problem + chain
                yield "remedies", remedy


def test_each_text_in_the_source_has_a_dutch_one():
    texts = {(section, text) for section, text in written() if text}
    assert len(texts) > 140
    # Of the file is said what it is, such as empty; each of these texts has an entry.
    without = [each for each in texts if translated(*each) is None]
    assert without == [("problems", "the file x1")]


ENDS = {
    "cli/case_checks.py": {"wrong", "_other_terms", "_taken_over"},
    "cli/inputs.py": {"_apart", "_unlike"},
    "cli/precise.py": {"out_of_reach"},
    "cli/question_checks.py": {"wrong_depth"},
    "cli/size_tables.py": {"explain"},
    "finance/reconcile.py": {"unknown_covers"},
}
"""Who says why an answer is not made, line by line."""


def said_at_the_end():
    for place, names in ENDS.items():
        tree = ast.parse((ROOM.parent / place).read_text(encoding="utf-8"))
        for own in ast.walk(tree):
            if isinstance(own, ast.FunctionDef) and own.name in names:
                for node in ast.walk(own):
                    if isinstance(node, ast.Yield):
                        yield sample(node.value)


def test_each_reason_for_no_outcome_has_a_dutch_one():
    lines = {each for each in said_at_the_end() if each} - {"a.yaml: x1"}
    assert len(lines) > 20
    assert [each for each in lines if end_told(each, read_words("nl")).language != "nl"] == []
    causes = [each.format(9.0, "phone") for each in _CAUSES.values()]
    assert [each for each in causes if translated("causes", each) is None] == []


def found():
    """Give what is wrong with each of the scenarios on which the checks are tried."""
    changes = [{place: value} for place, value, *_ in test_problems.CASES]
    changes += [each for each, *_ in test_checks.CASES]
    for each in changes:
        with pytest.raises(ScenarioError) as error:
            loads(json.dumps(change(each)))
        yield from error.value.problems


def test_what_checks_find_is_told_in_dutch():
    problems, t = list(found()), read_words("nl")
    assert len(problems) > 150
    texts = {told(each, "a.yaml", t) for each in problems}
    assert [each.text for each in texts if each.language != "nl"] == []
    bare = {re.sub(r"'[^']*'|hier bekend: .*|sleutels .*", "", each.text) for each in texts}
    assert [each for each in bare if LEFT.search(each.partition(" (in het Engels")[0])] == []


def test_the_catalogue_keeps_placeholders():
    def holes(text):
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)

    for section in CATALOGUE.values():
        assert [key for key, text in section.items() if holes(key) != holes(text)] == []


@pytest.mark.parametrize(
    ("problem", "where", "text"),
    [
        (
            Problem("", 23, "teams.kcc.roster.0.heads", "-2", "is below 0",
                    "give a whole number from 0 to 1,000,000, or a list of them"),
            "a.yml, regel 23, teams.kcc.roster.0.heads",
            "-2 is lager dan 0; geef een heel getal van 0 tot 1000000, of een lijst daarvan",
        ),
        (
            Problem("", 4, "title", "a list", "is not a text, or a mapping with nl, en",
                    "give a text, or a mapping with nl, en", 7),
            "a.yml, regel 4, teken 7, title",
            "een lijst is geen tekst, of een blok met de sleutels nl, en; "
            "geef een tekst, of een blok met de sleutels nl, en",
        ),
        (
            Problem("", None, "", "'x'", "is not 'drain' or 'cut'", "write drain or cut"),
            "a.yml",
            "'x' is niet 'drain' of 'cut'; schrijf drain of cut",
        ),
    ],
)  # fmt: skip
def test_a_dutch_reader_reads_where_and_what(problem, where, text):
    seen = told(problem, "a.yml", read_words("nl"))
    assert (seen.where, seen.text, seen.language) == (where, text, "nl")


@pytest.mark.parametrize(
    ("problem", "remedy"),
    [
        (
            "as many as 40,000 replications and trials of all scenarios together are more than "
            "the 20,000 that fit in 1,769 MB",
            _LOWER,
        ),
        (
            "a cost in AWS of as much as $12.00 (most likely $9.10) is more than the $10.00 that "
            "one question may cost",
            _LOWER,
        ),
        (
            "the texts hold 90,000 lines, commas and brackets, and 50,000 is the most",
            "send fewer or shorter scenarios, such as ones that extend another",
        ),
        (
            "is about differences in costs, and one scenario is given",
            "give a second scenario, or another precision",
        ),
        (
            "is missing, and a precision of costs is asked",
            "write 'costs', or ask another precision",
        ),
        (
            "is about norms, and no scenario has one",
            "give a scenario 'norms', or ask another precision",
        ),
    ],
)
def test_what_a_question_may_not_ask_is_told_in_dutch(problem, remedy):
    seen = told(Problem("", None, "x", None, problem, remedy), "", read_words("nl"))
    assert seen.language == "nl", seen


def test_what_nobody_translated_is_marked_as_english(client, runs, monkeypatch):
    monkeypatch.setitem(findings._catalogue()["problems"], "is below {n}", "is lager dan {n}")
    monkeypatch.setattr(findings, "_patterns", lambda _: [])
    wrong = TODAY.replace("heads: 2", "heads: -2")
    files = {"files": (io.BytesIO(wrong.encode()), "today.yml"), "kind": "compare"}
    page = unescape(post(client, files).text)
    assert "<b>today.yml, regel 23, teams.desk.roster.0.heads:</b>" in page
    assert '(in het Engels) <span lang="en">-2 is below 0; give a whole number' in page
    english = unescape(
        post(client, {**files, "files": (io.BytesIO(wrong.encode()), "a.yml")}, "en").text
    )
    assert "<b>a.yml, line 23, teams.desk.roster.0.heads:</b> -2 is below 0; give" in english
    assert '<span lang="en">' not in english


def test_a_text_that_is_too_long_to_look_up_stays_as_it_is():
    key = "' is missing" * 5_000
    seen = told(Problem("", 1, "", None, f"unknown key '{key}'", "x"), "a.yml", read_words("nl"))
    assert seen.language == "en"


def test_why_a_run_ended_is_told_in_dutch_where_that_is_known():
    lost, other = "the work was lost three times; it may have run out of memory", "a fault"
    assert end_told(lost, read_words("nl")).text.startswith("het werk is drie keer")
    assert end_told(lost, read_words("en")).text == lost
    assert end_told(other, read_words("nl")).language == "en"
    assert end_told(f"{lost}\n{other}", read_words("nl")).text == f"{lost}\n{other}"
    missed = (
        "a.yaml: no size of team 'desk' attains its norms often enough; with 12 fte they are "
        "attained in 3 of 40 simulations\n"
        "a.yaml:   norms.fast: 61.2 % on time, 80.0 % asked. 30.1 % are sent away at closing: see "
        "channels.phone.at_closing"
    )
    assert end_told(missed, read_words("nl")).text == (
        "a.yaml: met geen enkele grootte van team 'desk' worden de normen vaak genoeg gehaald; "
        "met 12 fte gebeurt het in 3 van 40 simulaties\n"
        "a.yaml: norms.fast: 61.2 % op tijd, gevraagd 80.0 %. 30.1 % wordt bij sluiting "
        "weggestuurd: zie channels.phone.at_closing"
    )
