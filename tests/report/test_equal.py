"""Equal service on the page: 0* is the yardstick, and the step from 0 belongs to no strategy."""

import re
from typing import Any

import pytest

from simulation.comparison.document import Result
from simulation.report import claims, equal, equal_claims, facts, write_page
from simulation.report.claim import Claim
from simulation.report.figures.staffing import staffing
from simulation.report.proposal import proposal
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.sections import equal as equal_section
from simulation.report.speech import speak
from simulation.report.spreadsheet import spreadsheet
from tests.report import equal_example, examples
from tests.report.example_data import STRATEGIES
from tests.report.pages import read
from tests.report.test_texts import YARDSTICK

MORE_AT_THE_COUNTER = {
    **equal_example.ROSTERED,
    "staff": (420_000.0, 470_000.0, 30_000.0),
    "shares": (0.99, 0.9, 0.97),
}
"""Today as rostered with too many people everywhere."""

FEW = {**MORE_AT_THE_COUNTER, "shares": (0.99, 0.9, 0.5)}
"""Today as rostered with too many people, and yet a norm that is missed."""

AS_MANY = {**equal_example.SIZED[0]}
"""Today as rostered with about as many people as the norms ask."""


@pytest.fixture(scope="module")
def result() -> Result:
    return equal.as_shown(equal_example.result())


def with_today(rostered: dict[str, Any]) -> Result:
    return equal.as_shown(equal_example.result(rostered=rostered))


def said(found: list[Claim], result: Result, language: str = "en") -> str:
    reader = Reader(language, equal=True)
    return " ".join(speak(claim, reader, result) for claim in found)


@pytest.mark.parametrize(
    ("rostered", "words"),
    [
        (equal_example.ROSTERED, "needed to attain the norms anyway"),
        (MORE_AT_THE_COUNTER, "possible already without another strategy"),
        (FEW, "Dividing people otherwise helps the norms"),
        (AS_MANY, "about as large as the norms ask"),
    ],
)
def test_the_step_from_0_is_called_what_it_is(rostered, words):
    made = with_today(rostered)
    assert words in said(equal_claims.step(made), made)


@pytest.mark.parametrize("rostered", [equal_example.ROSTERED, MORE_AT_THE_COUNTER, FEW])
def test_a_step_that_costs_or_saves_is_credited_to_no_strategy(rostered):
    made = with_today(rostered)
    assert "credited to no strategy" in said(equal_claims.step(made), made)
    assert "geen enkele strategie mee" in said(equal_claims.step(made), made, "nl")


def test_what_a_strategy_costs_does_not_depend_on_the_rosters_of_today(result):
    other = with_today(MORE_AT_THE_COUNTER)
    ours = [facts.cost(scenario) for scenario in result.scenarios[1:]]
    assert ours == [facts.cost(scenario) for scenario in other.scenarios[1:]]
    assert claims.summary(result) == claims.summary(other)


def test_strategies_that_inform_too_are_set_against_information_only(result):
    found = {
        scenario.letter: other.letter
        for scenario in result.scenarios
        if (other := equal.yardstick(result, scenario))
    }
    assert found == {"B": "A", "C": "A", "D": "A"}


def test_a_strategy_does_not_claim_what_information_alone_saves_as_well():
    cheap = {**equal_example.SIZED[1], "staff": (250_000.0, 402_000.0, 24_000.0)}
    same = {**equal_example.SIZED[2], "staff": (250_000.0, 402_300.0, 24_000.0)}
    made = equal.as_shown(equal_example.result([equal_example.SIZED[0], cheap, same]))
    strategy = facts.by_letter(made, "B")
    assert facts.direction(facts.cost(strategy)) == "cheaper"
    assert "the costs of scenario B are not clearly different" in said(
        equal_claims.beyond(made), made
    )


def test_today_and_today_with_just_enough_people_have_titles_of_their_own(result):
    reader = Reader("nl", equal=True)
    assert reader.text(result.scenarios[0].title) == ("Huidige situatie, met precies genoeg mensen")
    assert reader.text(equal.equal_service(result).today.title) == "Huidige situatie"


def test_scenarios_as_rostered_are_shown_as_they_are():
    made = examples.result()
    assert equal.as_shown(made) is made


def test_what_was_sized_attains_its_norms_without_doubt_and_a_crisis_does_not(result):
    assert [facts.standing(result, scenario) for scenario in result.scenarios[:5]] == ["all"] * 5
    assert facts.standing(result, result.scenarios[5]) == "not_all"
    assert "caution.undecided" not in [claim.key for claim in claims.cautions(result)]


def test_teams_taken_from_another_scenario_say_why(result):
    text = said(equal_claims.sized_like(result), result)
    assert "Scenario C differs from scenario B in its rosters only" in text
    assert "No staff are hired for that: the teams are those of scenario A" in text


def test_a_difference_of_one_step_of_every_team_cannot_be_told_from_none(result):
    focus = facts.focus(result)
    assert focus is not None
    smallest = equal.smallest_difference(result, focus)
    cost = facts.cost(focus)
    assert smallest is not None
    assert cost is not None
    assert cost.low is not None
    assert smallest <= cost.mean - cost.low


