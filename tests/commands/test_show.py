"""`show` and `list` show reports, and whatever is in them works on nobody."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from postmortem.commands._page import _kept, fragment, page
from postmortem.commands._terminal import laid_out
from tests.commands.author import Author
from tests.commands.stage import BRANCH, ID, PATH, REPORT, TITLE

UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
STYLE = re.compile(r"\x1b\[[0-9;]*m")
FLOW = "did not find expected node content"
HOSTILE = "a\x1b[2Jb\x1b]0;x\x07c\x1b]52;c;eA==\x07d\x9be\u202ef\rg\bh\x7fi"
HOSTILE_REPORT = (
    f"---\nid: {ID}\ntemplate: minimal\n---\n\n# X {HOSTILE}\n\n"
    f"## What happened\n\n{HOSTILE}\n\n[{HOSTILE}](http://x.example)\n"
)


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody with one report."""
    root = tmp_path / "work"
    root.mkdir()
    author = Author(root, home)
    author.write(PATH, REPORT)
    return author


def test_a_pipe_gets_the_file(author: Author) -> None:
    """Byte for byte, with --raw and without."""
    assert author.run("show", "x-down").out == REPORT
    assert author.run("show", "x-down", "--raw").out == REPORT


def test_a_terminal_gets_it_laid_out(author: Author) -> None:
    """With the facts above it; a dumb one, and --raw, get the text."""
    shown = author.at_a_terminal(TERM="xterm").run("show", "x-down")
    plain = author.at_a_terminal(TERM="dumb").run("show", "x-down")
    raw = author.at_a_terminal(TERM="xterm").run("show", "x-down", "--raw")

    text = STYLE.sub("", shown.out)
    assert "severity: SEV-1" in text
    assert re.search(r"^\W*What happened\W*$", text, re.MULTILINE)
    assert "##" not in text
    assert (plain.out, raw.out) == (REPORT, REPORT)


def test_a_report_brings_no_colours(author: Author) -> None:
    """What is in it is text, also where a control sequence would be harmless."""
    env = author.at_a_terminal(TERM="xterm").env()

    assert "^[[31mred" in laid_out(env, "# X\n\n\x1b[31mred\n")


def test_no_colour_is_no_colour(author: Author) -> None:
    """What is laid out may be bold, and no more."""
    env = author.at_a_terminal(TERM="xterm", NO_COLOR="1").env()

    assert not re.search(r"\x1b\[[0-9;]*(?:3[0-9]|4[0-9])", laid_out(env, REPORT))


@pytest.mark.parametrize("shape", ["text", "json", "html"])
@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_a_terminal_is_commanded_by_nothing(
    author: Author, shape: str, term: str
) -> None:
    """Control sequences and text that runs backwards are shown as what they are."""
    author.write(PATH, HOSTILE_REPORT)
    there = author.at_a_terminal(TERM=term)

    for words in (("show", ID, "--format", shape), ("show", ID, "--raw"), ("list",)):
        said = there.run(*words)
        assert UNSAFE.findall(STYLE.sub("", said.out + said.err)) == []
        assert said.code == 0


def test_json_has_the_record_and_its_lines(author: Author) -> None:
    """The lines are those of the file; what is not known is not there."""
    author.write(PATH, REPORT.replace("SEV-1", "SEV-1 # as of noon"))

    told = json.loads(author.run("show", ID, "--format", "json").out)

    lines = (author.root / PATH).read_text(encoding="utf-8").splitlines()
    assert told["id"] == ID
    assert told["path"] == PATH
    assert told["report"]["severity"] == "SEV-1"
    assert told["report"]["detected"] == {"at": "2025-05-24T13:12:00Z"}
    assert told["durations"][0]["seconds"] == 420
    assert "impact" not in told["report"]
    assert lines[told["lines"]["severity"] - 1].startswith("severity: ")
    assert lines[told["lines"]["title"] - 1] == f"# {TITLE}"
    assert [lines[at - 1][:12] for at in told["lines"]["actions"]] == [
        "- [ ] **A1**",
        "- [ ] **A2**",
    ]
    assert told["findings"] == []


def test_json_keeps_what_a_terminal_would_not_show(author: Author) -> None:
    """It is escaped, not replaced: the values are those of the report."""
    author.write(PATH, HOSTILE_REPORT)

    said = author.run("show", ID, "--format", "json").out

    assert UNSAFE.findall(said) == []
    assert "\u202e" in json.loads(said)["report"]["summary"]


