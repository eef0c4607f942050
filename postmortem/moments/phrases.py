"""The shape of what people write: clocks with a day and a zone, in spans and pairs.

`20:07 EDT (00:07 UTC)` is one part and its check, `23:15-00:30 UTC / 16:15-17:30 PDT`
two sides of two parts each. All sides have to name the same instants.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from postmortem.moments.clocks import Clock, clock_shown, military
from postmortem.moments.dating import Day
from postmortem.moments.days import named_day
from postmortem.moments.refusals import NoForm, shown
from postmortem.moments.tokens import Token, tokens, unknown

_ENDS = 2
_MILITARY = 4
_NOON = 12
_ZONES = {"zone", "offset"}
_PARTS = {"clock", "number", "half", "about", "check", *_ZONES}


class Part(NamedTuple):
    """One clock, and what stands beside it."""

    clock: Clock
    day: Day | None = None
    zones: tuple[str, ...] = ()
    """Names of one zone; more than one have to agree, `+01:00[Europe/Paris]`."""
    approximate: bool = False
    checks: tuple[Side, ...] = ()
    """The same by other clocks, in parentheses."""


Side = tuple[Part, ...]
"""An instant, or the two ends of a span."""


def sides(text: str) -> tuple[Side, ...]:
    """Return one side, or several that name the same; each has one part or two.

    Raises NoForm, or NotATime when the day is none.
    """
    found = list(tokens(text))
    kinds = {each.kind for each in found}
    cut = _cut(found, text)
    return tuple(
        _ends([_part(one, text, kinds, alone=len(side) == 1) for one in side], text)
        for side in cut
    )


def _cut(found: list[Token], text: str) -> list[list[list[Token]]]:
    """Cut at what stands between clocks; a dash after a date alone is a filler."""
    cut: list[list[list[Token]]] = [[[]]]
    for token, after in pairwise([*found, Token("end", "", tight=False)]):
        part = cut[-1][-1]
        closed = _has_clock(part)
        if token.kind in ("slash", "equals"):
            if not closed:
                raise unknown(text, token.text)
            if token.kind == "slash" and _is_iso(part) and _is_iso([after]):
                cut[-1].append([])
            else:
                cut.append([[]])
        elif _between(token, after, part, closed=closed):
            cut[-1].append([])
        elif token.kind == "range" or (token.kind == "dash" and not part):
            raise unknown(text, token.text)
        elif token.kind not in ("dash", "filler", "bracket"):
            part.append(token)
    brackets = [each.text for each in found if each.kind == "bracket"]
    open_end = bool(found) and found[-1].kind == "filler"
    if open_end or brackets not in ([], ["(", ")"]):
        raise unknown(text, found[-1].text)
    if any(len(side) > _ENDS for side in cut):
        raise unknown(text, "")
    return cut


def _between(token: Token, after: Token, part: list[Token], *, closed: bool) -> bool:
    """Tell whether the token stands between the two ends of a span.

    A tilde that nothing follows is about the time before it.
    """
    if token.kind == "dash":
        lone = all(each.kind in ("number", "about") for each in part)
        tight = token.tight and bool(part) and part[-1].kind == "number"
        return closed or tight or (lone and bool(part))
    tilde = token.text == "~" and after.kind not in ("end", "bracket")
    return closed and (token.kind == "range" or tilde)


def _has_clock(part: list[Token]) -> bool:
    kinds = {each.kind for each in part}
    if kinds & {"clock", "compact", "half"}:
        return True
    numbers = [each for each in part if each.kind == "number"]
    return bool(numbers) and "month" not in kinds and len(numbers[-1].text) == _MILITARY


def _is_iso(part: list[Token]) -> bool:
    """Tell whether it is a date joined to its time with a T."""
    joined = [each for each in part if each.kind == "ymd" and each.text[-1] in "Tt"]
    return bool(joined) or any(each.kind == "compact" for each in part)


def _part(found: list[Token], text: str, kinds: set[str], *, alone: bool) -> Part:
    by_kind: dict[str, list[Token]] = {}
    if found and found[0].kind == "compact":
        found = _uncompacted(found)
    day, rest = named_day(found, text)
    for each in rest:
        by_kind.setdefault(each.kind, []).append(each)
    zones = [each.text for each in rest if each.kind in _ZONES]
    for kind, said in by_kind.items():
        if kind not in _PARTS or (len(said) > 1 and kind not in _ZONES):
            raise unknown(text, said[-1].text)
    return Part(
        clock=_clock(
            by_kind,
            text,
            dated="clock" not in kinds
            and (bool(day and day.dates) or bool(kinds & _ZONES)),
            halved=not alone and "half" in kinds,
        ),
        day=day,
        zones=tuple(each.strip("[]").rstrip(".") for each in zones),
        approximate="about" in by_kind,
        checks=tuple(
            side
            for each in by_kind.get("check", ())
            for side in sides(each.text[1:-1].strip())
        ),
    )


def _uncompacted(found: list[Token]) -> list[Token]:
    digits, _, clock = found[0].text.upper().partition("T")
    day = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}T"
    number = Token("number", clock, tight=True)
    return [Token("ymd", day, tight=True), number, *found[1:]]


def _clock(
    by_kind: dict[str, list[Token]], text: str, *, dated: bool, halved: bool
) -> Clock:
    """Return the one clock that there has to be.

    Four digits are one beside a date or a zone, two where the other end of the span
    has am or pm.
    """
    half = by_kind["half"][0] if "half" in by_kind else None
    clocks = [*by_kind.get("clock", ()), *by_kind.get("number", ())]
    if len(clocks) != 1:
        raise unknown(text, clocks[1].text if clocks else "")
    token = clocks[0]
    if token.kind == "clock" or half or (halved and len(token.text) < _MILITARY - 1):
        return clock_shown(token, half, text)
    found = military(token.text)
    if found is None:
        raise unknown(text, token.text)
    if not dated:
        raise NoForm(
            f"{shown(text)} could be a time, a year or a count",
            hint=f"write {token.text[:2]}:{token.text[2:]} for the time of day",
        )
    return found


def _ends(parts: list[Part], text: str) -> Side:
    """Give the start what only the end says, am or pm, day and zone; and back."""
    if len(parts) == 1:
        return tuple(parts)
    start, end = parts
    half = bool(start.clock.half and end.clock.half)
    if not half and (start.clock.from_zero or end.clock.from_zero):
        raise unknown(text, "")
    if end.clock.half and not start.clock.half and start.clock.hour <= _NOON:
        start = start._replace(clock=_halved(start.clock, end.clock))
    if start.day is None and end.day is not None:
        eve = start.clock.time(text) > end.clock.time(text)
        start = start._replace(day=end.day._replace(eve=eve))
    return (
        start._replace(zones=start.zones or end.zones),
        end._replace(zones=end.zones or start.zones),
    )


def _halved(start: Clock, end: Clock) -> Clock:
    """Give it the half of the end, or the other where it would come after the end."""
    later = (start.hour % _NOON, start.minute) > (end.hour % _NOON, end.minute)
    if later:
        return start._replace(half="a" if end.half == "p" else "p")
    return start._replace(half=end.half)
