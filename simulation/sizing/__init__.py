"""Sizing: the smallest teams that attain their norms, found by simulation."""
