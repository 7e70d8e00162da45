"""Every figure on the page is followed into the result document, and is what stands there."""

import json
import math
import re
import statistics
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from simulation.comparison.document import Result
from simulation.comparison.statistics import share_interval
from simulation.report import write_page
from simulation.report.reader import catalogue
from tests.report import equal_example, examples
from tests.report.example_data import STRATEGIES
from tests.report.pages import Page, read, resolve
from tests.report.random_results import results

NUMBER = re.compile(r"[−+]?(?:€\s?)?[−+]?\d[\d.,]*\d|[−+]?(?:€\s?)?\d")
PLAIN = {"handling_hours": "channels.{}.handling_hours", "paid_hours": "teams.{}.paid_hours"}


def number(text: str, language: str) -> float:
    """Read the first number of a text, without its sign."""
    found = NUMBER.search(text)
    assert found, f"no number in {text!r}"
    digits = re.sub(r"[^\d.,]", "", found[0])
    grouping, point = (".", ",") if language == "nl" else (",", ".")
    return float(digits.replace(grouping, "").replace(point, "."))


def is_rounding(shown: float, value: float) -> bool:
    """Tell whether a number is another one, rounded to some decimal place."""
    if math.isclose(shown, abs(value), rel_tol=1e-9, abs_tol=1e-9):
        return True
    return any(
        math.isclose(shown, abs(round(value, place)), rel_tol=1e-9, abs_tol=1e-12)
        for place in range(-12, 7)
    )


