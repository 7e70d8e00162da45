"""Does one item of work."""
