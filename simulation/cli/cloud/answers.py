"""What the API of a stack answers: taken as it is described, and refused as anything else.

Its address may be a wrong one, so an answer is not trusted: names become paths on this machine.
"""

from typing import Annotated, Final, Literal, TypeVar

from pydantic import Field, NonNegativeInt, ValidationError

from simulation.cli.cloud.refusals import ADDRESS, Refused, Text, Told
from simulation.cli.options import Language
from simulation.cli.problems import FAULT

RunName = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
DocumentName = Annotated[str, Field(pattern="^[a-z0-9][a-z0-9.-]{0,60}$")]
ScenarioPath = Annotated[
    str,
    Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9_-]{0,60}/)?[^/\\\x00-\x1f\x7f-\x9f]{1,240}\.yaml$"),
]

UNDER_WAY: Final = frozenset({"waiting", "working"})
OUTCOME: Final = frozenset({"finished", "partial"})


class Range(Told):
    """An amount, and what it may be."""

    low: float
    value: float
    high: float


class Costs(Told):
    """What something takes in AWS."""

    euros: Range


class Part(Told):
    """A part of the work that is under way."""

    stage: Text
    jobs: NonNegativeInt
    done: NonNegativeInt


class Precision(Told):
    """How precise an answer is so far: what was asked, and half-widths."""

    replications: int
    cost: float | None = None
    cost_half_width: float | None = None
    service: float | None = None
    service_half_width: float | None = None


class Run(Told):
    """A run, and how far it is."""

    id: RunName
    kind: Text
    scenarios: list[Text]
    language: Language
    created: Text
    state: Literal["waiting", "working", "finished", "partial", "failed", "cancelled"]
    round: NonNegativeInt
    parts: list[Part]
    precision: Precision | None = None
    estimate: Costs | None = None
    costs: Costs
    documents: list[DocumentName]
    problem: Text | None = None


class Runs(Told):
    """Runs, the latest first."""

    runs: list[Run]


class Question(Told):
    """What was asked: text of each scenario file by its path."""

    files: dict[ScenarioPath, str]


Form = TypeVar("Form", bound=Told)


def understood(form: type[Form], data: bytes, address: str) -> Form:
    """Give an answer in the form that it should have.

    Parameters
    ----------
    form : of the answer
    data : JSON
    address : that gave it

    Raises
    ------
    Refused
        When it has another form: nothing of it is taken then.
    """
    try:
        return form.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        reason = f"{address}: its answer is not that of the API: "
        reason += ": ".join(filter(None, (place, first["msg"])))
    raise Refused(reason, f"check {ADDRESS}", code=FAULT)
