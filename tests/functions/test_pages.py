"""The pages without a browser: words, forms, numbers, and what is refused."""

import io
import json
import re
from html import unescape
from pathlib import Path
from string import Formatter

import pytest
from werkzeug.test import Client

from functions.logic.limits import Limits
from functions.logic.question import Kind, shipped
from functions.logic.runs import Runs
from functions.serve.form import read_number
from functions.serve.shelf import shelf
from functions.serve.shown import ICONS
from functions.serve.site import MOST_BYTES, Site
from functions.serve.stages import FIXED, in_words
from functions.serve.words import own_texts, read_words
from tests.functions.asked import faults, post
from tests.functions.conftest import Later

HOUSE = Path(__file__).parents[2]
SERVE = HOUSE / "functions" / "serve"
LANGUAGES = "nl", "en"
STAGE = re.compile(
    r"""(?:\bshown|\bstage|_stage|\bbegin)\(f?"([A-Z{][^"]+)"|"\w+": "([A-Z]\w+ing[^"]*)",$""",
    re.MULTILINE,
)


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_catalogues_have_the_same_keys_in_the_same_order_with_the_same_placeholders():
    dutch, english = map(own_texts, LANGUAGES)
    assert list(dutch) == list(english)
    assert {key: placeholders(text) for key, text in dutch.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


def test_every_text_is_used():
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for pattern in ("*.py", "templates/*.j2")
        for path in SERVE.glob(pattern)
    )
    literal = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_0-9]+)*)["']""", sources))
    begun = tuple(re.findall(r"""["']([a-z_]+\.(?:[a-z_]+\.)*)(?:\{|' ~)""", sources))
    assert [
        key for key in own_texts("nl") if key not in literal and not key.startswith(begun)
    ] == []


def test_every_state_and_kind_has_words():
    for key in [
        *(f"state.{state}" for state in ICONS),
        *(f"run.{state}" for state in ICONS),
        *(f"kind.{kind}" for kind in Kind),
        *(f"kind.{kind}.hint" for kind in Kind),
        *(f"stage.{stage}" for stage in FIXED.values()),
    ]:
        assert all(own_texts(language)[key] for language in LANGUAGES)


def test_every_stage_of_an_answer_has_dutch_words():
    told = [
        next(filter(None, found))
        for place in ("cli", "finance", "sizing")
        for path in (HOUSE / "simulation" / place).glob("*.py")
        for found in STAGE.findall(path.read_text(encoding="utf-8"))
    ]
    elsewhere = {"Verifying", "Rostering", "Simulating the roster", "Step {step}"}
    asked = {each for each in told if each not in elsewhere and "question.path" not in each}
    assert len(asked) > 12
    filled = [each.replace("{letter}", "A").replace("{year}", "2027") for each in asked]
    filled = [re.sub(r"\{[^}]*letter\}", "B", each) for each in filled]
    filled = [each for each in filled if not each.startswith("{")]
    assert [each for each in filled if in_words(each, read_words("nl"))[0] == each] == []
    named = in_words("0-today: Sizing each team", read_words("nl"))
    assert named == ("Grootte van elk team zoeken", "0-today")


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_scenarios_have_titles_in_the_language_of_the_page(client, language):
    page = unescape(client.get(f"/{language}/new", base_url="http://localhost").text)
    other = next(each for each in LANGUAGES if each != language)
    for place in shelf():
        for each in place.scenarios:
            assert f">{read_words(language).title(each.title)}</label>" in page
            assert f">{read_words(other).title(each.title)}</label>" not in page
    assert [each.name for place in shelf() for each in place.scenarios] == shipped()


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("5.000", "nl", 5000),
        ("5,000", "en", 5000),
        ("2,5", "nl", 2.5),
        ("2.5", "nl", 2.5),
        ("€ 1.234,50", "nl", 1234.5),
        ("1,234.5", "en", 1234.5),
        ("80%", "en", 80),
        ("1.2.3", "nl", None),
        ("-3", "nl", None),
        ("nan", "en", None),
        ("veel", "nl", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text, language, number):
    assert read_number(text, language) == number


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({}, "scenarios", "minstens één"),
        ({"sets": "amsterdam", "kind": "size"}, "scenarios", "6"),
        ({"scenarios": "small-town/0-today", "kind": "sensitivity"}, "scenarios", "vergelijkt"),
        ({"sets": "amsterdam", "replications": "0"}, "replications", "1 tot 100.000"),
        (
            {"scenarios": "small-town/0-today", "kind": "size", "replications": "9"},
            "replications",
            "10 tot 10.000",
        ),
        ({"sets": "amsterdam", "replications": "2,5"}, "replications", "heel"),
        ({"sets": "amsterdam", "precision": "0"}, "precision", "0,01"),
        ({"sets": "amsterdam", "share": "100"}, "share", "50 tot 99"),
        ({"sets": "amsterdam", "replications": "9", "precision": "9"}, "precision", "niet allebei"),
        ({"sets": "amsterdam", "precision": "9", "kind": "business_case"}, "precision", "Business"),
    ],
)
def test_what_is_wrong_is_tied_to_its_field(values, field, words):
    (found,) = faults(values)
    assert found[0] == field
    assert words in found[1]


