"""A job that kills its own worker, as the system does when memory runs out."""

import os
import signal
from pathlib import Path

from simulation.experiment.workers import execute as in_workers

VICTIM = "KANAALKOMPAS_TEST_VICTIM"
FOLDER = "KANAALKOMPAS_TEST_FOLDER"


def work(number):
    """Leave a trace, and die if it is this number's turn."""
    trace = Path(os.environ[FOLDER]) / f"{number}-{os.getpid()}"
    trace.touch()
    if str(number) == os.environ[VICTIM]:
        os.kill(os.getpid(), signal.SIGKILL)
    return f"done {number}"


def execute(numbers):
    """Do the jobs in two workers."""
    return in_workers(work, list(numbers), 2)
