"""Guarded YAML: what is read, refused, written and left alone."""
