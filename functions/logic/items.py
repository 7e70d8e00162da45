"""Items of work and the shards that come of them.

An item holds jobs of one kind that share their largest part; a shard holds what came of them, in
the same order. The name of both is the hash of the item: the same item is the same shard, byte
for byte, however often and wherever it is done. So any item may be done again without harm.
"""

import gzip
import json
import zlib
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from functions.logic.works import WORKS, Plain
from simulation import __version__

_DIGITS = 32


class Corrupt(Exception):
    """An item or a shard is not as it was written."""


@dataclass(frozen=True)
class Item:
    """Jobs that are done together.

    Attributes
    ----------
    name : hash of the item
    data : the item as it is kept
    keys : of its jobs, in their order
    """

    name: str
    data: bytes
    keys: tuple[str, ...]


@lru_cache(maxsize=256)
def _digest(work: str, shared: Hashable) -> str:
    plain = WORKS[work].shared_plain(shared)
    return sha256(_json([__version__, work, plain])).hexdigest()


def _json(plain: Plain) -> bytes:
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def key_of(work: str, job: object) -> str:
    """Name a job by all that its outcome depends on."""
    kind = WORKS[work]
    text = _digest(work, kind.shared(job)).encode() + _json(kind.own(job))
    return sha256(text).hexdigest()[:_DIGITS]


def cut(work: str, jobs: Sequence[Any], at_once: int) -> Iterator[Item]:
    """Cut jobs of one kind into items of at most so many jobs, each job once."""
    together: dict[Any, list[Any]] = {}
    for job in {key_of(work, job): job for job in jobs}.values():
        together.setdefault(WORKS[work].shared(job), []).append(job)
    for own in together.values():
        for start in range(0, len(own), at_once):
            yield _item(work, own[start : start + at_once])


def _item(work: str, jobs: Sequence[Any]) -> Item:
    kind = WORKS[work]
    plain = {
        "version": __version__,
        "work": work,
        "shared": kind.shared_plain(kind.shared(jobs[0])),
        "jobs": [kind.own(job) for job in jobs],
    }
    text = _json(plain)
    name = sha256(text).hexdigest()[:_DIGITS]
    return Item(name, gzip.compress(text, mtime=0), tuple(key_of(work, job) for job in jobs))


def do(item: bytes) -> bytes:
    """Do an item; give its shard.

    Raises
    ------
    Corrupt
        When the item is not as it was written.
    """
    plain = _unpacked(item)
    kind = WORKS[plain["work"]]
    outcomes = []
    for own in plain["jobs"]:
        outcome = kind.do(kind.job(plain["shared"], own))
        outcomes.append(outcome if isinstance(outcome, str) else kind.plain(outcome))
    return gzip.compress(_json({"work": plain["work"], "outcomes": outcomes}), mtime=0)


def jobs_of(item: bytes) -> int:
    """Count the jobs of an item."""
    return len(_unpacked(item)["jobs"])


def outcomes(shard: bytes) -> list[Any]:
    """Read a shard.

    Raises
    ------
    Corrupt
        When it is not as it was written.
    """
    plain = _unpacked(shard)
    kind = WORKS[plain["work"]]
    return [each if isinstance(each, str) else kind.outcome(each) for each in plain["outcomes"]]


def _unpacked(data: bytes) -> Any:  # noqa: ANN401 - what `_json` wrote
    try:
        return json.loads(gzip.decompress(data))
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise Corrupt(str(error)) from error
