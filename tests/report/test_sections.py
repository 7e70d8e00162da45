"""Parts of the page: what a reader has to be told beside an amount."""

import re
from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

import pytest
from markupsafe import Markup
from pydantic import BaseModel

import simulation.scenario
from simulation.comparison.document import Result
from simulation.report import claims, equal, facts, write_page
from simulation.report.figures.cost_service import cost_service
from simulation.report.figures.service import service
from simulation.report.figures.waterfall import waterfall
from simulation.report.reader import LANGUAGES, Reader, catalogue, half_width
from simulation.report.sections.assumptions import assumptions
from simulation.report.sections.forest import circumstances, forest
from simulation.report.sections.headline import headline
from simulation.report.sections.proposal import memo
from simulation.report.sections.sure import capacity, sure
from simulation.report.speech import period, speak
from simulation.report.traced import plain
from simulation.report.words import path_words, value
from tests.report import equal_example, examples
from tests.report.example_data import DUMP, STRATEGIES
from tests.report.pages import read
from tests.report.proposal_cases import FIXED, MISSES, PRICED, YEAR, compared, said, scenario

REPORT = {"nl": "melding openbare ruimte", "en": "report on public space"}


@pytest.fixture(scope="module")
def result():
    return examples.result()


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "zonder overhead"), ("en", "without overhead")]
)
def test_structural_costs_are_said_to_be_without_overhead(result, language, words):
    reader = Reader(language)
    top, table = headline(result, reader), forest(result, reader)
    focus = facts.focus(result)
    assert focus is not None
    fall = waterfall(result, reader, focus)
    assert fall is not None
    assert table.priced
    said = [
        top.sentences[0],
        top.figures[0].label,
        reader("forest.cost_rule"),
        reader.template("forest.subtitle"),
        fall.subtitle,
        fall.alt,
        memo(result, reader).parts[1].points[0],
        reader("bill.total.structural"),
        reader("glossary.overhead.term"),
    ]
    assert [text for text in said if words not in text] == []


def test_what_overhead_would_add_is_told_in_figures(result):
    """The total with overhead is the one on the bill."""
    focus = facts.focus(result)
    assert focus is not None
    full = focus.differences["costs.full"]
    amount = Reader("nl").signed_euros(full.mean, half_width(full))
    told = [item for item in sure(result, Reader("nl")) if item.term == "Overhead"]
    assert len(told) == 1
    assert amount in told[0].text


def how_often_cheaper(made: Result) -> str:
    """Give what a reader is told about the number of simulations in which it is cheaper."""
    enough = made.equal_service is not None
    items = sure(equal.as_shown(made), Reader("en", equal=enough))
    return next((item.text for item in items if item.term.startswith("Cheaper")), "")


def with_costs_less(made: Result, gaps: list[float]) -> Result:
    """Let the figures' scenario be dearer than the baseline by the gaps, one a replication."""
    focus = facts.focus(made)
    assert focus is not None
    theirs = facts.baseline(made).raw[facts.STRUCTURAL]
    own = tuple((a or 0.0) + gap for a, gap in zip(theirs, gaps, strict=True))
    other = focus.model_copy(update={"raw": {**focus.raw, facts.STRUCTURAL: own}})
    scenarios = tuple(other if each is focus else each for each in made.scenarios)
    return made.model_copy(update={"scenarios": scenarios})


@pytest.mark.parametrize(
    ("made", "yardstick"), [(examples.result, "today"), (equal_example.result, "0*")]
)
def test_how_often_a_scenario_is_cheaper_is_told_with_the_interval_of_that_share(made, yardstick):
    text = plain(Markup(how_often_cheaper(with_costs_less(made(), [-9.0] * 27 + [9.0] * 3))))
    assert f"cheaper than {yardstick} in 27 of 30 simulations" in text
    assert "90% interval of that share: 76% to 97%" in text
    assert "not certain yet" not in text


def test_half_of_the_simulations_is_not_called_certain():
    text = how_often_cheaper(with_costs_less(examples.result(), [-9.0] * 17 + [9.0] * 13))
    assert "more often than not is not certain yet" in text
    assert how_often_cheaper(with_costs_less(examples.result(), [0.0] * 30)) == ""


def test_at_equal_service_a_step_of_a_team_can_turn_it_round():
    made = equal_example.result()
    focus = facts.focus(made)
    assert focus is not None
    told = facts.direction(facts.cost(focus)) == "no_clear_difference"
    assert ("one step more or less" in how_often_cheaper(made)) is told
    assert "one step more or less" not in how_often_cheaper(examples.result())


def test_one_off_costs_of_every_scenario_are_in_the_table(result):
    table = forest(result, Reader("nl"))
    shown = {row.letter: str(row.once) for row in table.rows}
    amounts = {"0": 0.0, "A": 0.0, "B": 25_000.0, "C": 25_000.0, "D": 12_000.0}
    assert shown == {letter: Reader("nl").signed_euros(x) for letter, x in amounts.items()}
    assert table.once
    free = [{**strategy, "once": 0.0} for strategy in STRATEGIES]
    assert not forest(examples.result(strategies=free), Reader("nl")).once


def test_cells_on_a_phone_name_the_norm_that_counts(result):
    """A card has no heading above its cells."""
    columns = forest(result, Reader("nl")).columns
    labels = [
        text
        for text in read(write_page(result, "nl")).words
        if re.search(r"norm \d|\d% binnen", text)
    ]
    assert len(columns) == 3
    for name, rule in columns:
        assert "80%" in rule or "90%" in rule
        assert f"{name}, {rule}" in labels
    assert labels.count(", ".join(columns[0])) >= len(result.scenarios)


def test_marks_of_both_tables_have_one_scale(result):
    tables = forest(result, Reader("nl")), circumstances(result, Reader("nl"))
    marks = [row.mark for table in tables if table for row in table.rows if row.mark]
    assert len({mark.zero for mark in marks}) == 1
    costs = [c.mean for s in result.scenarios if (c := facts.cost(s))]
    places = [mark.mean for mark in marks if mark.way != "today"]
    steps = {
        round((a - marks[0].zero) / cost, 9)
        for a, cost in zip(sorted(places), sorted(costs), strict=True)
    }
    assert max(steps) == pytest.approx(min(steps), rel=0.05)


@pytest.mark.parametrize(
    ("language", "channels", "unit"),
    [("nl", "(bij balie en telefoon)", " uur)"), ("en", "(for counter and phone)", " hours)")],
)
def test_waiting_says_where_when_and_in_which_unit(result, language, channels, unit):
    reader = Reader(language)
    label = str(headline(result, reader).figures[2].label)
    assert channels in label
    assert str(period(result, reader)) in label
    assert label.endswith(unit)
    focus = facts.focus(result)
    assert focus is not None
    assert channels in speak(claims.waiting(result, focus), reader, result)


def told(result, language="nl"):
    """Give everything that the top of the page and the remarks of the table say."""
    top, table = headline(result, Reader(language)), forest(result, Reader(language))
    parts = [top.heading, *top.sentences, *top.cautions, *(f.label for f in top.figures)]
    return [plain(Markup(part)) for part in parts], {
        r.letter: plain(Markup(r.remark)) for r in table.rows
    }


def test_attained_norms_that_are_not_certain_are_told_with_their_count():
    result = compared(MISSES, scenario("A", -5_000.0, 24))
    texts, remarks = told(result)
    assert texts[0] == "Het is nog niet zeker of Plan A alle normen haalt"
    assert "1 van de 1 normen, waarvan 1 nog niet zeker; nu zijn dat er 0 van de 1." in texts[2]
    assert "normen gehaald in scenario A, waarvan 1 nog niet zeker (nu: 0 van 1)" in texts
    assert "Nog niet zeker" in remarks["A"]


def test_uncertain_norms_of_today_are_counted_as_those_of_a_scenario():
    texts, _ = told(compared(scenario("0", runs=24), scenario("A", -5_000.0, 24)))
    uncertain = "waarvan 1 nog niet zeker"
    assert f"normen gehaald in scenario A, {uncertain} (nu: 1 van 1, {uncertain})" in texts


def test_too_few_simulations_are_those_of_every_scenario_and_give_no_interval():
    few = examples.result(replications=3)
    texts = told(few)[0]
    assert "Elk scenario is maar 3 keer gesimuleerd." in texts
    assert not any("interval:" in text for text in texts)
    focus = facts.focus(few)
    assert focus is not None
    made = (cost_service(few, Reader("nl")), service(few, Reader("nl"), focus))
    titles = [plain(chart.title) for chart in made if chart]
    assert len(set(titles)) == len(made)
    uneven = compared(scenario("0", n=3, runs=3), scenario("A", n=20, runs=20))
    assert "Een scenario is maar 3 keer gesimuleerd." in told(uneven)[0]


def test_unit_within_a_subtitle_is_no_start_of_a_sentence(result):
    chart = cost_service(result, Reader("nl"))
    assert chart is not None
    assert "Liggend: kosten t.o.v. nu" in plain(chart.subtitle)


@pytest.mark.parametrize(("reached", "words"), [(True, "Gehaald"), (False, "Niet gehaald")])
def test_precision_that_was_asked_is_a_row_about_certainty(reached, words):
    told = {"cost": 500.0, "service": None, "most": 40, "cost_half_width": 733.0,
            "service_half_width": None, "reached": reached}  # fmt: skip
    about = compared(MISSES, scenario("A", -5_000.0), precision=told)
    rows = {item.term: plain(Markup(item.text)) for item in sure(about, Reader("nl"))}
    assert rows["Gevraagde precisie"].startswith(f"{words} na 30 simulaties: ")
    assert re.search(r"±\s€\s733 \(gevraagd ±\s€\s500\)", rows["Gevraagde precisie"])
    plainly = sure(compared(MISSES, scenario("A", -5_000.0)), Reader("nl"))
    assert "Gevraagde precisie" not in {item.term for item in plainly}


@pytest.mark.parametrize("others", [1, 2])
def test_titles_stand_in_quotation_marks_within_the_summary(others):
    made = [scenario(x, -5_000.0, 0, title="Webcare, en minder telefoon") for x in "AB"[:others]]
    sentence = told(compared(MISSES, *made))[0][1]
    assert "‘Webcare, en minder telefoon’" in sentence


@pytest.mark.parametrize(
    ("runs", "heading"),
    [
        ((24, 24), "Het is nog niet zeker welke scenario’s alle normen halen"),
        ((24, 0), "Het is nog niet zeker of de huidige situatie alle normen haalt"),
    ],
)
def test_undecided_names_whom_it_is_about(runs, heading):
    texts, _ = told(compared(scenario("0", runs=runs[0]), scenario("A", 5.0, runs[1])))
    assert texts[0] == heading


@pytest.mark.parametrize(("language", "word"), [("nl", "vaak genoeg"), ("en", "often enough")])
def test_sometimes_is_not_never(language, word):
    """Attained in 12 of 30 simulations: too seldom, and more than never."""
    sometimes = compared(MISSES, scenario("A", -5_000.0, 12), scenario("B", -9_000.0, 0))
    texts, remarks = told(sometimes, language)
    assert word in texts[0]
    assert any(re.search(r"scenario A: .* 12 (van de|of) 30", text) for text in texts)
    assert word in remarks["A"]
    assert word not in remarks["B"]
    never, _ = told(compared(MISSES, scenario("A", -5_000.0, 0)), language)
    assert not any(word in text for text in never)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_table_holds_a_number_of_simulations(language):
    """The reader sees the numbers of this run, never those of another."""
    texts = [catalogue(language)[key] for key in ("forest.note", "forest.note_norms")]
    assert [found for text in texts for found in re.findall(r"\d+(?!\d|%)", text)] == []


def test_warning_in_the_proposal_names_the_organisation(result):
    about = result.model_copy(update={"organisation": "Gemeente Voorbeeldstad"})
    warning = memo(about, Reader("nl")).warning
    assert warning is not None
    assert "Gemeente Voorbeeldstad" in warning
    assert "deze gemeente" in str(memo(result, Reader("nl")).warning)


@pytest.mark.parametrize(
    ("language", "path", "words"),
    [
        ("nl", "demand.phone.reasons.report", "vraag › Telefoon › redenen › melding"),
        ("en", "demand.phone.reasons.report", "demand › Phone › reasons › report on public space"),
        ("nl", "channels.phone.returns.after_unresolved.to", "terugkomen › na een antwoord dat"),
        ("nl", "demand.phone.weekdays", "vraag › Telefoon › dagen van de week"),
    ],
)
def test_path_is_in_the_words_of_the_scenario(path, language, words):
    about = scenario("0", scenario=DUMP | {"reasons": {"report": {"title": REPORT}}})
    told = path_words(Reader(language), compared(about).scenarios[0], path)
    assert words.split(" › ")[-1] in told
    assert set(words.split(" › ")[:-1]) <= set(told.split(" › "))


@pytest.mark.parametrize(
    ("language", "written"), [("nl", "0,22; 0,43; 1.500"), ("en", "0.22; 0.43; 1,500")]
)
def test_numbers_in_a_list_are_written_as_others_are(language, written):
    assert value(Reader(language), "0.22, 0.43, 1500") == written


def test_every_key_with_a_value_has_a_word():
    """A path is never half in another language."""
    values = {name for model in models() for name, field in model.model_fields.items()
              if holds_a_value(field.annotation)} - NO_ASSUMPTIONS  # fmt: skip
    assert len(values) > 60
    for language in LANGUAGES:
        assert {name for name in values if f"word.{name}" not in catalogue(language)} == set()


NO_ASSUMPTIONS = {"value", "low", "high", "seed", "replications", "rank", "after", "every", "start"}
"""Keys that hold a number and are a part of an assumption, or a choice of how to compute."""


def models() -> list[type[BaseModel]]:
    names = [
        f"simulation.scenario.{each.name}" for each in iter_modules(simulation.scenario.__path__)
    ]
    found = [each for name in names for each in vars(import_module(name)).values()]
    return [each for each in found if isinstance(each, type) and issubclass(each, BaseModel)
            and each.__module__.startswith("simulation.scenario")]  # fmt: skip


