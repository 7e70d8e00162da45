"""Why the API of a stack does not do something: in its own words, with what to do."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from simulation.cli.cloud.flags import flag, typed
from simulation.cli.problems import BAD_INPUT, FAULT, Stop
from simulation.cli.terminal import visible

ADDRESS: Final = "KANAALKOMPAS_API"
TOKEN: Final = "KANAALKOMPAS_TOKEN"
"""Environment variables. A token on the command line would stand in the history of the shell."""

LIKE: Final = "https://abc123.execute-api.eu-west-1.amazonaws.com"

_PASSING: Final = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
"""What a gateway answers for a moment, when more comes than it takes or nobody stands behind it."""

_TO_DO: Final = {
    "/problems#too-many-runs": (
        "'kanaalkompas cloud status' lists them, 'kanaalkompas cloud cancel RUN' stops one"
    ),
}
"""What to do here about a kind of problem, where the API says it for all who ask."""

NO_RUN: Final = "/problems#no-such-run"
CANCELLED: Final = "/problems#cancelled"
_INVALID: Final = "/problems#invalid-request"
_BEING_ANSWERED: Final = "/problems#being-answered"

_PHRASES: Final = {each.value: each.phrase for each in HTTPStatus}


Text = Annotated[str, AfterValidator(visible)]
"""Words of others, to be shown."""


class Told(BaseModel):
    """What is told of something; what else the API tells is left aside."""

    model_config = ConfigDict(frozen=True, strict=True, allow_inf_nan=False)


class Flaw(Told):
    """One thing that is wrong with a request."""

    place: Text
    value: Text | None = None
    problem: Text
    remedy: Text
    file: Text | None = None
    line: int | None = None

    def __str__(self) -> str:
        told = [str(each) for each in (self.file, self.line) if each is not None]
        own = flag(self.place) if self.file is None else self.place
        start = ": ".join(filter(None, (":".join(told), own)))
        value = f" {self.value}" if self.value is not None else ""
        said = f"{self.problem}; {self.remedy}"
        if self.file is None:
            said = typed(said)
        return f"{start}:{value} {said}" if start else f"{value} {said}".strip()


class Problem(Told):
    """Why something was not done, as RFC 9457 has it."""

    type: str = "about:blank"
    detail: Text
    errors: tuple[Flaw, ...] = ()


class Refused(Stop):
    """Something was not done.

    Attributes
    ----------
    reason : in one line, without a remedy
    kind : of problem, as the API names it
    passes : whether the same request may well be done in a moment
    final : whether it will not be done later either
    """

    def __init__(
        self,
        reason: str,
        remedy: str = "",
        *,
        code: int = BAD_INPUT,
        kind: str = "",
        passes: bool = False,
        final: bool = False,
    ) -> None:
        super().__init__("; ".join(filter(None, (reason, remedy))), code)
        self.reason, self.kind = reason, kind
        self.passes, self.final = passes, final


def refusal(address: str, status: int, headers: Mapping[str, str], data: bytes) -> Refused:
    """Say why a request was refused.

    Parameters
    ----------
    address : that was asked
    status, headers, data : of the answer
    """
    try:
        told = Problem.model_validate_json(data)
    except ValidationError:
        return plain(address, status, f"check {ADDRESS}, which is like {LIKE}")
    # That there are errors says nothing to whoever reads them.
    first = [] if told.type == _INVALID and told.errors else [typed(told.detail)]
    lines = [*first, *map(str, told.errors), *_what_to_do(told.type, headers)]
    return Refused(
        "\n  ".join(lines),
        kind=told.type,
        passes=told.type == _BEING_ANSWERED,
        final=status not in _PASSING,
    )


def plain(address: str, status: int, remedy: str) -> Refused:
    """Say that something was refused without a reason; what passes is to be tried later.

    Parameters
    ----------
    address : that was asked
    status : of the answer
    remedy : where it does not pass
    """
    passes = status in _PASSING
    return Refused(
        f"{address}: answered {status} {_PHRASES.get(status, '')}".rstrip(),
        "try again later" if passes else remedy,
        code=FAULT,
        passes=passes,
    )


def _what_to_do(kind: str, headers: Mapping[str, str]) -> Iterator[str]:
    if kind in _TO_DO:
        yield _TO_DO[kind]
    seconds = headers.get("Retry-After", "")
    if re.fullmatch(r"\d{1,7}", seconds):
        then = dt.datetime.now().astimezone() + dt.timedelta(minutes=1, seconds=int(seconds))
        yield f"it can be asked again from {then:%Y-%m-%d %H:%M %Z} on"
