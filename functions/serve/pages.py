"""The pages of `serve`: what there is, what is under way, and a form to ask something new."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug import Request, Response
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect

from functions.logic.limits import TooMany
from functions.logic.question import (
    Asked,
    Kind,
    Precision,
    Question,
    Refused,
    make_question,
    wrong_scenarios,
)
from functions.logic.refusals import NotThere
from functions.logic.runs import Runs
from functions.observability import logger
from functions.serve.baseline import without_baseline
from functions.serve.carried import boxes, read_carried
from functions.serve.events import OWNER
from functions.serve.faults import Fault, Wrong
from functions.serve.findings import end_told
from functions.serve.form import (
    bounds,
    faults_of,
    filled_in,
    in_language,
    read_form,
    scenarios_of,
)
from functions.serve.money import in_words as in_money
from functions.serve.own_files import OwnFile, own_of, read_own
from functions.serve.shelf import shelf
from functions.serve.shown import FEW, Shown, called
from functions.serve.words import Words, own_texts, percent, read_words
from simulation.report.reader import LANGUAGES

_ROWS: Final = 50
"""Runs on one page."""

_HERE = Path(__file__).parent
_REPORT = Path(__file__).parents[2] / "simulation" / "report" / "assets"

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_ASSETS = {
    "theme.css": (_REPORT, "text/css"),
    "page.css": (_REPORT, "text/css"),
    "serve.css": (_HERE / "assets", "text/css"),
    "serve.js": (_HERE / "assets", "text/javascript"),
}

KINDS: Final = (
    Kind.EQUAL_SERVICE,
    Kind.COMPARE,
    Kind.SIZE,
    Kind.BUSINESS_CASE,
    Kind.SENSITIVITY,
)
"""In the order of the form; the first is what most come for."""

_ROUTES = Map(
    [
        Rule("/", endpoint="first", methods=["GET"]),
        Rule("/assets/<name>", endpoint="asset", methods=["GET"]),
        Rule("/<any(nl, en):language>/", endpoint="overview", methods=["GET"]),
        Rule("/<any(nl, en):language>/new", endpoint="form", methods=["GET"]),
        Rule("/<any(nl, en):language>/new", endpoint="begin", methods=["POST"]),
        Rule("/<any(nl, en):language>/runs/<name>", endpoint="run", methods=["GET"]),
        Rule(
            "/<any(nl, en):language>/runs/<name>/own/<path:path>", endpoint="own", methods=["GET"]
        ),
        Rule("/<any(nl, en):language>/runs/<name>/cancel", endpoint="cancel", methods=["POST"]),
    ]
)


class Pages:
    """The pages of one place where runs are kept.

    Parameters
    ----------
    runs : what they show and begin
    workers : how many work at the same time
    """

    def __init__(self, runs: Runs, workers: int) -> None:
        self._runs, self._workers = runs, workers
        self._ways: dict[str, Callable[..., Response]] = {
            "first": self._first,
            "asset": self._asset,
            "overview": self._overview,
            "form": self._form,
            "begin": self._begin,
            "run": self._run,
            "own": self._own,
            "cancel": self._cancel,
        }

    def knows(self, path: str) -> bool:
        """Tell whether a path is that of a page."""
        first = path.split("/")[1] if path.startswith("/") else ""
        return first in {"", "assets", *LANGUAGES}

    def answer(self, request: Request) -> Response:
        """Answer a request for a page; what cannot be answered is said on a page too."""
        try:
            endpoint, values = _ROUTES.bind_to_environ(request.environ).match()
            return self._ways[endpoint](request, **values)
        except NotThere:
            return _refusal(request, NotFound())
        except HTTPException as error:
            if error.response is not None or error.code is None:
                return Response.force_type(error.get_response(request.environ))
            return _refusal(request, error)
        except Exception:
            logger.exception("page failed", extra={"path": request.path})
            return _refusal(request, InternalServerError())

    def _first(self, request: Request) -> Response:
        return redirect(f"/{_preferred(request)}/")

    def _asset(self, _: Request, name: str) -> Response:
        if name not in _ASSETS:
            raise NotFound
        return Response(_asset(name), content_type=f"{_ASSETS[name][1]}; charset=utf-8")

    def _overview(self, request: Request, language: str) -> Response:
        t, after = read_words(language), request.args.get("after")
        found, more = self._runs.some(OWNER, _ROWS, after)
        runs = [Shown(run, t) for run in found]
        older = found[-1]["id"] if more else None
        return _page("overview", t, "", runs=runs, older=older, first=not after)

    def _form(self, request: Request, language: str) -> Response:
        t, again = read_words(language), request.args.get("again")
        if again is None:
            return _form(t, request.args, ())
        asked = self._runs.question(again, OWNER)
        own = self._own_of(again, asked)
        return _form(t, filled_in(asked, own, t), own)

    def _begin(self, request: Request, language: str) -> Response:
        t, values = read_words(language), MultiDict(request.form)
        if (before := values.get("from")) in LANGUAGES:
            values = in_language(values, read_words(before), t)
        own, wrong = read_own(values, request.files, t)
        if before is not None:
            return _form(t, values, own, wrong)
        try:
            asked = read_form(values, own, t, wrong)
            _check_baseline(asked, t)
            if "expect" in values:
                return _form(t, values, own, price=self._expected(asked, t))
            run = self._runs.create(asked, OWNER, {each.path: each.file for each in own})
        except Wrong as found:
            return _form(t, values, own, [*found.faults, *_of_scenarios(values, own, wrong, t)])
        except Refused as refused:
            return _form(t, values, own, faults_of(refused, own, t))
        except TooMany:
            fault = Fault("scenarios", t("fault.too_many", n=self._runs.limits.active))
            return _form(t, values, own, [fault])
        return redirect(f"/{language}/runs/{run['id']}", 303)

    def _expected(self, asked: Asked, t: Words) -> str:
        """Say what a question would take: time first, for money is only paid in AWS."""
        found = self._runs.expected(asked)
        share = found.seconds.times(1 / self._workers)
        low, time, high = map(t.about, (share.low, share.value, share.high))
        costs = in_money(found.costs, t.language, own_texts(t.language))
        few = share.high < FEW
        told = t("price.time.few" if few else "price.time", time=time, low=low, high=high)
        return f"{told} {t('price.estimate', costs=costs)}"

    def _run(self, _: Request, language: str, name: str) -> Response:
        t = read_words(language)
        shown = Shown(self._runs.get(name, OWNER), t)
        asked = self._runs.question(name, OWNER)
        left, own = shown.left(dt.datetime.now(dt.UTC)), own_of(asked, called(shown.run))
        why = end_told(str(shown.run["problem"] or ""), t)
        return _page(
            "run", t, f"runs/{name}", run=shown, left=left, asked=asked, files=own, why=why
        )

    def _own(self, _: Request, language: str, name: str, path: str) -> Response:  # noqa: ARG002
        asked = self._runs.question(name, OWNER)
        found = {each.file: each.text for each in self._own_of(name, asked)}
        if path not in found:
            raise NotFound
        response = Response(found[path], content_type="application/yaml; charset=utf-8")
        file = path.rpartition("/")[2]
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
        return response

    def _own_of(self, name: str, asked: Question) -> list[OwnFile]:
        """Give the reader's own files of a run, called as he called them."""
        return own_of(asked, called(self._runs.get(name, OWNER)))

    def _cancel(self, _: Request, language: str, name: str) -> Response:
        self._runs.cancel(name, OWNER)
        return redirect(f"/{language}/runs/{name}", 303)


