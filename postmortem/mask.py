"""Secrets that a program is given by accident, hidden before a text is shown or kept.

It is for our own errors and logs, so it hides too much rather than too little; what a
report may hold is for the checks to say.
"""

from __future__ import annotations

import re

HIDDEN = "***"

_SECRETS = re.compile(
    r"""
    (?<=://) [^/\s@'"<>]+ (?=@)                      # user:password in an address
    | (?<![A-Za-z0-9]) (?:
        gh[opsur]_ [A-Za-z0-9]{16,}                  # GitHub
      | github_pat_ \w{20,}
      | glpat- [\w-]{16,}                            # GitLab
      | xox[a-z] - [A-Za-z0-9-]{8,}                  # Slack
      | xapp- [A-Za-z0-9-]{8,}
      | sk- [\w-]{16,}
      | (?: AKIA | ASIA ) [A-Z0-9]{16}               # AWS
      | AIza [\w-]{30,}                              # Google
      | npm_ [A-Za-z0-9]{20,}
      | pypi- [\w-]{20,}
      | eyJ [\w-]{8,} \. [\w-]{8,} \. [\w-]*         # a JSON web token
      )
    | (?<=hooks\.slack\.com/services/) \S+
    | -----BEGIN [ ] [A-Z ]* PRIVATE [ ] KEY----- .*? (?: -----END | \Z )
    """,
    re.VERBOSE | re.DOTALL,
)
_NAMED = re.compile(
    r"""
    (?P<name>
      (?: \b authorization ["'\s]* [:=] ["'\s]* (?: (?: basic|bearer|token ) \s+ )?
      | \b bearer \s+
      | (?: password|passwd|secret|token | (?: api|access|private) _? key )
        ["'\s]* (?: => | [:=] ) ["'\s]*
      )
    )
    (?P<value> [^\s"',;&]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def masked(text: str) -> str:
    """Return the text with everything that looks like a credential hidden.

    >>> masked("fatal: https://me:ghp_x@example.com/a.git, token=abc")
    'fatal: https://***@example.com/a.git, token=***'
    """
    return _NAMED.sub(rf"\g<name>{HIDDEN}", _SECRETS.sub(HIDDEN, text))
