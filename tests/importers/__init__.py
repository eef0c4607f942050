"""The importers, each tried on samples of its own and on those of all others."""
