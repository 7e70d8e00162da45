"""How long each kind of work takes, measured by ``python -m benchmarks.questions``."""

from dataclasses import dataclass
from typing import Final

MEASURED: Final = "2026-11-29"
MACHINE: Final = "Intel Xeon, a virtual machine with 2 cores"

AT_ONCE: Final = {"replication": 10, "trial": 4, "point": 4, "week": 4, "peak": 4}
"""Jobs of an item, by kind."""


@dataclass(frozen=True)
class Pace:
    """Seconds of processor time.

    Attributes
    ----------
    job : for each job, however small
    million : for each million contacts of the period that a job plays, once or several times
    """

    job: float
    million: float

    def seconds(self, contacts: float) -> float:
        """Give the seconds of a job on a period with so many contacts."""
        return self.job + self.million * contacts / 1e6


PACES: Final = {
    "replication": Pace(0.008, 0.42),
    "trial": Pace(0.012, 0.68),
    "point": Pace(0.02, 0.8),
    "week": Pace(0.015, 0.5),
    "peak": Pace(0.015, 0.5),
}
"""By kind of job."""

SPREAD: Final = {"low": 0.75, "value": 1.0, "high": 1.4}
"""How far the pace of a scenario lies from these, as a factor; our own estimate."""

LOG: Final = Pace(0.05, 5.1)
"""Of a contact log: a replication is played once more, and its rows are written and packed.
Measured by hand on the present situation of Amsterdam, with 2.1 million rows, on 2026-11-30."""

STEP: Final = Pace(0.06, 0.38)
"""Of each scenario in a plan or merge that lays out another round: what is known is read, and the
answer is gone through again."""

LAST: Final = 0.4
"""Seconds more of the first and of the last, which load and write everything."""
