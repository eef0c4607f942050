"""`postmortem check`, as people and programs run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from postmortem.shipped import templates_folder
from tests.checks.privacy.planted import SECRETS
from tests.checks.reports import BASE
from tests.commands.stage import Stage

ID = "2026-03-02-checkout-slow-after-a-cache-change"
OTHER = "postmortems/2026-03-02-other.md"
NO_DUE = BASE.replace(", due 2026-03-20", "")
INCOMPLETE = BASE.replace(
    BASE.partition("## Impact\n")[2].partition("## Timeline")[0], "\nMany felt it.\n\n"
)


@pytest.fixture
def folder(plain: Stage) -> Stage:
    """Return a folder without git that holds one report, in review and clean."""
    (path,) = plain.root.rglob("*.md")
    path.unlink()
    text = _on_time(BASE)
    plain.write(f"postmortems/{ID}.md", text)
    return plain


@pytest.fixture
def repository(folder: Stage) -> Stage:
    """Return the same as a repository that has it."""
    folder.repo.git("init", "-q")
    folder.repo.git("add", "-A")
    folder.repo.git("commit", "-qm", "one report")
    return folder


def test_a_clean_folder_ends_with_nothing(folder: Stage) -> None:
    """On stdout there is no answer, since none was found."""
    said = folder.run("check")

    assert (said.code, said.out) == (0, "")
    assert said.err == "1 report checked: clean\n"


def test_a_warning_is_told_and_fails_nothing_unless_asked(folder: Stage) -> None:
    """Without git, by the line on which it is."""
    _write(folder, NO_DUE)

    said, strict = folder.run("check"), folder.run("check", "--fail-on", "warning")

    assert said.out == (
        f"postmortems/{ID}.md:108:14: warning PM412 action A2 has no due date\n"
        "  write due and a day, as in due 2026-12-01\n"
    )
    assert (said.code, strict.code, strict.out) == (0, 1, said.out)


def test_an_error_fails(folder: Stage) -> None:
    """What is missing is one, from in-review on."""
    _write(folder, INCOMPLETE)

    said = folder.run("check")

    assert said.code == 1
    assert "error PM203 the impact has no number" in said.out
    assert said.err == "1 report checked: 1 error\n"


def test_a_report_is_named_by_id_by_path_or_by_folder(folder: Stage) -> None:
    """All three mean the same file."""
    _write(folder, NO_DUE)
    folder.write(OTHER, _on_time(NO_DUE).replace(ID, "2026-03-02-other"))

    every = {
        folder.run("check", part).out
        for part in ("checkout", f"postmortems/{ID}.md", f"./postmortems/{ID}.md")
    }
    assert len(every) == 1
    assert folder.run("check", "postmortems").out == folder.run("check").out
    assert folder.run("check", "other", "checkout").err.startswith("2 reports")


def test_a_name_that_nothing_has_is_refused(folder: Stage) -> None:
    """With the nearest there is."""
    said = folder.run("check", "checkuot")

    assert said.code == 2
    assert ID in said.err


def test_a_rule_is_explained(folder: Stage) -> None:
    """In small letters too; a code that is none is answered with those near it."""
    said = folder.run("check", "--explain", "pm203")

    assert said.code == 0
    assert said.out.startswith("# PM203: an impact without a number\n")
    assert "## Better" in said.out
    assert folder.run("check", "--explain", "PM999").code == 2


def test_hints_are_counted_and_shown_when_asked_for(folder: Stage) -> None:
    """They are no reason to stop at."""
    _write(folder, BASE.replace(", OPS-12)", ")"))

    quiet, loud = folder.run("check"), folder.run("check", "--hints")

    assert (quiet.out, quiet.code, loud.code) == ("", 0, 0)
    assert "1 hint (--hints shows the hints)" in quiet.err
    assert "hint PM405 action A2 has no link" in loud.out


@pytest.mark.parametrize("shape, shown", [("github", ""), ("gitlab", "[]\n")])
def test_a_pull_request_is_not_covered_with_hints(
    folder: Stage, shape: str, shown: str
) -> None:
    """Forges get them where --hints asks for them; the last line counts them."""
    _write(folder, BASE.replace(", OPS-12)", ")"))

    quiet = folder.run("check", "--format", shape)
    loud = folder.run("check", "--format", shape, "--hints")

    assert (quiet.out, quiet.code) == (shown, 0)
    assert quiet.err == "1 report checked: 1 hint (--hints shows the hints)\n"
    assert "PM405" in loud.out
    assert loud.err == "1 report checked: 1 hint\n"


@pytest.mark.parametrize("shape", ["json", "sarif"])
def test_programs_that_choose_themselves_get_hints_too(
    folder: Stage, shape: str
) -> None:
    """They have the level of each."""
    _write(folder, BASE.replace(", OPS-12)", ")"))

    said = folder.run("check", "--format", shape)

    assert "PM405" in said.out
    assert "--hints" not in said.err


def test_settings_and_comments_decide(folder: Stage) -> None:
    """A level by rule, and a reason for one finding."""
    _write(folder, NO_DUE)
    folder.write(".postmortem.yaml", "checks: {PM412: error}\n")
    assert folder.run("check").code == 1

    folder.write(".postmortem.yaml", "checks: {PM412: off}\n")
    assert folder.run("check").out == ""

    folder.write(".postmortem.yaml", "checks: {PM412: loud, 412: off}\n")
    said = folder.run("check")
    assert said.code == 2
    assert "'loud' is no choice" in said.err
    assert "'412' is no rule" in said.err


def test_json_has_the_same_facts(folder: Stage) -> None:
    """With the rule's name and a fingerprint for each finding."""
    _write(folder, NO_DUE)

    told = json.loads(folder.run("check", "--format", "json").out)

    (report,) = told["reports"]
    (finding,) = report["findings"]
    assert report["path"] == f"postmortems/{ID}.md"
    assert finding["code"] == "PM412"
    assert finding["rule"] == "an action without a due date"
    assert (finding["line"], finding["column"]) == (108, 14)
    assert told["counts"] == {"error": 0, "warning": 1, "hint": 0}