def counting(norms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [norm for norm in norms if norm["counts"]]


def surely(scenario: dict[str, Any]) -> bool:
    together = scenario["all_norms"]
    if not together or together["attained"] < 0.8 * together["of"]:
        return False
    return bool(together["decided"] or scenario["sized"])


def cheaper(scenario: dict[str, Any]) -> bool:
    cost = scenario["differences"].get("costs.structural")
    return cost is not None and cost["high"] is not None and cost["high"] < 0


def comparable(scenarios: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [scenario for scenario in scenarios[1:] if scenario["same_demand"]]


def stated(scenarios: list[dict[str, Any]]) -> dict[str, bool]:
    found = [a for s in scenarios for a in s["assumptions"]]
    return {json.dumps(a, sort_keys=True): a["source"] is None for a in found}


COUNTS: dict[str, Callable[[Any], int]] = {
    "attained": lambda norms: sum(n["attainment"]["status"] == "attained" for n in counting(norms)),
    "undecided": lambda norms: sum(
        n["attainment"]["status"] == "attained" and not n["attainment"]["decided"]
        for n in counting(norms)
    ),
    "counting": lambda norms: len(counting(norms)),
    "others": lambda scenarios: len(scenarios) - 1,
    "comparable": lambda scenarios: len(comparable(scenarios)),
    "shown": lambda scenarios: len(comparable(scenarios)) + 1,
    "sure": lambda scenarios: sum(map(surely, [scenarios[0], *comparable(scenarios)])),
    "cheaper": lambda scenarios: sum(map(cheaper, comparable(scenarios))),
    "cheaper_attaining": lambda scenarios: sum(
        cheaper(s) and surely(s) for s in comparable(scenarios)
    ),
    "dominated": lambda scenarios: sum(bool(s["dominated_by"]) for s in comparable(scenarios)),
    "failures": lambda scenarios: sum(len(s["failures"]) for s in scenarios),
    "own_estimates": lambda scenarios: sum(stated(scenarios).values()),
    "assumptions": lambda scenarios: len(stated(scenarios)),
}
"""What each count counts, computed from the plain document."""


def pairs(document: dict[str, Any], path: str) -> list[tuple[float, float]]:
    """Give the values of a scenario beside those of the baseline, in the same replication."""
    place, measure = re.fullmatch(r"scenarios\.(\d+)\.raw\.(.*)", path).groups()  # type: ignore[union-attr]
    mine, today = document["scenarios"][int(place)], document["scenarios"][0]
    theirs = dict(zip(today["numbers"], today["raw"].get(measure, []), strict=True))
    own = zip(mine["numbers"], mine["raw"].get(measure, []), strict=True)
    found = [(a, theirs.get(number)) for number, a in own]
    return [(a, b) for a, b in found if a is not None and b is not None]


def hours(document: dict[str, Any], path: str, how: str) -> float:
    """Add up the hours of all channels or teams, as a difference with today."""
    place = int(path.split(".")[1])
    form = PLAIN[how].replace(".", r"\.").replace("{}", r"[^./]+")

    def total(measures: dict[str, Any]) -> float:
        found = (m["mean"] for name, m in measures.items() if re.fullmatch(form, name))
        return float(sum(found))

    scenarios = document["scenarios"]
    found: float = total(scenarios[place]["measures"]) - total(scenarios[0]["measures"])
    return found


def check(
    result: Result,
    document: dict[str, Any],
    figure: dict[str, str | None],
    shown: str,
    language: str,
):
    path, how = figure["data-path"] or "", figure.get("data-how") or ""
    found: Any = resolve(result, path)
    if how == "name" or found is None or isinstance(found, str | bool):
        return
    where = f"{shown!r} at {path} ({how})"
    if how == "close":
        sure = {s["letter"] for s in document["scenarios"][1:] if surely(s)}
        assert number(shown, language) == len(sure & set(found["close"])), where
    elif how in {"pairs", "cheaper_pairs"}:
        both = pairs(document, path)
        wanted = len(both) if how == "pairs" else sum(a < b for a, b in both)
        assert number(shown, language) == wanted, where
    elif how.startswith("cheaper_share."):
        both = pairs(document, path)
        ends = share_interval(sum(a < b for a, b in both), len(both))
        end = ends[how.endswith(".high")]
        assert is_rounding(number(shown, language), 100 * end), where
    elif how in PLAIN:
        assert is_rounding(number(shown, language), hours(document, path, how)), where
    elif how in COUNTS:
        assert number(shown, language) == COUNTS[how](found), where
    elif how in {"sized", "rostered", "more"}:
        assert is_rounding(number(shown, language), people(document, path, how)), where
    elif how == "steps":
        sizes = (steps(document, place) for place in (0, int(path.split(".")[2])))
        assert is_rounding(number(shown, language), math.hypot(*sizes)), where
    elif how.startswith("less."):
        assert is_rounding(number(shown, language), against_another(document, path, how)), where
    elif how == "points":
        assert is_rounding(number(shown, language), 100 * found), where
    elif how == "residual":
        assert path.endswith(".differences"), where
    else:
        assert how in {"", "gone"}, where
        value = 100 * found if "%" in shown else found
        assert is_rounding(number(shown, language), value), where


def told(result: Result) -> dict[str, Any]:
    """Give the plain document; each scenario with whether teams were sized for it."""
    document: dict[str, Any] = json.loads(result.model_dump_json())
    equal = document["equal_service"]
    staffing = equal["staffing"] if equal else []
    own = {each["letter"] for each in staffing if each["letter"] == each["sized_for"]}
    for scenario in document["scenarios"]:
        alike = bool(equal) and scenario["same_demand"]
        scenario["sized"] = alike or scenario["letter"] in own
    return document


def people(document: dict[str, Any], path: str, how: str) -> float:
    """Add up the people of a scenario, or set them against 0* (those of 0* against 0)."""
    match = re.fullmatch(r"equal_service\.staffing\.(\d+)\.units(?:\.(\d+)\.sized)?", path)
    assert match, path
    staffing, place = document["equal_service"]["staffing"], int(match[1])
    units = staffing[place]["units"]
    if match[2]:
        units = [units[int(match[2])]]
    names = {unit["unit"] for unit in units} if match[2] else None
    enough = [u for u in staffing[0]["units"] if names is None or u["unit"] in names]
    if how != "more":
        return added(units, how)
    return added(units, "sized") - added(enough, "sized" if place else "rostered")


def added(units: list[dict[str, Any]], key: str) -> float:
    """Add up full-time equivalents as a reader does who has only the rounded ones."""
    return float(sum(round(unit[key], 1) for unit in units))


def steps(document: dict[str, Any], place: int) -> float:
    """Give what a step of every team of a scenario costs, as the root of squares."""
    squares = 0.0
    for unit in document["equal_service"]["staffing"][place]["units"]:
        rates = [
            line["rate"]
            for line in document["scenarios"][place]["lines"]
            if line["group"] == f"staff.{unit['unit']}"
            and line["unit"] == "fte_year"
            and line["avoidable"]
        ]
        squares += (sum(rates) * (unit["step"] or 0) * document["period"]["days"] / 365) ** 2
    return math.sqrt(squares)


def against_another(document: dict[str, Any], path: str, how: str) -> float:
    """Give the mean paired difference of a scenario with the one that is named, or an end of it."""
    place, measure = re.fullmatch(r"scenarios\.(\d+)\.raw\.(.*)", path).groups()  # type: ignore[union-attr]
    _, number, *end = how.split(".")
    mine, other = (document["scenarios"][int(n)] for n in (place, number))
    gaps = [a - b for a, b in zip(mine["raw"][measure], other["raw"][measure], strict=True)]
    mean = statistics.fmean(gaps)
    if not end:
        return mean
    one = 1.699 * statistics.stdev(gaps) / math.sqrt(len(gaps))
    half = math.hypot(one, *(steps(document, int(n)) for n in (place, number)))
    return mean - half if end == ["low"] else mean + half


def check_page(result: Result, html: str) -> Page:
    page, language = read(html), "nl"
    document = told(result)
    half = html.index('data-version="en"')
    for language, part in (("nl", html[:half]), ("en", html[half:])):
        for attributes, text in figures(part):
            check(result, document, attributes, text, language)
    return page


def figures(html: str) -> list[tuple[dict[str, str | None], str]]:
    page = Page()
    page.feed(html[html.index("<main") : html.index("</main>") + len("</main>")])
    return [(attributes, text) for attributes, text in page.figures if attributes]


MADE: dict[str, Callable[[], Result]] = {
    "as rostered": examples.result,
    "equal service": equal_example.result,
}


@pytest.fixture(scope="module", params=MADE)
def made(request) -> Result:
    return MADE[request.param]()


@pytest.fixture(scope="module")
def html(made):
    return write_page(made)


def test_every_figure_is_what_stands_at_its_path(made, html):
    page = check_page(made, html)
    assert len(page.figures) > 500


@settings(suppress_health_check=list(HealthCheck), max_examples=15)
@given(results())
def test_every_figure_of_any_result_is_what_stands_at_its_path(result):
    check_page(result, write_page(result))


def test_no_figure_is_without_a_path(html):
    """What has digits and no path is a text of the catalogue, a badge, or a key of the scenario."""
    page = read(html)
    fixed = " ".join(" ".join(catalogue(language).values()) for language in ("nl", "en"))
    fixed += " ".join(" ".join(catalogue(other, equal=True).values()) for other in ("nl", "en"))
    titles = {digits for s in STRATEGIES for digits in re.findall(r"\d+", str(s))}
    loose = [text.strip() for attributes, text in page.figures if not attributes]
    unknown = [
        text
        for text in loose
        for digits in re.findall(r"\d[\d.,]*", text)
        if text not in fixed and text != "0" and digits.strip(".,") not in fixed + " ".join(titles)
    ]
    assert unknown == []


def test_every_euro_opens_its_bill(html):
    page = read(html)
    ids = set(page.values("id"))
    links = [a for tag, a in page.elements if tag == "a" and a.get("class") == "figure"]
    assert len(links) > 20
    assert {(a["href"] or "")[1:] for a in links} <= ids


def test_an_amount_opens_the_row_where_it_stands(html):
    page, rows = read(html), dict(re.findall(r'<tr[^>]* id="([^"]+)"[^>]*>(.*?)</tr>', html))
    links = [a for tag, a in page.elements if tag == "a" and a.get("class") == "figure"]
    lost = {
        (link["href"], link["data-path"])
        for link in links
        if f'data-path="{link["data-path"]}"' not in rows.get((link["href"] or "")[1:], "")
    }
    assert lost == set()
