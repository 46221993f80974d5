"""Which articles are one story? Near-duplicate clusters: reprints, found by shingles and verified exactly."""
