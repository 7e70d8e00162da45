"""A run as the API tells of it, and refusals of one."""

from tests.cli.answering import Reply

NAME = "0123456789abcdef" * 2
COSTS = {"euros": {"low": 0.1, "value": 0.2, "high": 0.4}}
RUN = {
    "id": NAME,
    "kind": "compare",
    "scenarios": ["today"],
    "language": "nl",
    "created": "2026-03-02T09:00:00+00:00",
    "state": "finished",
    "round": 1,
    "parts": [{"stage": "playing", "jobs": 4, "done": 2}],
    "precision": None,
    "estimate": COSTS,
    "costs": COSTS,
    "documents": ["so-far.json"],
    "problem": None,
}
WORKING = RUN | {"state": "working", "documents": []}
PASSING = [
    Reply({"message": "Service Unavailable"}, status) for status in (429, 500, 502, 503, 504)
]


def problem(status, kind="about:blank", detail="it is so", headers=(), **more):
    """Give a refusal of the API, as RFC 9457 has it."""
    return Reply({"type": kind, "detail": detail, "status": status, **more}, status, dict(headers))
