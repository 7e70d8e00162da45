"""Scenario files of the reader's own, which a form holds once they were sent along.

A browser does not keep the files of a form that is sent back. So their texts travel in the form
itself: each as the value of a box that can be ticked off.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Literal, get_args

from pydantic import TypeAdapter, ValidationError
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest

from functions.logic.question import LARGEST, SHIPPED, Inline, Question, shipped
from functions.serve.faults import Fault
from functions.serve.words import Words

Field = Literal["files", "extended"]

_PLAIN: Final = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,60}")
"""Name of a file that a form takes: what ends otherwise than a scenario is none."""

_HELD: Final = TypeAdapter(tuple[Field, str, str])


@dataclass(frozen=True)
class OwnFile:
    """A file of the reader's own.

    Attributes
    ----------
    field : where it was given: to be asked about, or only extended
    file : its name, as the reader has it
    text : what stands in it
    """

    field: Field
    file: str
    text: str

    @property
    def name(self) -> str:
        """By which others can extend it."""
        return self.file.removesuffix(".yaml").removesuffix(".yml")

    @property
    def path(self) -> str:
        """Itself in a question."""
        return f"{self.name}.yaml"

    @property
    def held(self) -> str:
        """Itself as a value in a form."""
        return json.dumps([self.field, self.file, self.text], ensure_ascii=False)

    def inline(self) -> Inline:
        """Itself as a request has it.

        Raises
        ------
        ValidationError
            When name or text cannot be that of a scenario.
        """
        return Inline(name=self.name, text=self.text)


def own_of(question: Question, called: Mapping[str, str]) -> list[OwnFile]:
    """Give the texts of a question that do not ship as they stand in it.

    Parameters
    ----------
    question : of a run
    called : what its owner calls files, by their path; as the path where he does not say
    """
    known = {f"{name}.yaml": (SHIPPED / f"{name}.yaml").read_text("utf-8") for name in shipped()}
    return [
        OwnFile("files" if path in question.asked else "extended", called.get(path, path), text)
        for path, text in question.files.items()
        if known.get(path) != text
    ]


def read_own(
    values: "MultiDict[str, str]", files: "MultiDict[str, FileStorage]", t: Words
) -> tuple[list[OwnFile], list[Fault]]:
    """Read the files that came along and those that the form held, in the order of their names.

    Who sends a file again has changed it: it takes the place of the one that was held.

    Returns
    -------
    The files that can be read, and what is wrong with the others.
    """
    faults: list[Fault] = []
    sent = _sent(files, t, faults)
    held = {each.name: each for each in map(_read_held, values.getlist("held"))}
    found = {**held, **sent}
    return sorted(found.values(), key=lambda each: each.file), faults


def _sent(
    files: "MultiDict[str, FileStorage]", t: Words, faults: list[Fault]
) -> dict[str, OwnFile]:
    found: dict[str, OwnFile] = {}
    for field in get_args(Field):
        for file in files.getlist(field):
            if not file.filename:
                continue
            named, data = PurePath(file.filename).name, file.read(LARGEST + 1)
            try:
                own = OwnFile(field, named, data.decode("utf-8-sig"))
                own.inline()
                if _PLAIN.fullmatch(own.name) is None:
                    faults.append(Fault(field, t("fault.name", file=named)))
                    continue
            except ValidationError as error:
                wrong = {each["loc"][0] for each in error.errors()}
                key = "name" if "name" in wrong else "large" if data else "empty"
                faults.append(Fault(field, t(f"fault.{key}", file=named)))
            except UnicodeDecodeError:
                faults.append(Fault(field, t("fault.no_text", file=named)))
            else:
                before = found.setdefault(own.name, own)
                if before.text != own.text:
                    told = t("fault.twice", file=before.file, other=named)
                    faults.append(Fault(field, told))
    return found


def _read_held(value: str) -> OwnFile:
    try:
        own = OwnFile(*_HELD.validate_json(value))
        own.inline()
    except ValidationError as error:
        raise BadRequest from error
    return own
