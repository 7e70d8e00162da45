"""`business-case`: every year simulated, priced, and booked in whole contracts."""

import json
import re

import pytest

YEAR = """\
extends: today.yaml
title: {nl: Vandaag, en: Today}
why: {nl: Een jaar., en: A year.}
horizon: {start: 2026-01-01, length: 365 days, name: {nl: het jaar 2026, en: the year 2026}}
calendar: {public_holidays: NL}
# Few long conversations keep as many people busy as many short ones, and are simulated sooner.
demand: {phone: {yearly: 37500}, webcare: {yearly: 1250}}
channels: {phone: {handling: {mean: 16 minutes}}, webcare: {handling: {mean: 20 minutes}}}
teams: {desk: {roster: [{days: mon-fri, from: "08:00", until: "18:00", heads: 6}]}}
finance:
  years: 2
  life: 3
  real_rate: 0.02
  workforce: {desk: {contract: 4, flexible: 0.5, attrition: 0.3}}
  transition: {dual_running: 1}
  interest: 0.02
  price_index: {2024: 100, 2026: 104, 2025: 103}
  budget: # invented
    year: 2024
    entries:
      people:
        title: {nl: personeel, en: people}
        amount: 300000
        covers: [staff.desk]
        taakveld: "0.2"
      parking: {amount: 9000}
    gaps:
      vacancy: {title: {nl: vacature, en: vacancy}, entry: people, amount: -20000}
"""

INFORMED = """\
extends: year.yaml
title: {nl: Informeren, en: Informing}
why: {nl: Minder vragen., en: Fewer questions.}
shift: {deflection: {news: {shares: {question: 0.4}}}}
costs: {once: {start: {amount: 20000, depreciation_years: 5, vat: compensable}}}
finance: {adoption: {first_year: 0.2, full_after: 1}, transition: {lead_time: 4}}
"""

BUSY = """\
extends: informed.yaml
title: {nl: Drukte, en: Crowd}
why: {nl: Er komen meer mensen., en: More people come.}
demand: {phone: {yearly: 40000}}
"""

ORDER = (
    "business-case",
    "year.yaml",
    "informed.yaml",
    "busy.yaml",
    "--workers",
    "1",
    "--replications",
    "10",
)


@pytest.fixture
def files(folder, kanaalkompas):
    (folder / "year.yaml").write_text(YEAR, "utf-8")
    (folder / "informed.yaml").write_text(INFORMED, "utf-8")
    (folder / "busy.yaml").write_text(BUSY, "utf-8")
    return kanaalkompas


