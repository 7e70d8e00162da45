"""From a question to its documents, by the same code as on the command line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from functions.logic.question import Kind, Question, lay_out
from simulation.cli.document import as_json
from simulation.cli.ending import compared
from simulation.cli.equal_service import Means, staff
from simulation.cli.inputs import Asked, prepare, read_all, refuse
from simulation.cli.precise import Precise
from simulation.cli.progress import play
from simulation.comparison.document import Result
from simulation.experiment.workers import Hire
from simulation.play.engines import Engine
from simulation.report.page import write_page

LANGUAGES = "nl", "en"


@dataclass(frozen=True)
class Answer:
    """What a question came to.

    Attributes
    ----------
    documents : by name
    whole : whether nothing is missing from it
    """

    documents: dict[str, str]
    whole: bool


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
    """
    lay_out(question.files, folder)
    loaded = read_all([str(folder / path) for path in question.asked])
    precise = _precise(question)
    asked = prepare(loaded, question.replications, question.seed)
    refuse(precise.out_of_reach([each.scenario for each in asked]))
    goal, staffed = precise.goal(), None
    if question.kind is Kind.EQUAL_SERVICE:
        told = staff(asked, Means(question.share, None, hire, Engine.AUTO, folder / "out"))
        if told is None:
            raise KeyboardInterrupt
        asked, staffed = told
    run = play(asked, hire, Engine.AUTO, goal)
    result = compared(list(_unplaced(asked, folder)), run, goal, staffed)
    documents = {"result.json": as_json(result), **dict(_pages(result))}
    return Answer(documents, whole=not any(each.failures for each in result.scenarios))


def _precise(question: Question) -> Precise:
    own = question.precision
    return Precise(own.cost, own.service, own.most) if own else Precise(None, None, None)


def _unplaced(asked: Sequence[Asked], folder: Path) -> Iterator[Asked]:
    """Leave the folder out of what a result says of files."""
    for each in asked:
        path = each.loaded.path.removeprefix(f"{folder}/")
        yield replace(each, loaded=replace(each.loaded, path=path))


def _pages(result: Result) -> Iterator[tuple[str, str]]:
    if all(scenario.finished for scenario in result.scenarios):
        for language in LANGUAGES:
            yield f"compare.{language}.html", write_page(result, language, None)
