"""Findings in the forms that people and other programs read; text out, no more."""

from __future__ import annotations

from postmortem.checks.outputs.github import commands, rest, summary
from postmortem.checks.outputs.gitlab import code_quality
from postmortem.checks.outputs.sarif import sarif
from postmortem.checks.outputs.written import excerpt, lines, told

__all__ = [
    "code_quality",
    "commands",
    "excerpt",
    "lines",
    "rest",
    "sarif",
    "summary",
    "told",
]
