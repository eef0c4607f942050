"""Which tool tells which event of the sample, and how it would have said it.

The words and times are the report's own, so that evidence and report tell one story.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from postmortem import markdown, shipped
from postmortem.markdown import inline
from postmortem.model import Event
from postmortem.scribe import Entry
from postmortem.scribe.entries import line
from postmortem.templating import Source

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "a-failover"
FOLDER = SAMPLE / "evidence"
REPOSITORY = "traffic-config"

_COMMIT = re.compile(r"\A(?:commit|merge) [0-9a-f]+: ")
_GIT = ("2025-03-11 18:00",)
_ALERT = "2025-05-24 13:03"
_NOTES = ("2025-05-24 13:38", "2025-05-24 14:33")
_INCIDENT = tuple(
    f"2025-05-24 {clock}" for clock in ("13:24", "13:44", "14:12", "14:27", "15:32")
)
_SUPPORT = ("2025-05-24 13:12",)
_CHATTER = (
    ("13:08", "is it only me, or does the feed not load"),
    ("13:10", "not only you"),
    ("13:26", "provider of the content network is on the line"),
    ("14:02", "who has the second key?"),
    ("14:35", "feed loads here again"),
    ("15:01", "thank you all"),
)
_ROLES = ("support-duty", "sre-on-call", "incident-commander", "web-on-call")


def evidence() -> dict[str, bytes]:
    """Return every file of the evidence by its name."""
    rows = {f"{row.at:%Y-%m-%d %H:%M}": row for row in _timeline() if row.at}
    return {
        "slack-export.zip": _slack(rows),
        "pagerduty.json": _json(_pagerduty(rows)),
        "alertmanager.json": _json(_alertmanager(rows[_ALERT])),
        "history.sh": _history(rows),
        "log.jsonl": b"".join(_log(rows)),
    }


def _timeline() -> tuple[Event, ...]:
    (path,) = SAMPLE.glob("*.md")
    shipped_here = Source(path=shipped.templates_folder() / "reports", trusted=True)
    template = markdown.load("default", (shipped_here,))
    reading = markdown.read(path.read_text(encoding="utf-8"), template)
    return reading.report.timeline or ()


def _slack(rows: dict[str, Event]) -> bytes:
    """Return an export: two channels that tell the story, and one of talk."""
    alert = rows[_ALERT]
    told = {
        "incident": [
            _bot(_at(alert, 31), f"Alert: {_text(alert)}"),
            *(
                _message(_at(rows[key], 7), _text(rows[key]), 1 + at % 3)
                for at, key in enumerate(_INCIDENT)
            ),
        ],
        "support": [_message(_at(rows[key], 9), _text(rows[key])) for key in _SUPPORT],
        "talk": [
            _message(_clock(alert, clock), text, at % len(_ROLES))
            for at, (clock, text) in enumerate(_CHATTER)
        ],
    }
    files: dict[str, Any] = {
        "users.json": [
            {"id": _user(at), "name": role, "deleted": False, "is_bot": False}
            for at, role in enumerate(_ROLES)
        ],
        "channels.json": [
            {"id": f"C00000000{at}", "name": name} for at, name in enumerate(told)
        ],
    }
    files |= {f"{name}/2025-05-24.json": each for name, each in told.items()}
    return _zip({name: _json(each) for name, each in files.items()})


def _message(at: datetime, text: str, who: int = 0) -> dict[str, str]:
    stamp = f"{at.timestamp():.6f}"
    return {"type": "message", "user": _user(who), "text": text, "ts": stamp}


def _bot(at: datetime, text: str) -> dict[str, str]:
    return {
        "type": "message",
        "subtype": "bot_message",
        "bot_id": "B000000001",
        "username": "alerts",
        "text": text,
        "ts": f"{at.timestamp():.6f}",
    }


def _user(number: int) -> str:
    return f"U00000000{number}"


def _pagerduty(rows: dict[str, Event]) -> dict[str, Any]:
    """Return the log entries of one incident: the page, and notes of a call."""
    alert = rows[_ALERT]
    incident = {
        "id": "PFAILOVER1",
        "type": "incident_reference",
        "summary": f"[#2105] {_text(alert)}",
        "html_url": alert.link,
    }
    entries = [
        {
            "id": "R0000000001",
            "type": "trigger_log_entry",
            "summary": "Triggered through the API",
            "created_at": _zulu(_at(alert, 5)),
            "agent": {"type": "service_reference", "summary": "building system"},
            "channel": {"type": "api"},
            "service": None,
            "incident": incident,
        }
    ]
    entries += [
        {
            "id": f"R000000000{number}",
            "type": "annotate_log_entry",
            "summary": "Note added",
            "created_at": _zulu(_at(rows[key], 40)),
            "agent": {"type": "user_reference", "summary": "hall-duty"},
            "channel": {"type": "note", "summary": _text(rows[key])},
            "service": None,
            "incident": incident,
        }
        for number, key in enumerate(_NOTES, 2)
    ]
    return {"log_entries": entries, "limit": 25, "offset": 0, "more": False}


def _alertmanager(alert: Event) -> dict[str, Any]:
    """Return the webhook for the alert that the pager has too."""
    labels = {"alertname": _text(alert), "severity": "page"}
    return {
        "version": "4",
        "groupKey": "{}:{severity='page'}",
        "status": "firing",
        "receiver": "pager",
        "groupLabels": {"severity": "page"},
        "commonLabels": labels,
        "commonAnnotations": {},
        "externalURL": "https://alerts.example.com",
        "alerts": [
            {
                "status": "firing",
                "labels": labels,
                "annotations": {},
                "startsAt": _zulu(_at(alert, 20)),
                "endsAt": "0001-01-01T00:00:00Z",
                "generatorURL": "https://metrics.example.com/graph",
                "fingerprint": "0b8f2c1e9d3a4f56",
            }
        ],
    }


def _history(rows: dict[str, Event]) -> bytes:
    """Return a script that makes a repository with the change in it."""
    lines = [
        "#!/bin/sh",
        "# Makes the git history of the sample: sh history.sh FOLDER",
        "set -e",
        f'folder="${{1:-{REPOSITORY}}}"',
        'git init -q "$folder" && cd "$folder"',
        "export GIT_AUTHOR_NAME='edge traffic lead' GIT_AUTHOR_EMAIL=edge@example.com",
        'export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME"',
        'export GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"',
    ]
    for key in _GIT:
        when, text = _zulu(_at(rows[key], 12)), shlex.quote(_text(rows[key]))
        lines += [
            "",
            f"export GIT_AUTHOR_DATE={when} GIT_COMMITTER_DATE={when}",
            "printf 'hall-a\\nhall-b\\nhall-b\\n' > checkers",
            "git add checkers",
            f"git -c commit.gpgsign=false commit -q -m {text}",
        ]
    return "\n".join([*lines, ""]).encode()


def _log(rows: dict[str, Event]) -> list[bytes]:
    """Return what was noted with `postmortem log`: all that no other tool has."""
    others = {*_GIT, *_NOTES, *_INCIDENT, _ALERT}
    noted = [(key, row) for key, row in rows.items() if key not in others]
    return [
        line(
            Entry(
                at=_at(row, 2),
                text=_text(row),
                kind=row.kind,
                host=_host(row),
                id=f"a0{number:010d}",
            )
        )
        for number, (_, row) in enumerate(noted)
    ]


def _at(row: Event, seconds: int) -> datetime:
    """Return when a tool had it: within the minute that the report says."""
    assert row.at is not None
    return row.at + timedelta(seconds=seconds)


def _clock(row: Event, clock: str) -> datetime:
    assert row.at is not None
    hours, minutes = map(int, clock.split(":"))
    return row.at.replace(hour=hours, minute=minutes, second=15)


def _text(row: Event) -> str:
    return _COMMIT.sub("", inline.plain(row.text))


def _host(row: Event) -> str | None:
    """Return where it was noted: `director` of a row whose source is `log director`."""
    return (row.source or "").split(", ")[0].removeprefix("log").strip() or None


def _zulu(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _json(value: Any) -> bytes:
    return f"{json.dumps(value, indent=1, ensure_ascii=False)}\n".encode()


def _zip(files: dict[str, bytes]) -> bytes:
    """Return a zip whose bytes depend on nothing but the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as export:
        for name, raw in files.items():
            member = zipfile.ZipInfo(name, (2025, 5, 26, 9, 0, 0))
            member.external_attr = 0o100644 << 16
            export.writestr(member, raw)
    return out.getvalue()