def test_mistakes_are_json_where_json_is_asked_for(author: Author) -> None:
    """On stderr, with the same code; stdout stays empty."""
    said = author.run("show", "zzz", "--format", "json")

    assert (said.code, said.out) == (2, "")
    (problem,) = json.loads(said.err)["problems"]
    assert problem["message"] == "no report has 'zzz' in its id"


def test_a_report_on_a_branch_is_shown(author: Author) -> None:
    """Nothing is checked out for it."""
    repo = author.repo
    repo.git("init", "-q")
    repo.commit("README")
    repo.git("checkout", "-qb", BRANCH)
    repo.commit(PATH, REPORT)
    repo.git("checkout", "-q", "main")

    assert author.run("show", ID).out == REPORT
    assert author.run("list").out == (f"{ID}  SEV-1  draft  {TITLE} (on {BRANCH})\n")
    assert not (author.root / PATH).exists()


def test_looking_executes_nothing(author: Author, tmp_path: Path) -> None:
    """Whatever program a repository's own configuration names."""
    repo = author.repo
    repo.git("init", "-q")
    repo.commit("README")
    repo.git("branch", "postmortem/x")
    canary = tmp_path / "canary"
    script = tmp_path / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch {canary}\n", encoding="utf-8")
    script.chmod(0o755)
    for name in (
        *("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor"),
        *("diff.external", "filter.x.clean", "filter.x.smudge", "filter.x.process"),
        *("gpg.program", "credential.helper", "core.askPass", "diff.x.textconv"),
    ):
        repo.git("config", name, str(script))
    repo.git("config", "filter.x.required", "true")
    author.write(".gitattributes", "* filter=x diff=x\n")
    for hook in ("post-checkout", "pre-commit", "reference-transaction"):
        (author.root / ".git/hooks").mkdir(exist_ok=True)
        (author.root / ".git/hooks" / hook).symlink_to(script)

    codes = [
        author.run(*words).code
        for words in (
            ("list",),
            ("list", "--format", "json"),
            ("show", ID),
            ("show", ID, "--format", "json"),
            ("show", ID, "--format", "html"),
            ("show", "zzz"),
            ("refresh", ID, "--check"),
            ("new", "X", "--set", "tags=a"),
        )
    ]

    assert not canary.exists()
    assert codes == [0, 0, 0, 0, 0, 2, 0, 0]


