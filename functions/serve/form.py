"""The form with which something is asked: what was filled in, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final

from annotated_types import Ge, Le
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict

from functions.logic.question import (
    CASES,
    PRECISE,
    SEARCHED,
    Asked,
    Inline,
    Kind,
    Precision,
    Question,
    Refused,
    shipped,
)
from functions.serve.carried import Carried, boxes, carried_of, read_carried
from functions.serve.faults import Fault, Wrong
from functions.serve.findings import ENGLISH, Told, told
from functions.serve.own_files import OwnFile, own_of
from functions.serve.shelf import shelf
from functions.serve.words import Words, percent

_GROUPED: Final = {
    "nl": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
}
_CENTS: Final = 2
"""Decimals of an amount that has any."""

_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")

SHARED: Final = frozenset(Kind) - {Kind.COMPARE}
"""Kinds for which teams are sized, so that a share is asked."""


def bounds(model: type[BaseModel], field: str) -> tuple[float, float]:
    """Give the least and the largest that a model takes."""
    found = model.model_fields[field].metadata
    low = next(each.ge for each in found if isinstance(each, Ge))
    high = next(each.le for each in found if isinstance(each, Le))
    return float(low), float(high)  # type: ignore[arg-type]


def read_number(text: str, language: str) -> float | None:
    """Read a number as people write it in a language; None if it is none.

    Examples
    --------
    >>> read_number("€ 5.000", "nl"), read_number("5,000", "en"), read_number("0,5", "nl")
    (5000.0, 5000.0, 0.5)
    >>> read_number("80 %", "nl"), read_number("many", "en")
    (80.0, None)
    """
    bare = re.sub(r"[\s€%]", "", text)
    if _GROUPED[language].fullmatch(bare):
        bare = bare.replace("." if language == "nl" else ",", "")
    return float(bare.replace(",", ".")) if _PLAIN.fullmatch(bare) else None


def in_language(
    values: "MultiDict[str, str]", before: Words, after: Words
) -> "MultiDict[str, str]":
    """Give what was filled in with its numbers as they are written in another language."""
    found = MultiDict(values)
    for field in ("replications", "precision", "share"):
        number = read_number(values.get(field, ""), before.language)
        if number is not None:
            found[field] = after.exactly(number, _CENTS if field == "precision" else 1)
    return found


def chosen(values: "MultiDict[str, str]") -> list[str]:
    """Give the shipped scenarios that were ticked, one by one or by place, in order."""
    sets, single = set(values.getlist("sets")), set(values.getlist("scenarios"))
    return [
        each.name
        for place in shelf()
        for each in place.scenarios
        if place.name in sets or each.name in single
    ]


def scenarios_of(
    values: "MultiDict[str, str]", own: Sequence[OwnFile]
) -> dict[str, list[str | Inline]]:
    """Give the scenarios that were chosen and sent along, as a request has them."""
    given: list[str | Inline] = [
        *chosen(values),
        *(each.inline() for each in own if each.field == "files"),
    ]
    return {
        "scenarios": read_carried(values).in_order(given),
        "extended": [each.inline() for each in own if each.field == "extended"],
    }


def read_form(
    values: "MultiDict[str, str]", own: Sequence[OwnFile], t: Words, faults: Sequence[Fault] = ()
) -> Asked:
    """Read what was filled in.

    Parameters
    ----------
    values : as they were sent
    own : files of the reader's own
    t : the reader's words
    faults : what is wrong with files that cannot be read

    Raises
    ------
    Wrong
        With everything that is wrong with it.
    BadRequest
        When it carries along what no form does.
    """
    faults, given, carried = list(faults), scenarios_of(values, own), read_carried(values)
    scenarios = given["scenarios"]
    kind = Kind(values["kind"]) if values.get("kind") in list(Kind) else Kind.EQUAL_SERVICE
    if not scenarios and not faults:
        faults.append(Fault("scenarios", t("fault.no_scenario")))
    if kind is Kind.SIZE and len(scenarios) > 1:
        faults.append(Fault("scenarios", t("fault.one_scenario", n=len(scenarios))))
    if kind in CASES and len(scenarios) == 1:
        faults.append(Fault("scenarios", t("fault.case_alone")))
    asked: dict[str, Any] = {
        "kind": kind,
        **given,
        "language": t.language,
        **carried.asked,
        **_how_sure(values, kind, carried, t, faults),
    }
    if faults:
        raise Wrong(faults)
    try:
        return Asked.model_validate(asked)
    except ValidationError as error:
        said = tuple(Told("", str(each["msg"]), ENGLISH) for each in error.errors())
        raise Wrong([Fault("scenarios", t("fault.refused"), said)]) from error


def filled_in(question: Question, own: Sequence[OwnFile], t: Words) -> "MultiDict[str, str]":
    """Fill in a form so that it asks a question, with the reader's own files beside it."""
    values = MultiDict(_fields(question, t))
    carried = carried_of(question, scenarios_of(values, own)["scenarios"])
    for box in boxes(carried, t):
        values.add("also", box.value)
    return values


