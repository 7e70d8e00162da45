"""What a question asks for which the form has no field.

It travels in the form, as files do: each as the value of a box that can be ticked off. So asking
again asks the same, also what was asked through the API.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from functions.logic.question import Inline, Question
from functions.serve.shelf import titles
from functions.serve.words import Words


class Carried(BaseModel):
    """What a form carries along; None where nothing was asked.

    Attributes
    ----------
    seed : of all draws
    service : half an interval, in percentage points
    most : replications, where the answer has to be precise
    quick : false where sensitivity is not to be in minutes
    order : names of the scenarios, where it is not that of the form
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    seed: int | None = None
    service: float | None = None
    most: int | None = None
    quick: bool | None = None
    order: list[str] | None = None

    @property
    def asked(self) -> dict[str, Any]:
        """Itself as a request has it, without the precision."""
        return {key: own for key in ("seed", "quick") if (own := getattr(self, key)) is not None}

    def precision(self, euros: float | None) -> dict[str, Any] | None:
        """Give the precision that a request asks; None if nothing has to be precise.

        Parameters
        ----------
        euros : that were filled in
        """
        goals = {"cost": euros, "service": self.service}
        found: dict[str, Any] = {key: goal for key, goal in goals.items() if goal is not None}
        if found and self.most is not None:
            found["most"] = self.most
        return found or None

    def in_order(self, scenarios: Sequence[str | Inline]) -> list[str | Inline]:
        """Put scenarios in the order that was asked; others come after them."""
        names = {name: place for place, name in enumerate(self.order or ())}
        return sorted(scenarios, key=lambda each: names.get(_name(each), len(names)))


class Box(NamedTuple):
    """Something that is carried along, as the form shows it.

    Attributes
    ----------
    value : in the form
    text : in the reader's language
    """

    value: str
    text: str


def carried_of(question: Question, scenarios: Sequence[str | Inline]) -> Carried:
    """Give what a question asks that the form cannot show.

    Parameters
    ----------
    question : that is asked again
    scenarios : of it, in the order of the form
    """
    precision, given = question.precision, [_name(each) for each in scenarios]
    order = [path.removesuffix(".yaml") for path in question.asked]
    most = None
    if precision is not None and precision.most != type(precision).model_fields["most"].default:
        most = precision.most
    return Carried(
        seed=question.seed,
        service=None if precision is None else precision.service,
        most=most,
        quick=None if question.quick else False,
        order=None if order == given else order,
    )


def read_carried(values: "MultiDict[str, str]") -> Carried:
    """Read what a form carried along.

    Raises
    ------
    BadRequest
        When no form carries that.
    """
    found: dict[str, Any] = {}
    try:
        for value in values.getlist("also"):
            one = Carried.model_validate_json(value)
            found |= one.model_dump(exclude_none=True)
        return Carried(**found)
    except ValidationError as error:
        raise BadRequest from error


def boxes(carried: Carried, t: Words) -> Iterator[Box]:
    """Give what is carried along, each with its words."""
    for key, value in carried.model_dump(exclude_none=True).items():
        yield Box(Carried(**{key: value}).model_dump_json(exclude_none=True), _said(key, value, t))


def _said(key: str, value: Any, t: Words) -> str:  # noqa: ANN401 - what Carried holds
    if key == "seed":
        return t("also.seed", value=value)
    if key == "service":
        return t("also.service", value=t.exactly(value))
    if key == "most":
        return t("also.most", value=t.number(value))
    if key == "quick":
        return t("also.slow")
    known = titles()
    return t("also.order", value=t.listing(t.title(known.get(name, name)) for name in value))


def _name(scenario: str | Inline) -> str:
    return scenario if isinstance(scenario, str) else scenario.name
