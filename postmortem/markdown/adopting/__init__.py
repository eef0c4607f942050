"""A team's own document made into a template: its headings ask, its tables have rows.

Text in, template out, and a list of what was guessed: nothing of the document goes
without a word. What comes out keeps the laws that `template check` tries.
"""

from __future__ import annotations

from postmortem.markdown.adopting.document import LARGEST
from postmortem.markdown.adopting.drafting import adopt
from postmortem.markdown.adopting.notes import Adopted, Guess

__all__ = ["LARGEST", "Adopted", "Guess", "adopt"]