def test_other_programs_get_paths_from_the_top_of_the_repository(
    repository: Stage,
) -> None:
    """Wherever somebody stands when they run it."""
    _write(repository, NO_DUE)
    below = Stage(repository.root / "postmortems", repository.home)

    log = json.loads(below.run("check", "--format", "sarif").out)
    issues = json.loads(below.run("check", "--format", "gitlab").out)
    said = below.run("check", "--format", "github").out

    (result,) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"postmortems/{ID}.md"
    assert issues[0]["location"]["path"] == f"postmortems/{ID}.md"
    assert said.startswith(f"::warning file=postmortems/{ID}.md,line=108,col=14")


def test_what_github_does_not_show_is_in_the_summary(folder: Stage) -> None:
    """In the file that the workflow names, behind what stands there."""
    rows = "".join(
        f"- [ ] **A{number}** Add the check number {number} (platform lead, prevent,"
        f" P{number % 3}, F{2 + number % 2}, OPS-{number})\\\n"
        "  done when: it rejects a change\n"
        for number in range(1, 14)
    ).replace("number 13 (", "number 13 (due 2099-01-01, ")
    head, rest = BASE.split("- [ ] **A1**", 1)
    tail = rest[rest.index("\n## Open questions") :]
    _write(folder, f"{head}{rows}{tail}")
    summary = folder.write("summary.md", "# Job\n")
    folder.environment["GITHUB_STEP_SUMMARY"] = str(summary)

    said = folder.run("check", "--format", "github")

    assert said.out.count("::warning") == 10
    assert "::group::2 more findings\n- postmortems/" in said.out
    text = summary.read_text("utf-8")
    assert text.startswith("# Job\n### 2 more findings in reports")


def test_fix_writes_what_is_derived_and_the_keys_that_miss(folder: Stage) -> None:
    """Nothing else is changed: what only people can say stays a finding."""
    new = "- [ ] Show the hit rate on the dashboard of orders\n"
    whole = BASE.replace("\n## Open questions", f"{new}\n## Open questions")
    path = _write(folder, whole.replace("after 6 min ·", "after 9 min ·"))
    assert "PM110" in folder.run("check").out

    said = folder.run("check", "--fix")

    assert path.read_text("utf-8") == _on_time(whole.replace("] Show", "] **A3** Show"))
    assert "action A3 has no owner" in said.out
    assert "PM110" not in said.out
    assert f"wrote postmortems/{ID}.md" in said.err


