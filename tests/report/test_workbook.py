"""The workbook: it says what Python says, and computes it anew when a price changes."""

import datetime as dt
import json
import re
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest
from pydantic import ValidationError

from simulation.cli.tables import Teller
from simulation.finance.document import CaseResult
from simulation.report.reader import Reader
from simulation.report.workbook import contact_costs, sensitivity, task_fields, write_workbook
from simulation.report.workbook.inputs import Inputs
from simulation.report.workbook.stands import cast_of
from tests.report import case_examples, case_files, office
from tests.report.case_files import COME_AND_GO, NOMINAL, repriced, setting


def others(case):
    """Give another value for every input that may be changed."""
    inputs = [each for each in Inputs(cast_of(case)).all if each.group != "fixed"]
    return {each: _other(each) for each in inputs}


def _other(each):
    if each.unit == "year":
        return each.value + 1
    return round(each.value * 1.637, 4) if each.value else (0.3 if each.share else 1.25)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """One case at constant prices, simulated, in which people come and go."""
    folder = tmp_path_factory.mktemp("case")
    stored = case_files.make_case(folder, "informed", "blended", options=("--quick",))
    return repriced(case_files.read_case(stored.read_bytes()), lambda *_: None, COME_AND_GO)


@pytest.fixture(scope="module")
def nominal(case):
    return repriced(case, lambda _, scenario: scenario["finance"].update(NOMINAL))


@pytest.fixture(scope="module")
def books(case, nominal, tmp_path_factory):
    """Workbooks as they are written, and as LibreOffice computes them, also after changes."""
    folder = tmp_path_factory.mktemp("books")
    written = {}
    for name, made, language in (("nl", case, "nl"), ("en", nominal, "en")):
        written[name] = folder / f"{name}.xlsx"
        written[name].write_bytes(write_workbook(made, language))

    def changed(name, made):
        values = {each.name: value for each, value in others(made).items()}
        return office.changed(written[name], folder / f"{name} changed.xlsx", values)

    plain = {
        "nl again": office.changed(written["nl"], folder / "nl again.xlsx", {}),
        "en again": office.changed(written["en"], folder / "en again.xlsx", {}),
        "nl changed": changed("nl", case),
        "en changed": changed("en", nominal),
    }
    computed = office.recalculated(list(plain.values()), folder)
    return written | dict(zip(plain, computed, strict=True))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_libreoffice_computes_what_python_wrote_in_every_cell(books, language):
    written, computed = office.cells(books[language]), office.cells(books[f"{language} again"])
    assert set(written) == set(computed)
    assert [
        (cell, value, computed[cell])
        for cell, value in written.items()
        if computed[cell] != (pytest.approx(value, rel=1e-9, abs=1e-7) if _number(value) else value)
    ] == []


def _number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_check_holds(books, language):
    page = openpyxl.load_workbook(books[f"{language} again"], data_only=True).worksheets[-1]
    holds = [row[3].value for row in page.iter_rows(min_row=9) if row[3].value is not None]
    assert len(holds) > 30
    assert set(holds) == {True}


@pytest.mark.parametrize(("name", "made"), [("nl changed", "case"), ("en changed", "nominal")])
def test_changed_inputs_give_what_python_gives_to_the_cent(books, request, name, made):
    """Every input is another one, against the case of scenarios that have these values."""
    before = request.getfixturevalue(made)
    case = repriced(before, setting(others(before)))
    for strategy in case.strategies:
        rows = office.effects(books[name], strategy.letter)
        for effect, row in zip(strategy.effects, rows, strict=True):
            assert row["structural"] == pytest.approx(effect.structural, abs=0.001)
            assert row["once"] == pytest.approx(effect.once, abs=0.001)
            assert row["already"] == pytest.approx(effect.already, abs=0.001)
        value = sum(row["present"] for row in rows)
        assert value == pytest.approx(strategy.present_value, abs=0.001)
        years = (year for year in case.years if year.letter == strategy.letter)
        for year, row in zip(years, rows, strict=True):
            amount = sum(line.amount for line in year.lines if line.structural)
            assert row["structural_own"] == pytest.approx(amount, abs=0.001)
    _contacts_cost_what_python_says(books[name], case)
    _fields_and_days_are_what_python_says(books[name], case)


def _contacts_cost_what_python_says(book, case):
    """A bill is a mean of rounded amounts, so a cent a line may be between them."""
    rows = office.rows(book, "contact_costs", contact_costs.COLUMNS)
    paid = {(each.letter, own.channel): own for each in case.paid_contacts for own in each.channels}
    wanted = [
        (each.letter, own, paid[each.letter, own.channel])
        for each in case.contacts
        for own in each.channels
    ]
    shown = [row for row in rows if isinstance(row["answered"], int | float)]
    for row, (letter, own, contracts) in zip(shown[: len(wanted)], wanted, strict=True):
        assert row["scenario"] == letter
        assert row["full_cost"] == pytest.approx(own.full, abs=0.2)
        assert row["avoidable"] == pytest.approx(own.avoidable, abs=0.2)
        assert row["paid_full"] == pytest.approx(contracts.full, abs=0.2)
        assert row["full_contact"] == pytest.approx(own.full_per_contact, abs=0.001)
        assert row["avoidable_resolved"] == pytest.approx(own.avoidable_per_resolved, abs=0.001)
        assert row["paid_contact"] == pytest.approx(contracts.full_per_contact, abs=0.001)


