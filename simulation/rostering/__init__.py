"""Rostering: who works when, with which contract, at least cost."""

from simulation.rostering.plan import plan_roster
from simulation.rostering.problems import NoRoster
from simulation.rostering.roster import Person, Roster

__all__ = ["NoRoster", "Person", "Roster", "plan_roster"]