def test_as_many_runs_as_may_be_under_way_are_told(client, runs):
    values = {"scenarios": "small-town/0-today", "kind": "compare"}
    for number in range(runs.limits.active):
        assert post(client, values | {"replications": str(number + 1)}).status_code == 303
    told = post(client, values | {"replications": "99"})
    assert told.status_code == 422
    assert "Er zijn al 10 berekeningen bezig" in told.text
    assert 'value="99"' in told.text


def test_what_a_question_costs_is_told_before_it_is_asked(client, runs):
    asked = {"sets": "small-town", "kind": "compare", "expect": "yes"}
    page = post(client, asked).text
    said = r'id="price"[^>]*>Duurt op deze computer enkele seconden\. [^<]*In AWS kost dit [^<]*€'
    assert re.search(said, page)
    longer = unescape(post(client, {**asked, "sets": "amsterdam"}).text)
    assert re.search(r'id="price"[^>]*>Duurt op deze computer ongeveer \d+.minu[^<]*In AWS', longer)
    assert re.search(r'name="sets" value="small-town" checked', page)
    assert runs.some("local", 100)[0] == []


def test_asking_again_fills_in_the_form(client, runs):
    post(client, {"sets": "small-town", "kind": "size", "scenarios": "small-town/0-today"})
    values = {"scenarios": ["small-town/0-today", "small-town/a-webcare"], "precision": "2.500"}
    post(client, values)
    (run,) = runs.some("local", 100)[0]
    runs.cancel(run["id"], "local")
    page = client.get(f"/nl/runs/{run['id']}", base_url="http://localhost").text
    (address,) = re.findall(r'href="(/nl/new\?[^"]+)"', page)
    form = client.get(unescape(address), base_url="http://localhost").text
    assert form.count('name="scenarios"') == len(shipped())
    assert len(re.findall(r'name="scenarios"[^>]* checked', form)) == 2
    assert 'value="2.500"' in form


def test_the_list_says_what_was_asked(client):
    values = {"sets": "small-town", "kind": "equal_service"}
    post(client, {**values, "share": "90", "replications": "40"})
    post(client, {**values, "kind": "compare", "precision": "5.000"})
    page = client.get("/nl/", base_url="http://localhost").text.replace("\N{NO-BREAK SPACE}", " ")
    assert ">40 simulaties, normen gehaald in 90%<" in page
    assert ">precies tot op € 5.000<" in page


def test_older_runs_stand_on_further_pages(store):
    runs = Runs(store, Later(), Limits(active=100))
    client = Client(Site(runs, {"localhost"}))
    values = {"scenarios": "small-town/0-today", "kind": "compare", "replications": "9"}
    for _ in range(51):
        post(client, values)
    latest = client.get("/nl/", base_url="http://localhost").text
    (address,) = re.findall(r'href="(/nl/\?after=[^"]+)"', latest)
    older = client.get(address, base_url="http://localhost").text
    shown = [re.findall(r'scope="row"><a href="/nl/runs/(\w+)"', page) for page in (latest, older)]
    assert [len(each) for each in shown] == [50, 1]
    assert [*shown[0], *shown[1]] == [run["id"] for run in runs.some("local", 100)[0]]
    assert "Oudere berekeningen" not in older
    assert "Nieuwste berekeningen" in older
    none = client.get(f"/nl/?after={shown[1][0]}", base_url="http://localhost").text
    assert "Er zijn geen oudere berekeningen." in none