@pytest.fixture
def case(files):
    ended = files(*ORDER, "--format", "json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def years(case, letter):
    return [year for year in case["years"] if year["letter"] == letter]


def test_a_case_by_year(case, files):
    assert [(y["year"], y["simulated"]) for y in years(case, "A")] == [
        (2026, True),
        (2027, True),
        (2028, False),
    ]
    assert [each["letter"] for each in case["strategies"]] == ["A"]
    assert case["without"] == ["B"]  # Other people come there.
    _amounts_are_quantity_times_rate(case)
    _effects_are_differences_of_lines(case)
    _more_is_taken_up_in_later_years(case)
    _cash_is_contracts_times_their_cost(case)
    _value_is_not_the_first_year_times_an_annuity(case)
    _the_budget_explains_the_bill_of_today(case)
    again = files(*ORDER, "--format", "json")
    assert json.loads(again.out) == case


def _the_budget_explains_the_bill_of_today(case):
    own, today = case["reconciliation"], case["comparison"]["equal_service"]["today"]
    parts = [own[part] for part in ("budget", "index", "gaps", "rest", "not_covered")]
    assert sum(parts) == pytest.approx(own["simulated"], abs=0.005)
    assert own["simulated"] == pytest.approx(today["measures"]["costs.full"]["mean"], abs=0.05)
    assert own["empty"] == ["parking"]
    (view,) = case["budget_views"]
    assert [year["depreciation"] for year in view["years"]] == [4_000] * 3
    effects = [each["structural"] + each["once"] for each in case["strategies"][0]["effects"]]
    assert [year["cash"] for year in view["years"]] == pytest.approx(effects)
    for place, effect in enumerate(effects):
        fields = [field["years"][place] for field in case["task_fields"]]
        assert sum(y["structural"] + y["once"] for y in fields) == pytest.approx(effect)
    assert case["deadlines"] == [{"letter": "A", "lead_time": 4.0, "before": "2025-09-01"}]


def test_both_pages_are_written_and_made_again_from_the_document(folder, files):
    ended = files(*ORDER, "--language", "en")
    assert ended.code == 0, ended.err
    _what_is_held_against_the_budget_is_told(ended.out)
    _hours_become_contracts(ended.out, json.loads((folder / "out/case.json").read_text("utf-8")))
    pages = [folder / "out" / name for name in ("finance.html", "compare.html")]
    first = [page.read_bytes() for page in pages]
    for page in pages:
        page.unlink()
    ended = files("report", "out/case.json", "--language", "en")
    assert (ended.code, ended.out) == (0, "")
    assert [page.read_bytes() for page in pages] == first
    ended = files("report", "out/case.json", "--language", "en", "--out", "-")
    assert ended.out.encode() == first[0]
    _a_damaged_case_is_refused(folder / "out" / "case.json", files)


def _hours_become_contracts(out, case):
    """The table of the terminal adds up, and the sentences below it are those of the page."""
    table = out[out.index("contracts in 2028") :].partition("\n\n")[0]
    for letter in ("0*", "A"):
        (row,) = re.findall(rf" {re.escape(letter)} +(.*)", table)
        today, need, contract, whole, paid = map(_number, row.split()[:5])
        (team,) = next(y["teams"] for y in years(case, letter) if y["year"] == 2028)
        assert need == pytest.approx(team["need_fte"], abs=0.006)
        assert paid == pytest.approx(today + whole * team["contract_fte"], abs=0.011)
        assert contract == pytest.approx(team["contract_fte"], abs=0.006)
    told = " ".join(out.split())
    assert "Capacity gain, teams of today," in told
    assert "Set to €0 or not stated, and therefore not in the amounts: hiring, training" in told
    assert "In hours (compare.html) scenario A structurally costs" in told
    assert re.search(r"(Reserve|Nothing has to be reserved) for scenario A", told)


def _number(text):
    return float(text.replace("\N{MINUS SIGN}", "-"))


def _what_is_held_against_the_budget_is_told(out):
    told = " ".join(out.split())
    assert "Decide by 1 September 2025: hiring people takes 4 months" in told
    assert "investments depreciated, with 2.00% interest" in told
    assert "Less: invested −20 0 0" in told
    assert "Task field (€ 1,000) 2026 2027 2028" in told
    assert "Known gap in people: vacancy, −21 (× € 1,000)." in told
    assert "Nothing of what parking pays for is in today’s bill." in told


def _a_damaged_case_is_refused(path, kanaalkompas):
    text = path.read_text("utf-8")
    damages = {
        text[: len(text) // 2]: "is not complete JSON",
        text.replace("case/1", "case/2"): "format: is 'kanaalkompas-case/2'",
        text.replace('"life": 3', '"life": 4'): "years: those of 0 are not 2026 to 2029",
        text.replace('"depreciation": 4000.0', '"depreciation": 1.0'): "budget_views: is not what",
        text.replace('"before": "2025-09-01"', '"before": "2025-12-01"'): "deadlines: is not what",
        text.replace('"search": 10', '"search": "x"'): "search: 'x'",
    }
    for damaged, said in damages.items():
        path.write_text(damaged, "utf-8")
        ended = kanaalkompas("report", str(path))
        assert ended.code == 2
        assert said in ended.err
        assert "Traceback" not in ended.err
    _an_edited_case_is_refused(path, text, kanaalkompas)


def _an_edited_case_is_refused(path, whole, kanaalkompas):
    edits = {
        "strategies.0": lambda case: case["strategies"][0].update(present_value=9e6),
        "is not what the years": lambda case: case["strategies"][0]["effects"][0].update(once=1.0),
        "quantity × rate": lambda case: case["years"][-1]["lines"][0].update(quantity=3.0),
        "contacts: is not": lambda case: case["contacts"][0]["channels"][0].update(contacts=1.0),
        "paid_contacts: is not": lambda case: case["paid_contacts"][0].update(year=2031),
    }
    for told, edit in edits.items():
        case = json.loads(whole)
        edit(case)
        path.write_text(json.dumps(case), "utf-8")
        for reads in ("report", "workbook"):
            ended = kanaalkompas(reads, str(path))
            assert ended.code == 2
            assert told in ended.err
    path.write_text(whole, "utf-8")


def _amounts_are_quantity_times_rate(case):
    for line in (line for year in case["years"] for line in year["lines"]):
        assert line["amount"] == pytest.approx(line["quantity"] * line["rate"], abs=0.0051)


def _effects_are_differences_of_lines(case):
    (strategy,) = case["strategies"]
    for effect, own, baseline in zip(
        strategy["effects"], years(case, "A"), years(case, "0*"), strict=True
    ):
        both = [sum(line["amount"] for line in each["lines"]) for each in (own, baseline)]
        assert effect["structural"] + effect["once"] == pytest.approx(both[0] - both[1])
    assert strategy["present_value"] == pytest.approx(
        sum(
            -(effect["structural"] + effect["once"]) / 1.02**place
            for place, effect in enumerate(strategy["effects"])
        )
    )


def _more_is_taken_up_in_later_years(case):
    first, second, third = ([team["need_fte"] for team in y["teams"]] for y in years(case, "A"))
    assert first > second == third


def _cash_is_contracts_times_their_cost(case):
    (strategy,) = case["strategies"]
    for effect, own in zip(strategy["effects"], years(case, "A"), strict=True):
        for team, people in zip(effect["teams"], own["teams"], strict=True):
            cash = team["cashable_contracts"] * people["contract_cost"]
            assert team["cashable"] == pytest.approx(cash, abs=0.0051)
    assert strategy["effects"][-1]["teams"][0]["cashable_contracts"] > 0


def _value_is_not_the_first_year_times_an_annuity(case):
    (strategy,) = case["strategies"]
    first = -strategy["effects"][0]["structural"]
    annuity = sum(first / 1.02**place for place in range(3))
    assert strategy["present_value"] != pytest.approx(annuity, rel=0.05)


def test_a_part_of_a_year_is_not_taken_for_one(kanaalkompas):
    ended = kanaalkompas("business-case", "today.yaml", "more.yaml")
    assert ended.code == 2
    assert ended.err.count("horizon: is not one calendar year") == 2


def test_a_budget_that_pays_for_what_is_in_no_bill_is_refused(folder, files):
    (folder / "year.yaml").write_text(YEAR.replace("[staff.desk]", "[staff.dsk]"), "utf-8")
    ended = files(*ORDER)
    assert ended.code == 2
    assert "finance.budget.entries.people.covers.0: 'staff.dsk' is in no bill" in ended.err
    assert "did you mean 'staff.desk'?" in ended.err


def test_a_strategy_with_a_budget_of_its_own_is_refused(folder, files):
    own = INFORMED.replace("finance: {", "finance: {budget: {entries: {parking: {amount: 1}}}, ")
    (folder / "informed.yaml").write_text(own, "utf-8")
    ended = files(*ORDER)
    assert ended.code == 2
    assert "informed.yaml: finance.budget: is another one than that of the baseline" in ended.err


def test_a_single_scenario_has_no_case(files):
    ended = files("business-case", "year.yaml")
    assert ended.code == 2
    assert "at least one strategy" in ended.err


@pytest.mark.parametrize(
    ("finance", "told"),
    [
        ("{real_rate: -1}", "finance.real_rate"),
        ("{years: 0}", "finance.years"),
        ("{prices: nominal, real_rate: 0.02}", "nominal"),
        ("{nominal_rate: 0.02}", "goes with 'real_rate'"),
        ("{prices: nominal, nominal_rate: 0.02}", "needs 'nominal_rate' and 'indexation'"),
        ("{workforce: {nobody: {}}}", "is not a team"),
        ("{transition: {hiring: -5}}", "finance.transition.hiring"),
        ("{years: 4, life: 2}", "'life' must be at least 'years'"),
    ],
)
def test_terms_that_cannot_be_are_refused(folder, files, finance, told):
    (folder / "odd.yaml").write_text(
        YEAR.partition("finance:")[0] + f"finance: {finance}\n", "utf-8"
    )
    ended = files("business-case", "odd.yaml", "informed.yaml")
    assert ended.code == 2
    assert told in ended.err
    assert "Traceback" not in ended.err


def test_strategies_on_other_terms_are_refused(folder, files):
    other = INFORMED.replace("finance: {", "finance: {life: 5, real_rate: 0.03, ")
    (folder / "informed.yaml").write_text(other, "utf-8")
    ended = files("business-case", "year.yaml", "informed.yaml")
    assert ended.code == 2
    assert "finance.life: 5 is not 3, as in year.yaml; make them alike" in ended.err
    assert "finance.real_rate: 0.03 is not 0.02" in ended.err


@pytest.mark.parametrize(
    ("finance", "told"),
    [
        ("{transition: {dual_running: 2}}", "finance.transition: dual_running differs"),
        ("{workforce: {desk: {attrition: 0.9}}}", "finance.workforce.desk: is not as in"),
        ("{workforce: {desk: {takes_over: [desk]}}}", "desk is still a team of the strategy"),
        ("{workforce: {desk: {takes_over: [nobody]}}}", "nobody is not a team of today"),
        ("{real_rate: -0.99, life: 40}", "counts more than a million times"),
    ],
)
def test_what_would_credit_a_strategy_with_what_is_not_its_own_is_refused(
    folder, files, finance, told
):
    (folder / "informed.yaml").write_text(
        INFORMED.partition("finance:")[0] + f"finance: {finance}\n", "utf-8"
    )
    ended = files("business-case", "year.yaml", "informed.yaml")
    assert ended.code == 2
    assert told in ended.err
    assert "Traceback" not in ended.err


def test_people_who_come_to_another_team_keep_their_contracts(folder, files):
    other = """\
extends: year.yaml
title: {nl: Anders, en: Otherwise}
why: {nl: Een ander team., en: Another team.}
teams:
  desk: null
  one:
    roster: [{days: mon-fri, from: "08:00", until: "18:00", heads: 6}]
    channels: {phone: {}, webcare: {rank: 2}}
    pay_scale: s7
finance: {workforce: {desk: null, one: {contract: 36, takes_over: [desk]}}}
"""
    (folder / "informed.yaml").write_text(other, "utf-8")
    ended = files("business-case", "year.yaml", "informed.yaml")
    assert ended.code == 2
    assert "desk has contracts of 4 hours and one of 36" in ended.err
