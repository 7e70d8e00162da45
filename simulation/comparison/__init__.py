"""Comparison: from replications to one result document with estimates and a verdict."""
