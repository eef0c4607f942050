"""What people wrote in a report stays as it is, byte for byte, whatever it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from postmortem import markdown, yamls
from postmortem.model import Report
from tests.commands.author import Author
from tests.commands.stage import ID, PATH, REPORT
from tests.laws import template
from tests.yamls.oracles import front_by_dashes, front_by_markdown, yaml_1_1
from tests.yamls.test_scalar import FORGERIES

BODIES = (
    "\toak\telm\t\tivy",
    "- oak\n\n\ttin",
    "> \tcode\n>\n> \t\tmore",
    "***\n---\n___\n\n+++\n\n _ _ _ _ a",
    "### oak ###   \n####### tin\n#5 bolt\n\\## oak",
    "Oak *tin*\nelm\n====\n\n    Oak\n---\n\nOak\\\n----",
    "    deep\n      deeper\n\n\n    again",
    "```\n<\n >\n```\n\n~~~ sql from=3 $%@\nselect 1\n~~~~~~~",
    "````\naaa\n```\n``````\n\n```\n# not a heading\n---\n```",
    "<table><tr><td>\n<pre>\n**Up**,\n\n_down_.\n</pre>\n</td></tr></table>",
    "<!-- a\n\nb -->\n\n<?php echo '>'; ?>\n\n<!DOCTYPE html>\n\n<![CDATA[\nx\n]]>",
    "[oak]: /to 'title'\n\n[oak] [Oak][] [tin][oak]\n\n[x]:\n/y\n'z'",
    "aaa\n\n\n\nbbb   \nccc\\\nddd",
    "> # Oak\n> tin\n> elm\nlazy\n\n>\n> - oak\n- tin",
    "1.  One\n    and two.\n\n        code\n\n    > A quote.",
    "- a\n+ b\n* c\n\n1. a\n1) b\n0. c\n123456789. d\n\n-\n- \n\n10) x",
    "- a\n - b\n  - c\n   - d\n    - e\n\n* a\n  > b\n  ```\n  c\n  ```\n* d",
    "- [ ] oak\n- [x] tin\n  - [ ] deep\n\n-   wide",
    "| oak | tin |\n| --- | :-: |\n| `a \\| b` | **x** |\n|no|end|\n\na | b\n-|-\n1 |",
    r"\!\"\#\$\%\&\(\)\*\+\,\-\.\:\;\<\=\>\?\@\[\\]\^\_\`\{\|\}\~",
    "&nbsp; &amp; &copy; &#35; &#1234; &#0; &#X22; &#87654321; &x; &nosuch;",
    "`` oak ` tin `` ` `` ` `a  b` `\noak\n` ```unclosed",
    "*oak*tin **oak**tin __a_b__ ***strong** in emph* *a `*`* **a<b@c.example>**",
    "oak***tin***elm ******a****** _oak_tin_elm_ *(*oak*)* **oak *tin **elm***",
    "[link](/at \"title\") [l](<b c>) [l](oak(and(tin))) [a](#f) [b]( /u 'x' )",
    "![oak](graph.png) ![oak *tin*][] ![[[oak]]](/to2)\n\n[oak *tin*]: a.png",
    "<https://oak.tin.example/test?q=a&id=7> <own-scheme://oak,tin> <a+b@c.example>",
    '<a><bab><c2c> <a/><b2/> <a  /><b2\ndata="oak" > </a></oak > <33> <__>',
    "oak  \nelm oak\\\nelm oak \n elm `code  \nspan`",
    "~~Hi~~ ~one~ ~~~three~~~ www.x.example http://x.example/a_b_",
    "Größe $.;'x   many     blanks\u00a0here\u2028there",
    "Term\n: not a definition\n\n[^1] text\n\n[^1]: A footnote.\n\n*[HTML]: abbr",
    "> [!NOTE]\n> Said aside.\n\n:::warning\nboxed\n:::\n\n$$\nx = {1 \\over 2}\n$$",
    "{{ 7 * 7 }} {% raw %} {# no #} ${x} <%= y %> %(z)s",
    "First.\n\n---\n\n***\n\nNot front matter:\n\n---\na: b\n---",
)
"""One for each construct that Markdown and its dialects have."""


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody with one report of the default template."""
    root = tmp_path / "work"
    root.mkdir()
    return Author(root, home)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_prose_stays_byte_for_byte(author: Author, end: str) -> None:
    """MD-CORPUS: whatever is written as a cause, a save of something else keeps."""
    made = author.run(
        "new", "X", "--set", "summary=It fell.", "--set", "severity=SEV-1"
    )
    (path,) = (author.root / "postmortems").glob("*.md")
    assert made.code == 0
    head, tail = re.split(r"(?<=## What happened\n\n).*\n.*\n", path.read_text("utf-8"))
    for body in BODIES:
        old = f"{head}{body}\n{tail}".replace("\n", end).encode()
        path.write_bytes(old)

        codes = [
            author.run("set", path.stem, "owner=somebody").code,
            author.run("set", path.stem, "summary=It fell twice.").code,
            author.run("refresh", path.stem).code,
        ]

        new = path.read_bytes()
        assert codes == [0, 0, 0], body
        assert f"owner: somebody{end}".encode() in new
        new = new.replace(f"owner: somebody{end}".encode(), b"")
        assert new.replace(b"It fell twice.", b"It fell.") == old, body


