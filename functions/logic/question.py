"""What can be asked: the body of a request, and the question that follows from it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from functions.logic.extending import astray, goes_back_to, settled
from simulation import __version__
from simulation.scenario.load import Loaded, baseline_first, load, of_another_root
from simulation.scenario.problems import Problem, ScenarioError, show, suggest

SHIPPED = Path(__file__).parents[2] / "scenarios"
"""Folder of the scenarios that ship."""

LARGEST: Final = 250_000
"""Characters of a scenario that is sent along."""

MOST_PARTS: Final = 20_000
"""Lines, commas and opening brackets in all texts of a request together. Amsterdam has 1,600."""

_BETWEEN: Final = ("\n", "\r", "\x85", "\u2028", "\u2029", ",", "[", "{", "- ", "-\t", "? ", "?\t")
"""What stands before every value in YAML but the first, or before a key and its value."""

_MANY: Final = 1_000
"""Problems after which no further scenario is read: more than these are not told."""

_NAME = r"^([A-Za-z0-9][A-Za-z0-9_-]{0,60}/)?[^/\\\x00-\x1f\x7f-\x9f]{1,240}$"
"""Of a file, which always has an ending after it: dots are only dots."""

_MOST_BYTES: Final = 240
"""Of a name: a file system takes 255 of a file, and ours get an ending."""

_MOST_SEED = 2**53 - 1
"""Above it, readers of JSON differ on what a number is."""


def _named(value: str) -> str:
    if re.search(_NAME.removesuffix("$") + r"\Z", value) is None:
        raise ValueError(
            f"{value!r} is not a name; write that of a file without its ending, "
            "with at most one folder of letters, digits, - and _ before it, "
            "such as small-town/0-today"
        )
    if len(value.rpartition("/")[2].encode()) > _MOST_BYTES:
        raise ValueError(f"is longer than {_MOST_BYTES} bytes; give the file a shorter name")
    return value


Name = Annotated[str, AfterValidator(_named), Field(json_schema_extra={"pattern": _NAME})]
"""Of a scenario: a file without its ending, within at most one folder."""


class Kind(StrEnum):
    """What is computed."""

    COMPARE = "compare"
    EQUAL_SERVICE = "equal_service"
    SIZE = "size"
    BUSINESS_CASE = "business_case"
    SENSITIVITY = "sensitivity"


CASES: Final = frozenset({Kind.BUSINESS_CASE, Kind.SENSITIVITY})
"""Kinds that set strategies beside the present situation."""

SEARCHED: Final = 10, 10_000
"""Replications on which a size can be searched for: fewer tell too little."""

PRECISE: Final = frozenset({Kind.COMPARE, Kind.EQUAL_SERVICE})
"""Kinds that can go on until the answer is precise."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Inline(_Strict):
    """A scenario that is not shipped."""

    name: Annotated[Name, Field(description="By which others can extend it")]
    text: Annotated[str, Field(min_length=1, max_length=LARGEST, description="YAML")]


class Precision(_Strict):
    """How precise the answer has to be: replications are added until it is."""

    cost: Annotated[
        float | None, Field(ge=0.01, le=1e12, strict=True, description="Half an interval, in euros")
    ] = None
    service: Annotated[
        float | None,
        Field(ge=0.01, le=50, strict=True, description="Half an interval, in percentage points"),
    ] = None
    most: Annotated[
        int, Field(ge=30, le=100_000, strict=True, description="Replications, at most")
    ] = 1_000

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.cost is None and self.service is None:
            raise ValueError("nothing has to be precise; give cost, service, or both")
        return self


