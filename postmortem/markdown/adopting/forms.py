"""Issue forms of a forge, which are YAML, as the Markdown that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from postmortem import yamls
from postmortem.errors import PostmortemError

_ASKING = ("input", "textarea", "dropdown", "checkboxes")


def markdown(text: str) -> str | None:
    """Return a form as a document with a heading a question; None for other texts."""
    if "\nbody:" not in f"\n{text}" or "attributes:" not in text:
        return None
    try:
        top: Any = yamls.load(text, None, 1).tree()
    except PostmortemError:
        return None
    body = top.get("body") if isinstance(top, dict) else None
    if not isinstance(top, dict) or not isinstance(body, list):
        return None
    lines = list(_front(top))
    for each in body:
        attributes = each.get("attributes") if isinstance(each, dict) else None
        if isinstance(attributes, dict):
            lines += _block(str(each.get("type")), attributes)
    return "\n".join(lines) + "\n"


def _front(top: Mapping[str, Any]) -> Iterator[str]:
    yield "---"
    for key in ("name", "description", "title"):
        if isinstance(top.get(key), str):
            shown = "about" if key == "description" else key
            yield f"{shown}: {yamls.scalar(top[key])}"
    yield "---"


def _block(kind: str, attributes: Mapping[str, Any]) -> Iterator[str]:
    label = " ".join(str(attributes.get("label") or "").split())
    told = str(attributes.get("description") or "").strip()
    if kind == "markdown":
        yield from ("", str(attributes.get("value") or ""))
    if kind not in _ASKING or not label:
        return
    yield from ("", f"### {label}", "")
    if told:
        yield from (f"_{' '.join(told.split())}_", "")
    options = attributes.get("options")
    if isinstance(options, list):
        for each in options:
            said: Any = each.get("label") if isinstance(each, dict) else each
            yield f"- [ ] {said}" if kind == "checkboxes" else f"- [{said}]"
    else:
        place = " ".join(str(attributes.get("placeholder") or "").split())
        yield f"[{place}]" if place else ""
        yield from ("", str(attributes.get("value") or ""))
