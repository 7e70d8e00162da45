"""The API and the pages on one port."""

import secrets
from collections.abc import Iterable
from http import HTTPStatus
from threading import local
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException

from functions.api.handler import make_handler
from functions.api.problems import MEDIA_TYPE, Problem
from functions.logic.runs import Runs
from functions.observability import Handler, logger
from functions.serve.events import as_event, as_response
from functions.serve.pages import Pages

if TYPE_CHECKING:
    from wsgiref.types import StartResponse

MOST_BYTES = 6_000_000
"""Of a request: as much as Lambda takes."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Site:
    """A WSGI application.

    Parameters
    ----------
    runs : what it shows and begins
    hosts : names under which it may be asked, with the port
    workers : how many work at the same time
    """

    def __init__(self, runs: Runs, hosts: Iterable[str], workers: int = 1) -> None:
        self._runs = runs
        self._here = local()
        self._pages = Pages(runs, workers)
        self.hosts = frozenset(hosts)

    def __call__(self, environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        request = Request(environ)
        request.max_content_length = MOST_BYTES
        request.max_form_memory_size = MOST_BYTES
        with request:
            response = self._refused(request) or self._answered(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Cache-Control", "no-store")
        return response(environ, start_response)

    def _refused(self, request: Request) -> Response | None:
        """Refuse what another site makes a browser ask, and requests under another name."""
        if request.host not in self.hosts:
            return _problem(
                HTTPStatus.MISDIRECTED_REQUEST,
                f"this is not {request.host}; use {' or '.join(sorted(self.hosts))}",
            )
        origin = request.headers.get("Origin")
        own = {f"http://{host}" for host in self.hosts}
        if request.method not in _SAFE and origin is not None and origin not in own:
            return _problem(HTTPStatus.FORBIDDEN, f"a page of {origin} may not ask this")
        return None

    def _answered(self, request: Request) -> Response:
        try:
            if self._pages.knows(request.path):
                return self._pages.answer(request)
            event = as_event(request, secrets.token_hex(8))
            return as_response(self._api()(event, CONTEXT))
        except HTTPException as error:
            status = HTTPStatus(error.code or 500)
            return _problem(status, error.description or status.phrase)
        except Exception:
            logger.exception("request failed", extra={"path": request.path})
            return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "this is a fault of the program")

    def _api(self) -> Handler:
        """Give the API of this thread: as in Lambda, one answers one request at a time."""
        if not hasattr(self._here, "api"):
            self._here.api = make_handler(lambda: self._runs)
        found: Handler = self._here.api
        return found


class _Context:
    """What Lambda tells a function of itself."""

    function_name = "kanaalkompas"
    memory_limit_in_mb = 0
    invoked_function_arn = ""
    aws_request_id = ""

    def get_remaining_time_in_millis(self) -> int:
        """As long as an HTTP API waits."""
        return 30_000


CONTEXT: Any = _Context()


def _problem(status: HTTPStatus, detail: str) -> Response:
    problem = Problem(title=status.phrase, status=status, detail=detail)
    return Response(problem.model_dump_json(), status=status, content_type=MEDIA_TYPE)