class Asked(_Strict):
    """What a caller asks."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"scenarios": ["small-town/0-today", "small-town/a-webcare"]}]
        }
    )

    kind: Kind = Kind.EQUAL_SERVICE
    scenarios: Annotated[
        tuple[Name | Inline, ...],
        Field(min_length=1, max_length=20, description="Shipped ones by name, others with a text"),
    ]
    extended: Annotated[
        tuple[Inline, ...],
        Field(max_length=20, description="Texts that scenarios extend, without being asked about"),
    ] = ()
    seed: Annotated[
        int | None,
        Field(ge=0, le=_MOST_SEED, strict=True, description="Of all draws; that of the scenarios"),
    ] = None
    replications: Annotated[
        int | None,
        Field(
            ge=1,
            le=100_000,
            strict=True,
            description="Of each scenario; as the files say. Of a size: 10 to 10,000 on which it is"
            " searched for; 30",
        ),
    ] = None
    precision: Precision | None = None
    share: Annotated[
        float,
        Field(ge=0.5, le=0.99, strict=True, description="Of periods in which norms are attained"),
    ] = 0.8
    quick: Annotated[
        bool,
        Field(
            strict=True,
            description="Sensitivity in minutes: people mostly follow from the work",
        ),
    ] = True
    language: Literal["nl", "en"] = "nl"

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.replications is not None and self.precision is not None:
            raise ValueError("replications and precision exclude each other; leave one of them out")
        if self.precision is not None and self.kind not in PRECISE:
            raise ValueError(
                f"{self.kind} takes no precision; leave it out, or ask compare or equal_service"
            )
        low, high = SEARCHED
        if self.kind is Kind.SIZE and not low <= (self.replications or low) <= high:
            raise ValueError(
                f"a size cannot be searched for on {self.replications} replications; "
                f"give {low} to {high:,}"
            )
        if self.kind is Kind.SIZE and len(self.scenarios) != 1:
            count = len(self.scenarios)
            raise ValueError(f"a size is of one scenario, and {count} are given; give one")
        if self.kind in CASES and len(self.scenarios) == 1:
            raise ValueError(
                f"{self.kind} compares; give the baseline and at least one strategy, not 1 scenario"
            )
        return self


class Question(_Strict):
    """A request with all that its answer depends on: no language, no name of who asks.

    Attributes
    ----------
    files : text of each scenario file by its path, those that are extended included
    asked : paths of the scenarios that are asked about, in their order
    """

    kind: Kind
    files: dict[str, str]
    asked: tuple[str, ...]
    seed: int | None
    replications: int | None
    precision: Precision | None
    share: float
    quick: bool

    def key(self) -> str:
        """Name the question: the same one has the same answer."""
        plain = {"version": __version__, **self.model_dump(mode="json")}
        return sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:32]


class Refused(Exception):
    """A question that cannot be answered, with all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def shipped() -> list[str]:
    """Name the scenarios that ship, in order."""
    found = SHIPPED.glob("*/*.yaml")
    return sorted(str(path.relative_to(SHIPPED).with_suffix("")) for path in found)


def make_question(asked: Asked, folder: Path) -> tuple[Question, list[Loaded]]:
    """Read the scenarios of a request.

    Parameters
    ----------
    asked : the request
    folder : empty, to lay the files out in

    Raises
    ------
    Refused
        With every problem of every scenario.
    """
    _refuse_long(_texts(asked))
    paths = [_path(each) for each in asked.scenarios]
    unsure = [*_twice(asked), *_laid_out(asked, folder)]
    problems = [*unsure, *_unknown(paths, folder)]
    without = {each.file for each in unsure}
    loaded = []
    for path in paths:
        if len(problems) > _MANY:
            break
        if not (folder / path).is_file() or goes_back_to(without, path, folder):
            continue
        try:
            loaded.append(load(folder / path))
        except ScenarioError as error:
            problems += [_without(folder, each) for each in error.problems]
    if not problems:
        unlike = [*_apart(baseline_first(loaded)), *_out_of_reach(asked.precision, loaded)]
        problems += [_without(folder, each) for each in unlike]
    if problems:
        raise Refused(list(dict.fromkeys(problems)))
    files = {
        str(PurePosixPath(Path(file).resolve().relative_to(folder.resolve()))): Path(
            file
        ).read_text(encoding="utf-8")
        for each in loaded
        for file in each.files
    }
    question = Question(
        kind=asked.kind,
        files=dict(sorted(files.items())),
        asked=tuple(paths),
        seed=asked.seed,
        replications=asked.replications,
        precision=asked.precision,
        share=asked.share,
        quick=asked.quick,
    )
    return question, loaded


def wrong_scenarios(request: Mapping[str, Any]) -> list[Problem]:
    """Say what is wrong with the scenarios of a request of which the rest is not in order.

    Parameters
    ----------
    request : ``scenarios`` and ``extended`` of it are read, as far as they can be
    """
    parts = {key: request[key] for key in ("scenarios", "extended") if key in request}
    try:
        asked = Asked.model_validate({"kind": Kind.COMPARE, **parts})
        with TemporaryDirectory() as folder:
            make_question(asked, Path(folder))
    except ValidationError:
        return []
    except Refused as refused:
        return refused.problems
    return []


