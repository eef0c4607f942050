"""Options in plain lines, each with the number that can be typed for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from postmortem.escape import single_line
from postmortem.prompts.asking import LETTER, YES, Option, ways_on
from postmortem.prompts.voice import Voice, phrases


def list_out(
    voice: Voice, options: Sequence[Option], values: Sequence[str] | None = None
) -> None:
    """Say the options under their headings; with `values`, those of them alone."""
    wide = len(str(len(options)))
    before: str | None = None
    for number, option in enumerate(options, 1):
        if values is not None and option.value not in values:
            continue
        if values is None and option.group != before and (before or option.group):
            voice.say(option.group or "")
        before = option.group
        head = f"  {number:>{wide}}. {f'{option.mark} ' if option.mark else ''}"
        voice.say(f"{head}{_said(option)}", hang=len(head) - 2)


def say_keys(voice: Voice, keys: str) -> None:
    """Say what can be typed, no phrase of it on two lines."""
    voice.say("\n".join(phrases(keys, voice.columns)))


def ask_ways(
    voice: Voice, question: str, ways: Mapping[str, str], *, letter: bool
) -> None:
    """Say a question with its ways, and below them what is typed."""
    list_ways(voice, question, ways, letter=letter)
    voice.say(f"{ways_on(ways, letter=letter)}.")


def list_ways(
    voice: Voice, question: str, ways: Mapping[str, str], *, letter: bool = True
) -> None:
    """Say a question, and behind each word what typing it does.

    With `letter`, that of `yes` stands for it.
    """
    voice.say(question, bold=True)
    typed = {LETTER if letter and it == YES else it: ways[it] for it in ways}
    wide = max(map(len, typed), default=0)
    for word, said in typed.items():
        voice.say(f"  {word:<{wide}}  {single_line(said)}", hang=wide + 2)


def _said(option: Option) -> str:
    aside = f" ({option.aside})" if option.aside else ""
    meaning = f": {option.meaning}" if option.meaning else ""
    return f"{option.label}{aside}{meaning}"
