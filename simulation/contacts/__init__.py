"""Who comes: the demand of one replication, sampled before anything happens to it."""