@pytest.mark.parametrize("forged", FORGERIES, ids=ascii)
def test_no_value_forges_front_matter(forged: str) -> None:
    """FM-INJECT: three readers find the same keys and texts, and one title."""
    said = Report(
        title=forged, owner=forged, services=(forged,), tags=("a", forged), audience="x"
    )
    report = markdown.canonical(said, template("default"))

    text = markdown.write(report, template("default"))

    front = yamls.load(yamls.split(text).front or "").tree()
    assert isinstance(front, dict)
    assert front.keys() <= {"template", "audience", "services", "tags", "owner"}
    assert front.get("owner") == report.owner
    assert front.get("services", []) == list(report.services or ())
    assert yaml_1_1(front_by_dashes(text)) == front
    assert yaml_1_1(front_by_markdown(text)) == front
    assert text.count("\n# ") == 1
    assert markdown.read(text, template("default")).report == report


def test_what_yaml_would_guess_at_stays_text(author: Author) -> None:
    """YAML-TYPES: facts that somebody wrote by hand are what stands there, and stay."""
    path = author.write(PATH, REPORT)
    facts = (
        *("owner: NO", "audience: 12:30", "team: 1.10", "port: 010", "none: ~"),
        *("switch: on", "size: 1e3", "day: 2026-11-20", "when: 2026-02-30"),
        "tags: [NO, 1.10, 12:30, 010, on, 1e3, 2026-11-20]",
    )
    text = REPORT.replace("status:", "\n".join((*facts, "status:")))
    path.write_text(text, "utf-8")

    told = json.loads(author.run("show", ID, "--format", "json").out)["report"]
    changed = author.run("set", ID, "severity=SEV-2")

    assert (told["owner"], told["audience"]) == ("NO", "12:30")
    assert told["tags"] == ["NO", "1.10", "12:30", "010", "on", "1e3", "2026-11-20"]
    assert changed.code == 0
    assert path.read_text("utf-8") == text.replace("SEV-1", "SEV-2")


@pytest.mark.parametrize(
    "front, line",
    [
        ("onset: 2026-02-30", 4),
        ("onset: !!timestamp 2026-02-30", 4),
        ("size: !!int x", 4),
        ("onset: +99:99", 4),
        ("tags: " + "[" * 3000, 4),
        ("owner: \x1b[2J", 4),
        ("owner: a\x00b", 4),
        ("owner: a\n\ttags: b", 5),
        ("owner: a\nowner: b", 5),
        ("owner: &a b\naudience: *a", 4),
        ("owner: !python/object/apply:os.system ['touch x']", 4),
        ("<<: {owner: a}", 4),
        ("owner: 'a", 5),
        ("owner: a: b", 4),
        ("owner: \ufeffa", 4),
        ("a text", 5),
    ],
    ids=ascii,
)
def test_what_is_no_front_matter_is_told_with_its_line(
    author: Author, front: str, line: int
) -> None:
    """YAML-ERR: by every command, in words of ours; nothing is run or written."""
    text = f"---\nid: {ID}\ntemplate: default\n{front}\n---\n\n# X\n"
    path = author.write(PATH, text)

    shown = author.run("show", ID, "--format", "json")
    checked = author.run("check", ID)
    changed = author.run("set", ID, "severity=SEV-2")

    told = shown.err + checked.out + checked.err + changed.err
    assert f"{PATH}:{line}:" in told or f'"line": {line}' in shown.out
    assert f"{PATH}:{line}:" in checked.out + checked.err
    assert {shown.code, checked.code, changed.code} <= {0, 1, 2}
    assert "Traceback" not in told
    if changed.code:
        assert path.read_bytes() == text.encode()
