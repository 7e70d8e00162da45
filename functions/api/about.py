"""Routes about the API and about what ships."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.api.models import AssumptionList, AssumptionView, Health, ScenarioList, ScenarioView
from functions.api.problems import ProblemTypes, Refusal, Why, declared, problem_types
from functions.api.raw import sent
from functions.logic.catalogue import assumption_views, scenario_views
from functions.logic.question import shipped
from simulation import __version__
from simulation.scenario.schema import json_schema

DESCRIPTION: Final = Path(__file__).parent / "openapi.json"
"""The description of the API."""

ScenarioName = Annotated[
    str | None, Query(description="Of a scenario that ships; all of them without it")
]


def add_about(app: APIGatewayHttpResolver) -> None:
    """Add these routes to the API."""

    @app.get(
        "/health",
        summary="Whether the API answers",
        operation_id="get_health",
        tags=["about"],
        responses=_found("It does"),
    )
    def health() -> Health:
        return Health(version=__version__)

    @app.get(
        "/openapi.json",
        summary="This description",
        operation_id="get_description",
        tags=["about"],
        responses=_found("OpenAPI", _ANY_JSON),
    )
    def description() -> Response[str]:
        return sent(DESCRIPTION.read_bytes(), "application/json")

    @app.get(
        "/problems",
        summary="The kinds of problems",
        operation_id="list_problems",
        tags=["about"],
        responses=_found("All"),
    )
    def problems() -> ProblemTypes:
        return problem_types()

    @app.get(
        "/scenarios",
        summary="The scenarios that ship",
        operation_id="list_scenarios",
        tags=["scenarios"],
        responses=_found("All"),
    )
    def scenarios() -> ScenarioList:
        return ScenarioList(scenarios=[ScenarioView(**each) for each in scenario_views()])

    @app.get(
        "/schema",
        summary="The JSON Schema of scenario files",
        operation_id="get_schema",
        tags=["scenarios"],
        responses=_found("JSON Schema", _ANY_JSON),
    )
    def schema() -> dict[str, Any]:
        return _schema()

    @app.get(
        "/assumptions",
        summary="The assumptions in a scenario that ships, or in all of them",
        operation_id="list_assumptions",
        tags=["scenarios"],
        responses=declared(Why.NO_SCENARIO, Why.INVALID, found=_found("Those")),
    )
    def assumptions(scenario: ScenarioName = None) -> AssumptionList:
        try:
            found = assumption_views(scenario)
        except LookupError:
            detail = f"{scenario} does not ship; choose from {', '.join(shipped())}"
            raise Refusal(Why.NO_SCENARIO, detail) from None
        return AssumptionList(assumptions=[AssumptionView(**each) for each in found])


_ANY_JSON: Final = {"application/json": {"schema": {"type": "object"}}}


def _found(description: str, content: dict[str, Any] | None = None) -> dict[int, Any]:
    """Declare an answer; its content is that of the route, where none is given."""
    return {200: {"description": description, **({"content": content} if content else {})}}


@cache
def _schema() -> dict[str, Any]:
    return json_schema()
