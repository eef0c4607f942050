"""The tests, which are also the manual of how things are meant to be."""
