"""Scenarios: what is asked, read from YAML files into frozen models."""

from simulation.scenario.assumption import Assumption, PlacedAssumption
from simulation.scenario.load import Loaded, load, loads, normalise
from simulation.scenario.problems import Problem, ScenarioError
from simulation.scenario.scenario import Scenario

__all__ = [
    "Assumption",
    "Loaded",
    "PlacedAssumption",
    "Problem",
    "Scenario",
    "ScenarioError",
    "load",
    "loads",
    "normalise",
]