def _fields_and_days_are_what_python_says(book, case):
    rows = office.rows(book, "task_fields", task_fields.COLUMNS)
    shown = [row for row in rows if isinstance(row["year"], int | float)]
    wanted = {
        (own.letter, year.year, own.taakveld): year
        for own in case.task_fields
        for year in own.years
    }
    assert len(shown) == len(wanted)
    for row in shown:
        name = None if row["taakveld"] in {"Niet toegedeeld", "Not assigned"} else row["taakveld"]
        year = wanted[row["scenario"][0], row["year"], name]
        assert row["structural"] == pytest.approx(year.structural, abs=0.001)
        assert row["once"] == pytest.approx(year.once, abs=0.001)
    summary = openpyxl.load_workbook(book, data_only=True).worksheets[0]
    values = [cell.value for row in summary.iter_rows() for cell in row]
    days = [value.date().isoformat() for value in values if isinstance(value, dt.datetime)]
    assert days == [own.before for own in case.deadlines]


def test_every_input_that_may_be_changed_counts(case, nominal):
    """So that the test above says something: without any one of them Python says otherwise."""
    for made in (case, nominal):
        values = others(made)
        whole = _said(repriced(made, setting(values)))
        for each in values:
            rest = {own: value for own, value in values.items() if own is not each}
            if each.path != "costs.price_level" or made is nominal:
                assert _said(repriced(made, setting(rest))) != whole, each.name


def _said(case):
    return case.strategies, case.years, case.contacts, case.deadlines


def test_inputs_are_named_after_their_path(books, case, nominal):
    for name, made in (("nl", case), ("en", nominal)):
        work, inputs = openpyxl.load_workbook(books[name]), Inputs(cast_of(made)).all
        cells = {key: _cell(work, found) for key, found in work.defined_names.items()}
        assert {each.name: each.value for each in inputs}.items() <= cells.items()
        assert {"costs.price_level", Inputs(cast_of(made)).rate_path} <= cells.keys()


def _cell(work, name):
    ((sheet, cell),) = name.destinations
    return work[sheet][cell].value


@pytest.mark.parametrize("name", ["nl changed", "en changed"])
def test_after_a_change_one_line_says_so_and_nothing_is_false(books, request, name):
    work = openpyxl.load_workbook(books[name], data_only=True)
    page = work.worksheets[-1]
    values = [cell.value for row in page.iter_rows() for cell in row]
    assert False not in [value for value in values if isinstance(value, bool)]
    said = {"nl changed": "niet vergeleken", "en changed": "not compared"}[name]
    assert values.count(said) > 20
    made = request.getfixturevalue({"nl changed": "case", "en changed": "nominal"}[name])
    assert page["B5"].value == len(others(made))
    assert page["B4"].value is True


def test_every_euro_is_a_formula_and_every_simulated_quantity_a_value(books):
    work = openpyxl.load_workbook(books["nl"])
    for name in ("Contracten", "Begroting", "Besparing", "Effecten", "Taakvelden", "Contactkosten"):
        texts = [
            (cell.coordinate, cell.value)
            for row in work[name].iter_rows(min_row=6)
            for cell in row
            if "€" in cell.number_format and cell.value is not None
        ]
        assert texts
        assert [each for each in texts if not str(each[1]).startswith("=")] == []
    values = [cell.value for row in work["Simulatie"].iter_rows(min_row=5) for cell in row[4:]]
    assert any(isinstance(value, float) for value in values)
    assert not any(str(value).startswith("=") for value in values)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_letters_of_advantages_are_those_of_the_terminal(language):
    reader, tell = Reader(language), Teller(language)
    for side in ("advantage", "disadvantage"):
        assert reader(f"book.{side}") == tell(side)


def test_no_formula_is_longer_than_excel_takes(case, tmp_path):
    """At the longest life; LibreOffice takes more, and Excel would not open the file."""
    longest = repriced(case, lambda _, scenario: scenario["finance"].update(life=40))
    for language in ("nl", "en"):
        path = tmp_path / f"{language}.xlsx"
        path.write_bytes(write_workbook(longest, language))
        work = openpyxl.load_workbook(path)
        cells = (cell for sheet in work for row in sheet.iter_rows() for cell in row)
        formulas = [cell.value for cell in cells if cell.data_type == "f"]
        assert max(map(len, formulas)) < 8_192
        literals = (each for own in formulas for each in re.findall(r'"([^"]*)"', own))
        assert max(map(len, literals)) <= 255


