"""A run as its owner sees it: with how far the answer is."""

import datetime as dt
from typing import Any, Final

from functions.logic.costs import costs_of
from functions.logic.limits import Limits

Plain = dict[str, Any]

_NOT_BEGUN: Final = {
    "state": "failed",
    "problem": "it was cut off before it began, or it is no longer kept; ask it again",
}


def view(run: Plain, answer: Plain | None, limits: Limits) -> Plain:
    """Put the record of a run and that of its answer together.

    A run that was cancelled stays so, whatever becomes of the answer for others.
    """
    answer = answer or _NOT_BEGUN
    return {
        **run,
        "expires": _moment(run["expires"]),
        "state": "cancelled" if run["cancelled"] else answer["state"],
        "round": answer.get("round", 0),
        "parts": answer.get("parts") or [],
        "since": answer.get("since"),
        "milliseconds": answer.get("milliseconds", 0),
        "estimate": answer.get("estimate"),
        "costs": costs_of(answer, limits.region, limits.memory).model_dump(),
        "documents": [] if run["cancelled"] else answer.get("documents") or [],
        "precision": answer.get("precision"),
        "problem": answer.get("problem"),
    }


def _moment(seconds: int | None) -> str | None:
    """Write a moment down, from seconds of the epoch."""
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()