def _fields(question: Question, t: Words) -> Iterator[tuple[str, str]]:
    yield "kind", question.kind
    known, own = set(shipped()), {each.name for each in own_of(question, {})}
    for name in (path.removesuffix(".yaml") for path in question.asked):
        if name in known - own:
            yield "scenarios", name
    if question.replications is not None:
        yield "replications", t.number(question.replications)
    if question.precision is not None and question.precision.cost is not None:
        yield "precision", t.exactly(question.precision.cost, _CENTS)
    if question.kind in SHARED or question.share != Asked.model_fields["share"].default:
        yield "share", t.exactly(percent(question.share))


def faults_of(refused: Refused, own: Sequence[OwnFile], t: Words) -> list[Fault]:
    """Tie what is wrong with scenarios to the field where they were given."""
    mine = {each.path: each for each in own}
    found: dict[tuple[str, str], list[Told]] = {}
    for each in refused.problems:
        given = mine.get(each.file)
        file = given.file if given else each.file
        if each.place == "extends" and each.line is None:
            found.setdefault(("extended", _lost(file, str(each.value), t)), [])
        else:
            field = given.field if given else "scenarios"
            key = "fault.file" if file else "fault.refused"
            found.setdefault((field, t(key)), []).append(told(each, file, t))
    return [Fault(field, text, tuple(lines)) for (field, text), lines in found.items()]


def _lost(file: str, parent: str, t: Words) -> str:
    """Say that what a file extends is not there, with what ships under such a name."""
    last = PurePath(parent).name
    ship = [path for name in shipped() if PurePath(path := f"{name}.yaml").name == last]
    if not ship:
        return t("fault.extends", file=file, parent=parent)
    known = f" {t('or')} ".join(ship)
    return t("fault.extends.ships", file=file, parent=parent, known=known)


def _how_sure(
    values: Mapping[str, str], kind: Kind, carried: Carried, t: Words, faults: list[Fault]
) -> dict[str, Any]:
    """Read the number of simulations, or the precision, and the share."""
    found: dict[str, Any] = {}
    possible = SEARCHED if kind is Kind.SIZE else bounds(Asked, "replications")
    number = _read(values, "replications", possible, t, faults)
    euros = _read(values, "precision", bounds(Precision, "cost"), t, faults)
    if number is not None:
        if number == int(number):
            found["replications"] = int(number)
        else:
            faults.append(Fault("replications", t("fault.whole")))
    found["precision"] = carried.precision(euros)
    if euros is not None:
        if number is not None:
            faults.append(Fault("precision", t("fault.either")))
        elif kind not in PRECISE:
            faults.append(Fault("precision", t("fault.no_precision", kind=t(f"kind.{kind}"))))
    if carried.service is not None:
        if number is not None:
            faults.append(Fault("also", t("fault.either.also")))
        elif kind not in PRECISE:
            faults.append(Fault("also", t("fault.no_precision.also", kind=t(f"kind.{kind}"))))
    low, high = map(percent, bounds(Asked, "share"))
    share = _read(values, "share", (low, high), t, faults)
    if share is not None:
        found["share"] = float(f"{share!r}e-2")
    return found


def _read(
    values: Mapping[str, str],
    field: str,
    within: tuple[float, float],
    t: Words,
    faults: list[Fault],
) -> float | None:
    text = values.get(field, "").strip()
    if not text:
        return None
    found, (low, high) = read_number(text, t.language), within
    if found is None or not low <= found <= high:
        shown = [t.exactly(each, _CENTS) for each in (low, high)]
        faults.append(Fault(field, t(f"fault.{field}", low=shown[0], high=shown[1])))
        return None
    return found
