"""Which e-mail addresses are no person's: of functions, lists, mere examples."""

from __future__ import annotations

import re

_RESERVED = re.compile(  # RFC 2606 and RFC 6761
    r"(?:\A|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost|local)\Z"
)
_LISTS = re.compile(
    r"(?:\A|\.)(?:(?:lists?|listserv|mailman)\.[\w-]+\.[\w.-]+"
    r"|freelists\.org|googlegroups\.com|groups\.io|vger\.kernel\.org)\Z"
)
"""Hosts of mailing lists."""
_PICTURE = re.compile(r"@\dx\.(?:png|jpe?g|gif|webp)\Z")
_FUNCTIONS = frozenset(
    (
        *("abuse", "ftp", "hostmaster", "info", "marketing", "news", "noc", "sales"),
        *("security", "support", "usenet", "uucp", "webmaster", "www", "postmaster"),
        *("bugs", "careers", "contact", "feedback", "hello", "help", "helpdesk"),
        *("jobs", "legal", "media", "press", "privacy", "service", "servicedesk"),
        *("datenschutz", "hilfe", "kontakt", "presse", "vertrieb"),
        *("admin", "alerts", "devops", "oncall", "operations", "ops", "sre", "team"),
        *("announce", "commits", "dev", "devel", "discuss", "list", "request", "users"),
        *("donotreply", "git", "mailerdaemon", "noreply", "notifications", "root"),
    )
)
"""What answers there: two lines of RFC 2142, then what else is open to everybody, those
who run systems, mailing lists, and programs.
"""


def is_nobodys(address: str) -> bool:
    """Tell whether nobody is named by an address: it is a function's, a list's or none.

    A function may have words before it, behind a hyphen: that is how lists are called.

    >>> is_nobodys("security@ours.eu"), is_nobodys("search-dev@ours.eu")
    (True, True)
    >>> is_nobodys("desk.of.security@ours.eu")
    False
    """
    small = address.casefold()
    local, _, host = small.partition("@")
    if _RESERVED.search(host) or _LISTS.search(host) or _PICTURE.search(small):
        return True
    words = local.partition("+")[0].replace("_", "-").split("-")
    return words[-1] in _FUNCTIONS or "".join(words) in _FUNCTIONS
