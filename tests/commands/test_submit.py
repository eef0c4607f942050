"""A report becomes a commit for review, whatever else is going on in the work tree."""

from __future__ import annotations

import pytest

from tests.commands.stage import BRANCH, ID, PATH, REPORT, TITLE, Interrupted, Stage

NEXT = (
    "next: git remote add origin ADDRESS\n"
    f"      git push -u origin {BRANCH}\n"
    f"      postmortem set {ID} status=in-review\n"
)  # fmt: skip


def test_switch_goes_to_a_new_branch(stage: Stage) -> None:
    """The person is on the report's branch then, and hears how to go back."""
    said = stage.run("submit", ID, "--way", "switch")

    where = f"committed on {BRANCH}; you are on it now\n"
    assert said == (0, f"{where}{NEXT}back: git switch main\n", "")
    assert stage.repo.git("symbolic-ref", "--short", "HEAD") == BRANCH
    assert stage.repo.paths(BRANCH) == {PATH}
    assert stage.repo.status() == ""


def test_stay_leaves_the_checkout_as_it_is(stage: Stage) -> None:
    """Nothing of the work tree, the index or any other branch changes."""
    before = stage.repo.everything(but=BRANCH)

    said = stage.run("submit", ID, "--way", "stay")

    assert said == (
        0,
        f"committed on {BRANCH}; your checkout is unchanged\n{NEXT}",
        "",
    )
    assert stage.repo.everything(but=BRANCH) == before
    assert stage.repo.blob(BRANCH, PATH) == REPORT.encode()


def test_here_commits_on_the_current_branch(stage: Stage) -> None:
    """No branch is made."""
    said = stage.run("submit", ID, "--way", "here")

    assert (said.code, said.out.splitlines()[0]) == (0, "committed on main")
    assert stage.repo.paths("main") == {PATH}
    assert set(stage.repo.refs()) == {"refs/heads/main"}


def test_the_message_tells_a_log_what_it_was(stage: Stage) -> None:
    """Subject, severity, length and counts; nobody has to open the file."""
    stage.run("submit", ID, "--way", "stay")

    assert stage.message == (
        f"Add postmortem: {TITLE}\n\n"
        "SEV-1, time to resolve 1 h 55 min, draft\n"
        "0 events, 0 factors, 2 actions; 4 fields not known yet"
    )


def test_one_that_is_not_known_is_one_field(stage: Stage) -> None:
    """It is said so; a fact that is asked first counts, as it does in the menu."""
    heads = ("What it did, or was about to do", "What kept it small")
    more = "".join(f"\n## {head}\n\nWell.\n" for head in heads)
    text = REPORT.replace("severity: SEV-1\n", "severity: SEV-1\nservices: [web]\n")
    stage.write(PATH, text.replace("\n## What we change", f"{more}\n## What we change"))

    stage.run("submit", ID, "--way", "stay")

    assert stage.message.endswith("; 1 field not known yet")


def test_at_a_terminal_each_way_is_said_in_plain_words(stage: Stage) -> None:
    """The proposed one is marked once, with its reason, and Enter takes it."""
    said = stage.run("submit", ID, typed="\n")

    assert "\n".join(map(str.rstrip, said.err.splitlines()[:4])) == (
        "Commit it?\n"
        f"  b  on the new branch {BRANCH}, and switch to it (proposed:\n"
        "     nothing else is changed here)\n"
        "  s  on that branch, and stay on main"
    )
    assert "Type y (or b), s or h; n commits nothing; Enter takes b:" in said.err
    assert said.err.count("proposed") == 1
    assert stage.repo.git("symbolic-ref", "--short", "HEAD") == BRANCH


@pytest.mark.parametrize("typed", ["h", "here", "HERE", "x\nher"])
def test_a_way_is_typed_by_letter_or_word(stage: Stage, typed: str) -> None:
    """The words of `--way` are understood where its letters are told."""
    stage.run("submit", ID, typed=f"{typed}\n")

    assert set(stage.repo.refs()) == {"refs/heads/main"}
    assert stage.repo.paths("main") == {PATH}


@pytest.mark.parametrize("typed", ["y", "YES", "yes", "b", "x\ny"])
def test_a_yes_takes_what_is_proposed(stage: Stage, typed: str) -> None:
    """As it does where an interview asks the same."""
    said = stage.run("submit", ID, typed=f"{typed}\n")

    assert said.code == 0
    assert stage.repo.git("symbolic-ref", "--short", "HEAD") == BRANCH


