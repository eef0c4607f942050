"""Tests of the rules about what no report should carry."""
