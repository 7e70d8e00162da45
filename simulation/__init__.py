"""Kanaalkompas: which channel strategy, at what cost, at what service, and how sure.

The folders stand in the order in which the data flows::

    scenario -> contacts -> play -> measures -> costs -> experiment -> comparison -> report -> cli
"""

__version__ = "0.1.0"
