"""A report as one HTML page: it loads nothing, runs nothing, and survives being pasted.

Mail programs and document editors drop style sheets, so the few styles there are stand
on the elements; whatever the report itself holds of HTML passes a sanitiser first, and
only then is anything of ours added.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

from postmortem import files, yamls
from postmortem.commands._engine import engine
from postmortem.escape import html, single_line, terminal

SCHEMES = frozenset(("http", "https", "mailto"))
PREFIX = "pm-"
"""In front of every id, so that no heading can stand for a property of the page."""

_TAGS = frozenset(
    (
        *("a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del"),
        *("details", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i"),
        *("img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp"),
        *("small", "strong", "sub", "summary", "sup", "table", "tbody", "td"),
        *("tfoot", "th", "thead", "tr", "tt", "u", "ul", "var"),
    )
)
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_GONE = frozenset(("script", "style", "template", "noscript", "iframe", "textarea"))
_STYLES = {
    "table": "border-collapse:collapse;margin:1em 0",
    "th": "border:1px solid #bbb;padding:4px 8px;text-align:left;background:#f2f2f2",
    "td": "border:1px solid #bbb;padding:4px 8px;vertical-align:top",
    "pre": "background:#f6f6f6;padding:8px;white-space:pre-wrap",
    "code": "font-family:monospace",
    "blockquote": "border-left:3px solid #bbb;margin-left:0;padding-left:12px",
}
_BODY = (
    "font-family:sans-serif;line-height:1.5;max-width:50em;margin:2em auto;color:#222"
)
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_STYLED = re.compile(rf"<({'|'.join(_STYLES)})(?=[ >])")
# No attribute holds an angle bracket: `_kept` sees to that.
_IMAGE = re.compile(r"<img(?P<attributes>[^>]*)>")
_LINK = re.compile(r'<a href="(?P<href>[^"]*)"[^>]*>(?P<text>.*?)</a>', re.DOTALL)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_BOX = re.compile(r"(<li>(?:\s*<p>)?)\[([ xX])\](?=\s)")
_SIGNS = {" ": "☐", "x": "☑", "X": "☑"}


def page(text: str, title: str | None) -> str:
    """Return a report's text as a whole page of HTML; its title is inline Markdown.

    Links go to http, https, mailto and headings of the page alone, and show their host;
    images become links, comments go.
    """
    return (
        "<!doctype html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{html(single_line(title or 'Postmortem'))}</title>\n"
        f'</head>\n<body style="{_BODY}">\n{fragment(text)}</body>\n</html>\n'
    )


def fragment(text: str) -> str:
    """Return the body of a report as HTML that can stand in any page."""
    import nh3

    split = yamls.split(text)
    body = text[split.body_start :].replace("\r\n", "\n")
    clean = nh3.clean(
        engine().render(body),
        tags=set(_TAGS),
        clean_content_tags=set(_GONE),
        attributes=_ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )
    return terminal(_with_ours(clean))


def _with_ours(clean: str) -> str:
    """Add to sanitised HTML what only we may add: ids, hosts, signs and styles."""
    clean = _LINK.sub(_link, clean)
    clean = _IMAGE.sub(_image, clean)
    clean = _BOX.sub(lambda found: f"{found[1]}{_SIGNS[found[2]]}", clean)
    taken: dict[str, int] = {}
    clean = _HEADING.sub(lambda found: _heading(found[1], found[2], taken), clean)
    return _STYLED.sub(lambda found: f'<{found[1]} style="{_STYLES[found[1]]}"', clean)


def _kept(tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value, without angle brackets; None drops it."""
    if name not in ("href", "src"):
        return value.replace("<", "(").replace(">", ")")
    if tag == "a" and value.startswith("#"):
        return f"#{PREFIX}{files.slug(value[1:])}" if len(value) > 1 else None
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return None
    goes = parts.path if parts.scheme == "mailto" else parts.hostname
    if parts.scheme not in SCHEMES or not goes:
        return None
    return value.replace("<", "%3C").replace(">", "%3E")


def _image(found: re.Match[str], *, linked: bool = True) -> str:
    """Return a link in the place of an image, which would tell its host who reads."""
    attributes = dict(_ATTRIBUTE.findall(found["attributes"]))
    said = f"[image: {attributes.get('alt') or 'without a description'}]"
    source = attributes.get("src")
    return _anchor(source, said) if source and linked else said


def _link(found: re.Match[str]) -> str:
    """Return a link again, with the images in it as text."""
    text = _IMAGE.sub(lambda image: _image(image, linked=False), found["text"])
    return _anchor(found["href"], text)


def _anchor(href: str, inner: str) -> str:
    """Return a link whose host can be seen, whatever its text says."""
    link = f'<a href="{href}" rel="noopener noreferrer nofollow">{inner}</a>'
    host = urlsplit(unescape(href)).hostname
    if not host or host.casefold() in unescape(_TAG.sub("", inner)).casefold():
        return link
    return f"{link} <small>({html(host)})</small>"


def _heading(level: str, inner: str, taken: dict[str, int]) -> str:
    """Return a heading with a name of its own; `taken` says how often each was wanted.

    So thousands of equal headings are not counted from two again each time.
    """
    wanted = name = files.slug(_TAG.sub("", inner))
    while name in taken:
        taken[wanted] += 1
        name = f"{wanted}-{taken[wanted]}"
    taken[name] = 1
    return f'<h{level} id="{PREFIX}{name}">{inner}</h{level}>'
