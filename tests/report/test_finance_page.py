"""The page of controllers says what the case document says, and every figure leads to it."""

import re
from collections.abc import Callable
from html import unescape
from itertools import pairwise
from math import fsum

import pytest

from simulation.finance.document import CaseResult
from simulation.finance.formulas import present_value
from simulation.report import facts
from simulation.report.case_view import CaseView
from simulation.report.equal import as_shown
from simulation.report.figures.booked import booked_chart
from simulation.report.figures.break_even import break_evens
from simulation.report.figures.contact_costs import contact_costs
from simulation.report.figures.reconciliation import reconciliation
from simulation.report.figures.tornado import tornado
from simulation.report.finance_claims import alike, line_title, payback, sentences, verdict
from simulation.report.finance_page import write_finance_page
from simulation.report.page import write_page
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.sections.municipal import deadlines
from simulation.report.sections.year_bill import year_bills
from simulation.report.sensing import flips, left_out, sense
from simulation.report.traced import plain
from simulation.report.turning import sentence, title, turns
from tests.report import case_examples as cases
from tests.report import staffed_cases
from tests.report.pages import read
from tests.report.test_size_page import follow, number

CASES: dict[str, Callable[[], CaseResult]] = {
    "saving": cases.saving,
    "costing": cases.costing,
    "one year": lambda: cases.alone(cases.Plan({"phone": 6}, fast=9), years=1, life=1),
    "five years": lambda: cases.alone(cases.Plan({"phone": 6}), life=5),
    "nominal": cases.nominal,
    "hostile": cases.hostile,
    "turning": cases.turning,
    "sensing": cases.sensing,
    "reconciled": cases.reconciled,
    "nobody": lambda: cases.case({}),
}


FIGURE = re.compile(
    r'<(?:span|a) class="figure"(?: href="[^"]*")? data-path="([^"]*)"(?: data-how="([^"]*)")?>'
    r"([^<]*)<"
)


def shown(case, language):
    """Give the figures of a page: path, how it follows, and the text."""
    page = write_finance_page(case, language)
    own = re.search(rf'<div class="version" data-version="{language}".*?</main>', page, re.S)
    assert own is not None
    return [tuple(map(unescape, each)) for each in FIGURE.findall(own[0])]


def signed(text, language):
    """Read an amount in thousands with its letter: a disadvantage is above 0."""
    value = number(text, language)
    return -value if re.search(r"[VF]$", text.strip()) else value


@pytest.mark.parametrize("name", CASES)
def test_every_figure_stands_in_the_document(name):
    case = CASES[name]()
    document = case.model_dump(mode="json")
    figures = shown(case, "nl")
    if case.strategies:
        assert len(figures) > 50
    for path, how, text in figures:
        told = follow(document, path)
        language = "nl"
        if how == "" and isinstance(told, int | float):
            _agrees(number(text, language), told, path)
        elif how == "thousands_less":
            assert signed(text, language) == pytest.approx(-told / 1000, abs=0.51), path
        elif how == "thousands":
            assert signed(text, language) == pytest.approx(
                (-told if "present_value" in path else told) / 1000, abs=0.51
            ), path


def _agrees(value, told, path):
    """Hold a figure to three digits of what stands in the document, or its percentage."""
    near = pytest.approx(abs(told), rel=0.006, abs=0.051)
    assert abs(value) == near or abs(value) == pytest.approx(100 * told, abs=0.01), path


HOWS = {
    "together": lambda effect: effect["structural"] + effect["once"],
    "structural": lambda effect: effect["structural"],
    "once": lambda effect: effect["once"],
    "already": lambda effect: effect["already"],
}


