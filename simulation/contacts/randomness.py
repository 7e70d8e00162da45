"""Randomness with names: every random number is computed from what it is for.

There is no generator with a state. A number follows from the seed, the names of the stream
(replication, source, reason, channel), the place of the contact in it (interval, ordinal),
the purpose (patience, effort, ...) and the attempt. So a contact takes its own numbers along
into every scenario, more volume adds people and moves nobody, and no order of work matters.

Three steps: `stream` hashes names to a 64-bit key (BLAKE2b), `contact_keys` gives each
contact of a stream a key, and `mix` turns a contact's key, a purpose and an attempt into 64
random bits. The last two use the finaliser of SplitMix64, which maps the 64-bit numbers one
to one onto themselves (Steele, Lea and Flood 2014, Fast splittable pseudorandom number
generators, OOPSLA; constants by Stafford, variant 13).
"""

from functools import lru_cache
from hashlib import blake2b
from typing import overload

import numpy as np
import numpy.typing as npt

from simulation.contacts.portable import Floats

Bits = npt.NDArray[np.uint64]
"""An array of 64-bit keys or random bits."""

Integers = npt.NDArray[np.int64] | npt.NDArray[np.uint64]
"""An array of whole numbers."""

POOL_ROWS = 65_536
"""Rows in a pool of values drawn in advance."""

MASK = 0xFFFF_FFFF_FFFF_FFFF
STEP = 0x9E37_79B9_7F4A_7C15
"""What one attempt adds to the key: 2^64 divided by the golden ratio."""
FACTOR_1 = 0xBF58_476D_1CE4_E5B9
FACTOR_2 = 0x94D0_49BB_1331_11EB
"""The finaliser's multipliers; its shifts are 30, 27 and 31 bits."""

_CHUNK = 16_384
_PLACES = 1 << 32


def stream(seed: int, *names: str | int) -> int:
    """Give the 64-bit key of the stream with these names.

    Names are hashed with their kind and length: ``("a", "b")``, ``("ab",)``, ``("a", "b", "")``
    and ``1`` and ``"1"`` are all different.
    """
    digest = blake2b(digest_size=8, person=b"stream")
    for name in (seed, *names):
        text = str(name).encode()
        kind = b"s" if isinstance(name, str) else b"i"
        digest.update(kind + len(text).to_bytes(4, "little") + text)
    return int.from_bytes(digest.digest(), "little")


@lru_cache(maxsize=1_024)
def purpose(name: str) -> int:
    """Give the 64-bit constant of a purpose, such as ``"patience"``."""
    digest = blake2b(name.encode(), digest_size=8, person=b"purpose")
    return int.from_bytes(digest.digest(), "little")


def contact_keys(stream_key: int, intervals: Integers, ordinals: Integers) -> Bits:
    """Give each contact of a stream its key, from its interval and its ordinal therein.

    Within a stream no two contacts have the same key; between streams equal keys are as
    rare as chance makes them (one pair in 10^5 replications of ten million contacts).

    Parameters
    ----------
    stream_key
        Key of the stream, from `stream`.
    intervals, ordinals
        Whole numbers from 0 to 2^32 - 1; shapes that broadcast.

    Raises
    ------
    ValueError
        When an interval or ordinal is out of range.
    """
    for numbers in (intervals, ordinals):
        if numbers.size and not 0 <= int(numbers.min()) <= int(numbers.max()) < _PLACES:
            raise ValueError("intervals and ordinals must be from 0 to 2^32 - 1")
    places = (intervals.astype(np.uint64) << np.uint64(32)) | ordinals.astype(np.uint64)
    key = np.uint64(stream_key)
    return _finalise(_finalise(places * np.uint64(STEP) + key) ^ key)


def mix(keys: Bits, purpose_key: int, attempt: int | Integers = 0) -> Bits:
    """Give 64 random bits for each contact, for one purpose and attempt.

    Parameters
    ----------
    keys
        Keys of contacts, from `contact_keys`; any shape.
    purpose_key
        From `purpose`.
    attempt
        Number of the attempt (or another whole number that tells repeated draws apart), one for
        all or an array of the shape of `keys`.
    """
    if isinstance(attempt, np.ndarray):
        steps = attempt.astype(np.uint64) * np.uint64(STEP)
        return _finalise(keys + np.uint64(purpose_key) + steps)
    return _finalise(keys + np.uint64((purpose_key + int(attempt) * STEP) & MASK))


def mix_one(key: int, purpose_key: int, attempt: int = 0) -> int:
    """Give the same bits as `mix`, for one contact, in Python's own integers."""
    x = (key + purpose_key + attempt * STEP) & MASK
    x = ((x ^ (x >> 30)) * FACTOR_1) & MASK
    x = ((x ^ (x >> 27)) * FACTOR_2) & MASK
    return x ^ (x >> 31)


def _finalise(numbers: Bits) -> Bits:
    """Mix in place, a part at a time so that it stays in the processor's cache."""
    result = np.ascontiguousarray(numbers)
    flat = result.reshape(-1)
    for begin in range(0, flat.size, _CHUNK):
        x = flat[begin : begin + _CHUNK]
        x ^= x >> np.uint64(30)
        x *= np.uint64(FACTOR_1)
        x ^= x >> np.uint64(27)
        x *= np.uint64(FACTOR_2)
        x ^= x >> np.uint64(31)
    return result


@overload
def uniform(bits: int) -> float: ...
@overload
def uniform(bits: Bits) -> Floats: ...
def uniform(bits: int | Bits) -> float | Floats:
    """Turn random bits into a number strictly between 0 and 1, from the top 52 bits."""
    if isinstance(bits, np.ndarray):
        return ((bits >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
    return ((bits >> 12) + 0.5) * 2.0**-52


def uniforms(keys: Bits, purpose_key: int, attempt: int | Integers = 0) -> Floats:
    """Give each contact its uniform number for one purpose and attempt (see `mix`)."""
    return uniform(mix(keys, purpose_key, attempt))


@overload
def row(bits: int) -> int: ...
@overload
def row(bits: Bits) -> npt.NDArray[np.int64]: ...
def row(bits: int | Bits) -> int | npt.NDArray[np.int64]:
    """Turn random bits into a row of a pool, from the top 16 bits.

    Row r holds the numbers for which `uniform` is from r / 65,536 to (r + 1) / 65,536.
    """
    if isinstance(bits, np.ndarray):
        return (bits >> np.uint64(48)).astype(np.int64)
    return bits >> 48
