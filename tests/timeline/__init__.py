"""Timelines out of evidence."""