@pytest.mark.parametrize("name", CASES)
def test_sums_of_years_are_those_of_the_document(name):
    case = CASES[name]()
    document = case.model_dump(mode="json")
    seen = set()
    for path, how, text in shown(case, "nl"):
        told = follow(document, path)
        if how == "together" and path.startswith("strategies"):
            _thousand(text, HOWS["together"](told))
        elif match := re.fullmatch(r"sum_(structural|once|together|already)\.(\d+)\.(\d+)", how):
            part, first, last = match[1], int(match[2]), int(match[3])
            _thousand(text, fsum(HOWS[part](effect) for effect in told[first : last + 1]))
        elif how == "sum_cashable":
            own = sum(team["cashable_contracts"] for team in told)
            assert number(text, "nl") == max(own, 0) or number(text, "nl") == abs(own)
        else:
            continue
        seen.add(how.partition(".")[0])
    if case.strategies:
        assert {"together", "sum_cashable"} <= seen


def _thousand(text, told):
    assert signed(text, "nl") == pytest.approx(told / 1000, abs=0.51)


def test_amounts_of_lines_are_quantity_times_rate_and_add_up_to_the_year():
    case = cases.saving()
    figures = shown(case, "nl")
    order = next(n for n, year in enumerate(case.years) if year.letter == "B")
    root = f"years.{order}.lines."
    found = [(path, text) for path, how, text in figures if not how and path.startswith(root)]
    assert {path.rpartition(".")[2] for path, _ in found} == {"amount", "quantity", "rate"}
    amounts = [number(text, "nl") for path, text in found if path.endswith("amount")]
    whole = fsum(line.amount for line in case.years[order].lines)
    assert fsum(amounts) == pytest.approx(whole, abs=3)
    lines = zip(*(found[n::3] for n in range(3)), strict=True)
    for (_, amount), (_, quantity), (_, rate) in lines:
        told = number(quantity, "nl") * number(rate, "nl")
        assert told == pytest.approx(number(amount, "nl"), abs=1)


def view(case, language="nl"):
    return CaseView(case, Reader(language, equal=True))


SHORT = 12


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_titles_are_short(name, language):
    page = write_finance_page(CASES[name](), language)
    titles = re.findall(r'<figcaption><h3 id="[^"]*">(.*?)</h3>', page)
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", page)
    assert len(headings) == len(LANGUAGES)
    for told in (*titles, *headings):
        words = unescape(re.sub(r"<[^>]*>", "", told)).replace("\N{NO-BREAK SPACE}", "").split()
        assert len(words) <= SHORT, words


def test_the_verdict_names_the_strategy_that_is_worth_most():
    case = cases.saving()
    best = max(case.strategies, key=lambda each: each.present_value)
    assert best.present_value > 0
    told = plain(verdict(view(case, "en")))
    assert told.startswith(f"Scenario {best.letter} brings in €")
    assert number(told.partition("€")[2].partition(" ")[0], "en") == pytest.approx(
        best.present_value, rel=0.006
    )