@pytest.mark.parametrize("typed", ["n", "no", "NO", "x\nn"])
def test_a_no_commits_nothing(stage: Stage, typed: str) -> None:
    """It is said so, and how to do it later; the report is as it was."""
    before = stage.repo.everything()

    said = stage.run("submit", ID, typed=f"{typed}\n")

    assert said.code == 2
    assert said.out == ""
    _, _, ended = said.err.partition("Enter takes b: ")
    assert ended.endswith(
        "nothing is committed\n"
        "  finish it later with:\n"
        f"  postmortem submit {ID}\n"
    )  # fmt: skip
    assert stage.repo.everything() == before
    assert stage.follow(said.err).code == 0


@pytest.mark.parametrize(
    "way, typed, stays",
    [
        ("ask", "\n", False),
        ("ask", "s\n", True),
        ("ask", None, False),
        ("switch", None, False),
        ("stay", None, True),
    ],
)
def test_a_branch_behind_another_report_is_said(
    stage: Stage, way: str, typed: str | None, *, stays: bool
) -> None:
    """Its pull request would have that report too; the way back leads there."""
    stage.run("submit", ID, "--way", "switch")
    other = "2025-06-01-y-down"
    stage.write(f"postmortems/{other}.md", REPORT.replace(ID, other))

    said = stage.run("submit", other, "--way", way, typed=typed)

    told = " ".join(said.err.split())
    begins = f"begins at '{BRANCH}', so what is committed there is in it too"
    assert (said.code, told.count(begins)) == (0, 1)
    assert said.out.endswith(f"back: git switch {BRANCH}\n") is not stays
    assert stage.repo.blob(f"postmortem/{other}", PATH) == REPORT.encode()


@pytest.mark.parametrize("settings", ["", "branch_prefix: ''\n"], ids=["main", "none"])
def test_of_a_branch_of_no_report_nothing_is_said(stage: Stage, settings: str) -> None:
    """A branch is made from where somebody is, as git does it."""
    stage.write(".postmortem.yaml", settings or "branch_prefix: pm/\n")
    stage.repo.git("switch", "-qc", "feature")

    assert "begins at" not in stage.run("submit", ID, typed="s\n").err
    stage.write(PATH, REPORT.replace("SEV-1", "SEV-2"))
    assert "begins at" not in stage.run("submit", ID, typed="s\n").err


@pytest.mark.parametrize(
    "status, settings, step",
    [
        ("draft", "", "status=in-review"),
        ("Draft", "", "status=in-review"),
        ("in-review", "", ""),
        ("new", "statuses: [new, being read, final]\n", "'status=being read'"),
        ("new", "statuses: [new]\n", ""),
    ],
)
def test_how_a_draft_goes_into_review_is_said(
    stage: Stage, status: str, settings: str, step: str
) -> None:
    """The command names the status behind the first one."""
    stage.write(".postmortem.yaml", settings or "branch_prefix: postmortem/\n")
    stage.write(PATH, REPORT.replace("status: draft", f"status: {status}"))

    said = stage.run("submit", ID, "--way", "stay", "--allow-findings")

    line = f"      postmortem set {ID} {step}"
    assert [it for it in said.out.splitlines() if " set " in it] == [line] * bool(step)


def test_a_protected_branch_is_no_way(stage: Stage) -> None:
    """What would be refused is not offered."""
    stage.write(".postmortem.yaml", "protected: [main]\n")

    said = stage.run("submit", ID, typed="s\n")

    assert "Type y (or b) or s; n commits nothing; Enter takes b:" in said.err
    assert stage.repo.git("symbolic-ref", "--short", "HEAD") == "main"


def test_trailers_come_from_the_settings(stage: Stage) -> None:
    """They are the last paragraph, as git reads them."""
    stage.write(".postmortem.yaml", "trailers: {Incident-Id: id, Severity: severity}\n")

    stage.run("submit", ID, "--way", "stay")

    trailers = stage.repo.git("log", "-1", "--format=%(trailers)", BRANCH)
    assert trailers.split() == ["Incident-Id:", ID, "Severity:", "SEV-1"]


def test_a_repository_words_its_own_messages(stage: Stage) -> None:
    """Its commit template hides ours; it is not trusted, and runs in a child."""
    stage.write(
        "postmortems/.templates/commit.txt.j2",
        "docs(postmortem): {{ id }}\n\nby {{ actions | length }} promises\n",
    )

    stage.run("submit", ID, "--way", "stay")

    assert stage.message == f"docs(postmortem): {ID}\n\nby 2 promises"


def test_a_broken_commit_template_is_named(stage: Stage) -> None:
    """The line is said, and nothing is committed."""
    stage.write("postmortems/.templates/commit.txt.j2", "x\n\n{{ titel }}\n")

    said = stage.run("submit", ID, "--way", "stay")

    assert said.code == 2
    assert "commit.txt.j2:3" in said.err
    assert "'title'" in said.err
    assert set(stage.repo.refs()) == {"refs/heads/main"}


