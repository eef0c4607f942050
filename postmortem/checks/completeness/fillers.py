"""Words that stand for a value which is not there: tbd, coming soon, n/a, nobody.

They are known by being the whole value, in whatever case; in a sentence they may mean
themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.escape import uncommented

_LONGEST = 60
"""Characters of a value that may be nothing but such words."""
_MARKS = " \t*_-+.,:;!…–—~()[]"
"""What may stand around them: emphasis, the mark of a list, the end of a sentence."""
_LATER = frozenset(
    (
        *("tbd", "tba", "tbc", "tbw", "todo", "to-do", "to do", "fixme", "wip", "tktk"),
        *("xx", "xxx", "xxxx", "work in progress", "placeholder", "lorem ipsum"),
        *("soon", "coming soon", "will follow", "write me", "fill in", "fill this in"),
        *("to be added", "to be announced", "to be completed", "to be confirmed"),
        *("to be decided", "to be defined", "to be described", "to be determined"),
        *("to be discussed", "to be done", "to be filled", "to be filled in"),
        *("to be written", "will be added", "will be added later", "add later"),
        *("see ticket", "see the ticket", "see issue", "see the issue", "see jira"),
        *("see slack", "see the thread", "see the channel"),
        *("folgt", "folgt noch", "kommt noch", "noch offen", "siehe ticket"),
        *("wird ergänzt", "wird noch ergänzt", "wird nachgetragen"),
    )
)
_NOTHING = frozenset(("n/a", "na", "none", "nothing", "null", "nil", "keine", "nichts"))
"""What says that there is none, where there can be none; a dash says it too."""
_NOBODY = frozenset(("nobody", "no one", "noone", "unassigned", "unknown", "niemand"))
_DONE = frozenset(
    (
        *(
            "done",
            "it is done",
            "this is done",
            "when done",
            "when it is done",
            "fixed",
        ),
        *("finished", "complete", "completed", "closed", "resolved", "implemented"),
        *("merged", "deployed", "the ticket is closed", "ticket closed", "erledigt"),
    )
)
"""What says of an action that it is done when it is done."""


def is_told(text: str) -> bool:
    """Tell whether a value is so long that it is more than such words for sure."""
    return len(text) > _LONGEST and len(text.strip()) > _LONGEST and "<!--" not in text


def is_later(text: str) -> bool:
    """Tell whether a value is nothing but words for what is written later.

    >>> is_later("_Tbd._"), is_later("- to do"), is_later("The to do list was full.")
    (True, True, False)
    """
    lines = _bare(text)
    return bool(lines) and all(it in _LATER or not it.strip("?.…") for it in lines)


def is_nothing(text: str) -> bool:
    """Tell whether a value says no more than that there is none.

    >>> is_nothing("N/A"), is_nothing("-"), is_nothing("None of the alerts fired.")
    (True, True, False)
    """
    lines = _bare(text)
    return bool(lines) and all(it in _NOTHING or not it.strip("-–—") for it in lines)


def is_nobody(name: str) -> bool:
    """Tell whether a name is that of no person and no role.

    >>> is_nobody("TBD"), is_nobody("-"), is_nobody("payments lead")
    (True, True, False)
    """
    return is_later(name) or is_nothing(name) or name.strip().casefold() in _NOBODY


def is_done(text: str) -> bool:
    """Tell whether an end says no state that anybody could see.

    >>> is_done("Done."), is_done("the restart is done node by node")
    (True, False)
    """
    lines = _bare(text)
    return bool(lines) and all(line in _DONE for line in lines)


def _bare(text: str) -> Sequence[str]:
    """Return its lines in small letters, without marks; none of what is longer."""
    if "<!--" in text:
        text = uncommented(text)
    text = text.strip()
    if len(text) > _LONGEST:
        return ()
    lines = [" ".join(line.casefold().split()) for line in text.splitlines()]
    return [line.strip(_MARKS) or line for line in lines if line]
