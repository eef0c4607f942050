"""One slip in the front matter never turns the checks off in silence."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from postmortem import markdown
from postmortem.checks import Around, check, subject_of
from postmortem.checks.around import FRONT_MATTER, TEMPLATE
from postmortem.model import Finding
from tests.checks.reports import BASE, NOW, found, laid_over, template
from tests.commands.stage import Stage
from tests.laws import PRESETS

KEYS = BASE.removeprefix("---\n")
BARE = KEYS.replace("\n---\n", "\n", 1)
OWN_ID = "id: report\nstatus: draft\nseverity: SEV-2\n\n# It was slow\n"
"""Front matter of no template, without fences, in the file `report.md`."""
ID = "2026-03-02-checkout-slow-after-a-cache-change"


@pytest.mark.parametrize(
    "text",
    [
        KEYS,
        f"\n\n{KEYS}",
        f"\ufeff{KEYS}",
        f"--\n{KEYS}",
        f"\N{EM DASH}-\n{KEYS}",
        f"x---\n{KEYS}",
        f"\n---\n{KEYS}",
        f" ---\n{KEYS}",
        f"<!-- ours -->\n---\n{KEYS}",
        KEYS.replace("status: in-review\n", ""),
        KEYS.replace("tags: [cache]", "# the tags\ntags:\n  - cache\n- more"),
    ],
)
def test_front_matter_without_its_first_fence_is_an_error(text: str) -> None:
    """It says what to write, and where; a draft is held up as well."""
    for own in (text, text.replace("in-review", "draft")):
        (one,) = _read_by_headings(own)

        assert (one.code, one.severity) == ("PM003", "error")
        assert "put a line --- above its first key" in str(one.hint)


@pytest.mark.parametrize(
    "text",
    [
        "# A report\n\nstatus: closed\n\n---\n\n## Impact\n",
        "status: closed\n\n## Impact\n",
        "Status: closed\n---\n\nIt was slow.\n",
        "note: we saw it\n---\n\nIt was slow.\n",
        "status: closed\nIt was slow.\n---\n",
        "---\n",
        "--\n",
        "",
        f"```\n{KEYS}\n```\n",
        f"```\n{BARE}\n```\n",
        f"# The title\n\n{BARE}",
        f"It was slow.\n{BARE}",
        "Status: resolved\nSeverity: SEV-2\nOwner: storage on-call\nId: report\n",
        "status: resolved\nseverity: SEV-2\nowner: storage on-call\n\n# Slow\n",
        "**Status**: resolved\n**Severity**: 2\n**Id**: report\n\n# Slow\n",
        "- id: report\n- status: resolved\n- severity: SEV-2\n\n# Slow\n",
        OWN_ID.replace("report", "INC-42"),
        OWN_ID.replace("severity", "level"),
        OWN_ID.replace("id: report", "template: incident report of the web team"),
        OWN_ID.replace("id: report", "template: incident 2"),
        OWN_ID.replace("report", "another\ntemplate: Incident 2"),
        OWN_ID.replace("draft\n", "draft\n\n"),
    ],
)
def test_a_text_that_only_looks_like_front_matter_is_none(text: str) -> None:
    """Keys of ours have to come first, and a fence has to end them."""
    assert [it for it in _read_by_headings(text) if it.code == "PM003"] == []


@pytest.mark.parametrize(
    "text",
    [
        BARE,
        f"\n\n{BARE}",
        f"\ufeff{BARE}",
        f"--\n{BARE}",
        BARE.replace("\n\n#", "\n#", 1),
        BARE.replace("\n\n#", "\n--\n\n#", 1),
        BARE.replace("\n\n#", "\n\N{EM DASH}-\n\n#", 1),
        BARE.replace("status: in-review\n", ""),
        BARE.replace("tags: [cache]", "# the tags\ntags:\n  - cache\n- more"),
        BARE.replace(ID, "another-id"),
        BARE.replace(f"id: {ID}\n", "").replace("default 1", "default 1 0a1b2c3d"),
        OWN_ID,
        OWN_ID.replace("report", "Report"),
        OWN_ID.replace("report", "'report'"),
        OWN_ID.replace("\n\n#", "\n#"),
    ],
)
def test_front_matter_without_both_fences_is_an_error(text: str) -> None:
    """Keys of ours that begin the file are told by their template, or its own name."""
    for own in (text, text.replace("in-review", "draft")):
        (one,) = _read_by_headings(own)

        assert (one.code, one.severity) == ("PM003", "error")
        assert "put a line --- above its first key, and one below" in str(one.hint)


@pytest.mark.parametrize(
    "front, told",
    [
        ("status: final", True),
        ("status: In-review", True),
        ("id: u\nstatus: final", True),
        ("id: u\nstatus: closed", True),
        ("title: It was slow\nstatus: closed", False),
        ("status: draft", False),
        ("status: not-required", False),
        ("status: resolved", False),
        ("id: u", False),
        ("title: It was slow", False),
    ],
)
def test_who_says_that_a_report_is_complete_names_its_template(
    front: str, *, told: bool
) -> None:
    """With an id or without one; a page of others' that is closed claims nothing."""
    for body in ("", "\n# Slow\n\nIt was slow.\n\nStatus: final\n"):
        found_here = _read_by_headings(f"---\n{front}\n---\n{body}")

        here = [it for it in found_here if it.code == "PM607"]
        assert [it.severity for it in here] == ["warning"] * told


