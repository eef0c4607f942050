"""Findings in the forms that people and other programs read; text out, no more.

Each form is a module of its own, which is loaded when somebody asks for that form.
"""
