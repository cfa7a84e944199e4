"""Each face translates between a person and the desk, and does nothing else."""
