"""The words of teams' own documents for what we ask, beyond those of old reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_HEADINGS: Mapping[str, Sequence[str]] = {
    "summary": (
        *("sommaire", "résumé", "resumen", "short summary"),
        *("what is this about", "problem description", "incident description"),
    ),
    "impact": (
        *("incidence", "impacto", "影響範囲"),
        *("affected users", "business impact", "who was affected", "summary of impact"),
    ),
    "background": ("contexte", "contexto", "背景"),
    "timeline": (
        *("cronología", "línea de tiempo"),
        *("chain of events", "sequence of events", "event log", "経緯"),
    ),
    "detection": (
        *("détection", "detección", "how did we find out"),
        *("how was it detected", "how did we notice", "monitoring"),
        *("how did we detect it", "how was it noticed", "how did we find it"),
    ),
    "response": ("escalation", "reaction", "réponse", "respuesta", "対応"),
    "recovery": (
        *("résolution", "resolución", "how was it fixed"),
        *("fix", "workaround", "restoration", "recovery steps"),
        *("how did we mitigate it", "how was it mitigated", "how did we fix it"),
    ),
    "what_happened": ("何が起きた", "qué pasó", "story"),
    "trigger": (
        *("élément déclencheur", "déclencheur", "desencadenante"),
        *("what set it off", "what triggered it", "was there a change that set it off"),
    ),
    "root_causes": (
        *("causes profondes", "cause profonde", "causa raíz"),
        *("identified cause", "why did it happen", "rca", "5 whys"),
        *("what caused the incident", "cause analysis"),
    ),
    "factors": (
        *("contributing conditions", "contributing conditions analysis"),
        "facteurs contributifs",
    ),
    "went_well": (
        *("ce qui a fonctionné", "qué salió bien", "良かった点"),
        *("positives", "what worked", "what worked well"),
    ),
    "was_hard": (
        *("ce qui n'a pas fonctionné", "qué salió mal"),
        *("what went badly", "what could have gone better", "what didn't go well"),
        *("what did not go well", "what could be improved", "改善点", "negatives"),
    ),
    "lucky": (
        *("facteurs de chance", "where did we get lucky", "where we had luck"),
        *("dónde tuvimos suerte", "幸運だった点"),
    ),
    "lessons": (
        *("leçons apprises", "lecciones aprendidas", "conclusion"),
        *("conclusions", "key takeaways", "learnings"),
    ),
    "actions": (
        *("éléments d'action", "actions correctives", "acciones"),
        *("follow up", "follow ups", "followups", "follow-up actions", "todo", "todos"),
        *("next actions", "preventive measures", "action plan", "再発防止"),
    ),
    "open_questions": ("questions ouvertes", "preguntas abiertas"),
    "revisions": ("change log", "revision history", "document history"),
    "appendix": (
        *("appendices", "annexe", "annexes", "参考リンク", "resources"),
        *("supporting documents", "useful links", "links", "further reading"),
    ),
}
_FACTS: Mapping[str, Sequence[str]] = {
    "title": (
        *("title", "name", "incident title", "incident name", "titre", "titel"),
        *("subject",),
    ),
    "severity": (
        *("severity", "sev", "severity level", "level", "impact level", "priority"),
        *("gravité", "sévérité", "severidad", "schweregrad", "障害レベル", "重要度"),
        *("sev level", "classification", "criticality"),
    ),
    "status": (
        *("status", "state", "état", "statut", "estado", "ステータス"),
        *("report status", "document status"),
    ),
    "owner": (
        *("owner", "author", "authors", "written by", "prepared by", "auteur"),
        *("autor", "作成者", "report author", "post-mortem owner", "lead"),
        *("document owner", "by", "auteurs", "verfasser", "auteur·rice·s"),
    ),
    "services": (
        *("services", "service", "affected services", "affected service"),
        *("services affected", "service affected", "service impacted"),
        *("services impacted", "impacted services", "impacted service", "components"),
        *("affected systems", "systems affected", "影響サービス", "product"),
    ),
    "tags": ("tags", "labels", "keywords"),
    "reviewers": ("reviewers", "reviewer", "reviewed by", "approvers", "承認者"),
    "audience": ("audience", "confidentiality", "distribution", "visibility"),
    "zone": ("time zone", "timezone", "zone"),
    "related": ("related incidents", "related reports", "related"),
    "onset": (
        *("start", "start time", "start date", "started", "started at", "began"),
        *("impact start", "incident start", "beginning", "onset", "from", "began at"),
        *("time of incident", "start date/time", "outage start", "début", "beginn"),
        *("date", "date of incident", "incident date", "日時", "発生日時", "fecha"),
    ),
    "detected": (
        *("detected", "detected at", "detection time", "time detected", "discovered"),
        *("time of detection", "date detected", "noticed", "reported at"),
    ),
    "acknowledged": ("acknowledged", "acknowledged at", "time acknowledged"),
    "declared": ("declared", "declared at", "time declared"),
    "identified": ("identified at", "cause identified"),
    "mitigated": ("mitigated", "mitigated at", "mitigation time", "time mitigated"),
    "resolved": (
        *("resolved", "resolved at", "resolution time", "time resolved", "end"),
        *("end time", "end date", "ended", "ended at", "fixed at", "until", "fin"),
        *("end date/time", "outage end", "impact end", "date resolved", "ende"),
    ),
    "closed": ("closed", "closed at", "date closed"),
    "published": (
        *("published", "published on", "publication date", "published at", "作成日"),
        *("postmortem date", "post-mortem date", "report date", "date of report"),
    ),
}
_LENGTHS: Mapping[str, Sequence[str]] = {
    "time to detect": ("time to detect", "ttd", "mttd", "time to detection"),
    "time to acknowledge": ("time to acknowledge", "tta", "mtta"),
    "time to mitigate": ("time to mitigate", "ttm", "mttm", "time to mitigation"),
    "time to resolve": (
        *("time to resolve", "ttr", "mttr", "time to repair", "time to recover"),
        *("duration", "total duration", "outage duration", "downtime", "durée"),
        *("time to resolution", "time to recovery", "dauer", "duración"),
    ),
}

_LOOKS = (
    *("analyse", "analyze", "answer", "ask", "attach", "be", "briefly", "capture"),
    *("consider", "copy", "create", "define", "describe", "detail", "did", "discuss"),
    *("document", "enter", "explain", "fill", "focus", "give", "how", "identify"),
    *("include", "indicate", "insert", "investigate", "lorem", "link", "links"),
    *("list", "mention", "name", "note", "outline", "paste", "please", "provide"),
    *("put", "quick", "quickly", "recommend", "record", "sequence", "short"),
    *("specify", "state", "summarise", "summarize", "tell", "think", "what", "when"),
    *("where", "which", "who", "why", "write", "brief", "any", "one", "e.g", "eg"),
    *("décrivez", "décrire", "quelle", "quelles", "quel", "quels", "qui", "comment"),
    *("précisez", "tenir", "soyez", "expliquez", "beschreibe", "beschreiben", "was"),
    *("wer", "wie", "wann", "warum", "welche", "describa", "describe", "explique"),
)
IMPERATIVES = frozenset(_LOOKS)
"""First words of sentences that tell what to write."""


def _turned(names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for name, said in names.items():
        for each in said:
            yield each.casefold(), name


HEADINGS = dict(_turned(_HEADINGS))
"""Plain headings, and the standard fields that they are names of."""
FACTS = dict(_turned(_FACTS))
"""Plain labels, and the facts that they are names of."""
LENGTHS = dict(_turned(_LENGTHS))
"""Plain labels, and the durations that they are names of."""
PARTS: Mapping[str, Sequence[str]] = {
    "text": ("comment", "comments", "message", "task", "followup", "follow-up"),
    "source": ("who", "actor", "by", "person", "component"),
    "link": ("issue #", "bug #", "pr", "jira", "reference", "de problème"),
    "status": ("complete", "completed", "complet", "progress"),
    "priority": ("niveau de priorité", "severity"),
    "due": ("date", "target", "échéance"),
    "owner": ("lead", "assigned", "team"),
    "at": ("heure", "fecha y hora"),
}
"""Words in the heads of columns, beyond those of old reports."""
DAYS = frozenset(
    ("date", "date of incident", "incident date", "日時", "発生日時", "fecha", "from")
)
"""Labels of a day that is the onset's, unless another one says when it began."""
