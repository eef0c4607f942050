"""What says who somebody is or what a customer is called, and need not stand here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import digits
from typing import TYPE_CHECKING

from postmortem.checks.rules import ERROR, rule
from postmortem.checks.windows import alike, found_near, spots

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding

_MAIL = re.compile(
    r"(?<![\w.+/:@-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}(?![\w:@])"
)
_IPV4 = re.compile(r"(?<![\w.:/-])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?![\w]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
_RESOLVERS = {
    *("8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844"),
    *("1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001"),
    *("9.9.9.9", "149.112.112.112", "2620:fe::fe", "2620:fe::9"),
}
"""Of the public services that answer everybody's questions about names."""
_AT, _DOTS = re.compile("@"), re.compile(r"\.\d{1,3}\.\d")
_COLONS = re.compile(":[0-9A-Fa-f]{0,4}:")
_ABROAD, _LOCALLY = re.compile(r"\+[1-9]"), re.compile(r"\(\d{3}\)")
"""What is quickly found on the lines that have an address, or a phone's number."""
_DIGITS = bytes(ord("0") if chr(at) in digits else at for at in range(256))
"""A nought for each digit."""
_ISSUED = re.compile(r"[3-6][0-9]{3}[ -]?[0-9]{2}")
"""How a payment card's number begins, by its issuers."""
_VERSION = re.compile(r"(?i)(?:\bv|\bversions?\s|\brelease\s|\bbuild\s|[=~^<>]=?\s?)\Z")
_PHONE = re.compile(
    r"(?<![\w+./:-])(?:\+[1-9]\d{0,2}(?:[ ./-]?\(?\d{1,4}\)?){2,6}"
    r"|\(\d{3}\) ?\d{3}-\d{4})(?![\w:/-]|\.\d)"
)
_MOBILE = re.compile(
    r"(?<![\w.,+/:-])(?<!\d )(?P<open>\()?01(?:5\d{1,2}|6[023]|7\d)(?(open)\))"
    r"[ /-]\d{3,8}(?:[ -]\d{2,4}){0,2}(?![\w:/-]|[., ]\d)"
)
"""A mobile phone's number as it is written in Germany."""
_MOBILES = ("015", "016", "017")
_MOBILE_LENGTHS = (10, 11, 12)
_CARD = re.compile(r"(?<![\w.#/=-])[3-6][0-9]{3}(?:[ -]?[0-9]{2,7}){2,4}(?![\w-]|\.\d)")
_ELSEWHERE = re.compile(r"[^\D0-9]")
"""A digit of another script."""
_CARD_LENGTHS = (14, 15, 16, 19)
_PHONE_LENGTHS = range(8, 16)
"""Digits of a number with its country code, by ITU-T E.164; 15 at most."""
_LOCAL = 10
_CLOSE = "take it out, or name the role or the system instead"


@rule(code="PM711", name="an e-mail address", group="privacy")
def mail(subject: Subject) -> Iterator[Finding]:
    """Yield addresses of people; the front matter may name an owner by one.

    Those of functions (RFC 2142) and of mailing lists are no person's.
    """
    begin = subject.starts[subject.spans.body]
    places = (each.start() for each in _AT.finditer(subject.text, begin))
    for found in found_near(_MAIL, subject.text, places):
        from postmortem.checks.privacy.mailboxes import is_nobodys

        if not is_nobodys(found[0]):
            host = found[0].partition("@")[2]
            yield subject.span(
                *found.span(),
                f"an e-mail address: {found[0][0]}…@{host}",
                hint=_CLOSE,
            )


