"""Answers in a file or on a command line, as people write them."""
