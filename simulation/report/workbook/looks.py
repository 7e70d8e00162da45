"""What cells look like: numbers as the reader's language writes them, inputs that stand out."""

from typing import Any, Final

INK: Final = "#1F2933"
BLUE: Final = "#0B3D6B"
BAND: Final = "#E3ECF5"
INPUT: Final = "#FFF7D6"
GREY: Final = "#5B6770"
RULE: Final = "#B8C4CE"
RED, GREEN = "#9C1C1C", "#1B5E20"

_CODES: Final = {"nl": "413", "en": "1809"}
"""Dutch, and English as the euro countries write it."""

_EURO: Final = "[$-{code}]{sign}[$€-{code}]{space}#,##0{cents}"


def number_formats(
    language: str, advantage: str, disadvantage: str, changed: str
) -> dict[str, str]:
    """Give the codes of number formats by the kind of number.

    Parameters
    ----------
    language : of the reader
    advantage, disadvantage : the letter behind an amount below and above 0
    changed : what stands for an input that was changed
    """
    code, space = _CODES[language], " " if language == "nl" else ""
    here = f"[$-{code}]"

    def euro(cents: str) -> str:
        same = {"code": code, "space": space, "cents": cents}
        return f"{_EURO.format(sign='', **same)};{_EURO.format(sign='−', **same)}"

    return {
        "euro": euro(".00"),
        "whole_euro": euro(""),
        "rate": euro(".00##"),
        "thousands": f'{here}#,##0" {disadvantage}";{here}#,##0" {advantage}";0',
        "count": f"{here}#,##0;{here}−#,##0;0",
        "signed": f"{here}+#,##0;{here}−#,##0;0",
        "number": f"{here}#,##0.00;{here}−#,##0.00",
        "quantity": f"{here}#,##0.00##;{here}−#,##0.00##",
        "fine": f"{here}#,##0.0000;{here}−#,##0.0000",
        "percent": f"{here}0.00%;{here}−0.00%",
        "year": "0",
        "date": f"{here}d mmm yyyy",
        "years": f"{here}#,##0.0;{here}−#,##0.0",
        "flag": f'"{changed}";;',
        "plain": f"{here}General",
    }


_HEADER: Final[dict[str, Any]] = {
    "bold": True,
    "bg_color": BLUE,
    "font_color": "#FFFFFF",
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": RULE,
}

_SMALL: Final[dict[str, Any]] = {
    "font_size": 9,
    "font_color": GREY,
    "valign": "top",
    "align": "left",
    "indent": 1,
}

TEXT: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 18, "font_color": BLUE},
    "heading": {"bold": True, "font_size": 13, "font_color": BLUE, "valign": "bottom"},
    "prose": {"text_wrap": True, "valign": "top"},
    "warning": {"text_wrap": True, "valign": "top", "bold": True, "font_color": RED},
    "strong": {"bold": True},
    "total": {"bold": True, "top": 1, "top_color": INK, "align": "left", "indent": 1},
    "text": {"valign": "top", "align": "left", "indent": 1},
    "value": {"valign": "top", "align": "right", "text_wrap": True},
    "badge": {"valign": "top", "bold": True, "align": "center"},
    "link": {"valign": "top", "font_color": BLUE, "underline": 1},
    "rule": {"top": 1, "top_color": RULE},
    "faint": {"font_color": GREY},
    "wrapped": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "small": _SMALL,
    "small_wrapped": {**_SMALL, "text_wrap": True},
    "right": {"font_color": GREEN, "bold": True},
    "wrong": {"font_color": "#FFFFFF", "bg_color": RED, "bold": True},
    "header": {**_HEADER, "align": "left", "indent": 1},
    "header_right": {**_HEADER, "align": "right"},
}
"""Forms of cells with a text."""

KINDS: Final[dict[str, dict[str, Any]]] = {
    "": {},
    "input": {"bg_color": INPUT, "border": 1, "border_color": RULE, "font_color": "#0000C0"},
    "total": {"bold": True, "top": 1, "top_color": INK},
    "key": {"bold": True, "font_size": 12},
    "words": {"text_wrap": True},
}
"""What may be added to the form of a number."""
