"""Experiments: the same scenario many times, on all cores, with results in a fixed order."""

from simulation.experiment.replication import replicate
from simulation.experiment.run import Experiment, Progress, Task, run_all, run_until

__all__ = ["Experiment", "Progress", "Task", "replicate", "run_all", "run_until"]
