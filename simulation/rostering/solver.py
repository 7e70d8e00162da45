"""Integer programmes, and the solver that solves them: HiGHS.

HiGHS (Huangfu and Hall 2018, Mathematical Programming Computation 10:119-142) is given one
thread, one seed and no clock, so that every machine finds the same roster.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

import numpy as np

GAP = 0.01
"""The roster costs at most so much more than the cheapest one, as a share of its own cost."""

_WORK = 2_000_000
_LEAST_NODES = 30


@dataclass
class Programme:
    """A least cost of whole numbers of 0 or more, under linear constraints.

    Rows are added with the numbers that `column` gave.
    """

    costs: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _columns: list[int] = field(default_factory=list)
    _values: list[float] = field(default_factory=list)

    def column(self, cost: float = 0.0, most: float = inf) -> int:
        """Add a whole number from 0 to ``most``, and give its place."""
        self.costs.append(cost)
        self.most.append(most)
        return len(self.costs) - 1

    def row(self, terms: Mapping[int, float], low: float = -inf, high: float = inf) -> None:
        """Demand that a weighted sum of columns lies between two bounds."""
        self._starts.append(len(self._columns))
        self._columns += terms
        self._values += terms.values()
        self.low.append(low)
        self.high.append(high)

    def matrix(self) -> tuple[list[int], list[int], list[float]]:
        """Give the constraints by row: where each starts, columns, values."""
        return self._starts, self._columns, self._values

    def most_nodes(self) -> int:
        """Give after how many subproblems the search ends with the best roster so far.

        The larger the programme, the more work is in each. A clock would let the answer depend on
        the machine.
        """
        return max(_LEAST_NODES, _WORK // max(1, len(self._columns)))


@dataclass(frozen=True)
class Solution:
    """What the solver found.

    Attributes
    ----------
    values : of the columns
    cost : of these values
    bound : no solution costs less
    """

    values: list[int]
    cost: float
    bound: float


class Unsolvable(Exception):
    """No values satisfy the constraints, or none were found."""


def solve(programme: Programme, *, gap: float = GAP) -> Solution:
    """Solve a programme to a relative gap, or as far as it comes in a fixed amount of work.

    Raises
    ------
    Unsolvable
        When nothing satisfies the constraints, or nothing was found within the nodes.
    """
    import highspy  # noqa: PLC0415 - only rosters need it

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in {
        "output_flag": False,
        "threads": 1,
        "random_seed": 1,
        "mip_rel_gap": gap,
        "mip_max_nodes": programme.most_nodes(),
    }.items():
        solver.setOptionValue(option, value)
    count, rows = len(programme.costs), len(programme.low)
    starts, columns, values = programme.matrix()
    solver.passModel(
        count,
        rows,
        len(columns),
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        np.array(programme.costs, np.float64),
        np.zeros(count),
        np.array(programme.most, np.float64),
        np.array(programme.low, np.float64),
        np.array(programme.high, np.float64),
        np.array(starts, np.int32),
        np.array(columns, np.int32),
        np.array(values, np.float64),
        np.full(count, int(highspy.HighsVarType.kInteger), np.int32),
    )
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
        raise Unsolvable
    found = [round(value) for value in solver.getSolution().col_value]
    cost = float(np.dot(programme.costs, found))
    return Solution(found, cost, min(cost, float(info.mip_dual_bound)))
