"""The page of a comparison, in both languages."""

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from simulation.comparison.document import Result
from simulation.finance.document import CaseResult
from simulation.report import facts, words
from simulation.report.bridging import bridges
from simulation.report.case_view import CaseView
from simulation.report.chart import CONFIG, Chart, Figure
from simulation.report.equal import as_shown
from simulation.report.figures.break_even import KEY, break_evens
from simulation.report.figures.cost_service import cost_service
from simulation.report.figures.forest import forest_picture
from simulation.report.figures.service import service
from simulation.report.figures.staffing import staffing
from simulation.report.figures.waterfall import waterfall
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.sections import equal
from simulation.report.sections.assumptions import assumptions
from simulation.report.sections.bill import bills
from simulation.report.sections.forest import Forest, Row, circumstances, forest
from simulation.report.sections.headline import Headline, headline, question
from simulation.report.sections.proposal import memo
from simulation.report.sections.sure import capacity, sure
from simulation.report.sensing import structural
from simulation.report.shell import Theme, languages, picture_words, render
from simulation.report.speech import confidence, during, enough, period
from simulation.report.spreadsheet import spreadsheet
from simulation.report.traced import plain


def write_page(
    result: Result,
    language: str = LANGUAGES[0],
    theme: Theme | None = None,
    case: CaseResult | None = None,
) -> str:
    """Write the page of a comparison.

    Parameters
    ----------
    result : the comparison
    language : language in which the page opens; the other one is a link away
    theme : colours and font of a municipality; neutral ones without it
    case : the business case that rests on it, if there is one: then the page shows from which share
        of replaced contacts strategies pay

    Raises
    ------
    ValueError
        When there is no catalogue for the language.
    """
    shown, enough = as_shown(result), result.equal_service is not None
    alone = len(result.scenarios) == 1
    readers = [Reader(other, equal=enough, alone=alone) for other in languages(language)]
    versions = [_version(shown, reader, case) for reader in readers]
    return render("version.html.j2", versions, _data(versions), theme)


def _version(result: Result, reader: Reader, case: CaseResult | None) -> dict[str, Any]:
    """Give everything that the template shows in one language."""
    charts = [*_charts(result, reader), *_break_even(reader, case)]
    stated = assumptions(result, reader)
    top = _top(result, reader, case)
    rows = {row.stated: row.place for row in stated}
    table, other = forest(result, reader), circumstances(result, reader)
    shown = bills(result, reader, rows)
    version: dict[str, Any] = {
        "t": reader,
        "reader": reader,
        "result": result,
        "top": top,
        "equal": equal.section(result, reader),
        "bridges": list(bridges(CaseView(case, reader), "case.")) if case else [],
        "forest": table,
        "whys": _whys(result, table, other),
        "picture": forest_picture(result, reader),
        "circumstances": other,
        "charts": charts,
        "sure": sure(result, reader),
        "capacity": capacity(result, reader),
        "bills": shown,
        "csv": spreadsheet(result, reader, shown, stated),
        "proposal": memo(result, reader),
        "price_level": facts.price_level(result),
        "price_form": "other" if facts.other_prices(result) else "same",
        "assumptions": stated,
        "period": period(result, reader),
        "during": during(result, reader, reader.mark),
        "confidence": confidence(result, reader),
        "enough": enough(result, reader),
        "question": question(result),
    }
    return {**version, "contents": _contents(version)}


def _whys(result: Result, *tables: Forest | None) -> list[Row]:
    """Give the rows that say why somebody would choose them, in the order of the letters."""
    rows = [row for table in tables if table for row in table.rows if row.why]
    return sorted(rows, key=lambda row: facts.place(result, row.letter))


def _contents(version: dict[str, Any]) -> list[str]:
    """Give the ids of the sections that there are."""
    there = {"charts": version["charts"] or version["capacity"]}
    there |= {name: version[name] for name in ("equal", "proposal", "bills", "assumptions")}
    names = ("equal", "scenarios", "charts", "sure", "proposal", "bills", "assumptions", "glossary")
    return [name for name in names if there.get(name, True)]


def _charts(result: Result, reader: Reader) -> list[Chart]:
    focus = facts.focus(result)
    first = staffing if result.equal_service else cost_service
    found = [first(result, reader)]
    if focus is not None:
        found += [waterfall(result, reader, focus), service(result, reader, focus)]
    else:
        found.append(service(result, reader, facts.baseline(result)))
    return [chart for chart in found if chart is not None]


def _top(result: Result, reader: Reader, case: CaseResult | None) -> Headline:
    """Give the top, with how far assumptions move the difference where a case says so."""
    top, focus = headline(result, reader), facts.focus(result)
    if case is None or focus is None:
        return top
    view = CaseView(case, reader)
    told = list(structural(view, focus.letter, "case."))
    if not told:
        return top
    # The first figure is the one on costs.
    cost, *others = top.figures
    label = Markup("; ").join(
        [cost.label, *structural(view, focus.letter, "case.", "fin.sens.key")]
    )
    figures = (replace(cost, label=label), *others)
    return replace(top, sentences=(*top.sentences, *told), figures=figures)


def _break_even(reader: Reader, case: CaseResult | None) -> list[Chart]:
    """Draw the share of replaced contacts from which strategies pay."""
    found = break_evens(CaseView(case, reader), "case.") if case else ()
    return [chart for chart in found if chart.key == KEY]


def _figures(version: dict[str, Any]) -> dict[str, Figure]:
    """Give the figures with the words that belong to them when they leave the page."""
    t, table = version["t"], version["forest"]
    found = {chart.key: (chart.figure, picture_words(chart)) for chart in version["charts"]}
    if version["picture"]:
        subtitle = t(
            "forest.subtitle",
            during=plain(version["during"]),
            confidence=version["confidence"],
        )
        said = {"title": plain(table.title), "subtitle": subtitle, "note": t("forest.note")}
        found["forest"] = (version["picture"], said)
    return {key: {**figure, **said} for key, (figure, said) in found.items()}


def _texts(version: dict[str, Any]) -> dict[str, str]:
    """Give what the script says, and what stands below a picture that leaves the page."""
    t, result = version["t"], version["result"]
    here = t.text(result.organisation, t("banner.here"))
    return {
        "copied": t("action.copied"),
        "not_copied": t("action.not_copied"),
        "example": t("picture.example", organisation=here) if result.example else "",
        "source": t(
            "picture.source",
            version=result.version,
            question=version["question"],
            period=words.upper_first(version["period"]),
        ),
    }


def _data(versions: list[dict[str, Any]]) -> dict[str, Any]:
    """Give figures and texts for the script."""
    by_language = {version["t"].language: version for version in versions}
    return {
        "config": CONFIG,
        "figures": {language: _figures(version) for language, version in by_language.items()},
        "texts": {language: _texts(version) for language, version in by_language.items()},
        "csv": {language: version["csv"] for language, version in by_language.items()},
    }
