"""Whether a text says in words how many there were, or for how long."""

from __future__ import annotations

from collections.abc import Sequence

AROUND = "()[]{}*_\"'`.,;:!?~<>=≈≥≤±+-|…/$€£¥₹−‘’“”„"
"""What may stand around a word or an amount."""
UNCOUNTED = ("incident", "vorfall", "vorfäll", "störfall", "störfäll")
"""How a word begins before which a number says nothing of the impact."""
_NUMBERS = frozenset(
    (
        *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
        *("seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty"),
        *("sixty", "seventy", "eighty", "ninety", "zero", "half", "dozen", "dozens"),
        *("hundred", "hundreds", "thousand", "thousands", "million", "millions"),
        *("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
        *("elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "zwanzig", "dreißig"),
        *("vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig", "hundert"),
        *("tausend", "dutzend", "dutzende", "hunderte", "tausende", "millionen"),
        *("hälfte", "halbe", "halben", "viertel", "viertelstunde", "dreiviertel"),
        *("dreiviertelstunde", "drittel", "fünftel", "zehntel"),
    )
)
_PARTS = ("third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth")
"""Before `of`."""
_TOTALS = frozenset(
    (
        *("all", "none", "no", "every", "each", "nobody", "everybody", "everyone"),
        *("alle", "allen", "aller", "alles", "jede", "jeder", "jedem", "jeden"),
        *("kein", "keine", "keinem", "keinen", "keiner", "keines", "keins"),
        *("niemand", "niemandem", "niemanden", "one"),
    )
)
"""What says how many where those who were hit stand near behind."""
_ONE = frozenset(("a", "an", "ein", "eine", "einem", "einen", "einer", "one"))
_EVERYBODY = ("all", "everybody", "everyone", "alle")
_FOR = ("for", "für")
_LENGTHS = ("hour", "day", "week", "stunde", "tag", "woche")
_NOT_SINGLE = ("point", "sign", "source")
_ABOUT = (*_FOR, "about", "almost", "nearly", "over", "around", "within", "than")
_NEAR = 3
"""Words that may stand between."""
_HIT = (
    *("customer", "client", "user", "people", "person", "member", "visitor", "tenant"),
    *("account", "partner", "merchant", "shop", "store", "region", "zone", "countr"),
    *("site", "website", "service", "server", "instance", "node", "host", "cluster"),
    *("request", "quer", "calls", "order", "booking", "payment", "transaction"),
    *("purchase", "sale", "ticket", "reader", "player", "student", "patient", "team"),
    *("job", "builds", "pods", "message", "mail", "email", "event", "file", "record"),
    *("data", "reads", "writes", "login", "logins", "session", "traffic", "connection"),
    *("deploys", "deployment", "pages", "search", "device", "apps", "invoice"),
    *("hub", "workload", "webhook", "package", "download", "upload", "parcel"),
    *("impact", "effect", "loss", "downtime", "damage", "outage", "interruption"),
    *("affected", "hit", "impacted", "noticed", "could", "can", "lost", "failed"),
    *("down", "unavailable", "unreachable", "offline"),
    *("kund", "nutzer", "benutzer", "anwender", "filial", "bestell", "anfrag", "konto"),
    *("konten", "händler", "zahlung", "dienst", "seite", "auftr", "aufträg", "buchung"),
    *("daten", "mandant", "standort", "gerät", "sitzung", "rechnung", "mitarbeit"),
    *("mensch", "leute", "lieferung", "paket", "auswirkung", "ausfall", "ausfäll"),
    *("schaden", "schäden", "verlust", "betroffen", "konnte", "merkte", "bemerkte"),
    *("nachricht", "erreichbar", "verloren", "anmeld"),
)
"""How those begin who were hit, or what was, and what is said of them."""


def is_counted(text: str) -> bool:
    """Tell whether a text says how many in words: two, half, all customers, nobody.

    >>> is_counted("No customer noticed."), is_counted("Everybody was upset.")
    (True, False)
    """
    words = text.casefold().replace("-", " ").split()
    bare = [word.partition("](")[0].strip(AROUND) for word in words]
    return any(_counts(words, bare, at) for at in range(len(bare)))


def _counts(words: Sequence[str], bare: Sequence[str], at: int) -> bool:
    """Tell whether one of the words says how many."""
    word, before = bare[at], bare[at - 1] if at else ""
    behind = bare[at + 1] if at + 1 < len(bare) else ""
    if word in _NUMBERS:
        return not behind.startswith(UNCOUNTED)
    if word == "single":
        return before == "a" and behind not in _NOT_SINGLE
    if word in _PARTS:
        return behind == "of"
    if word in _EVERYBODY and before in _FOR:
        return True
    if word in _ONE and before in _ABOUT and behind.startswith(_LENGTHS):
        return True
    is_total = word in _TOTALS and before != "no"
    is_one = word in _ONE and word[0] == "e"
    near = _NEAR if is_total else 0
    return (is_total or is_one) and _is_near(words[at:], bare[at:], near)


def _is_near(words: Sequence[str], bare: Sequence[str], near: int) -> bool:
    """Tell whether the first word is said of those who were hit."""
    for at in range(1, min(near + 2, len(words))):
        if words[at - 1][-1] in ".,;:!?":
            return False
        if bare[at].startswith(_HIT):
            return True
    return False
