"""The room in which Jinja runs."""
