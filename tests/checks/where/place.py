"""One report of an example team: clean, weak, or with a credential in it."""

from __future__ import annotations

from tests.checks.privacy.planted import SECRETS
from tests.checks.reports import BASE
from tests.commands.stage import Stage

ID = "2026-03-02-checkout-slow-after-a-cache-change"
PATH = f"postmortems/{ID}.md"
CLEAN = BASE.replace("due 2026-", "due 2099-")
_FOUND = "The alert on slow orders paged 6 minutes after onset.\n"
_HIT = "An alert on the cache's hit rate can page within one minute (A2).\n"
WEAK = CLEAN.replace(_FOUND, "").replace(_HIT, "")
"""Nobody says how it was noticed: an error, PM204."""
SECRET = SECRETS["github"]
LEAKING = CLEAN.replace("## Impact\n", f"## Impact\n\nThe log has {SECRET} in it.\n", 1)
"""PM701, on the line LINE."""
LINE = LEAKING[: LEAKING.index(SECRET)].count("\n") + 1


def stage_text(stage: Stage, text: str, path: str = PATH) -> None:
    """Put a text into the index; the work tree stays as it is."""
    sha = stage.repo.git("hash-object", "-w", "--stdin", stdin=text.encode())
    entry = f"100644,{sha},{path}"
    stage.repo.git("update-index", "--add", "--cacheinfo", entry)