def test_nothing_is_said_to_bring_in_money_where_all_strategies_cost():
    case = cases.costing()
    assert all(each.present_value < 0 for each in case.strategies)
    assert plain(verdict(view(case))) == "Geen enkele strategie levert in 10 jaar geld op"
    told = " ".join(map(plain, sentences(view(case))))
    assert "een nadeel van" in told
    assert "terugverdiend" not in told


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (cases.Plan({"phone": 6}, fast=9), "lopen nooit op de besparingen vooruit"),
        (cases.Plan({"phone": 6}, fast=9, once=156_000.0), "Na 1,3 jaar"),
        (cases.Plan({"phone": 9}), "verdient zich binnen 10 jaar niet terug"),
    ],
)
def test_payback_is_told_as_it_is(plan, said):
    case = cases.alone(plan)
    own = plain(payback(view(case), case.strategies[0], 0))
    assert said in own
    told = " ".join(map(plain, sentences(view(case))))
    assert (own in told) == (case.strategies[0].present_value > 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_verdict_states_is_not_said_again(language):
    for plan in (cases.Plan({"phone": 6}, fast=9), cases.Plan({"phone": 9})):
        own = view(cases.alone(plan), language)
        amount = plain(verdict(own)).partition("€")[2].strip().partition(" ")[0]
        assert amount
        assert amount not in next(map(plain, sentences(own)))


def test_a_value_of_nothing_is_no_gain():
    own = view(staffed_cases.with_new_team())
    assert abs(own.case.strategies[0].present_value) < 500
    first = next(map(plain, sentences(own)))
    assert first.startswith("De netto contante waarde is vrijwel nul")


def test_booking_is_told_from_the_first_year_in_which_contracts_end():
    case = cases.alone(cases.Plan({"phone": 5}, fast=1))
    (strategy,) = case.strategies
    sums = [sum(team.cashable_contracts for team in each.teams) for each in strategy.effects]
    assert sums[:3] == [1, 2, 3]
    told = " ".join(map(plain, sentences(view(case))))
    assert "oplopend tot 3 contracten ofwel € 180.000 per jaar in 2028" in told.replace(
        "\N{NO-BREAK SPACE}", " "
    )


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ({"phone": 9}, "eindigt geen enkel contract van vandaag"),
        (
            {"counter": 5},
            "kunnen er juist minder contracten van vandaag eindigen, 1 contract minder",
        ),
    ],
)
def test_nothing_is_booked_where_no_contract_of_today_ends(needs, said):
    case = cases.alone(cases.Plan(needs, fast=9))
    told = " ".join(map(plain, sentences(view(case))))
    assert "Een inboekbare besparing is er niet" in told
    assert said in told


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (cases.Plan({"phone": 6}, fast=9), "vanaf het eerste jaar op winst"),
        (cases.Plan({"phone": 6}, fast=9, once=150_000.0), "vanaf 2027 op winst"),
        (cases.Plan({"phone": 9}), "alle 10 jaren op verlies"),
    ],
)
def test_the_line_says_when_a_strategy_is_ahead(plan, said):
    assert said in plain(line_title(view(cases.alone(plan))))


def test_the_line_ends_at_the_present_value():
    case = cases.saving()
    for strategy in case.strategies:
        own = [-(each.structural + each.once) for each in strategy.effects]
        assert present_value(own, case.terms.rate) == pytest.approx(strategy.present_value)
    ends = {path: text for path, how, text in shown(case, "nl") if how == "running_value"}
    last = case.terms.life - 1
    for order, strategy in enumerate(case.strategies):
        told = number(ends[f"strategies.{order}.effects.{last}"], "nl")
        assert told == pytest.approx(strategy.present_value, abs=0.51)


def test_every_link_leads_somewhere():
    for case in (cases.saving(), cases.alone(cases.Plan({"phone": 6}), years=1, life=1)):
        page = read(write_finance_page(case))
        places = set(page.values("id"))
        links = [link[1:] for link in page.values("href") if link.startswith("#")]
        assert [link for link in links if link not in {*places, *LANGUAGES}] == []
        assert len(page.values("id")) == len(places)


def test_titles_that_are_markup_stay_text():
    page = write_finance_page(cases.hostile())
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_says_that_uncertainty_of_assumptions_is_left_out():
    page = unescape(write_finance_page(cases.saving(), "en"))
    assert "All amounts hold under these assumptions" in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    ("side", "found", "said"),
    [
        ("from", {"value": 0.31, "low": 0.26}, "B pays structurally from 31% replaced contacts on"),
        ("up_to", {"value": 0.31}, "B pays structurally up to 31% replaced contacts"),
        ("always", {}, "B pays structurally at every share"),
        ("never", {}, "B pays at no share"),
    ],
)
def test_break_even_is_told_by_its_side(side, found, said):
    case = cases.saving().model_copy(update={"break_even": (cases.turn("B", side, **found),)})
    ((turn,),) = turns(view(case, "en"))
    assert said in plain(title([turn]))
    assert ("90% interval" in plain(sentence(turn))) == (side in {"from", "up_to"})


