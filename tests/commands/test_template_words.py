"""What a team calls its write-ups, in which language: said once, in the template."""

from __future__ import annotations

import shutil

import pytest

from postmortem.markdown import SUFFIX
from tests.commands.stage import BRANCH, Said, Stage
from tests.laws import AWKWARD

FOLDER = "postmortems/.templates"
NAMED = """\
---
labels:
  postmortem: {word}
---
# {{{{ labels.postmortem | capitalize }}}}: {{{{ title }}}}

## What this {{{{ labels.postmortem }}}} found

{{{{ summary }}}}
"""
TITLE = "Störung: Anmeldung"
FACTS = (
    *("--set", "severity=SEV-2", "--set", "onset=2025-05-24T13:05Z"),
    *("--set", "detected=2025-05-24T13:12Z", "--set", "summary=Nichts ging."),
)


def _begun(stage: Stage, name: str) -> Said:
    return stage.run("new", TITLE, "--template", name, "--set", "zone=UTC", *FACTS)


@pytest.mark.parametrize("word", ["incident review", "PIR", "COE", "retrospective"])
def test_the_word_changes_in_headings_and_prompts(stage: Stage, word: str) -> None:
    """One line of the front matter says what a postmortem is called here."""
    stage.write(f"{FOLDER}/named{SUFFIX}", NAMED.format(word=word))

    assert stage.run("template", "check", "named", "--records", "20").code == 0
    outline = stage.run("template", "show", "named", "--outline").out
    form = stage.run("template", "show", "named", "--form").out

    assert f"# {word.capitalize()}: (title)\n" in outline
    assert f"## What this {word} found\n  text: summary" in outline
    assert f"How far is the {word}? (choice)" in form
    assert "write-up" not in form


def test_the_word_changes_in_the_message_of_the_commit(stage: Stage) -> None:
    """The message that a log shows is in the team's words too."""
    stage.write(f"{FOLDER}/named{SUFFIX}", NAMED.format(word="incident review"))
    _begun(stage, "named")

    assert stage.run("submit", "anmeldung", "--way", "stay").code == 0

    branch = BRANCH.replace("x-down", "storung-anmeldung")
    said = stage.repo.git("log", "-1", "--format=%s", branch)
    assert said.strip() == f"Add incident review: {TITLE}"


def test_a_template_in_another_language(stage: Stage) -> None:
    """Headings, derived lines, what is not known, and the commit are in German."""
    stage.write(f"{FOLDER}/x", "")
    shutil.copy(AWKWARD / f"german{SUFFIX}", stage.root / FOLDER)

    assert stage.run("template", "check", "german", "--records", "20").code == 0
    path = _begun(stage, "german").out.split()[1]
    text = (stage.root / path).read_text(encoding="utf-8")
    assert stage.run("submit", "anmeldung", "--way", "stay").code == 0

    assert f"# Nachbesprechung: {TITLE}\n" in text
    assert "\n- Zeit bis zum Bemerken: 7 min (detected - onset)\n" in text
    assert "\n## Maßnahmen der Nachbesprechung\n\n_Noch nicht bekannt._\n" in text
    said = stage.repo.git(
        "log", "-1", "--format=%B", BRANCH.replace("x-down", "storung-anmeldung")
    )
    assert said.startswith(f"Neu: Nachbesprechung: {TITLE}\n\nSEV-2, Zeit bis zum")


def test_the_data_stay_what_they_are(stage: Stage) -> None:
    """Another word is another heading; upgraded, the record is the same."""
    path = f"{FOLDER}/named{SUFFIX}"
    stage.write(path, NAMED.format(word="postmortem"))
    _begun(stage, "named")
    stage.repo.git("add", "-A")
    stage.repo.git("commit", "-qm", "begin")
    before = stage.run("show", "anmeldung", "--format", "json").out

    stage.write(path, NAMED.format(word="incident review"))
    assert stage.run("upgrade", "anmeldung", "--yes").code == 0

    raw = stage.run("show", "anmeldung", "--raw").out
    assert f"# Incident review: {TITLE}\n" in raw
    assert "## What this incident review found\n" in raw
    after = stage.run("show", "anmeldung", "--format", "json").out
    assert _record(after) == _record(before)


def _record(said: str) -> dict[str, object]:
    import json

    found: dict[str, object] = json.loads(said)["report"]
    return {name: each for name, each in found.items() if name != "template"}


def test_a_word_that_is_none_is_a_mistake(stage: Stage) -> None:
    """With the nearest right one, where it is said and where it is shown."""
    text = NAMED.format(word="PIR").replace("  postmortem:", "  postmortm:")
    stage.write(f"{FOLDER}/named{SUFFIX}", text)

    said = stage.run("template", "check", "named", "--records", "0")

    assert said.code == 1
    assert f"{FOLDER}/named{SUFFIX}:3:3: labels names 'postmortm'" in said.out
    assert "did you mean 'postmortem'?" in said.out
