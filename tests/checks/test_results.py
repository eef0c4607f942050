"""Results: fingerprints that survive edits, and the file of what is known."""

from __future__ import annotations

import pytest

from postmortem.checks import baseline, check
from postmortem.checks.catalogue import rules
from postmortem.checks.prints import fingerprint
from postmortem.checks.results import Result, counts, result
from postmortem.errors import PostmortemError
from postmortem.model import Finding
from tests.checks.reports import BASE, laid_over, subject

_PRINTS = ["17ae63472aa19fae6450", "6eaf2a07a049230506a3", "fe763f4909f996eb1443"]
"""What a baseline of the first version holds: two actions, and a phone number."""
NO_DUE = BASE.replace(", due 2026-03-27", "").replace(", due 2026-03-20", "")


def made(text: str) -> Result:
    """Return the result of a text."""
    own = subject(text)
    return result(own, check(own), formers=True)


def test_a_fingerprint_does_not_depend_on_the_line() -> None:
    """What stands above may grow; the words of the line itself may not change."""
    longer = NO_DUE.replace("## Impact\n", "## Impact\n\nMore than ever.\n")
    other = NO_DUE.replace("Restart the cache", "Restart all of the cache")

    assert made(longer).prints == made(NO_DUE).prints
    assert made(other).prints != made(NO_DUE).prints


def test_what_is_known_is_left_out_as_often_as_it_is_known() -> None:
    """A second one of the same kind is new."""
    found = made(NO_DUE)
    assert len(found.findings) == 2

    assert found.without(found.prints).findings == ()
    assert found.without(found.prints[:1]).findings == found.findings[1:]
    assert found.without([*found.prints, "other"]).findings == ()


_ONE = "ghp" + "_" + "a7Kd2RfG9pQx4LmT0vYb8ZnC3sWj6EhU1iOo"
_OTHER = "ghp" + "_" + "a7Kd2RfG9pQx4LmT0vYb8ZnC3sWj6EhU1iOp"

_BEGIN = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7bq2\n"


@pytest.mark.parametrize(
    "one, other",
    [
        (_ONE, _OTHER),
        ("DB_PASSWORD=" + "k3ep0ut0fh3re", "DB_PASSWORD=" + "k3ep0ut0fthis"),
        (
            f"{_BEGIN}{'Q8yZ0kq1' * 3}\n-----END RSA PRIVATE KEY-----",
            f"{_BEGIN}{'f3r5t7u9' * 3}\n-----END RSA PRIVATE KEY-----",
        ),
    ],
    ids=["token", "password", "key"],
)
def test_another_credential_is_not_the_one_that_was_known(one: str, other: str) -> None:
    """Of the same kind and length under the same heading, and so not known before."""
    text = laid_over(f"## Impact\n\nThe log of 3 hosts had\n\n```\n{one}\n```\n")
    known, swapped = made(text), made(text.replace(one, other))
    two = made(text.replace(one, f"{one}\n\n{other}"))

    assert [it.message for it in swapped.findings] == [
        it.message for it in known.findings
    ]
    assert [it.code for it in swapped.since(known).findings] == ["PM701"]
    assert len(two.since(known).findings) == len(two.findings) - len(known.findings)
    assert known.since(two).findings == ()


def test_a_credential_that_moves_is_the_one_that_was_known() -> None:
    """On another line under the same heading."""
    text = laid_over(f"## Impact\n\nThe log of 3 hosts had {_ONE} in it.\n")
    moved = text.replace("The log", "For 20 minutes it was slow.\n\nThe log")

    assert _known(moved) == _known(text)


def _known(text: str) -> list[str]:
    """Return the fingerprints of the credentials in a text."""
    found = made(text)
    pairs = zip(found.findings, found.prints, strict=True)
    return [mark for finding, mark in pairs if finding.code == "PM701"]


def test_what_gitleaks_finds_is_told_apart_too() -> None:
    """By the rule of that program alone they are all alike."""
    text = laid_over("## Impact\n\nThe log of 3 hosts had SECRET in it.\n")
    marks = {
        result(own, check(own)).prints
        for secret in ("correct horse", "battery stapl", "correct horse")
        for own in [subject(text.replace("SECRET", secret), leaks={"generic": secret})]
    }

    assert len(marks) == 2


def test_a_fingerprint_confirms_no_guess() -> None:
    """Of short secrets so many share each one that it does not tell which it was."""
    short = {_mark(f"pw{number:0>10}") for number in range(600)}
    long = {_mark(f"pw{number:0>38}") for number in range(600)}

    assert 200 < len(short) <= 256
    assert len(long) > 580


