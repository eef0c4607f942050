"""One module a verb, named as the command is; each exposes `command`.

A command's function reads as the story: options in, load, compute, write, exit code.
"""
