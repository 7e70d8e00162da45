"""The business case as a workbook: every euro a live formula, every simulated quantity a value.

A finance department works in a spreadsheet and trusts what it can follow. `inputs` names the cells
that may be changed, by their path in the scenario; from there each sheet is one module, and each
follows from the ones before it: what was simulated, contracts, budget, savings, effects. `sheet`
writes cells, `figures` gives their form, and `book` puts everything together.
"""

from simulation.report.workbook.book import write_workbook

__all__ = ["write_workbook"]
