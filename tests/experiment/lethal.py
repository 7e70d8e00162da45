"""A job that kills its own worker, as the system does when memory runs out."""

import os
import signal
import time
from pathlib import Path

from simulation.experiment.workers import Crew

VICTIM = "KANAALKOMPAS_TEST_VICTIM"
FOLDER = "KANAALKOMPAS_TEST_FOLDER"


def work(number):
    """Leave a trace, and die if it is this number's turn."""
    trace = Path(os.environ[FOLDER]) / f"{number}-{os.getpid()}"
    trace.touch()
    if str(number) == os.environ[VICTIM]:
        os.kill(os.getpid(), signal.SIGKILL)
    return f"done {number}"


def sleep(_number):
    """Tell who works here, and work for a long time."""
    (Path(os.environ[FOLDER]) / str(os.getpid())).touch()
    time.sleep(60)


def execute(numbers):
    """Do the jobs in two workers."""
    with Crew(work, 2) as crew:
        yield from crew.do(numbers)


if __name__ == "__main__":
    with Crew(sleep, 2) as crew:
        list(crew.do([1, 2]))
