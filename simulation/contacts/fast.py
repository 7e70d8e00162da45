"""The compiled loops of sampling, where they were compiled; without them arrays do the work.

A result does not depend on it: the loops give the same bits.
"""

from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from simulation.contacts import randomness
from simulation.contacts.portable import Floats
from simulation.contacts.randomness import MASK, STEP, Bits

Ints = NDArray[np.int64]
Shorts = NDArray[np.int16]
Bytes = NDArray[np.int8]


def _compiled() -> ModuleType | None:
    try:
        from simulation.contacts import compiled  # noqa: PLC0415 - may need Cython
    except ImportError:
        return None
    return compiled if compiled.COMPILED else None


LOOPS = _compiled()
"""The module `compiled` as C, or None."""


def in_order(times: Ints, length: int) -> tuple[Ints, Ints]:
    """Sort times, equal ones as they stand.

    Parameters
    ----------
    times : int64, shape (n,), from 0 to below ``length``
    length : microseconds

    Returns
    -------
    The row that comes to each place, and the sorted times; both int64, shape (n,).
    """
    if LOOPS is not None and (found := LOOPS.in_order(times, length)) is not None:
        rows, ordered = found
        return rows, ordered
    rows = np.argsort(times, kind="stable")
    return rows, times[rows]


def uniforms(keys: Bits, purpose: int) -> Floats:
    """Give each contact its uniform number for a purpose; see `randomness.uniforms`."""
    numbers: Floats
    if LOOPS is not None:
        numbers = LOOPS.uniforms(keys, purpose)
        return numbers
    return randomness.uniforms(keys, purpose)


def sites(keys: Bits, purpose: int, attempt: int, edges: Bits) -> Shorts:
    """Draw the site of each contact.

    Parameters
    ----------
    keys : uint64, shape (n,)
    purpose, attempt : what is drawn
    edges : uint64, from where each site but the first gets the random bits of 64

    Returns
    -------
    int16, shape (n,).
    """
    if LOOPS is not None:
        found: Shorts = LOOPS.sites(keys, (purpose + attempt * STEP) & MASK, edges)
        return found
    bits = randomness.mix(keys, purpose, attempt)
    return np.searchsorted(edges, bits, side="right").astype(np.int16)


def kinds(numbers: Ints, rows: Ints, table: Shorts) -> tuple[Bytes, Shorts, Shorts, Shorts, Bytes]:
    """Give the fields of each contact's kind as columns.

    Parameters
    ----------
    numbers : int64, shape (n,), number of each row's kind
    rows : int64, shape (n,), row that comes to each place
    table : int16, shape (kinds, 5), fields of each kind

    Returns
    -------
    Source, origin, reason, channel and effect, in the order of ``rows``.
    """
    if LOOPS is not None:
        source, origin, reason, channel, effect = LOOPS.kinds(numbers, rows, table)
        return source, origin, reason, channel, effect
    source, origin, reason, channel, effect = table[numbers[rows]].T.copy()
    return source.astype(np.int8), origin, reason, channel, effect.astype(np.int8)
