"""The steps of an answer: plan, simulate, merge.

Plan lays out the first round of items. Simulate does one item. Merge counts what there is and
either lays out another round or writes the answer. All that they hand to each other stands in the
store, so a step that was cut off is simply done again.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import Any, Final

from functions.logic.items import Corrupt, do, jobs_of, outcomes
from functions.logic.places import QUESTION, at
from functions.logic.question import Question
from functions.logic.replay import hiring
from functions.logic.rounds import Kept, PartTold, Plan, lay_out, read_plan
from functions.storage.ports import Files
from simulation.experiment.workers import NotYet

SO_FAR: Final = "so-far.json"
"""Document of an answer under way: the result at the last look."""

TRIES: Final = 3
"""How often an item is done before it is given up."""

LOST: Final = "the work was lost three times; it may have run out of memory"


@dataclass(frozen=True)
class Todo:
    """An item that is to be done, and the place of the part it belongs to."""

    item: str
    part: int


@dataclass(frozen=True)
class Round:
    """Items that are to be done.

    Attributes
    ----------
    number : from 1
    todo : items that have no shard yet
    parts : of the round, and how far each is
    items : of the round, done or not
    precision : at the last look, of an answer that has to be precise; see `SO_FAR`
    """

    number: int
    todo: tuple[Todo, ...]
    parts: tuple[PartTold, ...]
    items: int
    precision: dict[str, Any] | None = None


@dataclass(frozen=True)
class Ended:
    """An answer is there.

    Attributes
    ----------
    documents : their names; none if it failed
    whole : whether nothing is missing from it
    problem : why it failed, if it did
    precision : that was reached, where one was asked
    """

    documents: tuple[str, ...]
    whole: bool
    problem: str | None = None
    precision: dict[str, Any] | None = None


def plan(files: Files, key: str) -> Round | Ended:
    """Begin an answer, or go on with it: what has to be done next.

    Items that were laid out before and are not done are given again; that counts as no new try.

    Raises
    ------
    LookupError
        When nothing was asked under this key.
    """
    return _next(files, key, _Look.BEFORE)


def simulate(files: Files, key: str, name: str) -> int:
    """Do one item unless there is a shard of it; give the number of jobs that were done.

    Raises
    ------
    Corrupt
        When it is not there, or not as it was written; the next merge lays it out anew.
    """
    shard, place = at(key, "shards", name), at(key, "items", name)
    try:
        item = _item(files, place)
        if files.read(shard) is None and files.write_new(shard, do(item)):
            return jobs_of(item)
    except Corrupt:
        files.remove(place)
        files.remove(at(key, "rounds", ""))
        raise
    return 0


def _item(files: Files, place: str) -> bytes:
    """Read an item; a bucket removes it in time, and the round that names it may be younger."""
    item = files.read(place)
    if item is None:
        raise Corrupt(f"{place}: there is no item")
    return item


def merge(files: Files, key: str, stopped: str | None = None) -> Round | Ended:
    """Count the shards there are after a round; give another round, or the end.

    Parameters
    ----------
    files, key : of the answer
    stopped : why no more is done, if so; then what there is makes the answer

    Raises
    ------
    LookupError
        When nothing was asked under this key.
    """
    if stopped is None:
        return _next(files, key, _Look.AFTER)
    found = _next(files, key, _Look.LAST)
    documents = found.documents if isinstance(found, Ended) else (SO_FAR,) * bool(found.precision)
    return Ended(documents, whole=False, problem=stopped, precision=found.precision)


class _Look(Enum):
    """When shards are counted: before a round, after it, or when nothing follows."""

    BEFORE = auto()
    AFTER = auto()
    LAST = auto()


def _next(files: Files, key: str, look: _Look) -> Round | Ended:
    text = files.read(at(key, QUESTION))
    if text is None:
        raise LookupError(f"{key}: there is no such question")
    known: dict[str, Any] = {}
    rounds = list(_rounds(files, key))
    for place, told in rounds:
        again = _gather(files, key, (place, told), known, look)
        if again is not None:
            return again
    return _answered(files, key, Question.model_validate_json(text), known, len(rounds))


def _rounds(files: Files, key: str) -> Iterator[tuple[str, Plan]]:
    """Read the rounds so far; one that is corrupt is removed with those that followed from it."""
    places = sorted(files.keys(at(key, "rounds", "")))
    for count, place in enumerate(places):
        try:
            yield place, read_plan(files.read(place) or b"")
        except (LookupError, TypeError, ValueError):
            for each in places[count:]:
                files.remove(each)
            return


def _gather(
    files: Files, key: str, kept: tuple[str, Plan], known: dict[str, Any], look: _Look
) -> Round | None:
    """Read the shards of a round; give the round again if some have to be done again."""
    place, told = kept
    missing = []
    places = [at(key, "shards", item.name) for item in told.items]
    for item, at_place, shard in zip(told.items, places, files.read_all(places), strict=True):
        found = _read(files, at_place, shard)
        if found is None:
            missing.append(item)
        else:
            known.update(zip(item.jobs, found, strict=True))
    if not missing:
        return None
    if look is _Look.BEFORE or (look is _Look.AFTER and told.tries < TRIES):
        told = replace(told, tries=told.tries + (look is _Look.AFTER))
        files.write(place, told.text())
        return _round(told, missing)
    known.update((job, LOST) for item in missing for job in item.jobs)
    return None


def _read(files: Files, place: str, shard: bytes | None) -> list[Any] | None:
    """Read a shard; one that is corrupt is removed, to be made again."""
    if shard is None:
        return None
    try:
        return outcomes(shard)
    except Corrupt:
        files.remove(place)
        return None


def _round(told: Plan, missing: Sequence[Kept]) -> Round:
    """Give the items that are missing, and how far the parts are without them."""
    left = {item.name for item in missing}
    done = [part.done for part in told.parts]
    for item in told.items:
        if item.name not in left:
            done[item.part] += len(item.jobs)
    parts = (replace(part, done=own) for part, own in zip(told.parts, done, strict=True))
    todo = tuple(Todo(item.name, item.part) for item in missing)
    return Round(told.number, todo, tuple(parts), len(told.items))


def _answered(
    files: Files, key: str, question: Question, known: dict[str, Any], before: int
) -> Round | Ended:
    """Answer with what is known, or lay out what is missing."""
    # What makes tables and pages is imported where it is needed: not by those who simulate.
    from functions.logic.answer import answer, so_far  # noqa: PLC0415
    from simulation.cli.problems import Stop  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        try:
            found = answer(question, hiring(known), Path(folder))
        except NotYet as not_yet:
            told, items = lay_out(not_yet, before + 1)
            files.write_all_new([(at(key, "items", item.name), item.data) for item in items])
            with tempfile.TemporaryDirectory() as empty:
                look = so_far(question, hiring(known), Path(empty))
            if look is not None:
                files.write(at(key, "documents", SO_FAR), look)
            files.write(at(key, "rounds", f"{told.number:04d}.json"), told.text())
            return replace(_round(told, told.items), precision=_precision(look))
        except Stop as stop:
            return Ended((), whole=False, problem=str(stop).replace(f"{folder}/", ""))
    for name, data in found.documents.items():
        files.write(at(key, "documents", name), data)
    for name, data in found.scenarios.items():
        files.write(at(key, "scenarios", name), data)
    precision = _precision(found.documents.get("result.json"))
    return Ended(tuple(found.documents), found.whole, precision=precision)


def _precision(result: bytes | None) -> dict[str, Any] | None:
    """Say how precise a result is, and after how many replications."""
    told = json.loads(result) if result else {}
    precision = told.get("precision")
    return {**precision, "replications": told["replications"]} if precision else None
