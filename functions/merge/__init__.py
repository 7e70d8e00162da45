"""Counts shards; another round, or the answer."""