def test_no_text_of_a_scenario_is_computed(books):
    work = openpyxl.load_workbook(books["nl"])
    everything = (cell for sheet in work for row in sheet.iter_rows() for cell in row)
    stated = {
        "=CMD()", "=1+1", "+CMD|' /C calc'!A0", '-2+3\nregel "twee" 🧭', "-één team",
        "@SUM(A1) \"zo\" 'dat' =2+2", ">0.2 =Burgerzaken*",
        "A =Informeren over van alles en nog wat 1 🧭",
        "B =Informeren over van alles en nog wat 2 en dan nog een keer en dan…",
    }  # fmt: skip
    texts = [cell for cell in everything if cell.value in stated]
    assert {cell.value for cell in texts} == stated
    assert {cell.data_type for cell in texts} == {"s"}
    assert all(cell.quotePrefix for cell in texts)


def test_the_same_case_gives_the_same_file(case, books):
    assert write_workbook(case, "nl") == books["nl"].read_bytes()


def test_charts_are_native_and_say_in_words_what_they_show(books):
    with zipfile.ZipFile(books["en"]) as file:
        names = file.namelist()
        drawing = file.read("xl/drawings/drawing1.xml").decode()
    assert sum(name.startswith("xl/charts/chart") for name in names) == 2
    assert drawing.count('descr="') == 2
    assert "A @Informing of everything and more 1: " in drawing


def with_text(case, before, after):
    """Give a case in which a text of a scenario is another one."""
    plain = case.model_dump_json().replace(json.dumps(before)[1:-1], json.dumps(after)[1:-1])
    return CaseResult.model_validate(json.loads(plain), strict=False)


def test_a_case_that_was_edited_may_hold_no_control_characters(case):
    with pytest.raises(ValidationError, match=re.escape("control characters (U+0001, U+0009)")):
        with_text(case, "=CMD()", "=CMD()\t\x01")


def test_characters_that_are_none_in_xml_make_a_file_that_opens(case, tmp_path):
    path = tmp_path / "odd.xlsx"
    edited = with_text(case, "=CMD()", "=CMD()\ufffe\uffff")
    edited = with_text(edited, "=Informeren over", "=Informeren\ufffe\uffff over")
    path.write_bytes(write_workbook(edited, "nl"))
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            ElementTree.fromstring(file.read(name))
    (computed,) = office.recalculated([path], tmp_path)
    page = openpyxl.load_workbook(computed, data_only=True)
    sources = [cell for row in page["Aannames"].iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=CMD()") and cell.data_type == "s" for cell in sources)
    assert page.worksheets[-1]["B4"].value is True


def test_break_even_that_is_never_reached_says_how_far_was_searched(case, tmp_path):
    told = (case_examples.turn("A", "never"), case_examples.turn("B", "from", value=0.31))
    made = case.model_copy(update={"break_even": told})
    for language, said in (
        ("nl", "nooit, onderzocht tot 60,0%"),
        ("en", "never, searched up to 60.0%"),
    ):
        path = tmp_path / f"{language}.xlsx"
        path.write_bytes(write_workbook(made, language))
        summary = openpyxl.load_workbook(path, data_only=True).worksheets[0]
        rows = [[cell.value for cell in row] for row in summary.iter_rows()]
        assert [row[1:3] for row in rows if said in row] == [[said, 0.31]]


def test_sensitivity_is_shown_whole_and_says_when_it_does_not_follow(books, case):
    told = case.sensitivity
    assert told is not None
    page = openpyxl.load_workbook(books["nl again"], data_only=True)["Gevoeligheid"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    swings = [
        row for row in rows if row[sensitivity.AT["path"]] in {own.path for own in told.swings}
    ]
    costs = {base.letter: base.contracts for base in told.bases}
    for row, own in zip(swings, told.swings, strict=True):
        shown = dict(zip(sensitivity.COLUMNS, row, strict=False))
        assert (shown["scenario"], shown["path"]) == (own.letter, own.path)
        assert shown["low_change"] == pytest.approx(
            own.low.contracts - costs[own.letter], abs=0.001
        )
        wide = abs(own.high.contracts - own.low.contracts)
        assert shown["width"] == pytest.approx(wide, abs=0.001)
    spreads = [spread for each in told.together for spread in (each.structural, each.present_value)]
    assert [row[3:6] for row in rows if row[6:9] and row[7] == told.together[0].points] == [
        pytest.approx([each.low, each.median, each.high]) for each in spreads
    ]
    said = {
        name: office.cells(books[name])["Gevoeligheid!A4"] for name in ("nl again", "nl changed")
    }
    assert said["nl again"] == "De invoer is die van de berekening."
    assert str(said["nl changed"]).startswith("Let op")
