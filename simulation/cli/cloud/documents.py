"""Documents of a run as files: where the same command on this machine would have put them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Final

from simulation.cli.business_case import show_case, wrong_form
from simulation.cli.cloud.answers import Question, Run, understood
from simulation.cli.cloud.api import Api
from simulation.cli.cloud.refusals import Refused
from simulation.cli.compare import show_compared
from simulation.cli.document import read_stored
from simulation.cli.equal_service import staffed_names
from simulation.cli.inputs import refuse
from simulation.cli.options import Format, Language
from simulation.cli.output import explained, make_folder, open_bytes, write_whole
from simulation.cli.problems import FAULT, say
from simulation.cli.size import show_size
from simulation.cli.size_files import elsewhere
from simulation.comparison.document import Result
from simulation.scenario.problems import ScenarioError
from simulation.scenario.yaml_text import read_yaml
from simulation.sizing.document import SizeResult

RECORD: Final = "run.json"
"""What `compare` says of itself: it belongs to no result of a stack."""

_RESULT: Final = "result.json"
_SIZED: Final = "sized.yaml"
_CASES: Final = frozenset({"business_case", "sensitivity"})

_NAMES: Final = {"workbook.xlsx": "case.xlsx"}
"""Of what a command on this machine calls otherwise: the one that makes it from a case."""


@dataclass(frozen=True)
class Wish:
    """How somebody wants what comes of a run.

    Attributes
    ----------
    out : folder for it
    language : of pages, sheets and tables; that of the run if None
    form : of the result on stdout
    repeat : the command that gives it again
    files : of scenarios that were asked, by the path with which they were sent; None if unknown
    """

    out: Path
    language: Language | None
    form: Format
    repeat: str
    files: Mapping[str, Path] | None = None


def refuse_form(kind: str | None, form: Format) -> None:
    """See that what comes of a kind of question can be shown in a form.

    Raises
    ------
    Stop
        When it cannot.
    """
    refuse(wrong_form(form) if kind in _CASES else ())


def show_document(path: Path, language: Language, form: Format, repeat: str) -> None:
    """Show a result, size or case on stdout, as the command does that makes it on this machine.

    Raises
    ------
    Stop
        When it is none of them in the format of this version.
    """
    found = read_stored(path)
    if isinstance(found, Result):
        show_compared(found, form, language, repeat)
    elif isinstance(found, SizeResult):
        show_size(found, form, language, repeat)
    else:
        show_case(found, form, language, repeat)


def write_documents(api: Api, run: Run, wish: Wish) -> Path | None:
    """Write the documents of a run, and say where; give the one that is its answer, if it has one.

    Raises
    ------
    Stop
        When one does not arrive, or cannot be written.
    """
    shelf = _Shelf(api, run, wish)
    try:
        return shelf.fill()
    finally:
        if shelf.written:
            say(f"Written: {', '.join(map(str, shelf.written))}")


class _Shelf:
    """The folder in which documents are put."""

    def __init__(self, api: Api, run: Run, wish: Wish) -> None:
        self._api, self._run, self._out = api, run, wish.out
        self._language = wish.language or run.language
        self._files = wish.files
        self.written: list[Path] = []

    def fill(self) -> Path | None:
        """Write everything; give the answer itself."""
        texts = {name: self._text(name) for name in self._run.documents if name.endswith(".yaml")}
        parents = {name: self._parent(name, text) for name, text in texts.items()}
        stem = parents[_SIZED].stem if _SIZED in parents else None
        answer = None
        for document, name in self._others():
            place = self._out / (name if stem is None else f"{stem}-{name}")
            if name == _RESULT:
                with explained(self._out / RECORD):
                    (self._out / RECORD).unlink(missing_ok=True)
            with open_bytes(place) as file:
                self._api.download(self._path(document), file)
            self.written.append(place)
            if document in {_RESULT, "size.json", "case.json"}:
                answer = place
        staffed = sorted(set(texts) - {_SIZED})
        for document, name in zip(
            staffed, staffed_names([parents[each] for each in staffed]), strict=True
        ):
            self._extend(self._out / "staffed" / name, texts[document], parents[document])
        if stem is not None:
            self._extend(self._out / f"{stem}-{_SIZED}", texts[_SIZED], parents[_SIZED])
        return answer

    def _others(self) -> Iterator[tuple[str, str]]:
        """Give documents that are no scenarios, and their names without the language."""
        for document in self._run.documents:
            match document.split("."):
                case [_] | [_, "json" | "html" | "csv" | "xlsx"]:
                    yield document, document
                case [first, middle, last] if middle == self._language:
                    yield document, _NAMES.get(f"{first}.{last}", f"{first}.{last}")

    def _extend(self, place: Path, text: str, parent: Path) -> None:
        """Write a scenario that extends another one."""
        make_folder(place.parent)
        write_whole(place, elsewhere(text, parent, place.parent))
        self.written.append(place)

    def _parent(self, document: str, text: str) -> Path:
        """Give the file here of the scenario that another one extends."""
        if self._files is None:
            self._files = self._asked()
        try:
            sent = str(read_yaml(text, document).data["extends"])
            return self._files["/".join(part for part in sent.split("/") if part != "..")]
        except (ScenarioError, KeyError, TypeError):
            raise Refused(
                f"{document}: extends none of the scenarios that were asked", code=FAULT
            ) from None

    def _asked(self) -> dict[str, Path]:
        """Write the scenarios that were asked, since nobody knows where they lie; give places."""
        path = self._path("question.json")
        question = understood(Question, self._text("question.json").encode(), path)
        places = {sent: self._out / "asked" / PurePosixPath(sent) for sent in question.files}
        for sent, place in places.items():
            make_folder(place.parent)
            write_whole(place, question.files[sent])
            self.written.append(place)
        return places

    def _text(self, document: str) -> str:
        data = BytesIO()
        self._api.download(self._path(document), data)
        return data.getvalue().decode(errors="replace")

    def _path(self, document: str) -> str:
        return f"/runs/{self._run.id}/documents/{document}"