def test_fix_gives_a_factor_a_key_and_keeps_its_parts(folder: Stage) -> None:
    """A factor that was typed by hand, without a key, is read for all that it says."""
    new = "- mitigating: the queue kept them (from F2)\\\n  evidence: metrics\n"
    path = _write(folder, BASE.replace("\n## Safeguards\n", f"{new}\n## Safeguards\n"))

    folder.run("check", "--fix")

    text = path.read_text("utf-8")
    assert new.replace("- ", "- **F4** ", 1) in text
    told = json.loads(folder.run("show", ID, "--format", "json").out)
    assert '"kind": "mitigating"' in json.dumps(told)
    assert path.read_text("utf-8") == _on_time(
        BASE.replace(
            "\n## Safeguards\n", f"{new.replace('- ', '- **F4** ', 1)}\n## Safeguards\n"
        )
    )


def test_json_says_the_level_and_the_place_of_every_finding(folder: Stage) -> None:
    """What is usual is said too: a program need not know our defaults."""
    _write(folder, NO_DUE)

    read = json.loads(folder.run("check", "--format", "json").out)

    for report in read["reports"]:
        for finding in report["findings"]:
            assert finding["severity"] in ("error", "warning", "hint")
            assert finding["column"] >= 1


@pytest.mark.parametrize(
    "section", ["\n## Safeguards\n", "\n## Open questions\n", "\n- Time to detect"]
)
def test_what_stands_beside_rows_is_read_too(folder: Stage, section: str) -> None:
    """A paragraph behind factors, actions or the timeline is its authors' as well."""
    said = "It was human error.\n"
    path = _write(folder, BASE.replace(section, f"\n{said}{section}", 1))
    line = path.read_text("utf-8").split(said)[0].count("\n") + 1

    assert f"{path.name}:{line}:8: warning PM501" in folder.run("check").out


def test_nothing_is_not_a_branch(folder: Stage) -> None:
    """A variable that is empty would check all reports, and nobody would know."""
    _write(folder, BASE)

    said = folder.run("check", "--changed-since", "")

    assert said.code == 2
    assert "--changed-since wants a branch or a commit" in said.err


def test_fix_leaves_alone_what_cannot_be_read(folder: Stage) -> None:
    """It is told instead."""
    broken = BASE.replace("tags: [cache]", "tags: [cache").replace("6 min ·", "9 min ·")
    path = _write(folder, broken)
    before = path.read_bytes()

    said = folder.run("check", "--fix")

    assert said.code == 1
    assert "error PM001" in said.out
    assert path.read_bytes() == before


def test_a_baseline_knows_old_findings_and_no_new_ones(folder: Stage) -> None:
    """It is found beside the settings, and can be left out."""
    path = _write(folder, NO_DUE)

    wrote = folder.run("check", "--write-baseline")
    assert wrote.out == "wrote .postmortem-baseline.json (1 finding)\n"

    path.write_text(
        path.read_text("utf-8")
        .replace("## Impact\n", "## Impact\n\nMore of it.\n")
        .replace("(platform lead, due 2099-03-27, ", "(platform lead, "),
        "utf-8",
    )
    said = folder.run("check")
    assert "action A1" in said.out
    assert "action A2" not in said.out
    assert "1 more in the baseline" in said.err
    assert "action A2" in folder.run("check", "--no-baseline").out


def test_a_baseline_says_what_it_does_not_know(folder: Stage) -> None:
    """The number is that of the file; nobody gets used to a secret."""
    leaking = f"## Impact\n\nThe log has {SECRETS['github']} in it.\n"
    _write(folder, NO_DUE.replace("## Impact\n", leaking, 1))

    wrote = folder.run("check", "--write-baseline")

    known = json.loads((folder.root / ".postmortem-baseline.json").read_text("utf-8"))
    assert sum(map(len, known["reports"].values())) == 1
    assert wrote.out == (
        "wrote .postmortem-baseline.json (1 finding; 1 is left out, since secrets"
        " and what cannot be read are never kept back)\n"
    )
    assert "PM701" in folder.run("check").out


