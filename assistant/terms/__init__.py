"""What may be done with a dataset, decided by plain code."""