def _mark(secret: str) -> str:
    """Return the fingerprint of a secret that gitleaks has found."""
    own = subject(f"The log had {secret} in it.\n", leaks={"generic": secret})
    (found,) = rules()["PM702"].check(own)
    return fingerprint(own, found.replace(code="PM702"))


def test_what_other_rules_find_is_known_by_an_old_baseline() -> None:
    """A file of what is known, once written, stays true."""
    text = NO_DUE.replace("## Impact\n", "## Impact\n\nAsk +44 20 7946 0958.\n")
    found = made(text)

    assert sorted(found.formers) == _PRINTS
    assert found.without(_PRINTS).findings == ()
    assert [it.code for it in found.without(_PRINTS[1:]).findings] == ["PM713"]
    assert len(found.without(_PRINTS[1:] * 2).findings) == 1


def _graded(*levels: str) -> Result:
    """Return a result in which the same is found again, at each of these levels."""
    found = tuple(
        Finding(code="PM412", message="x", line=1, severity=it) for it in levels
    )
    return Result(path="x.md", findings=found, prints=("mark",) * len(levels))


@pytest.mark.parametrize(
    "before, now, new",
    [
        (["warning"], ["warning"], []),
        (["error"], ["warning"], []),
        (["hint"], ["error"], ["error"]),
        (["hint"], ["warning", "hint"], ["warning"]),
        (["warning"], ["warning", "warning"], ["warning"]),
        (["error", "warning"], ["hint", "error"], []),
        (["error"], ["hint", "error"], ["hint"]),
        ([], ["hint"], ["hint"]),
        (["error", "error"], [], []),
    ],
)
def test_what_has_become_graver_is_new(
    before: list[str], now: list[str], new: list[str]
) -> None:
    """What was there counts as known at its own level or a milder one, each once."""
    left = _graded(*now).since(_graded(*before))

    assert [each.severity for each in left.findings] == new
    assert len(left.prints) == len(new)


def test_headings_are_those_above_a_line_or_on_it() -> None:
    """What is found under two of them is two things; before the first there is none."""
    text = "x\n# One\nx\n\n#hash\n\nx\n## Two ##\nx\n"
    own = subject(text)
    marks = {
        line: fingerprint(own, Finding(code="PM604", message="m", line=line))
        for line in (1, 3, 7, 9)
    }
    moved = fingerprint(
        subject(text.replace("x\n\n#hash\n\nx\n", "#hash\n\ny\n\nx\n")),
        Finding(code="PM604", message="m", line=7),
    )

    assert len(set(marks.values())) == 3
    assert marks[3] == marks[7] == moved


def test_a_baseline_reads_back() -> None:
    """By the path of each report; hints are not worth a line."""
    found = made(NO_DUE)
    text = baseline.text({it.path: baseline.marks(it) for it in (made(BASE), found)})

    known = baseline.read(text)

    assert {path: sorted(marks) for path, marks in known.items()} == {
        "report.md": sorted(found.prints)
    }


def test_a_baseline_knows_nothing_that_holds_up_a_draft() -> None:
    """Nobody gets used to a file that cannot be read."""
    broken = made(BASE.replace("tags: [cache]", "tags: [cache"))

    assert counts([broken]) == {"error": 1, "warning": 0, "hint": 0}
    assert baseline.marks(broken) == ()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 0, "reports": {}}', '{"version": 1}', "null"]
)
def test_what_is_no_baseline_is_refused(text: str) -> None:
    """With the command that writes one."""
    with pytest.raises(PostmortemError, match="this is no baseline") as error:
        baseline.read(text, "known.json")

    assert "--write-baseline" in (error.value.problem.hint or "")


def test_a_baseline_of_a_newer_version_is_not_written_anew() -> None:
    """That would take in whatever is found, and is no way out."""
    with pytest.raises(PostmortemError, match="a newer version") as error:
        baseline.read('{"version": 2, "reports": {}}', "known.json")

    assert "--write-baseline" not in str(error.value)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_marks_of_a_merge_are_told(end: str) -> None:
    """With their line, and what to keep."""
    lines = ["{", ' "version": 1,', "<<<<<<< HEAD", "=======", ">>>>>>> main", "}"]

    with pytest.raises(PostmortemError) as error:
        baseline.read(end.join(lines), "known.json")

    assert str(error.value) == (
        "known.json:3: a merge is not resolved here\n"
        "  keep the lines of both sides, with commas between them"
    )


def test_results_can_be_narrowed_by_level() -> None:
    """A graver level leaves fewer."""
    found = made(laid_over("## Impact\n\nCustomers were affected.\n", NO_DUE))

    assert counts([found]) == {"error": 1, "warning": 2, "hint": 0}
    assert counts([found.at_least("error")]) == {"error": 1, "warning": 0, "hint": 0}
