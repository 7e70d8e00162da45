"""What a token tells of itself: read to say what is the matter with it, and trusted in nothing."""

import binascii
import datetime as dt
import re
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field, ValidationError

from simulation.cli.cloud.refusals import TOKEN, Refused, Text, Told
from simulation.cli.problems import Stop

TOKEN_REFUSED: Final = "token-refused"
"""Kind of a refusal: another token may do."""

_NEEDED: Final = {"GET": "read", "POST": "run", "DELETE": "cancel"}
"""How the scope ends that a request needs, by its method."""

_PREFIX: Final = "kanaalkompas/"
"""How it begins, unless the stack was told otherwise."""

_ANEW: Final = "get a new one from your sign-in"

Texts = Text | list[Text]


class _Claims(Told):
    exp: Annotated[float, Field(ge=0, le=1e11)] | None = None
    iss: Text | None = None
    aud: Texts | None = None
    scope: Texts | None = None
    scp: Texts | None = None

    def scopes(self) -> list[str]:
        return [each for told in (self.scope, self.scp) for each in _words(told)]


def checked(token: str) -> str:
    """Give a token that can be sent.

    Raises
    ------
    Stop
        When it is none.
    """
    if re.match(r"bearer\b", token, re.IGNORECASE):
        raise Stop(f"{TOKEN}: begins with Bearer; give the token without the word Bearer")
    if re.fullmatch(r"[!-~]+", token) is None:
        raise Stop(f"{TOKEN}: is no token, which has no spaces; copy it whole")
    return token


def not_accepted(token: str) -> Refused:
    """Say what may be the matter with a token that is not accepted."""
    return Refused(
        ": ".join([f"{TOKEN}: the token is not accepted", *_matter(_claims(token))]),
        _ANEW,
        kind=TOKEN_REFUSED,
    )


def not_allowed(token: str, method: str) -> Refused:
    """Say which scope a token lacks.

    Parameters
    ----------
    token : that was sent
    method : of the request
    """
    scopes = _claims(token).scopes()
    prefixes = [own for own in map(_prefix, scopes) if own is not None]
    needed = (prefixes or [_PREFIX])[0] + _NEEDED[method]
    if needed in scopes:
        reason = f"{TOKEN}: the token does not allow this, though it has the scope {needed}"
        return Refused(reason, _ANEW, kind=TOKEN_REFUSED)
    has = f"has {', '.join(scopes)}" if scopes else "names none"
    return Refused(
        f"{TOKEN}: the token lacks the scope {needed}; it {has}",
        "ask for that scope where you sign in",
        kind=TOKEN_REFUSED,
    )


def _claims(token: str) -> _Claims:
    parts = token.split(".")
    try:
        return _Claims.model_validate_json(urlsafe_b64decode(parts[1] + "=="))
    except (IndexError, binascii.Error, ValidationError):
        return _Claims()


def _matter(claims: _Claims) -> Iterator[str]:
    if claims.exp is not None and claims.exp < time.time():
        then = dt.datetime.fromtimestamp(claims.exp).astimezone()
        yield f"it expired at {then:%Y-%m-%d %H:%M %Z}"
    elif told := [*_of("is for", claims.aud), *_of("comes from", claims.iss)]:
        yield f"it {' and '.join(told)}, and the stack may ask otherwise"


def _of(verb: str, told: Texts | None) -> Iterator[str]:
    if words := list(_words(told)):
        yield f"{verb} {' or '.join(words)}"


def _words(told: Texts | None) -> list[str]:
    """Give words that stand in a list, or in a text with spaces."""
    return told.split() if isinstance(told, str) else list(told or ())


def _prefix(scope: str) -> str | None:
    """Give what stands before the end of a scope of a stack; None if it is of something else."""
    found = re.fullmatch(f"(.*)(?:{'|'.join(_NEEDED.values())})", scope)
    return found and found[1]
