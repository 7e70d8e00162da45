"""From a question to its documents, by the same code as on the command line."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from functions.logic.question import Kind, Question, lay_out
from simulation.cli import business_case, size
from simulation.cli.document import as_json, lined
from simulation.cli.ending import Staffed, compared
from simulation.cli.equal_service import Means, staff, staffed_names
from simulation.cli.inputs import Asked, prepare, read_all, refuse
from simulation.cli.options import Language
from simulation.cli.output import make_folder, write_whole
from simulation.cli.precise import Precise
from simulation.cli.progress import play
from simulation.cli.size_files import as_csv, as_scenario
from simulation.cli.size_views import with_views
from simulation.comparison.document import Result
from simulation.comparison.precision import looks
from simulation.experiment import Task, run_all
from simulation.experiment.workers import Hire, NotYet
from simulation.finance.document import CaseResult
from simulation.finance.sensitivity import FULL, QUICK
from simulation.play.engines import Engine
from simulation.report.finance_page import write_finance_page
from simulation.report.page import write_page
from simulation.report.size_page import write_size_page
from simulation.report.workbook import write_workbook
from simulation.sizing.document import SizeResult
from simulation.sizing.size import Order

LANGUAGES: Final = ("nl", "en")

_FIGURES: Final = re.compile(rb'<script type="application/json" id="figures">(.*?)</script>', re.S)

Documents = dict[str, bytes]
"""By name."""


@dataclass(frozen=True)
class Answer:
    """What a question came to.

    Attributes
    ----------
    documents : by name
    whole : whether nothing is missing from it
    scenarios : that were played, as JSON, by badge
    """

    documents: Documents
    whole: bool
    scenarios: Documents = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """What an answer is made with.

    Attributes
    ----------
    question : what is asked
    hire : who has the work done
    folder : with the scenario files, and for files on the way
    """

    question: Question
    hire: Hire
    folder: Path

    def asked(self) -> list[Asked]:
        """Read the scenarios, the baseline first."""
        own = self.question
        loaded = read_all([str(self.folder / path) for path in own.asked])
        sized = own.kind is Kind.SIZE  # it is searched for on so many, whatever the file says
        return prepare(loaded, None if sized else own.replications, own.seed)

    @property
    def out(self) -> Path:
        """Folder for files on the way."""
        return self.folder / "out"


def answer(question: Question, hire: Hire, folder: Path) -> Answer:
    """Answer a question.

    Parameters
    ----------
    question : what is asked
    hire : who has the work done
    folder : empty; for files on the way

    Raises
    ------
    Stop
        When the question cannot be answered.
    NotYet
        When work has to be done first.
    """
    lay_out(question.files, folder)
    found = _MAKERS[question.kind](Desk(question, hire, folder))
    return replace(found, documents=_with_figures(found.documents))


def so_far(question: Question, hire: Hire, folder: Path) -> bytes | None:
    """Give the result at the last look that is complete, of an answer that has to be precise.

    None before the first look, and for what is not looked at on the way. The folder is an empty
    one again: sizes that were kept in it would be searched for in another way.
    """
    if question.precision is None:
        return None
    lay_out(question.files, folder)
    desk, found = Desk(question, hire, folder), None
    try:
        asked, staffed = _staffed(desk)
        for look in looks(question.precision.most):
            numbers = tuple(range(1, look + 1))
            run = run_all([Task(each.scenario, numbers) for each in asked], hire)
            for each in run.experiments:
                each.scenario = each.scenario.model_copy(update={"replications": look})
            goal = _precise(question).goal()
            found = compared(list(_unplaced(asked, folder)), run, goal, staffed)
    except NotYet:
        return None if found is None else as_json(found).encode()
    return None


def _compare(desk: Desk) -> Answer:
    goal = _precise(desk.question).goal()
    asked, staffed = _staffed(desk)
    run = play(asked, desk.hire, Engine.AUTO, goal)
    result = compared(list(_unplaced(asked, desk.folder)), run, goal, staffed)
    documents = {"result.json": as_json(result).encode(), **dict(_pages(result))}
    if staffed is not None:
        documents |= dict(_staffed_files(result, [Path(each.loaded.path) for each in asked]))
    whole = not any(each.failures for each in result.scenarios)
    letters = [each.letter for each in result.scenarios]
    if result.equal_service is not None:
        letters.append(result.equal_service.today.letter)
    played = {
        letter: experiment.scenario.model_dump_json(by_alias=True).encode()
        for letter, experiment in zip(letters, run.experiments, strict=True)
    }
    return Answer(documents, whole, played)


def _precise(question: Question) -> Precise:
    own = question.precision
    return Precise(own.cost, own.service, own.most) if own else Precise(None, None, None)


def _staffed(desk: Desk) -> tuple[list[Asked], Staffed | None]:
    """Give the scenarios as they will be played."""
    asked = desk.asked()
    refuse(_precise(desk.question).out_of_reach([each.scenario for each in asked]))
    if desk.question.kind is not Kind.EQUAL_SERVICE:
        return asked, None
    told = staff(asked, Means(desk.question.share, None, desk.hire, Engine.AUTO, desk.out))
    assert told is not None
    return told


def _staffed_files(result: Result, paths: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Give the scenarios with just enough people, as files that extend what was asked about."""
    for scenario, path in zip(result.scenarios, paths, strict=False):
        name = scenario.letter.removesuffix("*").lower()
        yield f"staffed-{name}.yaml", path.read_bytes()