class Page(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.comments: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note it."""
        self.text += data

    def handle_comment(self, data: str) -> None:
        """Note it."""
        self.comments.append(data)

    def values(self, name: str) -> list[str | None]:
        """Return the values of an attribute."""
        return [attrs[name] for _, attrs in self.tags if name in attrs]


ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" alt="<h2>y</h2> onload=alert(1)">',
    "<svg onload=alert(1)><a href='javascript:alert(1)'>x</a></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href='https://x.example/<table> onmouseover=alert(1) x='>y</a>",
    "<a href=\"https://x.example/?<h1>'onclick=alert(1)'</h1>\">y</a>",
    '<h2 id="pm-x" onclick="alert(1)" style="position:fixed">y</h2>',
    "<style>*{background:url(//evil.example)}</style>",
    "<form action=//evil.example><input name=x><button>y</button></form>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p style='background:url(//evil.example)'>x</p>",
    "<base href=//evil.example><link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<object data=x></object><embed src=x><video src=x><audio src=x>",
    "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](&#106;avascript:alert(1))",
    "[a](data:text/html,x) [b](vbscript:x) [c](file:///etc/passwd)",
    "[a](//evil.example) [b](ms-msdt:/id) [c](smb://evil.example/x) [d](blob:x)",
    "[a](https:evil.example) [b](https:/evil.example) [c](\\\\evil.example\\x)",
    "![pixel](https://evil.example/p.png) ![x](data:image/svg+xml,x) ![y](a.png)",
    "[![in](https://evil.example/p.png)](https://x.example/)",
    "<details open ontoggle=alert(1)><summary>x</summary>y</details>",
    "`<script>alert(1)</script>`\n\n```html\n<img src=x onerror=alert(1)>\n```",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<!-- secret --> <!--> secret --> <![CDATA[ secret ]]> <?php secret ?>",
    '# "><img src=x onerror=alert(1)>\n\n## constructor\n\n## __proto__\n## __proto__',
    "[x]: javascript:alert(1)\n\n[x] [y][x]",
    "<a href='https://x.example' target=_blank ping=//evil.example download>x</a>",
    "<a name=body id=cookie class=x>y</a>",
    "<textarea><img src=x onerror=alert(1)></textarea><title><img src=x></title>",
    "<plaintext><xmp><img src=x onerror=alert(1)></xmp>",
)
SAFE_TAGS = {
    *("a", "blockquote", "br", "code", "del", "details", "em", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "hr", "li", "ol", "p", "pre", "s", "small", "strong", "summary"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}
SAFE_ATTRIBUTES = {"href", "rel", "id", "style", "start", "colspan", "rowspan"}


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
@pytest.mark.parametrize("around", ["{}", "# X\n\n- {}\n", "> {}\n", "x {} y"])
def test_no_html_of_a_report_gets_through(attack: str, around: str) -> None:
    """SEC-XSS-CORPUS, MD-LINKS: nothing runs, loads, sends, hides or takes a name."""
    from postmortem.commands._page import _STYLES

    found = Page(fragment(around.format(attack)))

    assert {tag for tag, _ in found.tags} <= SAFE_TAGS
    assert {name for _, attrs in found.tags for name in attrs} <= SAFE_ATTRIBUTES
    assert set(found.values("style")) <= set(_STYLES.values())
    assert all(
        re.match(r"https?://[^/]|mailto:.|#pm-", str(it)) for it in found.values("href")
    )
    ids = found.values("id")
    assert all(str(it).startswith("pm-") for it in ids)
    assert len(ids) == len(set(ids))
    assert found.comments == []


def _a(href: str, text: str) -> str:
    return f'<a href="{href}" rel="noopener noreferrer nofollow">{text}</a>'


@pytest.mark.parametrize(
    "text, html",
    [
        (
            "[google](https://evil.example/x)",
            f"{_a('https://evil.example/x', 'google')} <small>(evil.example)</small>",
        ),
        (
            "[google.com](https://google.com@evil.example)",
            _a("https://google.com@evil.example", "google.com")
            + " <small>(evil.example)</small>",
        ),
        ("<https://x.example/a>", _a("https://x.example/a", "https://x.example/a")),
        ("[up](#time-line)", _a("#pm-time-line", "up")),
        ("[us](mailto:a@x.example)", _a("mailto:a@x.example", "us")),
        ("[file](a.txt)", '<a rel="noopener noreferrer nofollow">file</a>'),
        (
            "![a graph](https://x.example/g.png)",
            _a("https://x.example/g.png", "[image: a graph]")
            + " <small>(x.example)</small>",
        ),
        ("![a graph](g.png)", "[image: a graph]"),
        ("a\u202eb\x1b[2J", "aU+202Eb^[[2J"),
        ("_Not known yet._ <!-- When? -->", "<em>Not known yet.</em> "),
        ("a <!-- secret\nmore --> b", "a  b"),
    ],
    ids=range(11),
)
def test_what_a_page_makes_of(text: str, html: str) -> None:
    """MD-LINKS, MD-COMMENT: links show where they go; images are named."""
    assert fragment(text) == f"<p>{html}</p>\n"


def test_boxes_are_signs() -> None:
    """A mail shows no check boxes."""
    found = fragment("- [ ] a\n- [x] b\n")

    assert found == "<ul>\n<li>☐ a</li>\n<li>☑ b</li>\n</ul>\n"


def test_headings_have_names_of_their_own() -> None:
    """MD-ANCHOR: no two are alike, and none is a name that a page may have."""
    ids = Page(fragment("# 🔥\n# a\n# a\n# constructor\n# a-2\n")).values("id")

    assert ids == ["pm-incident", "pm-a", "pm-a-2", "pm-constructor", "pm-a-2-2"]


def test_a_page_stands_alone(author: Author) -> None:
    """It names its title, has its styles on its elements, and loads nothing."""
    author.write(
        PATH, f"{REPORT}\n## Numbers\n\n| a | b |\n| --- | --- |\n| 1 | <b>2</b> |\n"
    )

    said = author.run("show", ID, "--format", "html")

    found = Page(said.out)
    assert said.out.startswith("<!doctype html>\n")
    assert f"<title>{TITLE}</title>" in said.out
    assert "default-src 'none'" in said.out
    assert "<td style=" in said.out
    assert found.values("src") == []
    assert "severity:" not in said.out


def test_no_attribute_holds_a_tag() -> None:
    """What is added to elements is never added within a value."""
    for tag, name in (("a", "href"), ("img", "src"), ("img", "alt")):
        kept = _kept(tag, name, "https://x.example/<table>")
        assert kept is not None
        assert not set(kept) & {"<", ">"}


def test_a_title_is_text(author: Author) -> None:
    """In the page's own title too."""
    assert "<title>&lt;script&gt;</title>" in page("# x\n", "<script>")
    assert "<title>Postmortem</title>" in page("", None)


@pytest.mark.parametrize("depth", [9, 10, 11, 25])
def test_deep_lists_lose_nothing(depth: int) -> None:
    """MD-DEEPLOSS: markdown's own limit drops the tenth level without a word."""
    text = "\n".join(f"{'  ' * at}- level {at}" for at in range(depth))

    found = Page(fragment(text))

    assert [f"level {at}" in found.text for at in range(depth)] == [True] * depth


def _listed(author: Author, *words: str) -> Any:
    return author.run("list", *words).out


def test_a_list_is_columns(author: Author) -> None:
    """The latest first; what is not known is a dash, what is broken says so."""
    author.write("postmortems/2025-06-01-y-is-red.md", "# 日本語 😀\n")
    author.write("postmortems/2025-06-02-z.md", "---\nid: [\n---\n# Z\n")

    assert _listed(author).splitlines() == [
        "2025-06-02-z         -      -      Z (front matter: line 3: " + FLOW + ")",
        "2025-06-01-y-is-red  -      -      日本語 😀",
        f"2025-05-24-x-down    SEV-1  draft  {TITLE}",
    ]


def test_columns_are_what_a_terminal_shows(author: Author) -> None:
    """UNI-WIDTH: some letters take two; a title is cut between whole ones."""
    author.write(
        "postmortems/2025-06-01-y.md",
        "---\nid: 2025-06-01-y\nseverity: 高\nstatus: draft\n---\n# 日本語日本語\n",
    )

    shown = author.at_a_terminal(COLUMNS="54", TERM="xterm").run("list").out

    assert shown.splitlines() == [
        "2025-06-01-y       高     draft  日本語日本語",
        "2025-05-24-x-down  SEV-1  draft  X down: failover did…",
    ]


@pytest.mark.parametrize(
    "words, many",
    [
        ([], 2),
        (["--status", "draft"], 1),
        (["--status", "DRAFT", "--status", "final"], 2),
        (["--severity", "sev-1"], 1),
        (["--service", "api"], 1),
        (["--service", "api", "--status", "draft"], 0),
    ],
)
def test_a_list_is_chosen_by_facts(author: Author, words: list[str], many: int) -> None:
    """An option twice means either; two options mean both."""
    author.write(
        "postmortems/2025-06-01-y.md",
        "---\nid: 2025-06-01-y\nstatus: final\nservices: [API, web]\n---\n# Y\n",
    )

    assert len(_listed(author, "--format", "ids", *words).splitlines()) == many


def test_a_list_is_plain_values(author: Author) -> None:
    """With the facts as they stand in the front matter."""
    (told,) = json.loads(_listed(author, "--format", "json"))

    assert told["id"] == ID
    assert told["title"] == TITLE
    assert told["facts"]["onset"] == "2025-05-24T13:05Z"
    assert (told["branch"], told["problem"]) == (None, None)


def test_nothing_is_an_answer_too(tmp_path: Path, home: Path) -> None:
    """An empty list is no mistake, and says how to begin."""
    root = tmp_path / "empty"
    root.mkdir()

    said = Author(root, home).run("list")

    assert said == (0, "", "no report in postmortems; `postmortem new` begins one\n")


def test_the_help_says_whose_findings_it_has(
    author: Author, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of reading; what rules find is another command's answer."""
    author.run("show", "--help")
    said = " ".join(capsys.readouterr().out.split())

    assert "what could not be read; `postmortem check ID` has all" in said