def test_the_title_of_break_even_is_about_a_strategy_that_turns():
    shares, others = turns(view(cases.turning(), "en"))
    assert [turn.found.letter for turn in shares] == ["B", "C"]
    assert plain(title(shares)).startswith("Scenario B pays structurally from 31%")
    assert plain(title(others)) == "Scenario B pays structurally up to 340 s"


def test_steps_of_whole_contracts_stand_upright():
    (chart, _) = break_evens(view(cases.turning()))
    steps = next(each for each in chart.figure["data"] if each["line"].get("width") == 2.5)
    upright = [
        (low, high)
        for (x, low), (right, high) in pairwise(zip(steps["x"], steps["y"], strict=True))
        if x == right
    ]
    assert len(upright) == 2
    assert all(low - high == pytest.approx(60, abs=1) for low, high in upright)


def test_the_line_without_rounding_has_a_band_of_at_least_a_step():
    case = cases.turning()
    (chart, _) = break_evens(view(case, "en"))
    assert len([each for each in chart.figure["data"] if "fill" in each]) == 2 * 2
    assert "at least one step in staffing wide" in chart.subtitle
    assert "€3,000" in {row[-1] for row in chart.table.rows}


def test_a_break_even_of_an_earlier_version_promises_no_step():
    case = cases.turning()
    old = [
        own.model_copy(
            update={"points": tuple(each.model_copy(update={"half": None}) for each in own.points)}
        )
        for own in case.break_even
    ]
    (chart, _) = break_evens(view(case.model_copy(update={"break_even": tuple(old)}), "en"))
    assert len([each for each in chart.figure["data"] if "fill" in each]) == 2
    assert "at least one step" not in chart.subtitle
    assert {row[-1] for row in chart.table.rows} == {"–"}


def test_the_page_of_the_comparison_shows_break_even_too():
    case = cases.turning()
    page = write_page(case.comparison, "en", None, case)
    assert "pays structurally from" in page
    assert 'data-plot="break-even"' in page
    assert 'data-plot="break-even-2"' not in page
    assert 'data-plot="break-even"' not in write_page(case.comparison, "en")
    paths = re.findall(r'data-path="case\.([^"]*)"', page)
    assert len(paths) > 20
    assert [follow(case.model_dump(mode="json"), path) for path in paths]


def test_the_key_figure_on_costs_carries_the_range_of_all_assumptions_too():
    case = cases.sensing()
    focus = facts.focus(as_shown(case.comparison))
    assert focus is not None
    assert case.sensitivity is not None
    letter = focus.letter
    together = tuple(
        each.model_copy(update={"letter": letter}) for each in case.sensitivity.together
    )
    told = case.sensitivity.model_copy(update={"together": together[:1]})
    page = write_page(case.comparison, "en", None, case.model_copy(update={"sensitivity": told}))
    figures = [re.sub("<[^>]*>", "", each) for each in re.findall(r"<dt>.*?</dt>", page, re.S)]
    said = [each for each in figures if "with all assumptions together" in each]
    assert len(said) == 1
    assert "interval: " in said[0]
    assert "200 F to 90 A, × €1,000" in said[0]
    without = write_page(case.comparison, "en", None, case.model_copy(update={"sensitivity": None}))
    assert "with all assumptions together" not in without


def test_costs_of_contacts_are_named_by_the_dearest_resolved_question():
    case = cases.saving()
    (costs,) = [each for each in case.contacts if each.letter == "B"]
    dearest = max(costs.channels, key=lambda each: each.full_per_resolved or 0.0)
    chart = contact_costs(view(case, "en"))
    assert chart is not None
    assert plain(chart.title).startswith(
        f"Dearest resolved question in scenario B: {dearest.channel}"
    )
    full, avoidable = (each["x"] for each in chart.figure["data"])
    assert all(part <= whole for part, whole in zip(avoidable, full, strict=True))
    whiskers = chart.figure["data"][0]["error_x"]["array"]
    assert whiskers[:2] == [dearest.full_per_contact_half or 0.0, 0.0]
    assert full[:2] == [dearest.full_per_contact, dearest.full_per_resolved]


