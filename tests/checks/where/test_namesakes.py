"""Two files with one id: each is told which other one has it."""

from __future__ import annotations

import pytest

from tests.checks.where.place import CLEAN, ID, PATH, stage_text
from tests.commands.stage import Stage

COPY = "postmortems/2026-03-04-copy.md"
NEW = "2026-03-04-copy"
LINE = 2


def _told(stage: Stage, *words: str) -> dict[str, str]:
    """Return what is said of shared ids, by the place where it is said."""
    lines = stage.run("check", *words).out.splitlines()
    found = [line.partition(" error PM614 ") for line in lines if " PM614 " in line]
    return {place: said for place, _, said in found}


BOTH = {
    f"{PATH}:{LINE}:1:": f"'{COPY}' has this id too",
    f"{COPY}:{LINE}:1:": f"'{PATH}' has this id too",
}


@pytest.mark.parametrize("words", [(), ("--no-cache",), ("postmortems",), (PATH, COPY)])
def test_each_of_two_files_with_one_id_is_told(
    repository: Stage, words: tuple[str, ...]
) -> None:
    """At the line of its id, with the name of the other."""
    repository.write(COPY, CLEAN)

    assert _told(repository, *words) == BOTH
    assert repository.run("check", *words).code == 1


@pytest.mark.parametrize("path", [PATH, COPY])
def test_one_file_alone_is_compared_with_all(repository: Stage, path: str) -> None:
    """However it is named: the other one is known all the same."""
    repository.write(COPY, CLEAN)
    inside = Stage(repository.root / "postmortems", repository.home)
    around = f"../{repository.root.name}/{path}"

    one = {place: said for place, said in BOTH.items() if place.startswith(path)}
    assert _told(repository, path) == one
    assert list(_told(repository, around).values()) == list(one.values())
    assert list(_told(inside, path.partition("/")[2]).values()) == list(one.values())


@pytest.mark.parametrize("path", [PATH, f"./{PATH}", f"postmortems/../{PATH}", ID])
def test_a_file_is_no_namesake_of_itself(repository: Stage, path: str) -> None:
    """Whichever way leads to it."""
    assert _told(repository, path) == {}


def test_a_link_to_the_folder_makes_no_second_report(repository: Stage) -> None:
    """Settings may name both, and a person may stand in either."""
    (repository.root / "docs").symlink_to("postmortems")
    repository.write(".postmortem.yaml", "folders: [postmortems, docs]\n")

    assert _told(repository) == {}
    assert _told(repository, PATH) == {}
    assert _told(repository, f"docs/{ID}.md") == {}


@pytest.mark.parametrize("own", [ID.upper(), f'"{ID}"', f"{ID}  # its id", f"'{ID}'"])
def test_ids_are_the_same_as_commands_take_them(repository: Stage, own: str) -> None:
    """Neither the case of letters nor the way they are quoted makes another id."""
    repository.write(COPY, CLEAN.replace(f"id: {ID}", f"id: {own}"))

    assert _told(repository) == BOTH
    assert len(_told(repository, PATH)) == len(_told(repository, COPY)) == 1


def test_an_id_beyond_ascii_is_compared_as_it_is_seen(repository: Stage) -> None:
    """Both ways of writing a letter with its mark are one id."""
    for path, word in ((PATH, "caf\u00e9"), (COPY, "cafe\u0301")):
        repository.write(path, CLEAN.replace(f"id: {ID}", f"id: {word}"))

    assert _told(repository) == BOTH
    assert len(_told(repository, PATH)) == len(_told(repository, COPY)) == 1


def test_a_file_without_an_id_has_that_of_its_name(repository: Stage) -> None:
    """It has no line of its own to be told at; the one that took its id has."""
    bare = CLEAN.replace(f"id: {ID}\n", "")
    repository.write(PATH, bare)
    repository.write(COPY, CLEAN)

    told = {f"{COPY}:{LINE}:1:": f"'{PATH}' has this id too"}
    assert _told(repository) == told
    assert _told(repository, COPY) == told
    assert _told(repository, PATH) == {}

    repository.write(PATH, bare.partition("---\n\n")[2])
    assert _told(repository, COPY) == told


def test_an_id_is_looked_for_however_a_file_writes_it(repository: Stage) -> None:
    """What no line tells is read as YAML; a body has no id."""
    repository.write("postmortems/2026-03-05-a.md", f"---\n? id\n: {ID}\n---\n\n# A\n")
    repository.write("postmortems/2026-03-05-b.md", f"---\na: b\n---\n\nid: {ID}\n")
    repository.write("postmortems/2026-03-05-c.md", f"---\nrelated: {ID}\n---\n")
    repository.write("postmortems/2026-03-05-d.md", "---\nid:\n---\n\n# D\n")

    told = {f"{PATH}:{LINE}:1:": "'postmortems/2026-03-05-a.md' has this id too"}
    assert _told(repository, PATH) == told
    assert _told(repository)[f"{PATH}:{LINE}:1:"] == told[f"{PATH}:{LINE}:1:"]


def test_many_are_not_all_named(repository: Stage) -> None:
    """Three are enough to see what happened."""
    for day in range(4, 9):
        repository.write(f"postmortems/2026-03-0{day}-copy.md", CLEAN)

    said = _told(repository)[f"{PATH}:{LINE}:1:"]

    assert said.count("postmortems/") == 3
    assert said.endswith(" and more have this id too")


