"""The page: one file with everything in it, in both languages, that contacts nobody.

Scripts and styles stand in the page itself and are allowed by their hash, so that nothing else
can run, whatever the names in a scenario hold. The page opens from disk.
"""

import base64
import hashlib
import html
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulation.comparison.document import Result
from simulation.report import facts, words
from simulation.report.chart import CONFIG, Chart, Figure
from simulation.report.figures.cost_service import cost_service
from simulation.report.figures.forest import forest_picture
from simulation.report.figures.service import service
from simulation.report.figures.waterfall import waterfall
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.sections.assumptions import assumptions
from simulation.report.sections.bill import bills
from simulation.report.sections.forest import Forest, Row, circumstances, forest
from simulation.report.sections.headline import headline, question
from simulation.report.sections.proposal import memo
from simulation.report.sections.sure import capacity, sure
from simulation.report.speech import confidence, during, period
from simulation.report.spreadsheet import spreadsheet
from simulation.report.traced import plain

_HERE = Path(__file__).parent
_AMOUNT = re.compile(r"[+−]?€\s?\d[\d.,]*\d|[+−]?€\s?\d")
_NOTHING = ""
"""Plotly makes an empty style element and adds its rules to it: allowed, for it is empty."""


class Html(str):
    """Text that is HTML already: templates take it as it is, and escape everything else."""

    __slots__ = ()

    def __html__(self) -> str:
        """Say so to the template."""
        return str(self)


@dataclass(frozen=True)
class Theme:
    """The colours and the font of a municipality, checked: see ``simulation/report/theme.py``."""

    style: str
    """Style that sets the properties of ``theme.css``; it comes after our own."""
    has_fonts: bool
    """Whether the style carries fonts, as ``data:`` addresses."""


def write_page(result: Result, language: str = LANGUAGES[0], theme: Theme | None = None) -> str:
    """Write the page of a comparison.

    Parameters
    ----------
    result : the comparison
    language : language in which the page opens; the other one is a link away
    theme : colours and font of a municipality; neutral ones without it

    Raises
    ------
    ValueError
        When there is no catalogue for the language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is unknown; choose from {', '.join(LANGUAGES)}")
    scripts = (_asset("plotly-basic.licence.js") + _asset("plotly-basic.min.js"), _asset("page.js"))
    style = _asset("theme.css") + _asset("page.css") + (theme.style if theme else "")
    first = sorted(LANGUAGES, key=lambda other: other != language)
    versions = [_version(result, Reader(other)) for other in first]
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            policy=policy(scripts, (style, _NOTHING), fonts=theme is not None and theme.has_fonts),
            scripts=[Html(script) for script in scripts],
            style=Html(style),
            versions=versions,
            first=versions[0],
            figures=_data(versions),
        )
    )


def policy(scripts: tuple[str, ...], styles: tuple[str, ...], *, fonts: bool = False) -> str:
    """Write a Content-Security-Policy that allows these scripts and styles and nothing else.

    With ``fonts``, also fonts that stand in a style as ``data:`` addresses.
    """
    script, style = (" ".join(map(digest, texts)) for texts in (scripts, styles))
    font = "font-src data:; " if fonts else ""
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; img-src data: blob:; "
        f"{font}base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """Give the hash of a script or style as a policy writes it."""
    code = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{code}'"


def _path(text: str) -> Html:
    """Let a path break after a dot, and nowhere else."""
    return Html(html.escape(text).replace(".", ".<wbr>"))


@cache
def _asset(name: str) -> str:
    return (_HERE / "assets" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"amounts": _amounts, "path": _path}
    return environment


def _amounts(text: str) -> str:
    """Keep each amount on one line: browsers break between a sign and the euro."""
    if hasattr(text, "__html__"):
        return text
    return Html(_AMOUNT.sub(r'<span class="amount">\g<0></span>', html.escape(text)))


def _version(result: Result, reader: Reader) -> dict[str, Any]:
    """Give everything that the template shows in one language."""
    charts = _charts(result, reader)
    stated = assumptions(result, reader)
    rows = {row.stated: row.place for row in stated}
    table, other = forest(result, reader), circumstances(result, reader)
    shown = bills(result, reader, rows)
    version: dict[str, Any] = {
        "t": reader,
        "reader": reader,
        "result": result,
        "top": headline(result, reader),
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
    there |= {name: version[name] for name in ("proposal", "bills", "assumptions")}
    names = ("scenarios", "charts", "sure", "proposal", "bills", "assumptions", "glossary")
    return [name for name in names if there.get(name, True)]


def _charts(result: Result, reader: Reader) -> list[Chart]:
    focus = facts.focus(result)
    found = [cost_service(result, reader)]
    if focus is not None:
        found += [waterfall(result, reader, focus), service(result, reader, focus)]
    else:
        found.append(service(result, reader, facts.baseline(result)))
    return [chart for chart in found if chart is not None]


def _figures(version: dict[str, Any]) -> dict[str, Figure]:
    """Give the figures with the words that belong to them when they leave the page."""
    t, table = version["t"], version["forest"]
    found = {chart.key: (chart.figure, _words(chart)) for chart in version["charts"]}
    if version["picture"]:
        subtitle = t(
            "forest.subtitle",
            during=plain(version["during"]),
            confidence=version["confidence"],
        )
        said = {"title": plain(table.title), "subtitle": subtitle, "note": t("forest.note")}
        found["forest"] = (version["picture"], said)
    return {key: {**figure, **said} for key, (figure, said) in found.items()}


def _words(chart: Chart) -> dict[str, str]:
    named = "; ".join(f"{letter}: {title}" for letter, title in chart.legend)
    note = " ".join(filter(None, (plain(chart.note), named)))
    return {"title": plain(chart.title), "subtitle": plain(chart.subtitle), "note": note}


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


def _data(versions: list[dict[str, Any]]) -> Html:
    """Write figures and texts as JSON that cannot end its script element."""
    languages = {version["t"].language: version for version in versions}
    text = json.dumps(
        {
            "config": CONFIG,
            "figures": {language: _figures(version) for language, version in languages.items()},
            "texts": {language: _texts(version) for language, version in languages.items()},
            "csv": {language: version["csv"] for language, version in languages.items()},
        },
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )
    return Html(text.replace("<", "\\u003c").replace(">", "\\u003e"))
