"""What an importer finds, one line each, as the cases beside the samples hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from postmortem.importers import Importer, Setting
from postmortem.importers.candidates import Candidate, Found, Note, Unplaced
from postmortem.importers.opening import opened

SAMPLES = Path(__file__).parent / "samples"
SUFFIX = ".events"
CHAT = ("slack", "discord", "teams", "mattermost", "whatsapp", "irc", "log", "pasted")
"""What people write with; some of it has clocks without a day."""
TOOLS = tuple(sorted({each.name for each in SAMPLES.iterdir()} - {*CHAT}))
SETTING = Setting(zone=UTC)
CHAT_SETTING = Setting(zone=UTC, near=datetime(2025, 5, 24, 12, tzinfo=UTC))


def samples(*tools: str) -> list[Path]:
    """Return the samples of these tools, each named as its importer."""
    found = (path for tool in tools for path in (SAMPLES / tool).iterdir())
    return sorted(path for path in found if path.suffix != SUFFIX)


def told(importer: Importer, path: Path) -> str:
    """Return what the importer finds in a sample, as text to compare."""
    setting = CHAT_SETTING if importer.name in CHAT else SETTING
    found = importer.events(opened(path), setting)
    return "".join(f"{line}\n" for line in spelled(found))


def spelled(found: Iterable[Found]) -> Iterator[str]:
    """Yield a line for each thing that was found."""
    for each in found:
        match each:
            case Note():
                yield f"note {each.where}: {each.text}"
            case Unplaced():
                yield f"unplaced {each.where}: {each.why}"
            case Candidate():
                yield from _candidate(each)


def _candidate(each: Candidate) -> Iterator[str]:
    until = f" to {each.until.isoformat()}" if each.until else ""
    about = "~" if each.approximate else ""
    yield f"{about}{each.at.isoformat()}{until} {each.text!r}"
    facts = {
        "kind": each.kind,
        "weight": each.weight,
        "source": each.source,
        "author": each.author,
        "link": each.link,
        "same": each.same,
        "id": each.id,
        "where": each.where,
    }
    said = (f"{key}: {value}" for key, value in facts.items() if value is not None)
    yield f"  {', '.join(said)}"
