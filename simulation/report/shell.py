"""The shell of every page: one file with everything in it, that contacts nobody.

Scripts and styles stand in the page itself and are allowed by their hash, so that nothing else
can run, whatever the names in a scenario hold. A page opens from disk.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulation.report.chart import Chart
from simulation.report.reader import LANGUAGES
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


def languages(first: str) -> list[str]:
    """Give the languages of a page, the one in which it opens first.

    Raises
    ------
    ValueError
        When there is no catalogue for the language.
    """
    if first not in LANGUAGES:
        raise ValueError(f"language {first!r} is unknown; choose from {', '.join(LANGUAGES)}")
    return sorted(LANGUAGES, key=lambda other: other != first)


def render(
    template: str, versions: Sequence[dict[str, Any]], data: Mapping[str, Any], theme: Theme | None
) -> str:
    """Write a page.

    Parameters
    ----------
    template : of one language, in ``templates/``
    versions : what it shows, in each language
    data : what the script gets: configuration, figures and texts
    theme : colours and font of a municipality; neutral ones without it
    """
    scripts = (_asset("plotly-basic.licence.js") + _asset("plotly-basic.min.js"), _asset("page.js"))
    style = _asset("theme.css") + _asset("page.css") + (theme.style if theme else "")
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            policy=policy(scripts, (style, _NOTHING), fonts=theme is not None and theme.has_fonts),
            scripts=[Html(script) for script in scripts],
            style=Html(style),
            template=template,
            versions=versions,
            first=versions[0],
            figures=_inside_script(data),
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


def picture_words(chart: Chart) -> dict[str, str]:
    """Give the words that belong to a figure when it leaves the page."""
    named = "; ".join(f"{letter}: {title}" for letter, title in chart.legend)
    note = " ".join(filter(None, (plain(chart.note), named)))
    return {"title": plain(chart.title), "subtitle": plain(chart.subtitle), "note": note}


def _inside_script(data: Mapping[str, Any]) -> Html:
    """Write data as JSON that cannot end its script element."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Html(text.replace("<", "\\u003c").replace(">", "\\u003e"))


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
