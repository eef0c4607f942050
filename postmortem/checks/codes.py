"""What somebody probably meant who wrote the code of a rule that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortem.checks.catalogue import rules
from postmortem.checks.rules import GROUPS

_CODE = re.compile(r"PM[0-9]{3}")
_GROUP = 3
"""Characters of a code that say which group its rule belongs to."""
_MOST = 2


def said_of(code: str) -> str:
    """Return a hint: the rules with nearly the same code, else those of its group.

    >>> said_of("PM999")
    'codes begin with PM0 to PM8, and three digits in all'
    """
    if near := list(_near(code))[:_MOST]:
        told = [f"{each} ({rules()[each].name})" for each in near]
        return f"did you mean {' or '.join(told)}?"
    about = {begins: group for group, begins in GROUPS.items()}
    group = about.get(code[:_GROUP])
    if group is None:
        last = max(about)
        return f"codes begin with {min(about)} to {last}, and three digits in all"
    every = [each for each in rules() if each.startswith(code[:_GROUP])]
    return f"the rules about {group} are {every[0]} to {every[-1]}"


def _near(code: str) -> Iterator[str]:
    """Yield the codes of its group that differ in one digit, or in the order of two.

    Of what is not written as a code is, that which has it as its digits, if any.
    """
    if f"PM{code}" in rules():
        yield f"PM{code}"
    if not _CODE.fullmatch(code):
        return
    group = [each for each in rules() if each.startswith(code[:_GROUP])]
    swapped = [it for it in group if it[_GROUP:] == code[_GROUP:][::-1]]
    yield from swapped
    for each in sorted(group, key=lambda it: abs(int(it[2:]) - int(code[2:]))):
        same = sum(a == b for a, b in zip(each, code, strict=True))
        if each not in swapped and same == len(code) - 1:
            yield each