def record(runs, client, values=None, **changes):
    """Give the page of a run of which the answer is as told."""
    post(client, values or {"sets": "small-town", "kind": "compare"})
    (run,) = runs.some("local", 100)[0]
    kept = runs.store.records.get("answer", run["answer"])
    new = {**kept.data, "counter": "0" * 16, **changes}
    runs.store.records.replace("answer", run["answer"], new, kept.version)
    return unescape(client.get(f"/nl/runs/{run['id']}", base_url="http://localhost").text)


def test_progress_is_told_by_part_with_the_time_left(runs, client):
    title = {"nl": "Vandaag", "en": "Today"}
    parts = [
        {"stage": "Simulating", "scenario": title, "jobs": 1200, "done": 300},
        {"stage": "A in 2027", "scenario": None, "jobs": 10, "done": 0},
        {"stage": "0-today: Sizing each team", "scenario": None, "jobs": 9, "done": 0},
    ]
    since = {"moment": "2026-11-29T10:00:00+00:00", "done": 0}
    page = record(runs, client, state="working", round=2, parts=parts, since=since)
    text = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "Simuleren: 0 Vandaag 300 van 1.200" in text
    assert "Scenario A in 2027 0 van 10" in text
    assert "Grootte van elk team zoeken: 0 Vandaag 0 van 9" in text
    assert "Deze stap duurt nog ongeveer" in text
    assert "Bezig, 25%" in text


def test_0_and_0_star_are_told_apart_and_how_many_steps_follow_is_not_guessed(runs, client):
    title = {"nl": "Vandaag", "en": "Today"}
    parts = [
        {"stage": "Simulating", "scenario": title, "jobs": 9, "done": 9},
        {"stage": "Simulating", "scenario": title, "jobs": 9, "done": 9},
        {"stage": "0-today: Sizing each team", "scenario": None, "jobs": 9, "done": 9},
    ]
    since = {"moment": "2026-11-29T10:00:00+00:00", "done": 0}
    values = {"sets": "small-town", "kind": "equal_service"}
    told = {"state": "working", "round": 15, "parts": parts, "since": since}
    text = " ".join(re.sub(r"<[^>]*>", " ", record(runs, client, values, **told)).split())
    assert "Simuleren: 0* Vandaag, met precies genoeg mensen 9 van 9 Simuleren: 0 Vandaag 9" in text
    assert "Grootte van elk team zoeken: 0* Vandaag" in text
    assert "Deze stap is gedaan. De uitkomst ervan wordt verwerkt." in text
    assert "Bezig, stap 15" in client.get("/nl/", base_url="http://localhost").text


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        (
            {"cost": 2500, "cost_half_width": 4210.4},
            "Na 60 simulaties is de gevraagde precisie nog niet gehaald: "
            "kostenverschillen ± € 4.210 (gevraagd ± € 2.500). Het houdt op na hooguit 1.000",
        ),
        (
            {"cost": 2500, "cost_half_width": None, "service": 0.01, "service_half_width": 0.0123},
            "kostenverschillen ± onbekend (gevraagd ± € 2.500), "
            "aandelen op tijd ± 1,23 procentpunt (gevraagd ± 1,00).",
        ),
    ],
)
def test_how_precise_it_is_so_far_is_told(runs, client, precision, words):
    parts = [{"stage": "Simulating", "scenario": None, "jobs": 60, "done": 0}]
    told = {"replications": 60, "reached": False, "most": 1000, **precision}
    page = record(runs, client, state="working", parts=parts, precision=told)
    assert words in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "± " not in page


@pytest.mark.parametrize(
    ("state", "reached", "words"),
    [
        ("working", True, ["is de gevraagde precisie gehaald:", "nog één keer nagegaan"]),
        ("finished", True, ["✓</span> Klaar<", "gehaald na 60 simulaties", "<dd>60</dd>"]),
        ("finished", False, ["≈</span> Klaar, niet zo precies als gevraagd", "en meer mag niet"]),
    ],
)
def test_whether_the_precision_was_reached_is_told(runs, client, state, reached, words):
    told = {"replications": 60, "reached": reached, "most": 60, "cost": 5, "cost_half_width": 4}
    values = {"sets": "small-town", "kind": "compare", "precision": "5"}
    page = record(runs, client, values, state=state, precision=told)
    assert [each for each in words if each not in page] == []
    assert "zoals in het scenario" not in page


