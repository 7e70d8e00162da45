"""Lays out the first round of an answer."""
