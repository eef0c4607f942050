"""What was said and is in no file and no commit yet; it survives `kill -9`."""

from __future__ import annotations

from postmortem.drafts.draft import Draft, Writer, key_of
from postmortem.drafts.folder import DAYS_KEPT, Drafts
from postmortem.drafts.journal import Journal
from postmortem.drafts.locks import Busy

__all__ = ["DAYS_KEPT", "Busy", "Draft", "Drafts", "Journal", "Writer", "key_of"]
