"""Which of the options somebody means by what they typed."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.prompts.asking import Option


def named(answer: str, options: Sequence[Option]) -> list[str]:
    """Return the values that an answer may mean: by number, name or a piece of it."""
    if answer.isdecimal() and 0 < int(answer) <= len(options):
        return [options[int(answer) - 1].value]
    wanted = answer.casefold()
    names = {
        it.value: [name.casefold() for name in (it.value, it.label, it.aside) if name]
        for it in options
    }
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [
            value
            for value, known in names.items()
            if any(fits(name, wanted) for name in known)
        ]
        if found:
            return found
    return []


def label_of(options: Sequence[Option], value: str) -> str:
    """Return what an option with this value is called."""
    return next(option.label for option in options if option.value == value)