def _unplaced(asked: Sequence[Asked], folder: Path) -> Iterator[Asked]:
    """Leave the folder out of what a result says of files."""
    for each in asked:
        path = each.loaded.path.removeprefix(f"{folder}/")
        yield replace(each, loaded=replace(each.loaded, path=path))


def _pages(result: Result) -> Iterator[tuple[str, bytes]]:
    if all(scenario.finished for scenario in result.scenarios):
        for language in LANGUAGES:
            yield f"compare.{language}.html", write_page(result, language, None).encode()


def _with_figures(documents: Documents) -> Documents:
    """Give documents with the figures of their pages, each in all languages, as Plotly's JSON."""
    found = dict(documents)
    for name, data in documents.items():
        page = name.removesuffix(f".{LANGUAGES[0]}.html")
        if page != name and (figures := _FIGURES.search(data)):
            found[f"{page}.figures.json"] = figures[1]
    return found


def _size(desk: Desk) -> Answer:
    asked = desk.asked()[0]
    make_folder(desk.out)
    order = Order(None, share=desk.question.share)
    if desk.question.replications is not None:
        order = replace(order, search=desk.question.replications)
    wanted = size.Wanted(
        asked.loaded.path,
        order,
        everyone=True,
        seed=desk.question.seed,
        workers=desk.hire,
        engine=Engine.AUTO,
        out=desk.out,
        language=Language.NL,
    )
    refuse(size.wrong_team(wanted, asked.scenario))
    found = size.sized(asked, wanted)
    assert found is not None
    staffed = as_scenario(asked.loaded.path, desk.out, found)
    place = desk.out / f"{found.name}-sized.yaml"
    write_whole(place, staffed)
    found = with_views(found, place, desk.hire, Engine.AUTO) or found
    return Answer(dict(_size_documents(found, staffed)), whole=True)


def _size_documents(found: SizeResult, staffed: str) -> Iterator[tuple[str, bytes]]:
    yield "size.json", lined(found.model_dump(mode="json")).encode()
    yield "sized.yaml", staffed.encode()
    for language in LANGUAGES:
        yield f"planner.{language}.html", write_size_page(found, language, None).encode()
        yield f"heads.{language}.csv", as_csv(found, language).encode()


def _case(desk: Desk) -> Answer:
    asked = desk.asked()
    depth = None
    if desk.question.kind is Kind.SENSITIVITY:
        depth = QUICK if desk.question.quick else FULL
    wanted = business_case.Wanted(
        files=(),
        replications=desk.question.replications,
        share=desk.question.share,
        seed=desk.question.seed,
        workers=desk.hire,
        engine=Engine.AUTO,
        out=desk.out,
        language=Language.NL,
        sensitivity=depth,
    )
    refuse(business_case.not_possible(asked, wanted))
    found = business_case.make(asked, wanted)
    assert found is not None
    names = staffed_names([Path(each.loaded.path) for each in asked])
    staffed = _staffed_files(found.comparison, [desk.out / "staffed" / name for name in names])
    return Answer({**dict(_case_documents(found)), **dict(staffed)}, whole=True)


def _case_documents(found: CaseResult) -> Iterator[tuple[str, bytes]]:
    yield "case.json", lined(found.model_dump(mode="json")).encode()
    for language in LANGUAGES:
        yield f"finance.{language}.html", write_finance_page(found, language, None).encode()
        page = write_page(found.comparison, language, None, found)
        yield f"compare.{language}.html", page.encode()
        yield f"workbook.{language}.xlsx", write_workbook(found, language)


_MAKERS: Final[Mapping[Kind, Callable[[Desk], Answer]]] = {
    Kind.COMPARE: _compare,
    Kind.EQUAL_SERVICE: _compare,
    Kind.SIZE: _size,
    Kind.BUSINESS_CASE: _case,
    Kind.SENSITIVITY: _case,
}
