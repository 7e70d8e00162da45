"""What `business-case` prints names things as readers do, not by their keys in a file."""

import re
from io import StringIO

import pytest
from rich.console import Console

from simulation.cli.break_even_tables import show_break_evens
from simulation.cli.budget_tables import show_reconciliation
from simulation.cli.case_people_tables import people_tables
from simulation.cli.case_tables import effect
from simulation.cli.sensitivity_tables import show_sensitivity
from simulation.cli.tables import Teller, show_tables
from simulation.report.case_view import CaseView
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.sensing import Sense
from simulation.report.words import path_words, upper_first
from tests.report import case_examples as cases
from tests.report import staffed_cases


def printed(show):
    told = StringIO()
    show(Console(file=told, width=100))
    return told.getvalue()


def view(case, language):
    return CaseView(case, Reader(language, equal=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_of_the_bill_have_names(language):
    own = view(cases.reconciled(), language)
    out = printed(lambda console: show_reconciliation(own, Teller(language), console))
    assert "120" in out
    assert re.findall(r"[a-z_]+\.[a-z_]+", out) == []
    assert own.part_of_bill("staff.counter") in out


@pytest.mark.parametrize("language", LANGUAGES)
def test_assumptions_have_names(language):
    own = view(cases.sensing(quick=True), language)
    told = own.case.sensitivity
    assert told is not None
    out = printed(lambda console: show_sensitivity(own, told, Teller(language), console, effect))
    assert re.findall(r"[a-z_]+\. ?[a-z_]+\. ?[a-z_]+", out) == []
    sense = Sense(own, told)
    shown = " ".join(out.split())
    flips = [sense.name(flip.letters[0], flip.path) for flip in told.flips]
    assert [name for name in flips if f"‘{name}’" not in shown] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_turns_has_a_name(language):
    own = view(cases.turning(), language)
    tell = Teller(language)
    out = printed(lambda console: show_break_evens(own, "B", tell, console, effect))
    assert re.findall(r"[a-z_]+\.[a-z_]+\.[a-z_]+", out) == []
    name = upper_first(path_words(own.reader, own.scenario("B"), cases.HANDLING))
    assert f"‘{name}’" in " ".join(out.split())


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "Capaciteitswinst, teams van vandaag"), ("en", "Capacity gain, teams of today")],
)
def test_capacity_has_a_block_of_its_own_without_new_teams(language, said):
    case = staffed_cases.with_new_team()
    (strategy,) = case.strategies
    own = view(case, language)
    tables = people_tables(own, strategy, Teller(language))
    out = printed(lambda console: show_tables(console, tables))
    contracts, capacity = out.split(said)
    assert own.team("B", "webcare") in contracts
    assert own.team("B", "webcare") not in capacity
    assert own.team("B", "counter") in capacity
