"""What the choice of a template brings with it, said before anything is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.commands._places import PERSON, origin
from postmortem.commands._streams import tell

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.markdown import Template
    from postmortem.settings import Place


def tell_cautions(env: Env, place: Place, template: Template) -> None:
    """Say who may not see such a report, and who cannot read it as it was meant."""
    for line in _cautions(place, template):
        tell(env, line)


def is_refused(place: Place, *, restricted: bool) -> bool:
    """Tell whether a report of such a template cannot be committed there."""
    return restricted and not place.settings.restricted


def _cautions(place: Place, template: Template) -> Iterator[str]:
    from postmortem.settings import FILE

    name = template.name
    if is_refused(place, restricted=template.restricted):
        yield (
            f"reports of the template {name!r} go into a restricted repository only,"
            f" and `submit` will refuse it here:\n"
            f"  write `restricted: true` in {FILE} if all who can read this repository,"
            " now and\n  later, may read it too; else begin it in one where that is so"
        )
    if origin(Path(template.path), place) == PERSON:
        yield (
            f"the template {name!r} is among your own, which others do not have;\n"
            f"  `postmortem init --template {name}` copies it into this repository"
        )
