"""The compiled loops of sampling, where they were compiled; without them arrays do the work.

A result does not depend on it: the loops give the same bits.
"""

from types import ModuleType

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


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