def test_front_matter_that_git_still_has_is_an_error() -> None:
    """Whatever is left of it; that it is damaged is told once."""
    where = Around(lost=FRONT_MATTER)

    for text in ("# It was slow\n", "", "---\n---\n\n# It was slow\n"):
        (one,) = _read_by_headings(text, where)

        assert (one.code, one.severity, one.line) == ("PM003", "error", 1)
        assert "the front matter is gone" in one.message
    for text in (KEYS, BARE, OWN_ID):
        (one,) = _read_by_headings(text, where)
        assert "put a line --- above its first key" in str(one.hint)


@pytest.mark.parametrize(
    "front",
    ["status:", "status: ''", "statsu: in-review\nstatus:", "status: # later"],
)
def test_a_report_without_a_status_is_an_error(front: str) -> None:
    """Nobody can tell whether it is a draft, so it is held up like one that is none."""
    text = BASE.replace("status: in-review\n", f"{front}\n")
    gone = BASE.replace("status: in-review\n", "")

    for own, line in ((text, 3 + len(front.splitlines())), (gone, 1)):
        (one,) = (it for it in found(own, refreshed=True) if it.severity == "error")

        assert (one.code, one.line) == ("PM613", line)
        assert "draft into the front matter" in str(one.hint).replace("`", "")
        assert "in-review, final, closed, not-required" in str(one.hint)


@pytest.mark.parametrize("word", ["in_review", "reviewing", "drfat", "done"])
def test_a_status_that_is_none_of_the_teams_is_an_error(word: str) -> None:
    """It is told at its place, once."""
    text = BASE.replace("status: in-review", f"status: {word}")
    (one,) = (it for it in found(text, refreshed=True) if it.severity == "error")

    assert (one.code, one.line) == ("PM613", 4)


def test_the_settings_decide_about_it() -> None:
    """They can turn it off, make it lighter, or have the word."""
    text = BASE.replace("status: in-review", "status: reviewing")
    settings = (
        {"checks": {"PM613": "off"}},
        {"statuses": ["draft", "reviewing", "final"]},
    )

    for each in settings:
        assert _errors(text, settings=each) == []
    (one,) = found(text, refreshed=True, settings={"checks": {"PM613": "warning"}})
    assert one.severity == "warning"


def test_a_severity_of_nobody_stays_a_warning() -> None:
    """It turns nothing off."""
    (one,) = found(laid_over("---\nseverity: SEV-22\n---\n"), refreshed=True)

    assert (one.code, one.severity) == ("PM606", "warning")


