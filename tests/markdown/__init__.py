"""Tests of the lens between a record and its Markdown."""