def test_at_equal_service_the_precision_leaves_out_the_steps_of_teams(runs, client):
    told = {"replications": 60, "reached": True, "most": 60, "cost": 5, "cost_half_width": 4}
    values = {"sets": "small-town", "kind": "equal_service", "precision": "5"}
    page = record(runs, client, values, state="finished", precision=told)
    assert "Teams gaan met stappen in grootte" in page


def test_a_failure_is_told_with_its_reason_escaped(runs, client):
    page = record(runs, client, state="failed", problem="heads: <b>9</b> is too many")
    assert "Mislukt" in page
    assert "Vraag het opnieuw" in page
    assert "heads: <b>9</b>" in page  # unescaped above


def test_outcomes_are_in_the_language_of_the_reader_first(runs, client):
    names = [
        *("case.json", "finance.nl.html", "compare.nl.html", "workbook.nl.xlsx"),
        *("finance.en.html", "compare.en.html", "workbook.en.xlsx"),
    ]
    page = record(runs, client, state="finished", documents=names)
    assert ">See the business case<" in page
    assert re.search(r'download="compare-small-town-20\d\d-\d\d-\d\d-workbook.nl.xlsx"', page)
    assert 'finance.nl.html" target="_blank"' in page
    assert re.findall(r"/documents/([^\"]+)", page) == [
        *("finance.nl.html", "compare.nl.html", "workbook.nl.xlsx", "case.json"),
        *("finance.en.html", "compare.en.html", "workbook.en.xlsx"),
    ]


REFUSED = [
    ("GET", "/nl/", {"Host": "evil.example"}, 421),
    ("GET", "/runs", {"Host": "evil.example"}, 421),
    ("POST", "/nl/new", {"Origin": "http://evil.example"}, 403),
    ("POST", "/nl/new", {"Origin": "null"}, 403),
    ("POST", "/runs", {"Origin": "http://evil.example"}, 403),
    ("DELETE", f"/runs/{'0' * 32}", {"Origin": "http://localhost:9"}, 403),
    ("GET", "/assets/../site.py", {}, 404),
    ("GET", "/assets/..%2fsite.py", {}, 404),
    ("GET", "/assets/%2e%2e/%2e%2e/settings.py", {}, 404),
    ("GET", "/assets/nothing.css", {}, 404),
    ("GET", f"/nl/runs/{'0' * 32}", {}, 404),
    ("GET", "/nl/runs/..%2f..%2fetc%2fpasswd", {}, 404),
    ("GET", "/nl/elsewhere", {}, 404),
    ("GET", "/en/runs/x/cancel", {}, 405),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), REFUSED)
def test_what_nobody_should_ask_is_refused(client, method, path, headers, status):
    answer = client.open(path, method=method, headers=headers, base_url="http://localhost")
    assert answer.status_code == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if status == 404 and path.startswith("/nl"):
        assert "bestaat niet" in answer.text


@pytest.mark.parametrize(
    "document", ["../question.json", "..%2fquestion.json", "%2e%2e/question.json", "/etc/passwd"]
)
def test_only_documents_of_a_run_are_given(client, runs, document):
    record(runs, client, state="finished", documents=["result.json"])
    (run,) = runs.some("local", 100)[0]
    path = f"/runs/{run['id']}/documents/{document}"
    assert client.get(path, base_url="http://localhost").status_code in {404, 422}


LARGE = [
    ("/nl/new", "multipart/form-data; boundary=x", "text/html"),
    ("/runs", "application/json", "application/problem+json"),
]


@pytest.mark.parametrize(("path", "sent", "kind"), LARGE)
def test_a_body_over_the_limit_is_refused(client, path, sent, kind):
    body = io.BytesIO(b"x" * (MOST_BYTES + 1))
    answer = client.post(
        path,
        input_stream=body,
        content_length=MOST_BYTES + 1,
        content_type=sent,
        base_url="http://localhost",
    )
    assert answer.status_code == 413
    assert answer.content_type.startswith(kind)


def test_a_fault_is_told_on_a_page_and_as_a_problem(client, monkeypatch, capsys):
    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Runs, "some", broken)
    page = client.get("/nl/", base_url="http://localhost")
    assert page.status_code == 500
    assert "schijf" in page.text
    api = client.get("/runs", base_url="http://localhost")
    assert api.status_code == 500
    assert json.loads(api.text)["status"] == 500


def test_pages_allow_no_other_host(client):
    for path in ("/nl/", "/en/new"):
        policy = client.get(path, base_url="http://localhost").headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy
