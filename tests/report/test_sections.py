"""Parts of the page: what a reader has to be told beside an amount."""

import pytest

from simulation.report import claims, facts
from simulation.report.figures.waterfall import waterfall
from simulation.report.reader import Reader, half_width
from simulation.report.sections.forest import circumstances, forest
from simulation.report.sections.headline import headline
from simulation.report.sections.proposal import memo
from simulation.report.sections.sure import sure
from simulation.report.speech import period, speak
from tests.report import examples
from tests.report.example_data import STRATEGIES


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


def test_one_off_costs_of_every_scenario_are_in_the_table(result):
    table = forest(result, Reader("nl"))
    shown = {row.letter: str(row.once) for row in table.rows}
    amounts = {"0": 0.0, "A": 0.0, "B": 25_000.0, "C": 25_000.0, "D": 12_000.0}
    assert shown == {letter: Reader("nl").signed_euros(x) for letter, x in amounts.items()}
    assert table.once
    free = [{**strategy, "once": 0.0} for strategy in STRATEGIES]
    assert not forest(examples.result(strategies=free), Reader("nl")).once


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