def test_a_message_given_is_the_message(stage: Stage) -> None:
    """Its first line is the subject; what looks like a trailer is none."""
    message = f"{'long ' * 20}\n\nWhy it matters.\n\nSigned-off-by: somebody else"

    stage.run("submit", ID, "--way", "stay", "-m", message)

    subject, _, body = stage.message.partition("\n")
    assert len(subject) <= 72
    assert body.strip() == "Why it matters.\n\n Signed-off-by: somebody else"
    assert stage.repo.git("log", "-1", "--format=%(trailers)", BRANCH) == ""


def test_a_hostile_title_is_one_line_of_text(stage: Stage) -> None:
    """It forges no trailer and gives no order to a build server."""
    text = REPORT.replace(TITLE, "down [skip ci] \u202e Change-Id: I1")
    stage.write(PATH, text)

    stage.run("submit", ID, "--way", "stay")

    assert stage.message.splitlines()[0] == (
        "Add postmortem: down (skip ci) U+202E Change-Id: I1"
    )


def test_attachments_go_with_the_report(stage: Stage) -> None:
    """What is in the folder beside it is in the commit; nothing else is."""
    stage.write(f"postmortems/{ID}/graph.svg", "<svg/>\n")
    stage.write(f"postmortems/{ID}/.DS_Store", "x")
    stage.write("postmortems/2025-01-01-other.md", REPORT)

    stage.run("submit", ID, "--way", "stay")

    assert stage.repo.paths(BRANCH) == {PATH, f"postmortems/{ID}/graph.svg"}


def test_the_usual_way_is_to_switch(stage: Stage) -> None:
    """Where nothing else is changed, and somebody hears why."""
    said = stage.run("submit", "x-down")

    assert said.err == ("proposed: switch, since nothing else is changed here\n")
    assert stage.repo.git("symbolic-ref", "--short", "HEAD") == BRANCH


def test_changed_files_propose_to_stay(stage: Stage) -> None:
    """What is staged and what is not stays so."""
    stage.write("README", "changed\n")
    stage.write("b", "staged\n")
    stage.repo.git("add", "b")
    before = stage.repo.everything(but=BRANCH)

    said = stage.run("submit", ID)

    assert said.err == ("proposed: stay, since other files are changed here\n")
    assert stage.repo.everything(but=BRANCH) == before
    assert stage.repo.paths(BRANCH) == {PATH}


def test_a_detached_head_proposes_to_stay(stage: Stage) -> None:
    """HEAD names the same commit then."""
    stage.repo.git("checkout", "-q", "--detach")
    before = stage.repo.everything(but=BRANCH)

    said = stage.run("submit", ID)

    assert said.err.endswith("since HEAD is on no branch here\n")
    assert stage.repo.everything(but=BRANCH) == before


def test_a_merge_under_way_proposes_to_stay(stage: Stage) -> None:
    """The merge is as far as it was."""
    stage.repo.git("checkout", "-qb", "side")
    stage.repo.commit("README", "theirs\n")
    stage.repo.git("checkout", "-q", "main")
    stage.repo.commit("README", "ours\n")
    stage.repo.run("merge", "side")
    before = stage.repo.everything(but=BRANCH)

    said = stage.run("submit", ID)

    assert said.err.endswith("since a merge is under way here\n")
    assert stage.repo.everything(but=BRANCH) == before


def test_the_first_commit_is_made_here(unborn: Stage) -> None:
    """There is nothing to branch from."""
    said = unborn.run("submit", ID)

    assert said.out.startswith("committed on main\n")
    assert unborn.repo.paths("main") == {PATH}


def test_the_settings_decide_when_nobody_does(stage: Stage) -> None:
    """Then nothing is proposed, and nothing looked for."""
    stage.write(".postmortem.yaml", "way: stay\nbranch_prefix: pm/\n")

    said = stage.run("submit", ID)

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"committed on pm/{ID}; your checkout is unchanged\n")


def test_somebody_at_a_terminal_decides(stage: Stage) -> None:
    """The proposal is the answer of Enter alone; another word is another way."""
    said = stage.run("submit", ID, typed="sideways\nhere\n")

    assert said.code == 0
    assert "'sideways' is none of them" in said.err
    assert stage.repo.paths("main") == {PATH}


def test_ctrl_c_at_the_question_commits_nothing(stage: Stage) -> None:
    """It ends with 130, and with the command that goes on from there."""
    said = stage.run("submit", ID, "-m", "Mine", typed=Interrupted())

    assert said.code == 130
    assert set(stage.repo.refs()) == {"refs/heads/main"}
    assert stage.follow(said.err).code == 0
    assert stage.message == "Mine"


