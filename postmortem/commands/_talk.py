"""A person at a terminal, and the journal of what they type.

It starts light: the first question waits for this module, and for little more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from postmortem.errors import Interrupted
from postmortem.prompts import terminal

if TYPE_CHECKING:
    from postmortem.drafts import Journal
    from postmortem.env import Env
    from postmortem.prompts import Prompts


class Talk:
    """Who is asked, and where what they type is kept meanwhile."""

    def __init__(self, env: Env, *, plain: bool = False) -> None:
        self.env = env
        self.plain = plain or env.dumb
        """Whether nothing that is shown may have colours."""
        self.journal: Journal | None = None
        self.unkept = ""
        """What was typed before there was a journal."""
        self.hinted: set[int] = set()
        """Marks of the wordings of which something was said already."""
        self._told: str | None = None
        self._lock = threading.Lock()
        self.prompts: Prompts = terminal(
            env, typed=self._typed, edited=self._edited, plain=plain
        )

    def begin(self, journal: Journal) -> None:
        """Give what was typed so far to its journal; any thread may call it."""
        with self._lock:
            journal.typing(self.unkept)
            self.journal = journal

    def during(self, journal: Journal, what: Callable[[], None]) -> None:
        """Hold an interview; whoever leaves it is told how to go on.

        The journal is on disk then, whatever ended it.
        """
        self.journal = journal
        try:
            what()
        except (Interrupted, KeyboardInterrupt) as error:
            raise stopped(journal) from error
        finally:
            self.journal = None

    def warn(self) -> None:
        """Say once when the journal cannot be kept, and where it would be."""
        trouble = self.journal.trouble if self.journal else None
        if trouble and trouble != self._told:
            self.prompts.say(trouble)
        self._told = trouble

    def _typed(self, text: str) -> None:
        with self._lock:
            self.unkept = text
            if self.journal is not None:
                self.journal.typing(text)

    def _edited(self, text: str) -> str:
        from postmortem.commands._editor import edited

        if self.journal is not None:
            self.journal.save(typing=text)  # the editor may take us with it
        return edited(self.env, text)


def stopped(journal: Journal) -> Interrupted:
    """Close a journal; return what is said to somebody who left, with the way back."""
    draft = journal.draft
    if not (draft.report or draft.text or draft.title or draft.typing.strip()):
        journal.done(keep=False)
        return Interrupted("interrupted; nothing was typed, and nothing is kept")
    if draft.saved is None:
        journal.save()
    journal.close()
    if journal.trouble:
        return Interrupted(f"interrupted; {journal.trouble}")
    import shlex

    words = ["postmortem", "resume", *filter(None, [draft.report or draft.title])]
    return Interrupted(
        "interrupted; all that you typed is kept",
        hint=f"go on with:\n  {shlex.join(words)}",
    )