def holds_a_value(annotation: object) -> bool:
    """Tell whether a field can be an assumption: a number, or numbers by name or in a row."""
    return annotation in {float, int} or any(map(holds_a_value, get_args(annotation)))


def test_one_count_of_assumptions(result):
    """The same number stands above the table, in the limits and in the proposal."""
    own, stated = facts.own_estimates(result)
    rows = assumptions(result, Reader("nl"))
    assert stated == len(rows)
    assert own == sum(row.own for row in rows)


@pytest.mark.parametrize(
    ("source", "note", "said"),
    [
        (None, {"nl": "eigen schatting", "en": "own estimate"}, ("", "")),
        (None, "eigen schatting: zie (a).", ("Zie (a).", "Zie (a).")),
        (None, "own estimate; as before", ("As before.", "As before.")),
        (None, {"nl": "als bij bellen", "en": "as in calls!"}, ("Als bij bellen.", "As in calls!")),
        (None, "own estimates differ", ("Own estimates differ.", "Own estimates differ.")),
        ("VNG", "eigen schatting van VNG", ("Eigen schatting van VNG.",) * 2),
    ],
)
def test_note_of_an_assumption_is_a_sentence_in_the_language_of_the_page(source, note, said):
    stated = {"path": "demand.phone.yearly", "value": 1, "source": source, "note": note,
              "owner": "Jo"}  # fmt: skip
    about = compared(scenario("0", assumptions=[stated]), scenario("A"))
    for language, remark, owner in zip(("nl", "en"), said, ("Eigenaar", "Owner"), strict=True):
        (row,) = assumptions(about, Reader(language))
        assert row.note == f"{remark} {owner}: Jo.".strip()


@pytest.mark.parametrize(
    ("language", "inside", "years", "period"),
    [("nl", " in 2026", "gesimuleerde jaren", "period|1 januari"),
     ("en", " in 2026", "simulated years", "period|1 January")],
)  # fmt: skip
def test_whole_calendar_year_is_called_a_year(language, inside, years, period):
    reader = Reader(language)
    about = compared(MISSES, scenario("A", -5_000.0), period=YEAR)
    top, figure = headline(about, reader), service(about, reader, about.scenarios[1])
    fall = waterfall(about, reader, about.scenarios[1])
    assert fall is not None
    assert figure is not None
    spread = next(i.text for i in sure(about, reader) if i.term == reader("sure.spread.term"))
    risks = " ".join(said(about, language))
    assert " 2026 (" in plain(top.figures[0].label)
    sentences = [str(plain(x)) for x in (top.sentences[0], figure.subtitle, fall.subtitle)]
    assert [text for text in (*sentences, risks) if inside not in text] == []
    texts = [sentences[1], plain(Markup(spread)), risks]
    assert [text for text in texts if years not in text] == []
    assert not re.search(period, " ".join([*sentences, *texts]))


def test_prices_of_another_year_are_said_not_to_be_raised():
    words = "Bedragen voor 2026, in prijzen van 2025; niet verhoogd naar 2026."
    about = compared(MISSES | PRICED | FIXED, scenario("A", -5_000.0), period=YEAR)
    assert words in " ".join(said(about, "nl"))
    assert words in " ".join(" ".join(read(write_page(about, "nl")).words).split())


def test_part_of_a_year_is_called_a_period():
    about = compared(MISSES, scenario("A", -5_000.0))
    assert " in de periode " in plain(headline(about, Reader("nl")).sentences[0])
    assert "gesimuleerde perioden" in " ".join(said(about, "nl"))


ROSTER = "roosters plus verlof, ziekte en opleiding"


@pytest.mark.parametrize(
    ("hours", "runs", "words", "booked"),
    [
        (-560.0, 30, f"Zoveel uren worden er minder betaald ({ROSTER})", True),
        (-560.0, 24, f"Zoveel uren worden er minder betaald ({ROSTER})", False),
        (-560.0, None, f"Zoveel uren worden er minder betaald ({ROSTER})", None),
        (0.0, 30, "Er worden evenveel uren betaald als nu. Er valt niets in te boeken.", None),
        (560.0, 30, "Er worden meer uren betaald dan nu. Er valt niets in te boeken.", None),
    ],
)
def test_paid_hours_are_more_than_the_roster_and_booked_with_every_norm(hours, runs, words, booked):
    more = {"teams.phone.paid_hours": hours, "channels.phone.handling_hours": -9.0}
    today = scenario("0", runs=None if runs is None else 0)
    told = capacity(compared(today, scenario("A", -5_000.0, runs, more=more)), Reader("nl"))
    assert told is not None
    assert told.cash_text.startswith(words)
    assert ("Dit is in te boeken" in told.cash_text) == (booked is True)
    assert ("Dit is dus niet in te boeken" in told.cash_text) == (booked is False)