@pytest.mark.parametrize(
    ("rostered", "way", "norms"),
    [
        (equal_example.ROSTERED, "dearer", "missed"),
        (MORE_AT_THE_COUNTER, "cheaper", "attained"),
    ],
)
def test_a_proposal_decides_about_the_step_apart_from_any_strategy(rostered, way, norms):
    real = with_today(rostered).model_copy(update={"example": False})
    keys = [claim.key for point in proposal(real).decisions for claim in point]
    assert keys[-1] == f"equal.decide.{way}"
    assert [claim.key for claim in proposal(real).funding[0]] == [
        f"equal.step.{way}",
        f"equal.meaning.{way}.{norms}",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_on_the_page_compares_with_today_as_rostered(language):
    made = equal_example.result()
    html = write_page(made)
    parts = html.partition('data-version="en"')
    text = " ".join(read_words(parts[0] if language == "nl" else parts[2]))
    own = [s["title"][language] for s in STRATEGIES] + ["Huidige situatie", "Today"]
    for title in own:
        text = text.replace(title, "")
    at_all = re.findall(f".{{0,40}}(?:{YARDSTICK[language]}).{{0,20}}", text)
    allowed = {"nl": "De situatie van nu, met de roosters", "en": "’s situation, with"}[language]
    assert [found for found in at_all if allowed not in found] == []


def read_words(html: str) -> list[str]:
    text = html[html.index("<main") : html.index("</main>")]
    return [re.sub(r"<[^>]*>", " ", text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_teams_has_a_column_for_0_and_every_scenario(language):
    page = read(write_page(equal_example.result(), language))
    paths = page.values("data-path")
    assert "equal_service.staffing.0.units.0.rostered" in paths
    for place in range(6):
        assert f"equal_service.staffing.{place}.units.0.sized" in paths


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_people_of_teams_add_up_to_the_total_that_is_shown(language):
    """Four teams of 1.06 are 4.24, and shown as 1.1 each: 4.4 stands below them."""
    made = with_sizes(1.06, 1.14)
    table = equal_section.section(made, Reader(language, equal=True))
    assert table is not None
    rows = [[shown_number(cell.many) for cell in team.cells] for team in table.teams]
    total = [shown_number(cell.many) for cell in table.total.cells]
    assert total == [pytest.approx(sum(column)) for column in zip(*rows, strict=True)]
    changes = [[shown_number(cell.more) for cell in team.cells] for team in table.teams]
    more = [shown_number(cell.more) for cell in table.total.cells]
    assert more == [pytest.approx(sum(column)) for column in zip(*changes, strict=True)]
    assert more[1] == pytest.approx(total[1] - total[0])
    assert all(
        each == pytest.approx(many - total[1])
        for each, many in list(zip(more, total, strict=True))[2:]
    )


def test_the_figure_of_extra_people_holds_every_strategy_once(result):
    """C has the teams of B: their bars stand together."""
    chart = staffing(result, Reader("en", equal=True))
    assert chart is not None
    names = [each["text"] for each in chart.figure["layout"]["annotations"]]
    assert list(dict.fromkeys(name.partition(" · ")[0] for name in names)) == ["A", "B, C", "D"]
    assert [row[2] for row in chart.table.rows if row[0] == "Scenario B"] == [
        "−0.1",
        "−0.9",
        "+0.4",
        "−0.6",
    ]
    assert [row[0] for row in chart.table.rows].count("Scenario C") == 4
    assert "B and C: desk −0.1" in chart.alt or "B and C: counter −0.1" in chart.alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_of_the_figure_says_how_many_people_a_strategy_takes(result, language):
    words = {
        "nl": ["vraagt 0,6 fte minder dan 0*", "vraagt evenveel mensen als 0*"],
        "en": ["takes 0.6 fte fewer than 0*", "takes as many people as 0*"],
    }[language]
    even = with_sizes(1.0, 1.0, more=0.0)
    for made, end in zip((result, even), words, strict=True):
        claim = equal_claims.staffing_title(made, facts.by_letter(made, "B"))
        assert said([claim], made, language) == f"Scenario B {end}"
    chart = staffing(even, Reader(language, equal=True))
    assert chart is not None
    assert set(chart.figure["data"][0]["x"][:1]) == {0.0}


def test_as_rostered_there_is_no_figure_of_extra_people():
    assert "plot-staffing" not in write_page(examples.result())
    page = write_page(equal_example.result())
    assert "plot-staffing" in page
    assert "plot-cost-service" not in page


def with_sizes(rostered: float, sized: float, more: float = 0.07) -> Result:
    """Give the example with these sizes for every team, each scenario a bit more."""
    made = equal.as_shown(equal_example.result())
    told = equal.equal_service(made)
    staffing = tuple(
        each.model_copy(
            update={
                "units": tuple(
                    unit.model_copy(update={"rostered": rostered, "sized": sized + more * place})
                    for unit in each.units
                )
            }
        )
        for place, each in enumerate(told.staffing)
    )
    equal_service = told.model_copy(update={"staffing": staffing})
    return made.model_copy(update={"equal_service": equal_service})


def shown_number(text: str) -> float:
    """Read a number of the table; nothing and a dash are 0."""
    plain = text.replace("−", "-").replace(",", ".").replace("–", "")
    return float(plain) if plain else 0.0


def test_the_figures_for_a_spreadsheet_hold_0_the_step_and_the_teams(result):
    rows = spreadsheet(result, Reader("en", equal=True), [], []).split("\r\n")
    assert any(row.startswith("Scenarios,0 Today,") for row in rows)
    step = [row for row in rows if 'difference with 0"' in row and "Structural" in row]
    assert len(step) == 2
    assert sum(row.startswith("Enough people,0 Today,") for row in rows) == 4
    assert any(row.startswith("Enough people,A Information only,Phone,7.68") for row in rows)
