"""Where the templates that come with the package are, however it was installed."""

from __future__ import annotations

from pathlib import Path

from postmortem.errors import Missing

_PACKAGE = Path(__file__).resolve().parent


def templates_folder() -> Path:
    """Return the folder of the shipped templates.

    A wheel holds it inside the package; a checkout and an editable install have it
    beside the package. Raises Missing when it is in neither place.
    """
    for folder in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if (folder / "reports").is_dir():
            return folder
    message = "the templates that come with postmortem are not where it is installed"
    raise Missing(
        message, path=str(_PACKAGE), hint="install it again, or run it from a checkout"
    )