def test_a_draft_is_warned_and_not_held_up(repository: Stage) -> None:
    """It is as easy to mend then as it ever will be."""
    draft = CLEAN.replace("in-review", "draft")
    repository.write(COPY, draft)
    repository.write(PATH, draft)

    said = repository.run("check")

    assert said.code == 0
    assert said.out.count("warning PM614 ") == 2
    assert f"write `id: {NEW}`" in said.out


def test_reports_of_other_folders_are_none_of_these(repository: Stage) -> None:
    """A copy that somebody checks elsewhere is in nobody's way."""
    repository.write("notes/copy.md", CLEAN)

    assert _told(repository, "notes/copy.md") == {}
    assert _told(repository) == {}

    repository.write(".postmortem.yaml", "folders: [postmortems, notes]\n")
    assert set(_told(repository, "notes/copy.md")) == {f"notes/copy.md:{LINE}:1:"}


def test_what_is_kept_follows_the_other_file(repository: Stage) -> None:
    """The report itself is unchanged, and the cache knows it."""
    assert _told(repository) == _told(repository, PATH) == {}

    repository.write(COPY, CLEAN)
    assert _told(repository) == BOTH
    assert len(_told(repository, PATH)) == 1

    repository.write(COPY, CLEAN.replace(f"id: {ID}", f"id: {NEW}"))
    assert _told(repository) == _told(repository, PATH) == {}

    repository.write(COPY, CLEAN)
    assert _told(repository) == BOTH
    (repository.root / COPY).rename(repository.root / "postmortems/2026-03-05-c.md")
    said = _told(repository)[f"{PATH}:{LINE}:1:"]
    assert said == "'postmortems/2026-03-05-c.md' has this id too"

    (repository.root / "postmortems/2026-03-05-c.md").unlink()
    assert _told(repository) == _told(repository, PATH) == {}


def test_a_baseline_knows_it(repository: Stage) -> None:
    """Old reports may have it; it is neither a secret nor unreadable."""
    repository.write(COPY, CLEAN)
    repository.run("check", "--write-baseline")

    assert repository.run("check").code == 0
    inside = Stage(repository.root / "postmortems", repository.home)
    assert inside.run("check").code == 0


@pytest.mark.parametrize("words", [(), (COPY,)])
def test_a_staged_copy_is_told(repository: Stage, words: tuple[str, ...]) -> None:
    """The content of the index counts, and of the work tree nothing."""
    stage_text(repository, CLEAN, COPY)
    told = {f"{COPY}:{LINE}:1:": f"'{PATH}' has this id too"}

    assert _told(repository, "--staged", *words) == told

    repository.write(COPY, CLEAN.replace(f"id: {ID}", f"id: {NEW}"))
    assert _told(repository, "--staged", *words) == told

    stage_text(repository, CLEAN.replace(f"id: {ID}", f"id: {NEW}"), PATH)
    assert f"{COPY}:{LINE}:1:" not in _told(repository, "--staged", *words)


def test_two_staged_files_are_compared(repository: Stage) -> None:
    """Named or not, whatever they are called."""
    third = "postmortems/2026-03-05-c.md"
    for path in (COPY, third):
        stage_text(repository, CLEAN.replace(f"id: {ID}", "id: mine"), path)

    for words in ((), (COPY, third)):
        assert len(_told(repository, "--staged", *words)) == 2


def test_what_leaves_the_index_takes_its_id_along(repository: Stage) -> None:
    """A file that git moves keeps its id, and is one report."""
    repository.repo.git("mv", PATH, COPY)
    assert _told(repository, "--staged") == _told(repository, "--staged", COPY) == {}

    repository.write(PATH, CLEAN)
    assert _told(repository, "--staged") == _told(repository, "--staged", COPY) == {}


def test_all_that_is_in_the_index_is_compared_where_it_was_read(
    repository: Stage,
) -> None:
    """Without a name given, the rest of the folder is known."""
    repository.repo.commit(COPY, CLEAN.replace(f"id: {ID}", "id: mine"))
    third = "postmortems/mine.md"
    stage_text(repository, CLEAN.replace(f"id: {ID}", "id: mine"), third)

    told = {f"{third}:{LINE}:1:": f"'{COPY}' has this id too"}
    assert _told(repository, "--staged") == told


@pytest.mark.parametrize("words", [(), (COPY,)])
def test_a_branch_is_told_of_the_id_that_it_takes(
    repository: Stage, words: tuple[str, ...]
) -> None:
    """At what it adds; the report that had the id first is unchanged."""
    repository.repo.git("switch", "-qc", "work")
    repository.repo.commit(COPY, CLEAN)

    told = {f"{COPY}:{LINE}:1:": f"'{PATH}' has this id too"}
    assert _told(repository, "--changed-since", "main", *words) == told


@pytest.mark.parametrize("words", [(), (COPY,), (PATH, COPY)])
def test_a_branch_is_not_told_of_what_was_so_before(
    repository: Stage, words: tuple[str, ...]
) -> None:
    """Nor of another id that two reports shared when it began."""
    repository.repo.commit(COPY, CLEAN)
    repository.repo.git("switch", "-qc", "work")
    changed = CLEAN.replace("# Checkout", "# The checkout", 1)
    repository.repo.commit(COPY, changed)

    assert _told(repository, "--changed-since", "main", *words) == {}
    assert _told(repository) == BOTH

    repository.repo.commit(COPY, changed.replace(f"id: {ID}", "id: mine"))
    repository.repo.commit("postmortems/2026-03-05-c.md", changed.replace(ID, "mine"))
    told = _told(repository, "--changed-since", "main", COPY)
    assert list(told.values()) == ["'postmortems/2026-03-05-c.md' has this id too"]