def test_another_teams_report_keeps_its_own_words() -> None:
    """One that no template of ours laid out is told of them, and not held up."""
    for status, codes in (("Reviewing", ["PM613"]), ("", [])):
        told = _of_no_template(f"status: {status}")

        assert [it.code for it in told] == codes
        assert [it.severity for it in told] == ["warning"] * len(codes)


@pytest.mark.parametrize(
    "status, told",
    [
        *(("resolved", 0), ('"resolved"', 0), ("in_progress", 0), ("In progress", 0)),
        *(("scheduled", 0), ("Investigating", 0), ("monitoring", 0), ("mitigated", 0)),
        *(("drfat", 1), ("reviewing", 1), ("in_review", 1), ("fianl", 1), ("done", 1)),
        *(("resolvd", 1), ("draft resolved", 1)),
        ("resolved\ntemplate: of-nobody", 1),
    ],
)
def test_the_state_of_an_incident_is_no_mistake_in_others_reports(
    status: str, told: int
) -> None:
    """Status pages have it in the place of the document's; in ours it is one."""
    assert len(_of_no_template(f"status: {status}")) == told
    lost = _of_no_template(f"status: {status}", Around(lost=TEMPLATE))
    assert "PM613" in {it.code for it in lost}
    own = BASE.replace("status: in-review", f"status: {status.splitlines()[0]}")
    assert "PM613" in {it.code for it in found(own, refreshed=True)}


def test_a_template_without_a_status_is_asked_for_none() -> None:
    """It has no place for one."""
    whole = template().outline
    fields = {name: it for name, it in whole.fields.items() if name != "status"}
    outline = msgspec.structs.replace(whole, fields=fields)
    text = BASE.replace("status: in-review\n", "")

    for known, told in ((whole, ["PM613"]), (outline, [])):
        reading = markdown.read(text, known)
        subject = subject_of(text, reading, known, path="report.md", now=NOW)

        assert [it.code for it in check(subject) if it.code == "PM613"] == told


@pytest.mark.parametrize("name", PRESETS)
def test_every_shipped_template_has_a_status(name: str) -> None:
    """So that a report of theirs without one is an error."""
    assert "status" in template(name).outline.fields


@pytest.mark.parametrize(
    "text",
    [
        KEYS,
        BARE,
        BASE.replace("status: in-review\n", ""),
        BASE.replace("status: in-review", "status: in_review"),
    ],
)
def test_each_of_them_ends_the_command_with_an_error(plain: Stage, text: str) -> None:
    """As a pipeline runs it."""
    (path,) = plain.root.rglob("*.md")
    path.unlink()
    plain.write(f"postmortems/{ID}.md", text)

    assert plain.run("check").code == 1


def test_a_line_that_would_tell_a_negative_length_is_left_alone() -> None:
    """The moments are wrong, and are told as wrong; the line follows from them."""
    text = BASE.replace("detected: 2026-03-02T10:06Z", "detected: 2026-03-02T09:57Z")

    told = found(text)
    derived = [it.message for it in told if it.code == "PM110"]

    assert "PM111" in {it.code for it in told}
    assert [it for it in derived if "-" in it.partition(": ")[2]] != []
    assert [it for it in derived if "after -" in it or "-3 min" in it] == []


def _of_no_template(front: str, around: Around | None = None) -> Sequence[Finding]:
    """Return what is told of the status of a report that no template laid out."""
    text = f"---\ntitle: Slow\n{front}\n---\n\n## Impact\n\nSlow.\n"
    return [it for it in _read_by_headings(text, around) if it.code == "PM613"]


def _errors(text: str, **where: object) -> list[str]:
    every = found(text, refreshed=True, **where)
    return [it.code for it in every if it.severity == "error"]


def _read_by_headings(text: str, around: Around | None = None) -> tuple[Finding, ...]:
    known = markdown.foreign.outline(text)
    reading = markdown.read(text, known, path="report.md")
    where = around or Around()
    return check(
        subject_of(text, reading, known, path="report.md", now=NOW, around=where)
    )
