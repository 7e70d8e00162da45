"""Costs: hours and counts become euros.

Every line is quantity × rate, rounded to the cent once; totals are sums of lines. Staff cost is
paid full-time years × the yearly cost of the pay scale, component by component, never rostered
hours at a rate of another base.
"""

from simulation.costs.bill import Bill, price
from simulation.costs.lines import Line, lines

__all__ = ["Bill", "Line", "lines", "price"]