def test_costs_of_contacts_are_left_out_where_nobody_was_answered():
    case = cases.saving()
    silent = tuple(
        each.model_copy(
            update={
                "channels": tuple(
                    channel.model_copy(
                        update={
                            name: None for name in type(channel).model_fields if "_per_" in name
                        }
                    )
                    for channel in each.channels
                )
            }
        )
        for each in case.contacts
    )
    assert contact_costs(view(case.model_copy(update={"contacts": silent}))) is None


def test_strategies_with_the_same_effects_are_named_once_together():
    plan = cases.Plan({"phone": 7})
    told = list(map(plain, alike(view(cases.case({"B": plan, "C": plan}), "en"))))
    assert told == ["B and C have the same people and costs."]
    assert alike(view(cases.saving())) == []


def test_a_verdict_that_assumptions_may_turn_is_called_uncertain():
    told = plain(verdict(view(cases.sensing(), "en")))
    assert told == "Whether scenario B brings in money within 10 years is uncertain"
    sure = plain(verdict(view(cases.sensing(unsure=False), "en")))
    assert sure.startswith("Scenario B brings in €")


def test_the_range_of_all_assumptions_stands_at_the_top_of_both_pages():
    case = cases.sensing()
    told = " ".join(map(plain, sentences(view(case, "en"))))
    assert "400 A to 900 F in nine cases out of ten, with 250 F in the middle" in told
    assert "in 31% of the cases that were worked out it does not pay itself back" in told
    compared = case.model_copy(update={"comparison": _about(case.comparison, "B")})
    page = unescape(write_page(compared.comparison, "en", None, compared))
    assert "That is the interval to heed" in page
    assert re.search(r"of ten, with .*55 F.* in the middle, .*That is the interval to heed", page)
    assert "That is the interval to heed" not in write_page(compared.comparison, "en")


def _about(result, letter):
    return result.model_copy(
        update={"verdict": result.verdict.model_copy(update={"scenario": letter})}
    )


def test_what_would_change_the_verdict_names_the_assumption_and_the_value():
    own = sense(view(cases.sensing(), "en"))
    assert own is not None
    sign, ranking = map(plain, flips(own))
    assert sign.startswith("Scenario B becomes dearer than 0* at ")
    assert sign.endswith(" = 377 (in the scenario 300).")
    assert ranking.startswith("Scenario C becomes cheaper than scenario B at ")
    assert "312 s" in ranking
    sure = sense(view(cases.sensing(unsure=False), "en"))
    assert sure is not None
    (none,) = flips(sure)
    assert "No assumption changes the verdict" in none


def test_the_tornado_starts_with_the_assumption_that_does_most():
    case = cases.sensing()
    chart = tornado(view(case, "en"))
    assert chart is not None
    assert case.sensitivity is not None
    low, high = chart.figure["data"]
    widths = [abs(b - a) for a, b in zip(low["x"], high["x"], strict=True)]
    assert widths == sorted(widths, reverse=True)
    swings = [each for each in case.sensitivity.swings if each.letter == "B"]
    ends = [start + length for start, length in zip(high["base"], high["x"], strict=True)]
    assert ends == pytest.approx([each.high.contracts / 1000 for each in swings])
    assert len(chart.table.rows) == len(swings)


def test_the_tornado_leaves_out_and_counts_what_moves_nothing():
    case = cases.sensing()
    assert case.sensitivity is not None
    (base, *_), (first, *rest) = case.sensitivity.bases, case.sensitivity.swings
    ends = {"contracts": base.contracts, "margin": base.margin}
    quiet = {end: getattr(first, end).model_copy(update=ends) for end in ("low", "high")}
    swings = (first.model_copy(update=quiet), *rest)
    told = case.sensitivity.model_copy(update={"swings": swings})
    chart = tornado(view(case.model_copy(update={"sensitivity": told}), "en"))
    assert chart is not None
    assert len(chart.table.rows) == len([each for each in swings if each.letter == "B"]) - 1
    assert "Assumptions that move nothing: 1; that move only the weakest norm: 0." in chart.note
    whole = tornado(view(case, "en"))
    assert whole is not None
    assert "Assumptions that move nothing: 0" in whole.note