@rule(code="PM712", name="an address on the internet", group="privacy")
def address(subject: Subject) -> Iterator[Finding]:
    """Yield IP addresses that lead somewhere; private and documentation ones do not."""
    for pattern, sign in ((_IPV4, _DOTS), (_IPV6, _COLONS)):
        places = (each.start() for each in sign.finditer(subject.text))
        for found in found_near(pattern, subject.text, places):
            before = subject.text[max(0, found.start() - 10) : found.start()]
            if _leads_somewhere(found[0]) and not _VERSION.search(before):
                shown = re.split(r"[.:]", found[0], maxsplit=1)[0]
                yield subject.span(
                    *found.span(),
                    f"an IP address that the internet can reach: {shown}…",
                    hint="name the host's role, unless the address is the point",
                )


@rule(code="PM713", name="a phone number", group="privacy")
def phone(subject: Subject) -> Iterator[Finding]:
    """Yield numbers written with a country code, or as in North America or Germany."""
    begin = subject.starts[subject.spans.body]
    signs = (it.finditer(subject.text, begin) for it in (_ABROAD, _LOCALLY))
    places = (each.start() for found in signs for each in found)
    for found in found_near(_PHONE, subject.text, places):
        number = re.sub(r"\D", "", found[0])
        local = found[0].startswith("(") and len(number) == _LOCAL
        if local or (found[0].startswith("+") and len(number) in _PHONE_LENGTHS):
            yield _number(subject, found)
    for found in found_near(_MOBILE, subject.text, spots(subject.text, _MOBILES)):
        if len(re.sub(r"\D", "", found[0])) in _MOBILE_LENGTHS:
            yield _number(subject, found)


def _number(subject: Subject, found: re.Match[str]) -> Finding:
    said = f"a phone number: {found[0][:3]}…"
    return subject.span(*found.span(), said, hint=_CLOSE)


@rule(code="PM714", name="a payment card's number", group="privacy", severity=ERROR)
def card(subject: Subject) -> Iterator[Finding]:
    """Yield numbers with a card's length, beginning and check digit."""
    text = _digits_here(subject.text)
    places = (at for at in alike(text, _DIGITS, b"0000") if _ISSUED.match(text, at))
    for found in found_near(_CARD, text, places):
        number = re.sub(r"\D", "", found[0])
        if len(number) in _CARD_LENGTHS and len(set(number)) > 1 and _luhn(number):
            yield subject.span(
                *found.span(),
                f"a payment card's number: ends in {number[-4:]}",
                hint="take it out; the last four digits are enough to talk about it",
            )


@rule(code="PM715", name="a word that stays inside", group="privacy")
def term(subject: Subject) -> Iterator[Finding]:
    """Yield the words that the settings list under `terms`: names of customers.

    Where one has blanks there may be nothing, a hyphen or an underscore: hosts and
    tenants are called so.
    """
    terms = sorted(subject.settings.terms, key=len, reverse=True)
    spelled = (map(re.escape, each.split()) for each in terms if not each.isspace())
    words = "|".join(filter(None, map(r"[\s_-]?".join, spelled)))
    if not words:
        return
    for found in re.finditer(rf"(?i)(?<!\w)(?:{words})(?!\w)", subject.text):
        yield subject.span(
            *found.span(),
            "a term that the settings keep inside: "
            f"{found[0][0]}… ({len(found[0])} characters)",
            hint="write what it is instead: a customer, a partner, a project",
        )


def _leads_somewhere(text: str) -> bool:
    from ipaddress import ip_address

    try:
        found = ip_address(text.partition("/")[0])
    except ValueError:
        return False
    reached = found.is_global and not found.is_multicast
    return reached and str(found) not in _RESOLVERS


def _digits_here(text: str) -> str:
    """Return a text, as long as it was, with the digits of every script as 0 to 9."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return _ELSEWHERE.sub(lambda found: str(int(found[0])), text)
    return text


def _luhn(number: str) -> bool:
    """Tell whether the check digit is right, by ISO/IEC 7812-1, annex B."""
    doubled = [int(each) * 2 for each in number[-2::-2]]
    total = sum(each - 9 if each > 9 else each for each in doubled)  # noqa: PLR2004
    return (total + sum(int(each) for each in number[-1::-2])) % 10 == 0
