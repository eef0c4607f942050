"""A template that came with a repository makes text and mistakes, and nothing else.

Each is tried with every command that looks at templates, in a process of its own.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from postmortem import markdown
from postmortem.templating import Source
from tests.commands.stage import REPORT, Said, Stage
from tests.templating.test_sandbox import PAYLOADS

FOLDER = "postmortems/.templates"
SOUND = "# {{ title }}\n\n## Summary\n\n{{ summary }}\n"
BELOW = 7
"""The line behind a sound template."""
LONGEST = 12.0
"""Seconds for any one command: twice a budget of five, since it may be spent twice."""


@pytest.fixture
def team(tmp_path: Path, home: Path) -> Stage:
    """Return somebody in a repository that brings templates."""
    root = tmp_path / "work"
    root.mkdir()
    stage = Stage(root, home)
    stage.repo.git("init", "-q")
    return stage


def _used(team: Stage, bodies: Sequence[str], front: Sequence[str] = ()) -> list[Said]:
    """Put each below a template of its own; return what is said of each and of its use.

    All of them are listed and checked by one command each, and the last is used, which
    makes no report but where there is only front matter to ignore.
    """
    names = [f"evil{at}" for at in range(len(bodies))]
    for name, body in zip(names, bodies, strict=True):
        head = "".join(("---\n", *(f"{line}\n" for line in front), "---\n"))
        text = f"{head if front else ''}{SOUND}\n{body}\n"
        team.write(f"{FOLDER}/{name}.md.j2", text)
    listed = team.run("template", "list")
    checked = team.run("template", "check", *names, "--records", "1")
    made = team.run("new", "X", "--set", "severity=SEV-1", "--template", names[-1])
    for said in (listed, checked, made):
        assert "Traceback" not in said.err
    assert (listed.code, checked.code) == (0, 1)
    reports = [*(team.root / "postmortems").glob("*.md")]
    assert (made.code, len(reports)) == ((0, 1) if front else (2, 0))
    return [listed, checked, made]


def _told(said: Said, line: int) -> list[int]:
    """Return the numbers of the templates of which something is told on a line."""
    found = re.findall(rf"^{FOLDER}/evil(\d+)\.md\.j2:{line}:", said.out, re.MULTILINE)
    return sorted({int(each) for each in found})


def test_no_payload_runs(team: Stage, tmp_path: Path) -> None:
    """SEC-SSTI: each is a mistake with its line, no report is made, nothing is run."""
    canary = tmp_path / "canary"
    texts = [PAYLOADS[at] for at in (0, 2, 3, 4, 8, 15, 28, 35, 41, 53, 60, 83)]

    _, checked, made = _used(
        team,
        [
            text.replace("TOUCH", f"touch {canary}").replace("FILE", str(canary))
            for text in texts
        ],
    )

    assert not canary.exists()
    assert _told(checked, BELOW) == [*range(len(texts))]
    assert made.err.startswith(f"{FOLDER}/evil{len(texts) - 1}.md.j2:{BELOW}:")


HEAVY = {
    "a long text": "{{ 'a' * 10**9 }}",
    "a large number": "{{ 2**(10**9) }}",
    "words": "{{ lipsum(n=100000) }}",
    "blanks": "{{ 'a'|center(1000000000) }}",
    "doubling": "{% set n = namespace(x='a') %}{% for a in range(99) %}"
    "{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}",
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
}


def test_no_template_takes_the_machine(team: Stage) -> None:
    """SEC-TPL-DOS: to list, check or use them takes seconds, and this goes on."""
    start = time.monotonic()

    _, checked, _ = _used(team, [*HEAVY.values()])

    assert time.monotonic() - start < LONGEST
    assert _told(checked, BELOW) == [*range(len(HEAVY))]


@pytest.mark.parametrize("tag", ["include", "extends", "import"])
def test_no_link_leads_out(team: Stage, tmp_path: Path, tag: str) -> None:
    """SEC-TPL-LINK: what a repository links to on this machine stays unread."""
    secret = tmp_path / "outside" / "secret"
    secret.parent.mkdir()
    secret.write_text("the words of the secret\n")
    (team.root / FOLDER).mkdir(parents=True)
    (team.root / FOLDER / "file").symlink_to(secret)
    (team.root / FOLDER / "folder").symlink_to(secret.parent)
    as_word = " as x" if tag == "import" else ""
    tags = [f"{{% {tag} '{it}'{as_word} %}}" for it in ("file", "folder/secret")]

    every = _used(team, tags)

    assert every[1].out.count("outside the template folder") == 2
    assert "outside the template folder" in every[2].err
    for said in every:
        assert "the words of the secret" not in said.out + said.err


def test_nothing_can_be_asked_to_run(team: Stage, tmp_path: Path) -> None:
    """SEC-TRUST: a template has no word for it, so there is nobody to trust.

    Nor is there an option that would allow it: neither an address that looks like a
    trusted one nor a path with dots in it can be let through by mistake.
    """
    canary = tmp_path / "canary"
    front = (
        f"hooks: {{after: 'touch {canary}'}}",
        f"tasks: ['touch {canary}']",
        f"_tasks: ['touch {canary}']",
        "jinja_extensions: [jinja2.ext.debug]",
        f"migrations: [{{before: 'touch {canary}'}}]",
        "filters: [os.system]",
    )

    _, checked, _ = _used(team, [""], front)

    assert not canary.exists()
    for line in range(2, 2 + len(front)):
        assert _told(checked, line) == [0], line
    for words in (("template", "check", "evil0"), ("new", "--template", "evil0")):
        assert team.run(*words, "--trust").err.startswith("no such option '--trust'")


def test_nothing_is_fetched(team: Stage) -> None:
    """SEC-TPL-REMOTE: neither from the network nor by a filter from this machine.

    Every connection, and every question about a name, would fail the test.
    """
    tags = (
        "{% include 'http://127.0.0.1:9/x' %}",
        "{% include 'https://example.com/x.md.j2' ignore missing %}",
        "{% extends '//example.com/x' %}",
        "{% import 'file:///etc/passwd' as x %}",
        "{% from 'ftp://example.com/x' import y %}",
        "{{ 'HOME'|env }}",
        "{{ '/etc/passwd'|readfile }}",
        "{{ lookup('env', 'HOME') }}",
        "{% do [] %}",
        "{% debug %}",
        "{% trans %}x{% endtrans %}",
    )

    _, checked, _ = _used(team, tags)

    assert _told(checked, BELOW) == [*range(len(tags))]


def test_a_slip_of_a_name_is_no_empty_text(team: Stage) -> None:
    """SEC-UNDEF: its line is told where it is checked and where it is used."""
    _, checked, made = _used(team, ["## Cause\n\n{{ rootcause }}"])

    said = f"{FOLDER}/evil0.md.j2:9:4: no field is called 'rootcause'"
    assert said in checked.out
    assert said in made.err


@pytest.mark.parametrize(
    "answer", ["{{ 7*7 }}", "{% raw %}", "{#", "{% include 'x' %}", "{{ '' }}{{"]
)
def test_an_answer_is_never_a_template(team: Stage, answer: str) -> None:
    """SEC-DOUBLE: it stays what was typed, however often it is written anew."""
    team.write(f"{FOLDER}/evil.md.j2", SOUND)
    team.write("postmortems/2025-05-24-x-down.md", REPORT)
    values = (f"summary=a {answer} b", f"owner={answer}", f"actions+=do {answer}")

    codes = [
        team.run("set", "x-down", *values).code,
        team.run("rename", "x-down", f"X {answer}").code,
        team.run("refresh", "x-down").code,
        team.run("convert", "x-down", "--template", "evil", "--yes").code,
        team.run("convert", "x-down", "--template", "sre", "--yes").code,
        team.run("refresh", "x-down").code,
    ]

    assert codes == [0] * 6
    path = team.root / "postmortems/2025-05-24-x-down.md"
    template = markdown.load("sre", _shipped())
    report = markdown.read(path.read_text("utf-8"), template).report
    assert report.title == f"X {answer}"
    assert report.owner == answer
    assert report.summary == f"a {answer} b"
    assert report.actions is not None
    assert report.actions[-1].text == f"do {answer}"


def _shipped() -> tuple[Source, ...]:
    from postmortem import shipped

    return (Source(path=shipped.templates_folder() / "reports", trusted=True),)
