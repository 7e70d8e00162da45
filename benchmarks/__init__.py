"""Benchmarks: how fast the product is, as a ratio to plain SimPy in the same run.

``python -m benchmarks`` plays every case in a process of its own, in turns, and prints the table.
"""
