"""SEC-SECRETS: what is planted is found everywhere, and shown, kept, made nowhere."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from tests.checks.privacy.planted import LOOK_ALIKES, PERSONAL, SECRETS
from tests.checks.where.place import CLEAN, ID, PATH, WEAK
from tests.commands.stage import Stage

BLOCKED = list(SECRETS)[:16]
"""Each of its own kind, from as many issuers."""
SHAPES = ("text", "json", "sarif", "github", "gitlab")
_ALIKE = LOOK_ALIKES[:9]
_, CARD = PERSONAL["card"]
_PIECE = 9
"""Characters in a row that nobody would repeat by chance."""


def _report(*planted: str) -> str:
    """Return the clean report with texts in its prose, its code and its rows."""
    lines = "\n".join(f"The log had {text} in it.\n" for text in planted)
    return CLEAN.replace("## Impact\n", f"## Impact\n\n{lines}", 1)


def _leaked(secrets: list[str], text: str) -> list[str]:
    """Return the pieces of secrets that a text repeats; plain words are none."""
    pieces = {
        secret[at : at + _PIECE]
        for secret in secrets
        for at in range(len(secret) - _PIECE + 1)
    }
    return [it for it in pieces if any(map(str.isdigit, it)) and it in text]


def _kept(stage: Stage) -> str:
    """Return all that is in the folders of the program, as text."""
    env = stage.env()
    folders = (env.cache_dir, env.state_dir, env.config_dir)
    files = [path for it in folders for path in it.rglob("*") if path.is_file()]
    names = [str(path) for path in files]
    texts = [path.read_bytes().decode("utf-8", "replace") for path in files]
    return "\n".join((*names, *texts))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_planted_secret_is_found_and_none_is_shown(
    repository: Stage, shape: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """In each form in which findings are printed, twice: the second from the cache."""
    caplog.set_level(logging.DEBUG)
    planted = [SECRETS[name] for name in BLOCKED]
    repository.write(PATH, _report(*planted))
    summary = tmp_path / "summary.md"
    repository.environment["GITHUB_STEP_SUMMARY"] = str(summary)

    first = repository.run("check", "--format", shape, "--hints")
    second = repository.run("check", "--format", shape, "--hints")

    assert first.code == second.code == 1
    assert first.out == second.out
    written = summary.read_text() if summary.exists() else ""
    said = first.out + first.err + second.err + written
    assert said.count("PM701") >= (10 if shape == "github" else len(BLOCKED))
    assert _leaked(planted, said + caplog.text) == []
    assert _leaked(planted, _kept(repository)) == []


def test_each_of_them_is_found_on_its_line(repository: Stage) -> None:
    """One finding for each, and none for what only looks alike."""
    planted = [SECRETS[name] for name in BLOCKED]
    text = _report(*planted, *_ALIKE)
    repository.write(PATH, text)

    found = json.loads(repository.run("check", "--format", "json").out)

    places = [
        it["line"]
        for it in found["reports"][0]["findings"]
        if it["code"].startswith("PM7")
    ]
    lines = text.splitlines()
    assert places == [
        next(at for at, line in enumerate(lines, 1) if one.split("\n")[0] in line)
        for one in planted
    ]


def test_what_only_looks_like_one_holds_nothing_up(repository: Stage) -> None:
    """A report full of hashes, placeholders and times is committed."""
    name = "2026-03-03-other"
    text = _report(*_ALIKE).replace(ID, name)
    repository.write(f"postmortems/{name}.md", text)

    said = repository.run("submit", name, "--way", "stay")

    assert said.code == 0, said.err


@pytest.mark.parametrize("way", ["stay", "switch", "here"])
def test_a_submit_is_refused_and_leaves_nothing(
    repository: Stage, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    """No branch, no commit, no object of git; a kept message has no secret in it."""
    caplog.set_level(logging.DEBUG)
    name = "2026-03-03-other"
    planted = [SECRETS[name] for name in BLOCKED]
    title = f"# The log had {SECRETS['github']} in it\n"
    text = _report(*planted).replace(ID, name)
    head = next(line for line in text.splitlines() if line.startswith("# "))
    repository.write(f"postmortems/{name}.md", text.replace(f"{head}\n", title))
    refs, head = repository.repo.git("for-each-ref"), repository.repo.git("status")
    objects = repository.repo.git("count-objects")

    said = repository.run("submit", name, "--way", way)

    assert said.code == 2
    assert f"postmortems/{name}.md:" in said.err
    assert said.err.count(": PM701 ") == len(BLOCKED) + 1
    assert f"`postmortem check {name}` shows them" in said.err
    assert "<!-- postmortem: allow PM701 because … -->" in said.err
    assert "--allow-findings" not in said.err
    assert repository.repo.git("for-each-ref") == refs
    assert repository.repo.git("status") == head
    assert repository.repo.git("count-objects") == objects
    assert _leaked(planted, said.out + said.err + caplog.text) == []
    assert _leaked(planted, _kept(repository)) == []


def test_a_draft_is_held_up_too(repository: Stage) -> None:
    """Whatever else it may lack."""
    name = "2026-03-03-other"
    text = _report(SECRETS["github"]).replace(ID, name)
    text = text.replace("status: in-review", "status: draft")
    repository.write(f"postmortems/{name}.md", text)

    said = repository.run("submit", name, "--way", "stay")

    assert (said.code, said.err.count(": PM701 ")) == (2, 1)


@pytest.mark.parametrize("planted", [SECRETS["github"], CARD])
@pytest.mark.parametrize("text", [CLEAN, WEAK], ids=["clean", "weak"])
def test_no_option_commits_it(repository: Stage, text: str, planted: str) -> None:
    """It is for what a report lacks; the other errors are not told with it."""
    name = "2026-03-03-other"
    impact = f"## Impact\n\nThe log had {planted} in it.\n"
    text = text.replace("## Impact\n", impact, 1).replace(ID, name)
    repository.write(f"postmortems/{name}.md", text)
    refs = repository.repo.git("for-each-ref")

    said = repository.run("submit", name, "--way", "stay", "--allow-findings")

    code = "PM714" if planted == CARD else "PM701"
    assert said.code == 2
    assert f": {code} " in said.err
    assert "PM204" not in said.err
    assert "take it out" in said.err
    assert f"<!-- postmortem: allow {code} because … -->" in said.err
    assert _leaked([planted], said.out + said.err) == []
    assert repository.repo.git("for-each-ref") == refs


def test_no_change_commits_it_to_the_branch_of_a_report(repository: Stage) -> None:
    """A report on a branch is committed as it is changed; a secret is refused there."""
    name, planted = "2026-03-03-other", SECRETS["github"]
    path = repository.repo.root / "postmortems" / f"{name}.md"
    repository.write(f"postmortems/{name}.md", CLEAN.replace(ID, name))
    repository.run("submit", name, "--way", "stay", "--allow-findings")
    path.unlink()
    refs = repository.repo.git("for-each-ref")

    said = repository.run("set", name, f"impact=The log had {planted} in it.")
    kept = repository.repo.git("for-each-ref")
    good = repository.run("set", name, "impact=A third of 41,000 orders.")

    assert (said.code, good.code) == (2, 0)
    assert ": PM701 " in said.err
    assert _leaked([planted], said.out + said.err) == []
    assert kept == refs != repository.repo.git("for-each-ref")


def test_what_else_is_wrong_is_told_below_it(repository: Stage) -> None:
    """The option is named where it would help, which it does not yet."""
    name = "2026-03-03-other"
    text = WEAK.replace("## Safeguards", f"## Safeguards\n\n{SECRETS['github']}\n", 1)
    repository.write(f"postmortems/{name}.md", text.replace(ID, name))

    said = repository.run("submit", name, "--way", "stay")

    places = [said.err.index(it) for it in (": PM701 ", "take it out", ": PM204 ")]
    assert places == sorted(places)
    assert "--allow-findings" not in said.err


def test_it_is_committed_where_the_report_says_why(repository: Stage) -> None:
    """In a comment on its line; what is printed still does not repeat it."""
    name = "2026-03-03-other"
    secret = SECRETS["github"]
    allowed = "<!-- postmortem: allow PM701 because it was revoked the same day -->"
    text = _report(f"{secret} {allowed}").replace(ID, name)
    repository.write(f"postmortems/{name}.md", text)

    said = repository.run("submit", name, "--way", "stay")

    assert said.code == 0, said.err
    assert _leaked([secret], said.out + said.err) == []
    assert secret not in repository.repo.git("log", "-1", "--format=%B", "--all")


def test_what_says_who_somebody_is_is_not_repeated(repository: Stage) -> None:
    """A warning names its kind; numbers and addresses stay where they are."""
    planted = [text for _, text in PERSONAL.values()]
    repository.write(PATH, _report(*planted))

    outputs = {it: repository.run("check", "--format", it).out for it in SHAPES}
    # A rule's page has numbers of its own, which every log of SARIF carries.
    outputs["sarif"] = json.dumps(json.loads(outputs["sarif"])["runs"][0]["results"])

    for code, text in PERSONAL.values():
        assert all(code in said for said in outputs.values())
        assert not any(text in said for said in outputs.values())
    assert not any(text in _kept(repository) for text in planted)


def test_a_swapped_secret_is_new_to_a_branch(repository: Stage) -> None:
    """Another one of its kind on its line is not the one that was committed."""
    one, other = SECRETS["github"], SECRETS["github"][:-1] + "q"
    repository.repo.commit(PATH, _report(one))

    repository.write(PATH, _report(f"the same {one}"))
    same = repository.run("check", "--changed-since", "HEAD")
    repository.write(PATH, _report(other))
    swapped = repository.run("check", "--changed-since", "HEAD")

    assert (same.code, same.out.count("PM701")) == (0, 0)
    assert (swapped.code, swapped.out.count("PM701")) == (1, 1)


def test_a_baseline_does_not_hold_a_secret(repository: Stage) -> None:
    """What it knows are fingerprints, and a draft's secrets hold it up all the same."""
    repository.write(PATH, _report(SECRETS["github"]))

    repository.run("check", "--write-baseline")

    text = (repository.root / ".postmortem-baseline.json").read_text()
    assert _leaked([SECRETS["github"]], text) == []