def lay_out(files: Mapping[str, str], folder: Path) -> None:
    """Write scenario files into a folder."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _laid_out(asked: Asked, folder: Path) -> Iterator[Problem]:
    """Write shipped and inline scenarios; say what these extend that is not there."""
    ship = {f"{name}.yaml": (SHIPPED / f"{name}.yaml").read_text("utf-8") for name in shipped()}
    own = {f"{each.name}.yaml": each.text for each in _texts(asked)}
    places = {each.rpartition("/")[0] for each in asked.scenarios if isinstance(each, str)}
    there = {*ship, *own}
    own = settled(own, there, places, folder)
    lay_out({**ship, **own}, folder)
    yield from astray(own, there, places, folder)


def _path(asked: str | Inline) -> str:
    return f"{asked if isinstance(asked, str) else asked.name}.yaml"


def _texts(asked: Asked) -> list[Inline]:
    """Give the texts that were sent along."""
    return [*asked.extended, *(each for each in asked.scenarios if isinstance(each, Inline))]


def _refuse_long(texts: Sequence[Inline]) -> None:
    """Refuse texts that take too long to read; how long follows from how many values they hold."""
    parts = sum(each.text.count(mark) for each in texts for mark in _BETWEEN)
    if parts > MOST_PARTS:
        said = (
            f"the texts hold {parts:,} lines, commas and brackets, and {MOST_PARTS:,} is the most"
        )
        remedy = "send fewer or shorter scenarios, such as ones that extend another"
        raise Refused([Problem("", None, "scenarios", None, said, remedy)])


def _twice(asked: Asked) -> Iterator[Problem]:
    """Name scenarios that are asked about, or sent along, more than once."""
    named = [each if isinstance(each, str) else each.name for each in asked.scenarios]
    sent = [each.name for each in _texts(asked)]
    for name in dict.fromkeys(named + sent):
        if max(named.count(name), sent.count(name)) > 1:
            yield Problem(
                f"{name}.yaml", None, "", None, "is there more than once", "give each name once"
            )


def _unknown(paths: Sequence[str], folder: Path) -> Iterator[Problem]:
    """Name scenarios that neither ship nor were sent along."""
    names = [str(path.relative_to(folder).with_suffix("")) for path in folder.rglob("*.yaml")]
    for place, path in enumerate(paths):
        name = path.removesuffix(".yaml")
        if name not in names:
            remedy = suggest(name, sorted(names))
            yield Problem("", None, f"scenarios.{place}", show(name), "is not there", remedy)


def _apart(loaded: Sequence[Loaded]) -> Iterator[Problem]:
    """Name scenarios that go back to another file than the baseline does."""
    for other, root in of_another_root(loaded):
        said = f"goes back to {root}, and the baseline to {loaded[0].files[-1]}"
        remedy = "give scenarios that go back to one file"
        yield Problem(other.path, None, "", None, said, remedy)


def _out_of_reach(precision: Precision | None, loaded: Sequence[Loaded]) -> Iterator[Problem]:
    """Name what cannot be made precise of these scenarios."""
    if precision is None:
        return
    cost, service = precision.cost, precision.service
    if cost is not None and len(loaded) == 1:
        said = "is about differences in costs, and one scenario is given"
        remedy = "give a second scenario, or another precision"
        yield Problem("", None, "precision.cost", show(cost), said, remedy)
    for each in loaded:
        if cost is not None and not each.scenario.costs:
            said = "is missing, and a precision of costs is asked"
            remedy = "write 'costs', or ask another precision"
            yield Problem(each.path, None, "costs", None, said, remedy)
    if service is not None and not any(each.scenario.norms for each in loaded):
        said = "is about norms, and no scenario has one"
        remedy = "give a scenario 'norms', or ask another precision"
        yield Problem("", None, "precision.service", show(service), said, remedy)


def _without(folder: Path, problem: Problem) -> Problem:
    """Name the files of a problem without the folder that they were laid out in."""
    told = problem.problem.replace(f"{folder}/", "")
    value = problem.value and problem.value.replace(f"{folder}/", "")
    file = problem.file.removeprefix(f"{folder}/")
    return replace(problem, file=file, value=value, problem=told)
