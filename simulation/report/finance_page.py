"""The page of a controller: what strategies cost and save by year, and what can be booked."""

from typing import Any

from simulation.finance.document import CaseResult
from simulation.report.bridging import bridges
from simulation.report.case_view import CaseView, rooted
from simulation.report.chart import CONFIG, Chart
from simulation.report.figures.booked import booked_chart
from simulation.report.figures.break_even import break_evens
from simulation.report.figures.contact_costs import contact_costs
from simulation.report.figures.present_value import present_value
from simulation.report.figures.reconciliation import reconciliation
from simulation.report.finance_claims import alike, prices, sentences, verdict
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.reserving import zeros
from simulation.report.sections.assumptions import Assumption, assumptions
from simulation.report.sections.budget import budget, worths
from simulation.report.sections.hired import COLUMNS
from simulation.report.sections.municipal import deadlines, municipal
from simulation.report.sections.people import people
from simulation.report.sections.sensitivity import sensitivity
from simulation.report.sections.terms import keys, terms
from simulation.report.sections.year_bill import year_bills
from simulation.report.shell import Theme, languages, picture_words, render
from simulation.report.traced import plain

_SHORT = 16
"""Digits of the question's hash that are shown."""

_PARTS = ("budget", "people", "value", "sens", "costs", "terms", "bills", "assumptions", "glossary")
"""Parts of the page, in their order."""


def write_finance_page(
    case: CaseResult, language: str = LANGUAGES[0], theme: Theme | None = None
) -> str:
    """Write the page of a business case.

    Parameters
    ----------
    case : the case document
    language : language in which the page opens; the other one is a link away
    theme : colours and font of a municipality; neutral ones without it

    Raises
    ------
    ValueError
        When there is no catalogue for the language.
    """
    versions = [
        _version(CaseView(case, Reader(other, equal=True))) for other in languages(language)
    ]
    return render("finance.html.j2", versions, _data(versions), theme)


def _version(view: CaseView) -> dict[str, Any]:
    """Give everything that the template shows in one language."""
    reader, case = view.reader, view.case
    heading = verdict(view)
    stated = assumptions(view.result, reader)
    version: dict[str, Any] = {
        "t": reader,
        "reader": reader,
        "case": case,
        "result": view.result,
        "top": {"plain": plain(heading), "heading": heading},
        "sentences": list(sentences(view)),
        "keys": list(keys(view)),
        "prices": prices(view),
        "budget": budget(view),
        "zeros": list(zeros(view)),
        "alike": alike(view),
        "people": people(view),
        "bridges": list(bridges(view)),
        "hired": COLUMNS,
        "settled": view.year(view.settled),
        "charts": [chart for chart in (present_value(view), booked_chart(view)) if chart],
        "sens": sensitivity(view),
        "turns": list(break_evens(view)),
        "municipal": municipal(view),
        "deadlines": list(deadlines(view)),
        "costs": [chart for chart in (contact_costs(view), reconciliation(view)) if chart],
        "worths": worths(view),
        "terms": terms(view),
        "bills": year_bills(view, {row.stated: row.place for row in stated}),
        "assumptions": [_in_place(row) for row in stated],
        "last": view.year(case.terms.years - 1),
        "footer": reader(
            "fin.footer",
            version=case.version,
            question=case.question[:_SHORT],
            search=reader.number(case.search),
            fresh=reader.number(case.fresh),
        ),
    }
    there = {name: version[name] for name in ("people", "costs", "bills", "assumptions")}
    there["sens"] = version["sens"] or version["turns"]
    return {**version, "contents": [name for name in _PARTS if there.get(name, True)]}


def _in_place(row: Assumption) -> dict[str, Any]:
    """Give an assumption with the paths of its figures in the case document."""
    return {key: rooted(value) for key, value in vars(row).items()}


def _charts(version: dict[str, Any]) -> list[Chart]:
    own = version["sens"].charts if version["sens"] else ()
    return [*version["charts"], *own, *version["turns"], *version["costs"]]


def _data(versions: list[dict[str, Any]]) -> dict[str, Any]:
    """Give figures and texts for the script."""
    by_language = {version["t"].language: version for version in versions}
    return {
        "config": CONFIG,
        "figures": {
            language: {
                chart.key: {**chart.figure, **picture_words(chart)} for chart in _charts(version)
            }
            for language, version in by_language.items()
        },
        "texts": {language: _texts(version) for language, version in by_language.items()},
        "csv": dict.fromkeys(by_language, ""),
    }


def _texts(version: dict[str, Any]) -> dict[str, str]:
    """Give what the script says, and what stands below a picture that leaves the page."""
    t, result = version["t"], version["result"]
    here = t.text(result.organisation, t("banner.here"))
    return {
        "copied": t("action.copied"),
        "not_copied": t("action.not_copied"),
        "example": t("picture.example", organisation=here) if result.example else "",
        "source": version["footer"],
    }
