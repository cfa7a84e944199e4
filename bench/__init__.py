"""Measurements of the product against its floors, in ratios taken within one run."""
