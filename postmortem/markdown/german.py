"""The names that German reports give to the standard fields and their parts.

They are in small letters as `casefold` makes them, with `ss` for a sharp s.
"""

from __future__ import annotations

from collections.abc import Mapping

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "summary": ("zusammenfassung", "kurzfassung", "überblick"),
    "impact": ("auswirkung", "auswirkungen"),
    "background": ("hintergrund",),
    "timeline": (
        *("zeitleiste", "zeitlinie", "zeitachse", "zeitstrahl", "zeitverlauf"),
        *("zeitlicher ablauf", "ablauf", "chronologie"),
    ),
    "detection": ("erkennung", "entdeckung"),
    "response": ("reaktion",),
    "recovery": ("behebung", "lösung", "wiederherstellung"),
    "what_happened": ("was ist passiert", "was geschah", "hergang"),
    "trigger": ("auslöser",),
    "root_causes": ("ursache", "ursachen", "grundursache", "ursachenanalyse"),
    "factors": ("beitragende faktoren",),
    "went_well": ("was gut lief", "was lief gut"),
    "was_hard": ("was schlecht lief", "was lief schlecht"),
    "lucky": ("wo wir glück hatten",),
    "lessons": ("lehren", "erkenntnisse"),
    "actions": ("massnahmen", "folgemassnahmen", "aktionen", "nächste schritte"),
    "open_questions": ("offene fragen",),
    "appendix": ("anhang",),
}
"""Normalised headings."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "at": ("zeit", "uhrzeit", "zeitpunkt", "datum", "datum und uhrzeit"),
    "text": (
        *("ereignis", "beschreibung", "massnahme", "aktion", "aufgabe", "was"),
        *("faktor", "was geschah", "was passiert ist"),
    ),
    "source": ("quelle",),
    "key": ("nr",),
    "evidence": ("beleg", "nachweis"),
    "owner": (
        *("verantwortlich", "verantwortliche", "verantwortlicher", "zuständig"),
        "wer",
    ),
    "due": (
        *("fällig", "fällig am", "fälligkeit", "termin", "frist", "bis", "bis wann"),
    ),
    "type": ("art", "typ"),
    "priority": ("priorität",),
    "status": ("stand", "erledigt"),
    "on": ("datum",),
}
"""Normalised column heads."""
