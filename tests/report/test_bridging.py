"""Hours become contracts in sight of readers: by team, in a sentence, where a step decides."""

import re
from html import unescape

import pytest

from simulation.finance.bridge import bridge
from simulation.report.bridging import bridges, near, steps
from simulation.report.case_view import BASELINE, CaseView
from simulation.report.figures.booked import booked_chart
from simulation.report.finance_page import write_finance_page
from simulation.report.page import write_page
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.sections.hired import hired
from simulation.report.sections.people import people
from simulation.report.traced import plain
from tests.report import case_examples as cases
from tests.report import staffed_cases
from tests.report.test_size_page import number

AMOUNT = re.compile(r"[−+]?€[\s\N{NO-BREAK SPACE}]?[\d.,]*\d")


def view(case, language="en"):
    return CaseView(case, Reader(language, equal=True))


def amounts(text, language):
    return [number(each, language) for each in AMOUNT.findall(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_leads_from_hours_to_contracts(language):
    case = staffed_cases.parted()
    for sentence, letter in zip(bridges(view(case, language)), (BASELINE, "B"), strict=True):
        told, found = plain(sentence), bridge(case, letter, 3)
        assert found is not None
        wanted = [abs(found.hours), abs(found.contracts), found.rounding, found.kept, found.rest]
        kept = [each for each in wanted if abs(each) >= 500]
        assert amounts(told, language) == pytest.approx(kept, abs=2_000)
        hours, contracts, *parts = amounts(told, language)
        way = {"0*": (1, -1), "B": (-1, -1)}[letter]
        assert way[0] * hours + sum(parts) == way[1] * contracts
        assert "2029" in told
    more = {"nl": "meer dan 0*", "en": "more than 0*"}
    assert found is not None
    assert found.hours < 0 < found.rounding
    assert more[language] not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_pages_say_the_same_sentences(language):
    case = staffed_cases.parted()
    finance, comparison = (
        unescape(re.sub(r"<[^>]*>", "", page))
        for page in (
            write_finance_page(case, language),
            write_page(case.comparison, language, None, case),
        )
    )
    for sentence in map(plain, bridges(view(case, language))):
        assert sentence in finance
        assert sentence in comparison


def test_without_a_business_case_the_comparison_says_nothing_of_contracts():
    assert "From hours to whole contracts" not in write_page(cases.saving().comparison, "en")


@pytest.mark.parametrize("case", [cases.saving(), staffed_cases.parted()], ids=["whole", "parts"])
def test_a_row_shows_how_hours_become_contracts(case):
    for strategy in case.strategies:
        for team in hired(view(case), strategy.letter):
            assert [row.letter for row in team.rows] == ["0*", strategy.letter]
            for row in team.rows:
                today, need, contract, whole, paid = (
                    number(cell.partition(" ")[0], "en") for cell in row.cells
                )
                assert today + whole * contract == pytest.approx(paid, abs=0.02)
                assert paid >= need - 0.01


def test_contracts_that_are_still_paid_stand_beside_the_change():
    case = cases.alone(cases.Plan({"phone": 2}))
    (phone,) = [team for team in hired(view(case), "B") if team.name.startswith("Phone")]
    assert phone.rows[1].cells[3] == "−4 (2 not needed, still paid)"


def test_a_need_within_a_step_of_a_whole_contract_says_so_beside_the_row():
    case = staffed_cases.parted()
    _, own = view(case).budget("B", 3)
    phone = next(team for team in own.teams if team.team == "phone")
    found = near(view(case), "B", phone)
    assert found is not None
    assert (found.step, found.changes()) == (0.5, (("less", 1),))
    (row,) = [team.rows[1] for team in hired(view(case), "B") if team.name.startswith("Phone")]
    assert row.steps == ("0.5 fte less: 1 contract fewer",)
    assert row.steps[0] in write_finance_page(case, "en")


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (5.3, "phone needs 5.30 fte, and 0.5 fte less takes 1 contract fewer (€60,000 a year)"),
        (5.7, "phone needs 5.70 fte, and 0.5 fte more takes 1 contract more (€60,000 a year)"),
    ],
)
def test_a_claim_says_which_step_decides(need, said):
    case = staffed_cases.changed(staffed_cases.parted(), "B", "phone", need_fte=need)
    (told,) = map(plain, steps(view(case), case.strategies[0]))
    assert said in told
    assert told.startswith("One step in size changes the number of contracts of scenario B: ")


def test_where_a_step_decides_in_many_teams_they_are_named_alone():
    case = cases.saving()
    (told,) = map(plain, steps(view(case), case.strategies[1]))
    assert told.endswith("in counter, phone and webcare: see ‘From hours to contracts’.")


def test_a_need_far_from_a_whole_contract_is_not_called_close():
    case = staffed_cases.parted()
    equal = case.comparison.equal_service
    assert equal is not None
    staffing = tuple(
        each.model_copy(
            update={"units": tuple(u.model_copy(update={"step": 0.1}) for u in each.units)}
        )
        for each in equal.staffing
    )
    comparison = case.comparison.model_copy(
        update={"equal_service": equal.model_copy(update={"staffing": staffing})}
    )
    far = case.model_copy(update={"comparison": comparison})
    assert list(steps(view(far), far.strategies[0])) == []


def test_time_is_won_by_teams_of_today_and_no_new_team_is_set_against_it():
    case = staffed_cases.with_new_team()
    (own,) = people(view(case))
    won = {team.name: team.capacity for team in own.teams}
    counter, webcare = (next(n for n in won if n.startswith(p)) for p in ("Counter", "Webcare"))
    assert won[counter] is not None
    assert won[webcare] is None
    effect = case.strategies[0].effects[3]
    old = sum(team.capacity for team in effect.teams if team.team != "webcare")
    assert old > 0 > sum(team.capacity for team in effect.teams)
    chart = booked_chart(view(case))
    assert chart is not None
    assert number(chart.table.rows[0][3], "en") == pytest.approx(old, abs=0.51)
