"""Measurements: what costs how much, as a ratio to something it is fair to beside."""