def test_a_baseline_that_is_named_has_to_be_there(folder: Stage) -> None:
    """A typing mistake must not hide what is new."""
    assert folder.run("check", "--baseline", "none.json").code == 2


def test_only_what_a_branch_has_changed_is_told(repository: Stage) -> None:
    """A file that it did not touch, and a finding that was there, are not its own."""
    path = _write(repository, NO_DUE)
    repository.write(OTHER, _on_time(NO_DUE).replace(ID, "2026-03-02-other"))
    repository.repo.git("add", "-A")
    repository.repo.git("commit", "-qm", "an older weakness")
    repository.repo.git("switch", "-qc", "work")
    assert repository.run("check", "--changed-since", "main").err == (
        "no report has changed since main\n"
    )

    text = path.read_text("utf-8")
    path.write_text(
        text.replace("(platform lead, due 2099-03-27, ", "(platform lead, ")
    )
    said = repository.run("check", "--changed-since", "main")

    assert said.out.count("PM412") == 1
    assert "action A1" in said.out
    assert said.err == "1 report checked: 1 warning\n"


def test_what_a_branch_makes_graver_is_its_own(repository: Stage) -> None:
    """A draft may lack what it lacks; what moves it to in-review answers for it."""
    path = _write(repository, INCOMPLETE.replace("in-review", "draft"))
    repository.repo.git("commit", "-qam", "a draft")
    repository.repo.git("switch", "-qc", "work")
    path.write_text(path.read_text("utf-8").replace("draft", "in-review"), "utf-8")

    said = repository.run("check", "--changed-since", "main")

    assert said.code == repository.run("check").code == 1
    assert "error PM203 the impact has no number" in said.out
    path.write_text(path.read_text("utf-8").replace("in-review", "draft"), "utf-8")
    assert repository.run("check", "--changed-since", "main").code == 0


def test_changes_are_known_to_git_alone(folder: Stage, repository: Stage) -> None:
    """A commit that is not there is named, with what fetches it."""
    said = repository.run("check", "--changed-since", "origin/main")

    assert said.code == 2
    assert "git knows no commit 'origin/main'" in said.err
    assert repository.run("check", "--changed-since", "--help").code == 2


def test_without_git_nothing_is_known_of_changes(folder: Stage) -> None:
    """That is said, and not taken for nothing changed."""
    assert folder.run("check", "--changed-since", "main").code == 2


def test_reports_and_files_around_it_are_known(folder: Stage) -> None:
    """A link that leads nowhere is found, and is fine once the file is there."""
    text = BASE.replace(
        "tags: [cache]\n", "tags: [cache]\nrelated: [2026-03-02-other]\n"
    )
    _write(
        folder,
        text.replace("## Appendix\n\n_None._", f"## Appendix\n\n[it]({ID}/a)"),
    )

    said = folder.run("check").out
    assert said.count("PM604") == 2

    folder.write(OTHER, _on_time(BASE).replace(ID, "2026-03-02-other"))
    folder.write(f"postmortems/{ID}/a", "")
    assert "PM604" not in folder.run("check").out

    (folder.root / f"postmortems/{ID}/a").unlink()
    assert folder.run("check").out.count("PM604") == 1


