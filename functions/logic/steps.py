"""The steps of an answer: plan, simulate, merge.

Plan lays out the first round of items. Simulate does one item. Merge counts what there is and
either lays out another round or writes the answer. All that they hand to each other stands in the
store, so a step that was cut off is simply done again.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from functions.logic.items import Corrupt, Item, cut, do, jobs_of, outcomes
from functions.logic.question import Question
from functions.logic.replay import hiring
from functions.logic.works import name_of
from functions.storage.ports import Files
from simulation.experiment.workers import NotYet

TRIES: Final = 3
"""How often an item is done before it is given up."""

LOST: Final = "the work was lost three times; it may have run out of memory"

AT_ONCE: Final = {"replication": 10, "trial": 4, "point": 4, "week": 4, "peak": 4}


@dataclass(frozen=True)
class Round:
    """Items that are to be done.

    Attributes
    ----------
    number : from 1
    items : names of those that have no shard yet
    jobs : of the round, with those that were known before it
    done : of these jobs
    """

    number: int
    items: tuple[str, ...]
    jobs: int
    done: int


@dataclass(frozen=True)
class Ended:
    """An answer is there.

    Attributes
    ----------
    documents : their names; none if it failed
    whole : whether nothing is missing from it
    problem : why it failed, if it did
    """

    documents: tuple[str, ...]
    whole: bool
    problem: str | None = None


def at(key: str, *parts: str) -> str:
    """Give the key of a file of an answer."""
    return "/".join(("answers", key, *parts))


def keep_question(files: Files, key: str, question: Question) -> None:
    """Keep what is asked."""
    files.write_new(at(key, "question.json"), question.model_dump_json().encode())


def plan(files: Files, key: str) -> Round | Ended:
    """Begin an answer, or go on with it: what has to be done next."""
    return merge(files, key)


def simulate(files: Files, key: str, name: str) -> int:
    """Do one item unless there is a shard of it; give the number of its jobs.

    Raises
    ------
    LookupError
        When there is no such item.
    """
    shard = at(key, "shards", name)
    item = files.read(at(key, "items", name))
    if item is None:
        raise LookupError(f"{key}: there is no item {name}")
    if files.read(shard) is None:
        files.write_new(shard, do(item))
    return jobs_of(item)


def merge(files: Files, key: str) -> Round | Ended:
    """Count the shards there are; give another round, or the end.

    Raises
    ------
    LookupError
        When nothing was asked under this key.
    """
    text = files.read(at(key, "question.json"))
    if text is None:
        raise LookupError(f"{key}: there is no such question")
    known: dict[str, Any] = {}
    rounds = sorted(files.keys(at(key, "rounds", "")))
    for place in rounds:
        again = _gather(files, key, place, known)
        if again is not None:
            return again
    return _answered(files, key, Question.model_validate_json(text), known, len(rounds))


def _gather(files: Files, key: str, place: str, known: dict[str, Any]) -> Round | None:
    """Read the shards of a round; give the round again if some have to be done again."""
    told = json.loads(files.read(place) or b"{}")
    missing = []
    for name, jobs in told["items"].items():
        found = _read(files, at(key, "shards", name))
        if found is None:
            missing.append(name)
        else:
            known.update(zip(jobs, found, strict=True))
    if not missing:
        return None
    if told["tries"] < TRIES:
        told["tries"] += 1
        files.write(place, json.dumps(told).encode())
        return _round(told, missing)
    known.update((job, LOST) for name in missing for job in told["items"][name])
    return None


def _read(files: Files, place: str) -> list[Any] | None:
    """Read a shard; one that is corrupt is removed, to be made again."""
    shard = files.read(place)
    if shard is None:
        return None
    try:
        return outcomes(shard)
    except Corrupt:
        files.remove(place)
        return None


def _round(told: dict[str, Any], items: Sequence[str]) -> Round:
    jobs = {name: len(keys) for name, keys in told["items"].items()}
    total = told["known"] + sum(jobs.values())
    return Round(told["number"], tuple(items), total, total - sum(jobs[name] for name in items))


def _answered(
    files: Files, key: str, question: Question, known: dict[str, Any], before: int
) -> Round | Ended:
    """Answer with what is known, or lay out what is missing."""
    # What makes tables and pages is imported where it is needed: not by those who simulate.
    from functions.logic.answer import answer  # noqa: PLC0415
    from simulation.cli.problems import Stop  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        try:
            found = answer(question, hiring(known), Path(folder))
        except NotYet as missing:
            return _laid_out(files, key, missing, before + 1)
        except Stop as stop:
            reason = str(stop).replace(f"{folder}/", "")
            return Ended((), whole=False, problem=reason)
    for name, text in found.documents.items():
        files.write(at(key, "documents", name), text)
    return Ended(tuple(found.documents), found.whole)


def _laid_out(files: Files, key: str, missing: NotYet, number: int) -> Round:
    items = list(_cut(missing))
    for item in items:
        files.write_new(at(key, "items", item.name), item.data)
    told = {
        "number": number,
        "known": missing.known,
        "tries": 1,
        "items": {item.name: item.keys for item in items},
    }
    files.write(at(key, "rounds", f"{number:04d}.json"), json.dumps(told).encode())
    return _round(told, [item.name for item in items])


def _cut(missing: NotYet) -> Iterator[Item]:
    """Cut what has to be done into items: of jobs of one kind that share their largest part."""
    kinds: dict[str, list[Any]] = {}
    for work, job in missing.jobs:
        kinds.setdefault(name_of(work), []).append(job)
    for name, jobs in kinds.items():
        yield from cut(name, jobs, AT_ONCE[name])
