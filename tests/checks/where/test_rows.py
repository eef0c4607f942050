"""Rows that lack the same thing: each is known by itself, and people read one line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence

import pytest

from tests.checks.where.place import CLEAN, PATH, stage_text
from tests.commands.stage import Stage

STRICT = ("check", "--fail-on", "warning")
_ACTIONS = CLEAN.index("- [ ] **A1**"), CLEAN.index("\n## Open questions")
_EVENT = "| 2026-03-02 10:20 | the database"

Text = Callable[[Collection[int], int], str]
"""Makes a report with so many rows; those with these numbers lack nothing."""


def _actions(whole: Collection[int], many: int) -> str:
    rows = "".join(
        f"- [ ] **A{number}** Reject a size above {number} GB (platform lead,"
        f"{' due 2099-03-27,' if number in whole else ''} prevent, P{number % 2},"
        f" F{2 + number % 2}, OPS-{number})\\\n"
        f"  done when: the test site rejects {number} GB\n"
        for number in range(1, many + 1)
    )
    return f"{CLEAN[: _ACTIONS[0]]}{rows}{CLEAN[_ACTIONS[1] :]}".replace("A2)", "A1)")


def _events(whole: Collection[int], many: int) -> str:
    rows = "".join(
        f"| {'2026-03-02 10:19' if number in whole else f'10 past {number}'}"
        f" | order number {number} fails | metrics |\n"
        for number in range(1, many + 1)
    )
    return CLEAN.replace(_EVENT, f"{rows}{_EVENT}")


KINDS = {"PM412": _actions, "PM103": _events}
kinds = pytest.mark.parametrize("code", KINDS)


def _places(stage: Stage, code: str, *words: str) -> Sequence[int]:
    """Return the lines of what a rule finds, as programs are told of them."""
    told = json.loads(stage.run("check", "--format", "json", *words).out)
    found = [it for each in told["reports"] for it in each["findings"]]
    assert {it["code"] for it in found} <= {code}
    assert told["counts"]["warning"] == len(found)
    assert len({it["fingerprint"] for it in found}) == len(found)
    return [it["line"] for it in found]


def _begun(stage: Stage, text: str) -> None:
    """Have a text on main, and be on a branch."""
    stage.repo.commit(PATH, text)
    stage.repo.git("switch", "-qc", "work")


def _last(text: str) -> int:
    """Return the line of the last row."""
    marks = [*re.finditer(r"Reject a size|order number", text)]
    return text[: marks[-1].start()].count("\n") + 1


@kinds
def test_one_more_row_is_a_branchs_own(repository: Stage, code: str) -> None:
    """It is told on its line, and not taken for those that were there."""
    made = KINDS[code]
    _begun(repository, made((), 4))
    repository.write(PATH, made((), 5))

    said = repository.run(*STRICT, "--changed-since", "main")

    assert said.code == 1
    assert said.out.startswith(f"{PATH}:{_last(made((), 5))}:")
    assert said.err == "1 report checked: 1 warning\n"
    assert len(_places(repository, code)) == 5


@kinds
def test_who_mends_some_rows_answers_for_no_other(repository: Stage, code: str) -> None:
    """However few are left: their lines are as they were."""
    made = KINDS[code]
    _begun(repository, made((), 6))
    for whole in ((1, 4), (2, 3, 5, 6), range(1, 7)):
        repository.write(PATH, made(whole, 6))

        said = repository.run(*STRICT, "--changed-since", "main")

        assert (said.code, said.out) == (0, "")
        assert len(_places(repository, code)) == 6 - len(whole)


@kinds
def test_a_baseline_knows_each_row(repository: Stage, code: str) -> None:
    """One more is found, by a hook too; mended ones are missed by nobody."""
    made = KINDS[code]
    repository.write(PATH, made((), 4))
    assert "(4 findings" in repository.run("check", "--write-baseline").out

    repository.write(PATH, made((), 5))
    said = repository.run("check")
    assert said.out.startswith(f"{PATH}:{_last(made((), 5))}:")
    assert said.err == "1 report checked: 1 warning; 4 more in the baseline\n"

    stage_text(repository, made((1, 3), 5))
    said = repository.run(*STRICT, "--staged")
    assert said.out.startswith(f"{PATH}:{_last(made((1, 3), 5))}:")
    assert said.err == "1 report checked: 1 warning; 2 more in the baseline\n"

    repository.write(PATH, made((1, 3), 4))
    said = repository.run(*STRICT)
    assert (said.code, said.out) == (0, "")
    assert said.err == "1 report checked: clean; 2 more in the baseline\n"


@kinds
def test_many_rows_are_one_line_for_people(repository: Stage, code: str) -> None:
    """It counts them, as the last line does, and names where they are."""
    repository.write(PATH, KINDS[code]((), 40))
    places = _places(repository, code)
    assert len(places) == 40

    said = repository.run("check")

    (one,) = (it for it in said.out.splitlines() if f" {code} " in it)
    assert one.startswith(f"{PATH}:{places[0]}:")
    assert ", and 39 more rows like it: lines " in one
    assert one.endswith(
        f"lines {places[1]}-{places[-1]}"
        if code == "PM103"
        else f"{', '.join(map(str, places[1:11]))}, …"
    )
    assert said.err == "1 report checked: 40 warnings\n"


@kinds
def test_few_rows_are_told_one_by_one(repository: Stage, code: str) -> None:
    """Three can be read."""
    repository.write(PATH, KINDS[code]((), 3))

    said = repository.run("check")

    assert said.out.count(f" {code} ") == 3
    assert "like it" not in said.out


def test_a_pull_request_is_not_covered_with_many_rows(repository: Stage) -> None:
    """Ten of them stand on their lines, and one line tells of those left."""
    repository.write(PATH, _actions((), 40))
    summary = repository.write("summary.md", "")
    repository.environment["GITHUB_STEP_SUMMARY"] = str(summary)

    shown = repository.run("check", "--format", "github").out.splitlines()

    lines = [line for line in shown if line.startswith("::warning ")]
    assert len({re.findall(r"line=\d+", line)[0] for line in lines}) == 10
    assert shown[10:] == ["::group::30 more findings", shown[11], "::endgroup::"]
    assert "PM412 action A11 has no due date, and 29 more rows like it" in shown[11]
    text = summary.read_text("utf-8")
    assert text.startswith("### 30 more findings in reports\n")
    assert text.count("| warning |") == 1


def test_rows_that_are_allowed_are_left_out_of_the_others(repository: Stage) -> None:
    """One of many by its key, with a reason, and the others are counted without it."""
    allow = "<!-- postmortem: allow PM412 A2 because the vendor decides -->"
    text = _actions((), 6).replace("- [ ] **A1**", f"{allow}\n\n- [ ] **A1**")
    repository.write(PATH, text)

    said = repository.run("check", "--hints")

    assert "action A1 has no due date, and 4 more rows like it" in said.out
    assert said.err == "1 report checked: 5 warnings\n"


def test_what_is_something_else_stays_out_of_it(repository: Stage) -> None:
    """An owner who is nobody is another thing than none."""
    text = _actions(range(1, 9), 8).replace("(platform lead, ", "(", 4)
    repository.write(PATH, text.replace("(platform lead, ", "(everyone, ", 2))

    said = repository.run("check")

    assert "action A1 has no owner, and 3 more rows like it: lines " in said.out
    assert said.out.count("is owned by 'everyone'") == 2
    assert said.err == "1 report checked: 6 warnings\n"
