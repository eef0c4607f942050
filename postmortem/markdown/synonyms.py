"""The names that other people's reports give to the standard fields and their parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from postmortem.markdown import german
from postmortem.markdown.fields import BODY, STANDARD

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "summary": (
        "summary",
        "issue summary",
        "incident summary",
        "executive summary",
        "tl;dr",
        "tldr",
        "overview",
        "problem summary",
        "サマリー",
        "概要",
        "问题",
    ),
    "impact": (
        "impact",
        "impacts",
        "user impact",
        *("customer impact", "business impact", "impact on users"),
        "what was impacted",
        "affected services",
        "影響",
        "影响",
    ),
    "background": ("background", "context", "leadup", "lead-up"),
    "timeline": (
        "timeline",
        "timeline of events",
        "incident timeline",
        "detection timeline",
        "key events",
        "chronology",
        "タイムライン",
        "时间线",
    ),
    "detection": ("detection", "identified", "how it was noticed", "検知"),
    "response": ("response", "what slowed us"),
    "recovery": (
        "recovery",
        "resolution",
        "resolution and recovery",
        "recovery efforts",
        "what ended it",
        "mitigation",
        "修复",
        "復旧",
    ),
    "what_happened": ("what happened", "fault", "narrative", "how we got here"),
    "trigger": ("trigger", "triggers"),
    "root_causes": (
        "root cause",
        "root causes",
        "root cause analysis",
        "root causes and trigger",
        "blameless root cause",
        "analysis",
        "analysis of causes",
        "causes",
        "cause",
        "five whys",
        "根因",
        "根本原因",
        "根本原因分析",
    ),
    "factors": ("contributing factors", "factors"),
    "safeguards_held": ("held", "safeguards that held"),
    "safeguards_failed": ("failed", "safeguards that failed"),
    "went_well": ("what went well", "things that went well", "went well"),
    "was_hard": (
        "what was hard",
        "what went wrong",
        "what went poorly",
        "what didn't go so well",
        "things that went poorly",
        "went poorly",
    ),
    "lucky": ("where we got lucky", "where we were lucky", "lucky"),
    "lessons": (
        "lessons",
        "lessons learned",
        "lessons learnt",
        "takeaways",
        "教訓",
    ),
    "actions": (
        "action items",
        "actions",
        "review actions",
        "corrective actions",
        "corrective and preventative measures",
        "immediate actions",
        *("follow-up tasks", "follow-up actions", "follow-ups", "followups"),
        *("action points", "remediation items", "tasks"),
        *("preventive measures", "preventative measures"),
        "recommendations",
        "remediation",
        "prevention",
        "next steps",
        "アクションアイテム",
    ),
    "open_questions": ("open questions", "unknowns"),
    "revisions": ("revisions", "changelog", "updates"),
    "appendix": ("appendix", "supporting information", "references"),
}

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "at": (
        "time",
        "at",
        "when",
        "date",
        "date/time",
        "datetime",
        "date and time",
        "timestamp",
        "timeline",
        "hora",
        "時刻",
        "时间",
    ),
    "text": (
        *("event", "text", "description", "what happened", "activity"),
        "what",
        "note",
        "details",
        "action",
        "action item",
        "item",
        "factor",
        "change",
        "evento",
        "acción",
        "イベント",
        "アクション",
        "mesure à prendre",
    ),
    "source": ("source", "data link", "evidence link", "where from"),
    "link": ("link", "issue", "bug", "ticket", "tracking", "url"),
    "kind": ("kind", "phase", "category"),
    "key": ("key", "#", "id", "no", "no."),
    "evidence": ("evidence", "proof"),
    "cause": ("came from", "because of"),
    "owner": (
        "owner",
        "assignee",
        "responsible",
        "assigned to",
        "dri",
        "who",
        "担当",
        "dueño",
        "responsable",
    ),
    "due": (
        *("due", "due date", "deadline", "expected date", "target date", "eta"),
        *("when", "by when", "until", "期限", "fecha"),
    ),
    "type": ("type",),
    "priority": ("priority", "prio"),
    "status": ("status", "state", "done", "状態"),
    "done_when": ("done when", "success criteria", "verification"),
    "factor": ("answers", "addresses", "factor key"),
    "on": ("date", "on", "day", "when"),
}


def _with_german(
    names: Mapping[str, tuple[str, ...]], german_names: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    return {name: (*said, *german_names.get(name, ())) for name, said in names.items()}


HEADINGS = _with_german(_HEADINGS, german.HEADINGS)
"""Normalised headings under which other people's reports keep the standard fields."""
COLUMNS = _with_german(_COLUMNS, german.COLUMNS)
"""Normalised column heads under which tables keep the parts of a row."""
_BROAD = ("when", "until", "bis")
"""Heads that give way to another one for the same part."""
_TIMES = ("time", "date", "timestamp", "zeit", "uhrzeit", "datum")
"""What begins the head of times, as in `Time in CET`."""

_DECORATION = re.compile(
    r"\{#[^}]*\}|:[a-z0-9_+-]+:|<[^>]*>|^[\W\d_]*[.):]?\s+|[*_`#]|\[|\]\([^)]*\)|\]"
)
_ZONE_OR_NOTE = re.compile(r"\s*[(\uff08].*$")


@cache
def plain_heading(text: str) -> str:
    """Return a heading as it is compared: no numbering, emphasis, anchor or case.

    >>> plain_heading("2. **Timeline** (CET):")
    'timeline'
    """
    bare = text.replace("\u2019", "'").strip().rstrip(":.")
    bare = _ZONE_OR_NOTE.sub("", bare) or bare
    for _ in range(2):
        bare = _DECORATION.sub("", bare).strip()
    bare = bare or text
    return " ".join(bare.strip(" :.?\u3002\uff1a").casefold().split())


@cache
def heading_field(text: str) -> str | None:
    """Return the standard field that a heading is a name of, or None."""
    return _by_heading().get(plain_heading(text))


def part_named(head: str, parts: Sequence[str], heads: Sequence[str]) -> str | None:
    """Return the part that a head is a name of, among all heads of its table."""
    for part in parts:
        if _names(head, part):
            others = (each for each in heads if each != head and _names(each, part))
            return None if head in _BROAD and any(others) else part
    return None


def _names(head: str, part: str) -> bool:
    begins = head.partition(" ")[0] if part == "at" else ""
    said = COLUMNS.get(part, ())
    return head == part.replace("_", " ") or head in said or begins in _TIMES


@cache
def _by_heading() -> Mapping[str, str]:
    names = {
        heading: name for name, headings in HEADINGS.items() for heading in headings
    }
    for name in BODY:
        names.setdefault(plain_heading(STANDARD[name].label), name)
    return names
