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


def order(times: Ints, length: int) -> Ints:
    """Give the order of times, equal ones as they stand.

    Parameters
    ----------
    times : int64, shape (n,), from 0 to below ``length``
    length : microseconds

    Returns
    -------
    int64, shape (n,): the row that comes at each place.
    """
    rows: Ints = np.argsort(times, kind="stable") if LOOPS is None else LOOPS.order(times, length)
    return rows
