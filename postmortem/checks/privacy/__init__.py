"""What no report should carry: credentials, personal data, words that stay inside."""

from __future__ import annotations

from postmortem.checks.privacy.attached import attached
from postmortem.checks.privacy.leaks import leak
from postmortem.checks.privacy.people import address, card, mail, phone, term
from postmortem.checks.privacy.secrets import credential

__all__ = ["address", "attached", "card", "credential", "leak", "mail", "phone", "term"]