def _of_scenarios(
    values: "MultiDict[str, str]", own: Sequence[OwnFile], wrong: Sequence[Fault], t: Words
) -> list[Fault]:
    """Say what is wrong with scenarios too where something else is, as far as they were read."""
    problems = wrong_scenarios(scenarios_of(values, own))
    if wrong:  # what they extend may be what could not be read
        problems = [each for each in problems if each.place != "extends"]
    return faults_of(Refused(problems), own, t)


def _check_baseline(asked: Asked, t: Words) -> None:
    with TemporaryDirectory() as folder:
        loaded = make_question(asked, Path(folder))[1]
        if faults := list(without_baseline(asked, loaded, t)):
            raise Wrong(faults)


def _form(
    t: Words,
    values: "MultiDict[str, str]",
    own: Sequence[OwnFile],
    faults: Sequence[Fault] = (),
    price: str | None = None,
) -> Response:
    within = {
        "replications": bounds(Asked, "replications"),
        "precision": bounds(Precision, "cost"),
        "share": tuple(map(percent, bounds(Asked, "share"))),
    }
    by_field: dict[str, list[Fault]] = {}
    for fault in faults:
        by_field.setdefault(fault.field, []).append(fault)
    return _page(
        "form",
        t,
        "new",
        422 if faults else 200,
        places=shelf(),
        kinds=KINDS,
        kind=values.get("kind", KINDS[0].value),
        values=values,
        faults=by_field,
        own=own,
        also=list(boxes(read_carried(values), t)),
        price=price,
        within=within,
        most=Precision.model_fields["most"].default,
    )


def _refusal(request: Request, error: HTTPException) -> Response:
    """Say on a page why there is nothing to see."""
    first = request.path.split("/")[1]
    t = read_words(first if first in LANGUAGES else _preferred(request))
    known = f"refusal.{error.code}"
    text = t(known if t.knows(known) else "refusal.other")
    titled = f"refusal.title.{error.code}"
    title = t(titled if t.knows(titled) else "refusal.title")
    response = _page("refusal", t, "", error.code or 500, title=title, text=text)
    if error.code == 405 and error.valid_methods:  # type: ignore[attr-defined]  # noqa: PLR2004
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response


def _preferred(request: Request) -> str:
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def _page(template: str, t: Words, here: str, status: int = 200, **shown: object) -> Response:
    """Write a page.

    Parameters
    ----------
    template : its name
    t : the reader's words
    here : address of the page, after the language
    status : of the answer
    shown : what the template shows
    """
    other = next(each for each in LANGUAGES if each != t.language)
    text = (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(t=t, language=t.language, other=read_words(other), here=here, **shown)
    )
    response = Response(text, status=status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@cache
def _asset(name: str) -> bytes:
    return (_ASSETS[name][0] / name).read_bytes()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
