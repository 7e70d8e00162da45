"""What the API answers with."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from functions.logic.costs import Costs
from functions.logic.question import Kind


class PartView(BaseModel):
    """A part of the work that is under way."""

    stage: Annotated[str, Field(description="What it is for")]
    scenario: str | dict[str, str] | None = None
    jobs: Annotated[int, Field(ge=0, description="Simulated periods, or searches on one")]
    done: Annotated[int, Field(ge=0)]


class PrecisionView(BaseModel):
    """How precise an answer is: half-widths of its widest 90 % intervals."""

    replications: Annotated[int, Field(ge=1, description="Of each scenario, at the last look")]
    reached: Annotated[bool, Field(description="Whether it is as precise as was asked")]
    cost: Annotated[float | None, Field(description="Euros that were asked")] = None
    cost_half_width: Annotated[float | None, Field(description="Euros")] = None
    service: Annotated[float | None, Field(description="Share that was asked: 0.01 is 1 %")] = None
    service_half_width: Annotated[float | None, Field(description="Share")] = None
    most: Annotated[int, Field(ge=30, description="Replications at which it ends")]


class RunView(BaseModel):
    """A run, and how far its answer is."""

    id: str
    kind: Kind
    scenarios: list[str]
    language: Literal["nl", "en"]
    created: str
    state: Literal["waiting", "working", "finished", "partial", "failed", "cancelled"]
    pinned: bool
    expires: Annotated[
        str | None, Field(description="When it goes; never if null, as when it is pinned")
    ] = None
    round: Annotated[int, Field(ge=0, description="Of items of work")]
    parts: Annotated[list[PartView], Field(description="Of this round, and how far each is")]
    precision: Annotated[
        PrecisionView | None, Field(description="So far; the result at that look is so-far.json")
    ] = None
    milliseconds: Annotated[int, Field(ge=0, description="Computing time so far")]
    estimate: Annotated[Costs | None, Field(description="What the answer was to cost in AWS")]
    costs: Annotated[Costs, Field(description="What it has cost so far, or would have in AWS")]
    documents: Annotated[list[str], Field(description="Names, under /runs/{id}/documents/")]
    problem: str | None = None


class RunList(BaseModel):
    """Runs of a caller, the latest first."""

    runs: list[RunView]
    older: Annotated[bool, Field(description="Whether there are runs older than the last of these")]


class Both(BaseModel):
    """A text in both languages."""

    nl: str
    en: str


class ScenarioView(BaseModel):
    """A scenario that ships."""

    name: str
    title: Both
    extends: Annotated[str | None, Field(description="Name of the one it changes")] = None


class ScenarioList(BaseModel):
    """The scenarios that ship."""

    scenarios: list[ScenarioView]


Value = float | int | str | list[float | int | str]


class AssumptionView(BaseModel):
    """A value in scenarios that could be otherwise: its range, and where it comes from."""

    path: Annotated[str, Field(description="Place in the scenario")]
    scenarios: Annotated[list[str], Field(description="That have it, also those that take it over")]
    value: Value
    low: Annotated[Value | None, Field(description="5th percentile")] = None
    high: Annotated[Value | None, Field(description="95th percentile")] = None
    source: Annotated[str | None, Field(description="None: an estimate of this project")] = None
    date: str | None = None
    owner: Annotated[str | None, Field(description="Who stands for it")] = None
    note: str | Both | None = None
    grade: Literal["A", "B", "C", "D"] | None = None


class AssumptionList(BaseModel):
    """Assumptions, in the order of the files."""

    assumptions: list[AssumptionView]


class Health(BaseModel):
    """That the API answers."""

    status: Literal["ok"] = "ok"
    version: str


class TurnedAway(BaseModel):
    """What the gateway on AWS answers of itself."""

    message: str


class Written(BaseModel):
    """Something is being written that was not there yet."""

    state: Literal["working"] = "working"