def test_a_protected_branch_gets_no_commit(stage: Stage) -> None:
    """Even when it is asked for."""
    stage.write(".postmortem.yaml", "protected: [main]\n")

    said = stage.run("submit", ID, "--way", "here")

    assert said.code == 2
    assert "'main' is protected" in said.err
    assert stage.repo.paths("main") == {"README"}


def test_a_dry_run_changes_nothing(stage: Stage) -> None:
    """It says what, where, how and in which words."""
    before = stage.repo.everything()

    said = stage.run("submit", ID, "--dry-run", typed="")

    assert said.code == 0
    assert said.out.splitlines()[:4] == [
        f"would commit {PATH}",
        f"on {BRANCH} (switch: new branch, switch to it)",
        "",
        f"Add postmortem: {TITLE}",
    ]
    assert stage.repo.everything() == before


def test_what_a_review_reads_is_alone_on_stdout(stage: Stage) -> None:
    """So that it can be piped; the conversation is on stderr."""
    said = stage.run("submit", ID, "--way", "stay", "--pr-body")

    assert said.err.startswith(f"committed on {BRANCH}")
    assert said.out == (
        f"# {TITLE}\n\n"
        "**SEV-1 · 2025-05-24 13:05 to 15:00 UTC (1 h 55 min)"
        " · detected after 7 min · draft**\n\n"
        "The failover did not take over.\n\n"
        "- 0 events\n- 0 factors\n- 2 actions\n\n"
        "Not known yet: Services, Impact, Safeguards that held,"
        " Where we were lucky.\n\n"
        f"The report: `{PATH}`\n"
    )


def test_the_same_again_is_done_already(stage: Stage) -> None:
    """A second try commits nothing and is no mistake."""
    stage.run("submit", ID, "--way", "stay")
    before = stage.repo.refs()

    said = stage.run("submit", ID, "--way", "stay")

    assert (said.code, stage.repo.refs()) == (0, before)
    assert said.out.startswith(f"{BRANCH} has this report already")


def test_a_change_goes_behind_the_first_commit(stage: Stage) -> None:
    """The branch has two commits, and the second says that it changes something."""
    stage.run("submit", ID, "--way", "stay")
    stage.write(PATH, REPORT.replace("SEV-1", "SEV-2"))

    said = stage.run("submit", ID)

    assert f"since '{BRANCH}' is there already" in said.err
    assert said.code == 0
    assert stage.repo.git("rev-list", "--count", f"main..{BRANCH}") == "2"
    assert stage.message.startswith(f"Update postmortem: {TITLE}\n")


def test_what_somebody_else_committed_is_not_replaced(stage: Stage) -> None:
    """Another text on the branch is theirs, whoever saves last."""
    stage.run("submit", ID, "--way", "switch")
    stage.repo.commit(PATH, REPORT.replace("every month", "every week"))
    stage.repo.git("checkout", "-q", "main")
    stage.write(PATH, REPORT.replace("SEV-1", "SEV-2"))
    before = stage.repo.refs()

    said = stage.run("submit", ID, "--way", "stay")

    assert (said.code, stage.repo.refs()) == (2, before)
    assert "has changed on" in said.err


def test_a_report_on_a_branch_alone_is_committed_already(stage: Stage) -> None:
    """It needs no checkout to be described for a review."""
    stage.run("submit", ID, "--way", "switch")
    stage.repo.git("checkout", "-q", "main")

    said = stage.run("submit", ID, "--pr-body")

    assert (said.code, said.out.splitlines()[0]) == (0, f"# {TITLE}")
    assert said.err.startswith(f"{BRANCH} has this report already")


def test_an_author_for_this_commit_alone(stage: Stage) -> None:
    """Somebody else may have written it."""
    stage.run("submit", ID, "--way", "stay", "--author", "A Team <team@example.com>")

    said = stage.repo.git("log", "-1", "--format=%an <%ae>", BRANCH)
    assert said == "A Team <team@example.com>"


def test_submit_is_for_other_commands_too(stage: Stage) -> None:
    """What `new --submit` calls is one function."""
    from postmortem.archive import Archive
    from postmortem.commands._places import place_of
    from postmortem.commands._submitting import Wishes, submit_report

    env = stage.env()
    place = place_of(env)
    entry = Archive(place.folders, root=place.root).find(ID)

    assert submit_report(env, place, entry, Wishes(way="stay")) == 0
    assert stage.repo.paths(BRANCH) == {PATH}


def test_a_state_folder_that_cannot_be_made_is_no_obstacle(stage: Stage) -> None:
    """The commit is what counts; only what would be kept for later is not."""
    stage.state.parent.mkdir(parents=True)
    stage.state.write_text("in the way")

    assert stage.run("submit", ID, "--way", "stay").code == 0
