"""Answers to what cannot be done: problem details as RFC 9457 has them."""

from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"


class Flaw(BaseModel):
    """One thing that is wrong with a request."""

    place: Annotated[str, Field(description="Where: a path in the body or in a scenario file")]
    problem: str
    remedy: str | None = None
    value: str | None = None
    file: str | None = None
    line: int | None = None


class Problem(BaseModel):
    """Why something was not done."""

    type: str = "about:blank"
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    errors: list[Flaw] = []


def refusal(status: HTTPStatus, detail: str, flaws: list[Flaw] | None = None) -> Response[Any]:
    """Write why something was not done."""
    problem = Problem(title=status.phrase, status=status, detail=detail, errors=flaws or [])
    return Response(
        status_code=status,
        content_type=MEDIA_TYPE,
        body=problem.model_dump_json(exclude_none=True),
    )


def declared(*statuses: HTTPStatus) -> dict[int, Any]:
    """Declare the problems that a route can answer with."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        int(status): {
            "description": status.phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }
