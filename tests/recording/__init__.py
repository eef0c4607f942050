"""A recording of the interview, made from a real run of it.

`python -m tests.recording` remakes `samples/wizard.svg`.
"""
