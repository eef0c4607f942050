"""Prose that formatters give another meaning: its canonical form survives them."""

from __future__ import annotations

import pytest

from postmortem.markdown import prose
from tests.oracles import alike, mdformatted, prettied, rendered

TEXTS = {
    "two brackets": "cat \\<\\<EOF > a",
    "two brackets, an address": "\\<\\<http://x>",
    "two brackets that look like a target": "](\\<\\</b> ] \\<\\</b>",
    "two brackets beside code": "`<\\<` \\<\\<b>",
    "a reference in a target": "[a](b&amp;copy;c)",
    "a blank in a target": "[a](<b c>)",
    "a backslash in a target": "[a](b\\\\c)",
    "brackets in a target": "[a](<b(\\<c>)",
    "a blank of other scripts in a target": "# [a](b\u00a0c)",
    "a bar in a target": "| a |\n| --- |\n| [b](c\\|d) |",
    "one bracket in a target": "[a](b\\(c) [d](e(f(g)))",
    "an escape in a title": '[a](b "c\\\\* &amp;copy; \\\\")',
    "a bracket in an image": "![a \\[ b](c)",
    "markup in an image": "![*a* `b` \\<b>](c)",
    "a mark before a link": "\\![a]()",
    "a backtick in an address": "<http://x`=-->- '\\<!--__",
    "a backtick behind a language": "~~~a` b\nc\n~~~",
    "escapes behind a language": "```a\\\\*b &amp;copy; &#27;  c\nd\n```",
    "three tildes that strike": "\\~~~a~~",
    "three tildes twice": "x_y~~~:~~~>",
    "three tildes, one strikes": "~~~<!-- a --><b>'=~~~",
    "a blank behind a line break": "a\\\n\u00a0b",
    "a blank before a tag": "&#32;<script>a",
    "a blank before a comment": "\u00a0<!--a [",
    "a blank before a tag on the next line": "a\\\n&#32;</div>",
    "a bracket that begins a comment": "\\<!-- a",
    "a bracket that begins no tag": "<a href='",
    "a comment that is empty": "<!-->\nb\n-->",
    "a comment with blanks in it": "a <!--\u00a0\n  b -->",
    "a footnote without a blank": "[^1]:_#*#)",
    "a footnote that quotes": "[^1]: > a\\\nb",
    "a footnote that counts": "[^1]:1. ",
    "a footnote on the next line": "a\\\n[^1]:b c",
    "a rule in a list": "- a\n  ***",
    "stars in a second list": "* a\n- **",
    "a list that is empty": "- &#32;\n\n- <b>",
    "three brackets": "`_<<<a href='a",
    "an empty list below a line": "- a\n  1. &#32;",
    "a label of two lines": "[\\\n\\[a]: b.",
    "emphasis beside emphasis": "_a_*b* __c__**d**",
    "marks within and without words": "a__b=)**c**",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_prose_survives_mdformat(text: str) -> None:
    """It renders the same and reads the same, and its canonical form is one."""
    once = prose.canonical(text)
    made = _written(once)

    respelled = mdformatted(made)

    assert prose.canonical(once) == once
    assert rendered(respelled) == rendered(made)
    assert alike(_read(respelled), once)


def test_prose_survives_prettier(prettier: str) -> None:
    """It renders the same and reads the same."""
    canonical = [prose.canonical(text) for text in TEXTS.values()]
    written = [_written(once) for once in canonical]

    for once, made, after in zip(
        canonical, written, prettied(prettier, written), strict=True
    ):
        assert rendered(after) == rendered(made)
        assert alike(_read(after), once)


def test_nothing_is_escaped_for_formatters_that_they_keep() -> None:
    """Where a formatter leaves a text its meaning it stands as it is typed."""
    kept = "a << b, [a_b](c?d=e&f), ![a [b] c](d), ~~a~~ and ~/b\n\n[^1]: c d\n\n- e!"

    assert prose.canonical(kept) == kept


def _written(text: str) -> str:
    return "\n".join(["A line.", "", *prose.written(text), ""])


def _read(text: str) -> str:
    return prose.canonical(text.partition("\n\n")[2])
