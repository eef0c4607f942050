"""The git of the reports, tried on real repositories with the real git."""
