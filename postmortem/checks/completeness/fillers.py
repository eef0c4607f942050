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
        *("t.b.d", "will add later", "to follow", "later", "pending"),
        *("see ticket", "see the ticket", "see issue", "see the issue", "see jira"),
        *("see slack", "see the thread", "see the channel"),
        *("folgt", "folgt noch", "kommt noch", "noch offen", "siehe ticket"),
        *("wird ergänzt", "wird noch ergänzt", "wird nachgetragen"),
        *("wird nachgereicht", "wird noch nachgereicht"),
        *("wird geklärt", "wird noch geklärt", "noch zu klären", "ist zu klären"),
    )
)
_ELSEWHERE = frozenset(
    (
        *("see above", "as above", "same as above", "ditto", "dito", "siehe oben"),
        *("wie oben", "s.o"),
    )
)
"""What points to other words; in a row it may be those of the row above."""
_NOTHING = frozenset(
    (
        *("n/a", "na", "none", "nothing", "null", "nil", "keine", "nichts"),
        *("no action", "no actions", "no action items", "no action needed"),
        *("no action required", "no actions needed", "no actions required"),
        *("none needed", "none required", "keine massnahmen"),
    )
)
"""What says that there is none, where there can be none; a dash says it too. As
`str.casefold` makes it: with ss."""
_NOBODY = frozenset(
    (
        *("nobody", "nobody yet", "no one", "no one yet", "noone", "unassigned"),
        *("to be assigned", "unknown", "niemand", "noch niemand", "offen", "n.n."),
        "n. n.",
    )
)
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
_STATES = frozenset(
    (
        *("analysed", "analyzed", "assessed", "better", "checked", "considered"),
        *("discussed", "evaluated", "examined", "explored", "improved", "investigated"),
        *("looked", "more", "restarted", "reviewed", "sent", "updated", "written"),
        *(
            "aktualisiert",
            "analysiert",
            "besprochen",
            "besser",
            "eingeführt",
            "geprüft",
        ),
        *("gesendet", "geschrieben", "mehr", "umgesetzt", "untersucht", "verbessert"),
        "überprüft",
    )
)
"""What says so too, alone or with the words of the action."""
_AROUND = frozenset(
    (
        *("a", "an", "the", "this", "it", "is", "are", "was", "were", "has", "have"),
        *("been", "exist", "exists", "into", "das", "der", "die", "ein", "eine", "es"),
        *("gibt", "ist", "sind", "wird", "wurde", "wurden"),
    )
)
"""What may stand with them."""
_FEW = 4
"""Words of a line that may be no more than that."""


def is_told(text: str) -> bool:
    """Tell whether a value is so long that it is more than such words for sure."""
    return len(text) > _LONGEST and len(text.strip()) > _LONGEST and "<!--" not in text


def is_later(text: str) -> bool:
    """Tell whether a value is nothing but words for what is written later.

    >>> is_later("_Tbd._"), is_later("- to do"), is_later("The to do list was full.")
    (True, True, False)
    """
    lines = _bare(text)
    return bool(lines) and all(
        it in _LATER or not it.strip("?.…") or it.startswith("<insert ") for it in lines
    )


def is_elsewhere(text: str) -> bool:
    """Tell whether a value says no more than that it stands in other words elsewhere.

    >>> is_elsewhere("See above."), is_elsewhere("See above for the chain.")
    (True, False)
    """
    lines = _bare(text)
    return bool(lines) and all(it in _ELSEWHERE for it in lines)


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


def is_done(text: str, action: str = "") -> bool:
    """Tell whether an end says no state that anybody could see.

    Nor does one that says of the action's own words that they are done.

    >>> is_done("Done."), is_done("the restart is done node by node")
    (True, False)
    >>> is_done("logs are better", "Improve the logs"), is_done("a log line is checked")
    (True, False)
    """
    lines = _bare(text)
    own = frozenset(_bare_words(action)) if lines else frozenset()
    return bool(lines) and all(it in _DONE or _is_again(it, own) for it in lines)


def _is_again(line: str, action: frozenset[str]) -> bool:
    """Tell whether a line says a bare state, of what the action names or of nothing."""
    words = _bare_words(line)
    states = _STATES.intersection(words)
    return (
        bool(states)
        and len(words) <= _FEW
        and not any(it.isdecimal() for it in line)
        and all(it in _STATES or it in _AROUND or it in action for it in words)
    )


def _bare_words(text: str) -> Sequence[str]:
    """Return its words in small letters, without marks."""
    return [it for word in text.casefold().split() if (it := word.strip(_MARKS))]


def _bare(text: str) -> Sequence[str]:
    """Return its lines in small letters, without marks; none of what is longer."""
    if "<!--" in text:
        text = uncommented(text)
    text = text.strip()
    if len(text) > _LONGEST:
        return ()
    lines = [" ".join(line.casefold().split()) for line in text.splitlines()]
    return [line.strip(_MARKS) or line for line in lines if line]
