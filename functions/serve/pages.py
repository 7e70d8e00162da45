"""The pages of `serve`: what there is, what is under way, and a form to ask something new."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import ValidationError
from werkzeug import Request, Response
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect, secure_filename

from functions.logic.question import Asked, Inline, Kind, Refused, scenario_views
from functions.logic.runs import NotThere, Runs

_HERE = Path(__file__).parent
LANGUAGES = "nl", "en"
OWNER = "local"

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_ASSETS = {"serve.css": "text/css", "serve.js": "text/javascript", "theme.css": "text/css"}

_ROUTES = Map(
    [
        Rule("/", endpoint="first", methods=["GET"]),
        Rule("/assets/<name>", endpoint="asset", methods=["GET"]),
        Rule("/<any(nl, en):language>/", endpoint="overview", methods=["GET"]),
        Rule("/<any(nl, en):language>/", endpoint="begin", methods=["POST"]),
        Rule("/<any(nl, en):language>/runs/<name>", endpoint="run", methods=["GET"]),
        Rule("/<any(nl, en):language>/runs/<name>/cancel", endpoint="cancel", methods=["POST"]),
    ]
)


class Pages:
    """The pages of one place where runs are kept."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    def knows(self, path: str) -> bool:
        """Tell whether a path is that of a page."""
        first = path.split("/")[1] if path.startswith("/") else ""
        return first in {"", "assets", *LANGUAGES}

    def answer(self, request: Request) -> Response:
        """Answer a request for a page.

        Raises
        ------
        HTTPException
            When there is no such page.
        """
        endpoint, values = _ROUTES.bind_to_environ(request.environ).match()
        try:
            answer: Response = getattr(self, f"_{endpoint}")(request, **values)
        except NotThere:
            raise NotFound from None
        return answer

    def _first(self, request: Request) -> Response:
        language = request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
        return redirect(f"/{language}/")

    def _asset(self, _: Request, name: str) -> Response:
        if name not in _ASSETS:
            raise NotFound
        return Response(_asset(name), content_type=f"{_ASSETS[name]}; charset=utf-8")

    def _overview(self, _: Request, language: str) -> Response:
        return self._listed(language)

    def _listed(
        self, language: str, problems: list[str] | None = None, status: int = 200
    ) -> Response:
        return _page(
            "overview",
            language,
            status,
            runs=self._runs.all(OWNER),
            scenarios=_by_place(),
            kinds=[kind.value for kind in Kind if kind in (Kind.COMPARE, Kind.EQUAL_SERVICE)],
            problems=problems or [],
        )

    def _begin(self, request: Request, language: str) -> Response:
        try:
            asked = _asked(request, language)
            run = self._runs.create(asked, OWNER)
        except Refused as refused:
            return self._listed(language, [str(each) for each in refused.problems], 422)
        except (ValidationError, UnicodeDecodeError) as error:
            found = error.errors() if isinstance(error, ValidationError) else [{"msg": str(error)}]
            return self._listed(language, [str(each["msg"]) for each in found], 422)
        return redirect(f"/{language}/runs/{run['id']}", 303)

    def _run(self, _: Request, language: str, name: str) -> Response:
        return _page("run", language, run=self._runs.get(name, OWNER))

    def _cancel(self, _: Request, language: str, name: str) -> Response:
        self._runs.cancel(name, OWNER)
        return redirect(f"/{language}/runs/{name}", 303)


def _asked(request: Request, language: str) -> Asked:
    """Read the form."""
    own = [
        Inline(
            name=Path(secure_filename(file.filename or "")).stem or "scenario",
            text=file.read().decode("utf-8"),
        )
        for file in request.files.getlist("files")
        if file.filename
    ]
    number = request.form.get("replications", "").strip()
    return Asked.model_validate(
        {
            "kind": request.form.get("kind", Kind.EQUAL_SERVICE.value),
            "scenarios": [*request.form.getlist("scenarios"), *own],
            "replications": number or None,
            "language": language,
        }
    )


def _by_place() -> dict[str, list[dict[str, Any]]]:
    places: dict[str, list[dict[str, Any]]] = {}
    for each in scenario_views():
        places.setdefault(str(each["name"]).partition("/")[0], []).append(each)
    return places


def _page(template: str, language: str, status: int = 200, **shown: object) -> Response:
    other = next(each for each in LANGUAGES if each != language)
    text = (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(t=_texts(language), language=language, other=other, **shown)
    )
    response = Response(text, status=status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@cache
def _asset(name: str) -> bytes:
    return (_HERE / "assets" / name).read_bytes()


@cache
def _texts(language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((_HERE / "texts" / f"{language}.json").read_text("utf-8"))
    return found


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
