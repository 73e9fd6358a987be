"""Measurements side by side: ``python -m bench`` prints rows and ratios of one run."""
