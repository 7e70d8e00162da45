"""Answers to what cannot be done: problem details as RFC 9457 has them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Annotated, Any, Final

from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel, Field

from simulation.scenario.problems import Problem as Wrong

MEDIA_TYPE: Final = "application/problem+json"

_MOST: Final = 1_000
"""Errors in one answer: more may not fit in what a Lambda answers."""

Headers = Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """A kind of problem.

    Attributes
    ----------
    status : of the answer
    title : what it is, in words
    name : what programs tell it apart by; empty where the status says it all
    """

    status: HTTPStatus
    title: str
    name: str = ""

    @property
    def type(self) -> str:
        """What stands in an answer; it never changes."""
        return f"/problems#{self.name}" if self.name else "about:blank"


class Why(Enum):
    """Why something was not done."""

    MALFORMED = Kind(HTTPStatus.BAD_REQUEST, "The body is not JSON", "malformed-json")
    NOBODY = Kind(HTTPStatus.UNAUTHORIZED, "Unauthorized")
    NOWHERE = Kind(HTTPStatus.NOT_FOUND, "Not Found")
    NO_RUN = Kind(HTTPStatus.NOT_FOUND, "You have no such run", "no-such-run")
    NO_DOCUMENT = Kind(HTTPStatus.NOT_FOUND, "The run has no such document", "no-such-document")
    NO_SCENARIO = Kind(HTTPStatus.NOT_FOUND, "No such scenario ships", "no-such-scenario")
    METHOD = Kind(HTTPStatus.METHOD_NOT_ALLOWED, "Method Not Allowed")
    BEING_ANSWERED = Kind(HTTPStatus.CONFLICT, "The request is being answered", "being-answered")
    NOT_FINISHED = Kind(HTTPStatus.CONFLICT, "The run is not finished", "not-finished")
    ENDED = Kind(HTTPStatus.CONFLICT, "The run has ended", "ended")
    CANCELLED = Kind(HTTPStatus.GONE, "You cancelled this run", "cancelled")
    TOO_LARGE = Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Content Too Large")
    MEDIA = Kind(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type")
    INVALID = Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY, "The request is not in order", "invalid-request"
    )
    KEY_USED = Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY, "The key was used for another request", "key-used"
    )
    TOO_MANY = Kind(
        HTTPStatus.TOO_MANY_REQUESTS, "Too many of your runs are under way", "too-many-runs"
    )
    LOG_FAILED = Kind(
        HTTPStatus.CONFLICT, "The contact log was not written", "contact-log-not-written"
    )
    TOO_MANY_LOGS = Kind(
        HTTPStatus.TOO_MANY_REQUESTS,
        "Too many of your contact logs are being written",
        "too-many-contact-logs",
    )
    TOO_HEAVY = Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY, "The question takes more than it may", "too-heavy"
    )
    TOO_MUCH = Kind(
        HTTPStatus.TOO_MANY_REQUESTS, "You asked as much as a day allows", "too-much-today"
    )
    FAULT = Kind(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal Server Error")


class Flaw(BaseModel):
    """One thing that is wrong with a request."""

    place: Annotated[str, Field(description="Path in the request or in a scenario, or empty")]
    value: Annotated[str | None, Field(description="What stands there, shortened")] = None
    problem: Annotated[str, Field(description="What is wrong with it")]
    remedy: Annotated[str, Field(description="What to do instead")]
    file: Annotated[str | None, Field(description="Scenario in which it stands")] = None
    line: Annotated[int | None, Field(ge=1, description="Of that scenario")] = None


class Problem(BaseModel):
    """Why something was not done."""

    type: Annotated[str, Field(description="Kind of problem: one of GET /problems")] = "about:blank"
    title: Annotated[str, Field(description="The kind in words")]
    status: Annotated[int, Field(ge=400, le=599)]
    detail: Annotated[str, Field(description="What is wrong this time, and what to do")]
    errors: Annotated[
        list[Flaw], Field(description="What is wrong with the request: the first 1,000")
    ] = []


class ProblemType(BaseModel):
    """A kind of problem."""

    type: str
    title: str
    status: int


class ProblemTypes(BaseModel):
    """The kinds of problems that the API tells."""

    problems: list[ProblemType]


class Refusal(Exception):
    """A request is not done.

    Parameters
    ----------
    why : kind of problem
    detail : what is wrong this time, with the bound, and what to do
    wrong : all that is wrong with the request
    headers : of the answer
    """

    def __init__(
        self, why: Why, detail: str, wrong: Iterable[Wrong] = (), headers: Headers | None = None
    ) -> None:
        super().__init__(detail)
        self.why = why
        self.detail = detail
        self.wrong = tuple(wrong)
        self.headers = dict(headers or {})

    def response(self) -> Response[Any]:
        """Give the answer."""
        why = self.why.value
        problem = Problem(
            type=why.type,
            title=why.title,
            status=why.status,
            detail=_sent(self.detail),
            errors=[_flaw(each) for each in self.wrong[:_MOST]],
        )
        return Response(
            status_code=why.status,
            content_type=MEDIA_TYPE,
            body=problem.model_dump_json(exclude_none=True),
            headers=self.headers,
        )


def _flaw(wrong: Wrong) -> Flaw:
    return Flaw(
        place=_sent(wrong.place),
        value=wrong.value and _sent(wrong.value),
        problem=_sent(wrong.problem),
        remedy=_sent(wrong.remedy),
        file=_sent(wrong.file) or None,
        line=wrong.line,
    )


def _sent(text: str) -> str:
    """Replace halves of characters, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode()


def problem_types() -> ProblemTypes:
    """List the kinds of problems."""
    return ProblemTypes(
        problems=[
            ProblemType(type=why.value.type, title=why.value.title, status=why.value.status)
            for why in Why
        ]
    )


def declared(*whys: Why, found: Mapping[int, Any]) -> dict[int, Any]:
    """Declare what a route can answer with, beyond the problems that every route can have.

    Parameters
    ----------
    whys : problems
    found : answers that are no problem, by status
    """
    statuses = dict.fromkeys(why.value.status for why in whys)
    return {**found, **{int(status): _response(status, whys) for status in statuses}}


def everywhere() -> dict[int, Any]:
    """Declare the problems that every route can have."""
    whys = (Why.NOBODY, Why.METHOD, Why.TOO_LARGE, Why.FAULT)
    return {int(why.value.status): _response(why.value.status, whys) for why in whys}


def _response(status: HTTPStatus, among: Iterable[Why]) -> dict[str, Any]:
    titles = [why.value.title for why in among if why.value.status is status]
    response: dict[str, Any] = {
        "description": "; or: ".join(titles),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in _HEADERS:
        name, description, kind = _HEADERS[status]
        schema = {"type": kind}
        response["headers"] = {
            name: {"description": description, "schema": schema, "required": True}
        }
    return response


_HEADERS: Final = {
    HTTPStatus.METHOD_NOT_ALLOWED: ("Allow", "Methods that are possible here", "string"),
    HTTPStatus.TOO_MANY_REQUESTS: ("Retry-After", "Seconds to wait", "integer"),
}
