"""Texts as people, tools and attackers write them: lines, and prose of many lines."""

from __future__ import annotations

from hypothesis import strategies as st

PLAIN = ("a deploy", "Cache down", "db-1 is full", "é ü ß", "日本語", "ok.", "x")
MARKS = (
    *("a | b", "|", "||", "| a | b |", "a \\| b", "\\", "a\\", "\\|", "`a | b`"),
    *("*a* _b_ **c**", "**A1**", "**A1** text", "_", "*", "`", "``", "a`b", "[a", "]"),
    *("[a](b)", "[a](http://x)", "![a](b)", "[a]: http://x", "[a][b]", "<http://x>"),
    *("# a", "## Summary", "a\n# b", "- a", "* a", "+ a", "1. a", "2) b", "> a", "---"),
    *("***", "===", "```", "~~~", "```\n## a", "- [ ] a", "[x] a", "- [x] **A9** b"),
    *("<b>a</b>", "<script>alert(1)</script>", "<!--", "-->", "<!-- a -->", "<!---->"),
    *("<div>", "</details>", "<br>", "a<br>b", "&amp;", "&lt;b&gt;", "&#35;", "~a~"),
    *("http://x.example/a_b_c?d=e&f", "a  b", "\ta", " a ", "a\tb", "#12", "{#id}"),
    *(
        "&#57344;",
        "a&#27;[2J",
        "&#13;a",
        "&#32;a",
        "a&#10;&#10;# b",
        "a&#10;- b",
        "|&#124;",
    ),
    *('[a](b "c&#10;&#10;# d")', "[a](b&#10;c)", "`a`&#13;", "*&#32;a*", "&#42;a*"),
)
CODE = (
    *("{{ 7*7 }}", "{% raw %}", "{% endraw %}", "{# a #}", "{{ title }}", "<% a %>"),
    *("{% for a in b %}", "${{ a }}", "---\na: b\n---", "---\nid: x", "a: b", "a #b"),
    *("=1+1", "@here", "$(a)", "Signed-off-by: a", "\x1b[2J", "a\x00b", "a\rb"),
    *("\u202ea", "a\u2066b", "\u200b", "a\u2028b", "\x85", "\ufeffa", "\x7f", "\ue000"),
    *("👩\u200d🚒", "🔥", "\U000e0001", "\ud800", "e\u0301", "مرحبا"),
)
OURS = (
    *("a (b", "a)", "(a)", "a (b, c)", "a (platform, due 2025-06-01)", "()", "a ()"),
    *("a, b", ", a", "a,", "a: b", ": a", "a:", "due 2025-06-01", "due: a", "due "),
    *("done when: a", "a done when: b", "evidence: a", "Evidence: a", "see: a", "; a"),
    *("F1", "A1", "A1: a", "P1", "prevent", "open", "done", "owner: a", "owner: P1"),
    *(
        "trigger: a",
        "**deploy:** a",
        "a ([link](b))",
        "(from F1)",
        "a (from F1)",
        "[a]",
    ),
    *("(seen in a)", "a - F1", " - ", ", owner: a, due: 2025-06-01", "a; done when b"),
    *(
        "(ticket a)",
        "12:30",
        "12:30: a",
        "2025-05-24",
        "2025-05-24 13:05",
        "13:05-14:00",
    ),
    *(
        "TBD",
        "TODO",
        "?",
        "None",
        "None.",
        "_None._",
        "_Not known yet._",
        "TBD.",
        "null",
    ),
    *("Not known yet.", "Keine.", "- a", "-", "~", "no", "yes", "12", "1e3", "0x1F"),
    *("Not in this template", "Summary", "time to detect is 7 min", "x - y"),
)
SEPARATORS = (*" ,:;()[]|*_`-.#<>!&~\\/'\"=+", "<!---->", "due ", "A1", "F1", "a", "b")

said = st.one_of(
    st.sampled_from(PLAIN),
    st.sampled_from(MARKS),
    st.sampled_from(CODE),
    st.sampled_from(OURS),
    st.lists(st.sampled_from((*PLAIN, *OURS, *MARKS)), min_size=2, max_size=3).map(
        " ".join
    ),
    st.lists(st.sampled_from(SEPARATORS), min_size=1, max_size=12).map("".join),
    st.text(max_size=12),
)
"""One line as people and tools write it; may be blank, may hold line breaks."""

words = st.text(alphabet="abcdefgh", min_size=1, max_size=8)
"""Nothing that anything could mistake."""

BLOCKS = (
    *("", "", "", "A line.", "Two. Sentences on it.", "  - n", "    m", "   1. k"),
    *("- x", "- y", "* z", "1. a", "2. b", "3) c", "- [ ] t", "> q", "-", "- ", "1."),
    *("# H", "## Summary", "### Held", "###### h", "Title", "===", "---", "***"),
    *("```", "~~~", "```py", "code()", "    indented", "| a | b |", "| --- | --- |"),
    *("| 1 | 2 |", "a | b", "<!--", "-->", "<!-- note -->", "<div>", "</div>", "<br>"),
    *("<details>", "<script>", "</script>", "<pre>", "[a]: http://x", "[a]", "[t][a]"),
    *("[^1]: note", "x[^1]", "hard  ", "break\\", "![i](u)", "&amp; &copy;", "\\- a"),
    *("{{ 7*7 }}", "{% raw %}", "a: b", "**Bold as heading**", "_Not known yet._"),
    *("_None._", "TBD", "日本語。次の文。", "🔥 fire", "12:30 UTC it broke", "|"),
    *("- **A1** text (owner)", "done when: it is", "## Not in this template"),
    *(
        "&#57344;",
        "&#13;",
        "&#32;a",
        "a&#10;&#10;# b",
        "```a&#10;b\\|&#57344;",
        "x  ",
        "\\",
    ),
    *('[a](b "c&#10;&#10;# d")', "&#45; a", "1&#46; a", "&#35; a", "&#96;``"),
)
prose = st.one_of(
    said,
    st.lists(st.one_of(st.sampled_from(BLOCKS), said), max_size=8).map("\n".join),
)
"""Authored Markdown of many lines."""