def test_rows_from_the_same_search_are_marked():
    chart = tornado(view(cases.sensing(), "en"))
    assert chart is not None
    found = [row[-1] for row in chart.table.rows]
    assert [each.endswith("\N{SUPERSCRIPT ONE}") for each in found] == [True, True, False, False]
    assert "they do not confirm each other" in chart.note


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_left_out_of_a_quick_look_is_said(language):
    own = sense(view(cases.sensing(quick=True), language))
    assert own is not None
    told = " ".join(left_out(own))
    assert "--sensitivity" in told
    assert told.count(";") >= 3


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (17_000.0, "Simulated costs exceed the budget by €17,000, unexplained"),
        (-17_000.0, "Simulated costs fall short by €17,000, unexplained"),
        (120.0, "Budget and simulation agree"),
    ],
)
def test_the_waterfall_says_what_nothing_explains(rest, said):
    own = cases.reconciliation(rest)
    case = cases.saving().model_copy(update={"reconciliation": own})
    chart = reconciliation(view(case, "en"))
    assert chart is not None
    assert plain(chart.title) == said


def test_the_waterfall_goes_from_the_budget_to_what_was_simulated():
    case = cases.reconciled()
    chart = reconciliation(view(case, "en"))
    assert chart is not None
    assert case.reconciliation is not None
    (bars,) = chart.figure["data"]
    ends = [base + length for base, length in zip(bars["base"], bars["x"], strict=True)]
    starts = bars["base"][1:-1]
    assert starts == pytest.approx(ends[:-2])
    assert ends[-2] == pytest.approx(bars["x"][-1])
    assert ends[0] == pytest.approx(case.reconciliation.budget / 1000)
    assert bars["x"][-1] == pytest.approx(case.reconciliation.simulated / 1000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_task_fields_depreciation_and_deadlines_are_shown(language):
    page = unescape(write_finance_page(cases.reconciled(), language))
    for said in ("0.4 Overhead", "31 augustus 2025", "31 August 2025", "task_fields.0.years.0"):
        assert said in page
    assert "0.4 Overhead" not in write_finance_page(cases.saving(), language)


def test_strategies_with_the_same_deadline_share_its_sentence():
    case = cases.reconciled()
    (own,) = case.deadlines
    later = own.model_copy(update={"letter": "A", "before": "2025-10-31"})
    alike = own.model_copy(update={"letter": "C"})
    told = case.model_copy(update={"deadlines": (own, later, alike)})
    first, second = (plain(each) for each in deadlines(view(told, "en")))
    assert "scenario B and scenario C" in first
    assert "31 August 2025" in first
    assert "scenario A" in second
    assert "31 October 2025" in second


def test_lines_that_do_not_fit_are_left_to_the_document(monkeypatch):
    monkeypatch.setattr("simulation.report.sections.year_bill.MOST_LINES", 45)
    bills = year_bills(view(cases.saving()), {})
    assert {each.letter: each.years[0].left for each in bills} == {
        "0*": False,
        "A": True,
        "B": False,
        "C": True,
    }
    page = write_finance_page(cases.saving(), "en")
    assert "they are in the file case.json" in page
    assert 'id="en-bill-A-2027"' in page


def test_strategies_alike_share_their_bars():
    plan = cases.Plan({"phone": 7})
    chart = booked_chart(view(cases.case({"A": cases.Plan({}), "B": plan, "C": plan}), "en"))
    assert chart is not None
    names = [each["text"] for each in chart.figure["layout"]["annotations"]]
    assert len(names) == 3
    assert all(name.startswith("B, C · ") for name in names)
    assert len(chart.table.rows) == 3
