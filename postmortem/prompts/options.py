"""Which of the options somebody means by what they typed."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.prompts.asking import Option


def named(answer: str, options: Sequence[Option]) -> list[str]:
    """Return the values that an answer may mean: by number, name or its beginning."""
    if answer.isdecimal() and 0 < int(answer) <= len(options):
        return [options[int(answer) - 1].value]
    wanted = answer.casefold()
    names = {it.value: (it.value.casefold(), it.label.casefold()) for it in options}
    exact = [value for value, known in names.items() if wanted in known]
    return exact or [
        value
        for value, known in names.items()
        if any(name.startswith(wanted) for name in known)
    ]


def label_of(options: Sequence[Option], value: str) -> str:
    """Return what an option with this value is called."""
    return next(option.label for option in options if option.value == value)
