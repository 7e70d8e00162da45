"""Rounds: what is handed out together, in parts of which the progress is told."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from functions.logic.items import Item, cut
from functions.logic.pace import AT_ONCE
from functions.logic.works import name_of
from simulation.experiment.workers import NotYet


@dataclass(frozen=True)
class PartTold:
    """A part of a round: jobs for one scenario or one purpose.

    Attributes
    ----------
    stage : what it is for, in English
    scenario : title of the scenario, one text or one by language; None where the stage names it
    jobs, done : of it
    """

    stage: str
    scenario: str | dict[str, str] | None
    jobs: int
    done: int


@dataclass(frozen=True)
class Kept:
    """One item of a round: the part it belongs to, and the keys of its jobs."""

    name: str
    part: int
    jobs: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """A round as it is kept.

    Attributes
    ----------
    number : from 1
    tries : how often it was handed out
    parts, items : see there
    """

    number: int
    tries: int
    parts: tuple[PartTold, ...]
    items: tuple[Kept, ...]

    def text(self) -> bytes:
        """Write it down."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def read_plan(text: bytes) -> Plan:
    """Read what `Plan.text` wrote."""
    told = json.loads(text)
    return Plan(
        told["number"],
        told["tries"],
        tuple(PartTold(**part) for part in told["parts"]),
        tuple(Kept(item["name"], item["part"], tuple(item["jobs"])) for item in told["items"]),
    )


def lay_out(not_yet: NotYet, number: int) -> tuple[Plan, list[Item]]:
    """Cut what has to be done into items.

    Parameters
    ----------
    not_yet : what has to be done
    number : of the round
    """
    parts: list[PartTold] = []
    kept: dict[str, Kept] = {}
    items: list[Item] = []
    for part in not_yet.parts:
        name = name_of(part.work)
        for title, jobs in _by_scenario(name, part.jobs):
            known = part.known if title is None else 0
            parts.append(PartTold(part.stage, title, known + len(jobs), known))
            for item in cut(name, jobs, AT_ONCE[name]):
                if item.name not in kept:
                    items.append(item)
                kept.setdefault(item.name, Kept(item.name, len(parts) - 1, item.keys))
    return Plan(number, 1, tuple(parts), tuple(kept.values())), items


def _by_scenario(work: str, jobs: Sequence[Any]) -> Iterator[tuple[Any, Sequence[Any]]]:
    """Set the replications of different scenarios apart; give each with its title."""
    if work != "replication":
        yield None, jobs
        return
    places: dict[int, list[Any]] = {}
    for job in jobs:
        places.setdefault(job.place, []).append(job)
    for own in places.values():
        yield json.loads(own[0].scenario)["title"], own
