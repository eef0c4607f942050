"""Options in plain lines, each with the number that can be typed for it."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.prompts.asking import Option
from postmortem.prompts.voice import Voice


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


def _said(option: Option) -> str:
    aside = f" ({option.aside})" if option.aside else ""
    meaning = f": {option.meaning}" if option.meaning else ""
    return f"{option.label}{aside}{meaning}"
