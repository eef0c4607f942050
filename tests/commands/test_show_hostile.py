"""Whatever is in any field of a report, its page is text with a few harmless tags."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest

from postmortem import markdown
from postmortem.commands._engine import engine
from postmortem.commands._page import _STYLES, fragment, page
from postmortem.commands._terminal import laid_out
from postmortem.env import Env
from postmortem.model import Action, Event, Factor, Report, Revision
from tests.commands.stage import ID
from tests.commands.test_show import (
    ATTACKS,
    SAFE_ATTRIBUTES,
    SAFE_TAGS,
    UNSAFE,
    Page,
)
from tests.laws import template
from tests.markdown.test_deep import NESTED, WORD
from tests.markdown.test_pathological import LONGEST, SHAPES

MORE = (
    "<ScRiPt>alert(1)</sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1);//<</script>",
    "<script/src=//evil.example/x.js></script>",
    "<script\x0c>alert(1)</script >",
    "</p><script>alert(1)</script><p>",
    '<img """><script>alert(1)</script>">',
    "<img src=`javascript:alert(1)`>",
    "<img src='jav&#x09;ascript:alert(1)'>",
    "<img/src='x'/onerror=alert(1)//",
    "<img src=x:x onerror\x0b=alert(1)>",
    "<a href='&#14;javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61&#x76&#x61script&colon;alert(1)'>x</a>",
    "<a href=javascript&colon;alert&lpar;1&rpar;>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href='view-source:https://x.example'>x</a>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x/>#x'></use></svg>",
    "<math href=javascript:alert(1)>x</math>",
    "<body onload=alert(1)><html onclick=alert(1)>",
    "<input autofocus onfocus=alert(1)><select autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee><keygen autofocus onfocus=alert(1)>",
    "<x onclick=alert(1) contenteditable>y</x>",
    "<isindex action=javascript:alert(1) type=image>",
    "<table background=//evil.example/x><td background=javascript:alert(1)>",
    "<div style='behavior:url(x.htc)'>x</div><xss style='xss:expression(alert(1))'>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "<frameset><frame src=javascript:alert(1)></frameset>",
    "<dialog open><slot name=x>y</slot></dialog><portal src=//evil.example>",
    "[x](javascript&colon;alert(1)) [y](<java\\script:alert(1)>)",
    "![x](javascript:alert(1)) ![y](//evil.example/p.gif 'onload=alert(1)')",
    '[x](https://x.example "onmouseover=alert(1)") <https://x.example/"onclick=1>',
    "[x](https://x.example/\u202emoc.elgoog) <https://x.example/\u2066a>",
    "</title></head></body></html><script>alert(1)</script>",
)

HARD = {
    "links opened, never closed": 20_000,
    "images in links": 20_000,
    "CDATA never closed": 20_000,
    "one definition, many uses": 12_000,
    "rules under rules": 10_000,
}
"""Shapes whose time once grew with the square of their size, and sizes that show it."""


def _everywhere(text: str) -> Report:
    """Return a report that says the same in every field there is."""
    kinds = markdown.fields.STANDARD.items()
    prose: dict[str, Any] = {name: text for name, it in kinds if it.kind == "text"}
    return Report(
        id=ID,
        title=text,
        status=text,
        severity=text,
        audience=text,
        owner=text,
        services=(text,),
        tags=(text,),
        reviewers=(text,),
        timeline=(Event(text=text, source=text, kind=text, link=text),),
        factors=(Factor(text=text, evidence=text),),
        actions=(Action(text=text, owner=text, link=text, done_when=text),),
        open_questions=(text,),
        revisions=(Revision(text=text),),
        extra={"weather": text},
        **prose,
    )


def _assert_harmless(made: str) -> None:
    found = Page(made)
    assert {tag for tag, _ in found.tags} <= SAFE_TAGS
    assert {name for _, attrs in found.tags for name in attrs} <= SAFE_ATTRIBUTES
    assert set(found.values("style")) <= set(_STYLES.values())
    links = found.values("href")
    assert all(re.match(r"https?://[^/]|mailto:.|#pm-", str(it)) for it in links)
    ids = found.values("id")
    assert all(str(it).startswith("pm-") for it in ids)
    assert len(ids) == len(set(ids))
    assert found.comments == []
    assert UNSAFE.findall(made) == []


@pytest.mark.parametrize("attack", [*ATTACKS, *MORE], ids=range(len(ATTACKS + MORE)))
def test_no_field_brings_html(attack: str) -> None:
    """SEC-XSS-CORPUS, MD-LINKS, MD-COMMENT, MD-ANCHOR: in every field of a report."""
    report = markdown.canonical(_everywhere(attack), template("default"))

    text = markdown.write(report, template("default"))

    _assert_harmless(fragment(text))


def test_a_title_is_no_html_of_its_page() -> None:
    """SEC-XSS-CORPUS: what stands above the body is ours, and the title is text."""
    for attack in (*ATTACKS, *MORE):
        above = page("# X\n", attack).partition("<body")[0]
        tags = [tag for tag, _ in Page(above).tags]
        assert tags == ["html", "head", "meta", "meta", "title"], attack


@pytest.mark.parametrize("shape", HARD)
def test_a_hard_text_is_shown_soon(shape: str) -> None:
    """MD-TIMING: as a page and in a terminal, whatever brackets it does not close."""
    text = SHAPES[shape](HARD[shape])
    start = time.process_time()

    fragment(text)
    shown = laid_out(_screen(80), text)

    assert time.process_time() - start < LONGEST / 2
    assert shown


def test_no_hard_text_fails() -> None:
    """MD-TIMING: all the classic shapes are a page, and text in a terminal."""
    start = time.process_time()
    for shape in SHAPES.values():
        fragment(shape(150))
        assert laid_out(_screen(80), shape(150))

    assert time.process_time() - start < LONGEST


def test_no_report_of_links_is_too_many() -> None:
    """Two thousand links, forty in a paragraph, are links; brackets without end not."""
    line = "[a](https://x.example/a) and `b[0]`, *c* (d); " * 40
    bare = "[" * 9000

    made = engine().render(f"{bare}\n\n" + f"{line}\n\n" * 50)

    assert made.count("<a href=") == 2000
    assert made.count("[") == 9000 + 2000


@pytest.mark.parametrize("shape", NESTED)
@pytest.mark.parametrize("depth", [9, 10, 11, 19, 20, 21, 25, 60])
def test_a_terminal_shows_what_is_nested(depth: int, shape: str) -> None:
    """MD-DEEPLOSS: every word is there, laid out or else as it stands in the file."""
    text = f"# X\n\n{NESTED[shape](depth)}\n"

    for width in (20, 80, 100):
        shown = re.sub(r"\x1b\[[0-9;]*m|[^\w]", "", laid_out(_screen(width), text))
        assert [word for word in WORD.findall(text) if word not in shown] == []


def test_a_terminal_shows_what_is_html() -> None:
    """A block of it is no reason to be silent about what it says."""
    text = "# X\n\n<details>\n<p>said</p>\n</details>\n\n<!-- not said -->\n"

    shown = laid_out(_screen(80), text)

    assert "<p>said</p>" in shown
    assert "not said" not in laid_out(_screen(80), "# X\n\n<!-- not said -->\n")


def _screen(width: int) -> Env:
    return Env(cwd=Path(), variables={"TERM": "xterm", "COLUMNS": str(width)})
