"""Kinds of work that an item can hold: what a job is as plain data, and what comes of it.

Everything that takes time in Kanaalkompas is a job of one of these kinds. Jobs that belong
together share their largest part, such as a scenario, which an item then holds once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from pydantic import TypeAdapter

from functions.logic import arrays
from simulation.experiment import peaks, weeks
from simulation.experiment import run as experiment
from simulation.experiment.row import Packer
from simulation.finance import points
from simulation.measures.peak import Peak
from simulation.measures.week import Week
from simulation.play.engines import Engine
from simulation.sizing import played
from simulation.sizing.observed import Seen
from simulation.sizing.search import Found
from simulation.sizing.trials import Levels, NormOutcome

Plain = Any
"""What JSON can hold."""


@dataclass(frozen=True)
class Work:
    """One kind of work.

    Attributes
    ----------
    do : does a job; gives its outcome, or in one line why there is none
    shared, own : the part of a job that others have too, hashable, and the rest, as plain data
    shared_plain : gives the shared part as plain data
    job : puts both parts, as plain data, together again
    plain, outcome : give an outcome as plain data, and read it back
    """

    do: Callable[[Any], Any]
    shared: Callable[[Any], Any]
    shared_plain: Callable[[Any], Plain]
    own: Callable[[Any], Plain]
    job: Callable[[Plain, Plain], Any]
    plain: Callable[[Any], Plain]
    outcome: Callable[[Plain], Any]


_PACKER = Packer()
_BENCH: Final = TypeAdapter(played.Bench)
_TRIAL: Final = TypeAdapter(played.Job)
_POINT: Final = TypeAdapter(points.PointJob)
_PEAK: Final = TypeAdapter(peaks.PeakJob)
_LEVELS: Final[TypeAdapter[Levels]] = TypeAdapter(Levels)
_NORMS: Final = TypeAdapter(dict[str, NormOutcome])
_FOUND: Final = TypeAdapter(dict[str, Found])


@lru_cache(maxsize=64)
def _bench(bench: played.Bench) -> Plain:
    return _BENCH.dump_python(bench, mode="json")


def _without_bench(adapter: TypeAdapter[Any]) -> Callable[[Any], Plain]:
    return lambda job: adapter.dump_python(job, mode="json", exclude={"bench"})


def _with_bench(adapter: TypeAdapter[Any]) -> Callable[[Plain, Plain], Any]:
    return lambda shared, own: adapter.validate_python({"bench": shared, **own})


def _tried_plain(tried: played.Tried) -> Plain:
    return {
        "found": _FOUND.dump_python(tried.found, mode="json"),
        "played": [
            [_LEVELS.dump_python(levels, mode="json"), _NORMS.dump_python(dict(own), mode="json")]
            for levels, own in tried.played
        ],
        "seen": {unit: list(map(arrays.plain, own)) for unit, own in tried.seen.items()},
    }


def _tried(plain: Plain) -> played.Tried:
    return played.Tried(
        _FOUND.validate_python(plain["found"]),
        tuple(
            (_LEVELS.validate_python(levels), _NORMS.validate_python(own))
            for levels, own in plain["played"]
        ),
        {
            unit: tuple(arrays.read(Seen, each) for each in own)
            for unit, own in plain["seen"].items()
        },
    )


WORKS: Final[Mapping[str, Work]] = {
    "replication": Work(
        do=experiment.attempt,
        shared=lambda job: (job.scenario, job.engine),
        shared_plain=lambda shared: {"scenario": shared[0], "engine": shared[1].value},
        own=lambda job: job.number,
        job=lambda shared, own: experiment.Job(
            0, own, shared["scenario"], Engine(shared["engine"])
        ),
        plain=dict,
        outcome=_PACKER.pack,
    ),
    "trial": Work(
        do=played.attempt,
        shared=lambda job: job.bench,
        shared_plain=_bench,
        own=_without_bench(_TRIAL),
        job=_with_bench(_TRIAL),
        plain=_tried_plain,
        outcome=_tried,
    ),
    "point": Work(
        do=points.see,
        shared=lambda job: job.bench,
        shared_plain=_bench,
        own=_without_bench(_POINT),
        job=_with_bench(_POINT),
        plain=lambda seen: {"need": seen.need, "measures": seen.measures},
        outcome=lambda plain: points.PointSeen(plain["need"], plain["measures"]),
    ),
    "week": Work(
        do=weeks.attempt,
        shared=lambda job: (job.scenario, job.engine),
        shared_plain=lambda shared: {"scenario": shared[0], "engine": shared[1].value},
        own=lambda job: job.number,
        job=lambda shared, own: weeks.WeekJob(shared["scenario"], own, Engine(shared["engine"])),
        plain=arrays.plain,
        outcome=lambda plain: arrays.read(Week, plain),
    ),
    "peak": Work(
        do=peaks.attempt,
        shared=lambda job: replace(job, number=0),
        shared_plain=lambda shared: _PEAK.dump_python(shared, mode="json"),
        own=lambda job: job.number,
        job=lambda shared, own: _PEAK.validate_python({**shared, "number": own}),
        plain=arrays.plain,
        outcome=lambda plain: arrays.read(Peak, plain),
    ),
}
"""Kinds of work by name."""


def name_of(do: Callable[[Any], Any]) -> str:
    """Give the name of the kind whose jobs a function does."""
    return next(name for name, work in WORKS.items() if work.do is do)