def test_a_second_run_uses_what_the_first_found(folder: Stage) -> None:
    """For the same text, settings and day; --no-cache finds it anew."""
    path = _write(folder, NO_DUE)
    first = folder.run("check").out
    (kept,) = (folder.env().cache_dir / "checks").iterdir()
    kept.write_text(kept.read_text("utf-8").replace("has no due date", "is kept"))

    assert "is kept" in folder.run("check").out
    assert folder.run("check", "--no-cache").out == first
    path.write_text(path.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert "is kept" not in folder.run("check").out
    kept.write_text("no cache")
    path.write_text(_on_time(NO_DUE), "utf-8")
    assert folder.run("check").out == first


def test_many_reports_are_shared_between_processes(folder: Stage) -> None:
    """What is found is the same, and in the same order."""
    for number in range(70):
        name = f"2026-03-02-report-{number:02}"
        folder.write(f"postmortems/{name}.md", _on_time(NO_DUE).replace(ID, name))

    said = folder.run("check", "--no-cache")

    lines = [line for line in said.out.splitlines() if "PM412" in line]
    assert len(lines) == 70
    assert lines == sorted(lines)
    assert said.err == "71 reports checked: 70 warnings\n"


def test_a_file_that_is_no_text_hides_no_other(folder: Stage) -> None:
    """What can be checked is; the rest is said, and ends with 2."""
    _write(folder, NO_DUE)
    path = folder.root / "postmortems/2026-03-02-broken.md"
    path.write_bytes(b"# caf\xe9\n")

    said = folder.run("check")

    assert said.code == 2
    assert "PM412" in said.out
    assert "2026-03-02-broken.md" in said.err


def test_a_report_of_nobodys_template_is_checked_by_its_headings(
    folder: Stage,
) -> None:
    """It is asked for nothing that it has no heading for."""
    folder.write(OTHER, "# Search down\n\n## Timeline\n\n- 14:05 UTC it is down\n")

    assert folder.run("check", OTHER).code == 0


def test_looking_at_a_repository_runs_nothing_of_it(
    repository: Stage, tmp_path: Path
) -> None:
    """Neither a file monitor nor a filter, pager, diff or hook."""
    canary = tmp_path / "ran"
    script = f"touch {canary}"
    for key in (
        *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand"),
        *("diff.external", "filter.x.clean", "filter.x.smudge", "gpg.program"),
    ):
        repository.repo.git("config", key, script)
    repository.write(".gitattributes", "*.md filter=x diff=x\n")
    _write(repository, NO_DUE)

    repository.run("check")
    repository.run("check", "--changed-since", "HEAD")
    repository.run("check", "checkout", "--format", "json")

    assert not canary.exists()


def test_a_report_on_a_branch_is_checked_as_well(repository: Stage) -> None:
    """It is named by its branch; programs that want files are not told of it."""
    name = "2026-03-02-other"
    repository.write(OTHER, _on_time(NO_DUE).replace(ID, name))
    done = repository.run("submit", name, "--way", "stay")
    assert done.code == 0, done.err
    (repository.root / OTHER).unlink()

    said = repository.run("check", "other").out
    log = json.loads(repository.run("check", "--format", "sarif").out)

    assert said.startswith(f"postmortem/{name}:{OTHER}:108:14: warning PM412")
    assert said in repository.run("check").out
    assert log["runs"][0]["results"] == []


def test_a_person_sees_the_words_marked(folder: Stage) -> None:
    """In a terminal the line stands below, with carets under what is meant."""
    _write(folder, NO_DUE)
    folder.environment["COLUMNS"] = "60"

    lines = folder.run("check", typed="").out.splitlines()

    assert lines[1].startswith("  - [ ] **A2** Page when the hit rate of the cache")
    assert lines[2].strip("^") == " " * 15


def test_a_template_of_the_repository_is_not_trusted_and_works(folder: Stage) -> None:
    """It runs in a process of its own, for what is derived as well."""
    shipped = shipped_template("default")
    own = shipped.replace("## Impact", "## What it did")
    folder.write("postmortems/.templates/default.md.j2", own)
    text = BASE.replace("## Impact", "## What it did")
    _write(folder, text.replace("after 6 min ·", "after 9 min ·"))

    said = folder.run("check").out

    assert "PM110 this line is derived" in said
    assert "PM602" not in said
    assert "PM203" not in said


def _write(stage: Stage, text: str) -> Path:
    return stage.write(f"postmortems/{ID}.md", _on_time(text))


def _on_time(text: str) -> str:
    """Return a report whose actions are due in years to come."""
    return text.replace("due 2026-", "due 2099-")


def shipped_template(name: str) -> str:
    """Return the text of a template that comes with the tool."""
    return (templates_folder() / "reports" / f"{name}.md.j2").read_text("utf-8")
