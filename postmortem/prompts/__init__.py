"""How questions are asked: at a terminal, in plain lines, or to a script of answers.

Whoever asks knows `Prompts` only; `terminal` picks what stands behind it.
"""

from __future__ import annotations

from postmortem.prompts.asking import EXPLAIN, Move, Option, Prompts, Question
from postmortem.prompts.opening import terminal
from postmortem.prompts.script import KEEP, Script

__all__ = [
    "EXPLAIN",
    "KEEP",
    "Move",
    "Option",
    "Prompts",
    "Question",
    "Script",
    "terminal",
]
