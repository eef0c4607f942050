"""A team's settings: what is read, what is refused, and where they are found."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.errors import Missing, PostmortemError, Problems
from postmortem.settings import (
    FILE,
    Place,
    Settings,
    Severity,
    User,
    default_text,
    find,
    read,
    read_user,
)


def test_the_file_that_init_writes_says_the_defaults() -> None:
    """Reading it gives what reading nothing gives: it explains and changes nothing."""
    assert read(default_text()) == Settings() == read("")


def test_every_setting_is_explained() -> None:
    """The file names every setting once, with a comment above it."""
    lines = default_text().splitlines()

    for name in Settings.__struct_fields__:
        (at,) = [n for n, line in enumerate(lines) if line.startswith(f"{name}:")]
        assert lines[at - 1].startswith("# ")


def test_the_file_promises_nothing_that_is_not_there() -> None:
    """What it tells of, a command does."""
    text = default_text()

    assert [word for word in ("wizard", "`check`", "offered") if word in text] == []


def test_a_line_that_goes_or_is_emptied_means_the_default() -> None:
    """Each setting stands alone: the others keep what they were."""
    for name in Settings.__struct_fields__:
        assert read(f"{name}:\n") == Settings()


def test_a_text_with_commas_is_no_list() -> None:
    """It would be one name that nobody has; in quotes it is meant so."""
    with pytest.raises(Problems) as refused:
        read("people: Jordan, Sam,\n")

    assert refused.value.problems[0].hint == "write a list: [Jordan, Sam]"
    assert read('terms: "Example, Inc."\n').terms == ("Example, Inc.",)
    assert read("people: [Jordan, Sam]\n").people == ("Jordan", "Sam")


def test_every_setting_can_be_set() -> None:
    """The values are what was written, in order."""
    text = """\
folders: [docs/incidents, ./teams/pay/incidents/]
templates: docs/templates
template: pagerduty
zone: Europe/Paris
severities: {S1: all is down, S2: }
statuses: [draft, review, final]
branch_prefix: incident-
way: stay
protected: [main, release/*]
trailers: {Incident: id}
deadline: 60
remote: upstream
restricted: true
services: pay
people: [dana, "on call"]
"""

    assert read(text) == Settings(
        folders=("docs/incidents", "teams/pay/incidents"),
        templates="docs/templates",
        template="pagerduty",
        zone="Europe/Paris",
        severities=(Severity(name="S1", meaning="all is down"), Severity(name="S2")),
        statuses=("draft", "review", "final"),
        branch_prefix="incident-",
        way="stay",
        protected=("main", "release/*"),
        trailers=MappingProxyType({"Incident": "id"}),
        deadline=60,
        remote="upstream",
        restricted=True,
        services=("pay",),
        people=("dana", "on call"),
    )


@pytest.mark.parametrize(
    "folders, templates",
    [
        ("incidents", "incidents/.templates"),
        ("[a/b, c]", "a/b/.templates"),
        (".", ".templates"),
    ],
)
def test_templates_move_with_the_reports(folders: str, templates: str) -> None:
    """Who renames the folder of reports need not think of the templates."""
    assert read(f"folders: {folders}").templates == templates


def test_words_that_other_yaml_readers_guess_at_stay_words() -> None:
    """A service may be called NO, and a severity 1."""
    settings = read("services: [NO, 12:30, 1.10]\nseverities: [1, 2]")

    assert settings.services == ("NO", "12:30", "1.10")
    assert settings.severities == (Severity(name="1"), Severity(name="2"))


def test_all_mistakes_are_said_at_once() -> None:
    """In the order in which they stand, each at its place."""
    text = """\
folder: incidents
folders: [a, a, ../x, 3]
severities:
  SEV-1: [x]
  "?": what
zone: Europe/Pariss
deadline: 1h
way: swich
trailers: {Signed-off-by: nam, "x y": id}
"""

    with pytest.raises(Problems) as raised:
        read(text, "x.yaml")

    assert (
        str(raised.value)
        == """\
x.yaml:1:1: there is no setting 'folder'
  did you mean folders?
x.yaml:2:14: 'a' stands here and on line 2
  keep one
x.yaml:2:17: '../x' is no folder below that of this file
  write it from this file's folder on, as in docs/postmortems
x.yaml:4:10: this is not one line of text
x.yaml:5:3: '?' is no name
  use letters, digits, blanks and any of . @ / + - _
x.yaml:6:7: no zone is named 'Europe/Pariss'
  did you mean Europe/Paris?
x.yaml:7:11: '1h' is no whole number from 1 to 86400
x.yaml:8:6: 'swich' is no choice
  choose ask, switch, stay or here; did you mean switch?
x.yaml:9:12: Signed-off-by is a person's to give, and no setting's
x.yaml:9:27: 'nam' is no choice
  choose id, title, severity, status, owner, audience or template
x.yaml:9:32: 'x y' is no trailer
  use letters, digits and -"""
    )


@pytest.mark.parametrize(
    "line",
    [
        *(f"folders: {it!r}" for it in ("/x", "~/x", "a/../b", "..", ".git/x", "a//b")),
        *(f"folders: {it!r}" for it in ("C:/x", "a\\b", "a/.GIT", "", " ")),
        "folders: []",
        "folders: {a: b}",
        "templates: ../templates",
        "template: [a]",
        "template: -x",
        "zone: ../etc/passwd",
        "zone: PST8PDTT",
        "severities: []",
        "severities: {}",
        "severities: [a, a]",
        "statuses: [draft]",
        *(
            f"branch_prefix: {it!r}"
            for it in ("-x", "a..b", "a b", "/a", "a//", "a.lock/x")
        ),
        "way: Ask",
        "restricted: yes",
        "restricted: [true]",
        "deadline: 0",
        "deadline: -1",
        "deadline: 1e3",
        "deadline: 999999999999",
        "trailers: [id]",
        "trailers: {Co-authored-by: id}",
        "remote: https://user:pass@example.com/x",
        "remote: -x",
        'remote: "o\\nrigin"',
        "remote: 'o]'",
        "services: {a: b}",
        "people: [[a]]",
        "people: [x, x]",
    ],
)
def test_what_cannot_be_meant_is_refused(line: str) -> None:
    """SEC-CONFIGINJ: nothing leaves the repository, is an option, or is guessed at."""
    with pytest.raises(Problems) as raised:
        read(line, "x.yaml")

    assert all(it.path == "x.yaml" and it.line == 1 for it in raised.value.problems)
    assert "pass@" not in str(raised.value)


values = st.recursive(
    st.text(max_size=8) | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*Settings.__struct_fields__]), values))
def test_any_yaml_gives_settings_or_mistakes(tree: dict[str, Any]) -> None:
    """No file, however odd, ends in anything but words about it."""
    text = json.dumps(tree)

    with suppress(Problems):
        settings = read(text)
        assert settings.folders
        assert settings.severities


def test_a_severity_is_found_in_any_case() -> None:
    """People write sev-1 for SEV-1."""
    assert Settings().severity("sev-1") == Settings().severities[0]
    assert Settings().severity("SEV-9") is None


def test_settings_are_found_from_below(tmp_path: Path) -> None:
    """The nearest file at or above the folder counts, and its folder is the root."""
    (tmp_path / ".git").mkdir()
    (tmp_path / FILE).write_text("folders: incidents", encoding="utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)

    place = find(below)

    assert place.root == tmp_path
    assert place.file == tmp_path / FILE
    assert place.folders == (tmp_path / "incidents",)
    assert place.templates == tmp_path / "incidents" / ".templates"


def test_settings_above_the_repository_are_not_read(tmp_path: Path) -> None:
    """What stands outside a repository is not part of it."""
    (tmp_path / FILE).write_text("folders: elsewhere", encoding="utf-8")
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (repository / "src").mkdir()

    assert find(repository / "src") == Place(root=repository, settings=Settings())


def test_without_a_repository_the_folder_is_the_root(tmp_path: Path) -> None:
    """Reports can be written where there is no git."""
    assert find(tmp_path) == Place(root=tmp_path, settings=Settings())


@pytest.mark.parametrize(
    "start, folder",
    [
        ("", "postmortems"),
        ("docs", "postmortems"),
        ("services/pay", "services/pay/postmortems"),
        ("services/pay/src/deep", "services/pay/postmortems"),
        ("services/pay/postmortems", "services/pay/postmortems"),
        ("services/other", "postmortems"),
        ("..", "postmortems"),
    ],
)
def test_in_a_monorepo_the_nearest_folder_is_meant(start: str, folder: str) -> None:
    """Who stands in a service means its reports, who stands elsewhere the first's."""
    root = Path("/repository")
    folders = ("postmortems", "services/pay/postmortems")
    place = Place(root=root, settings=Settings(folders=folders))

    assert place.folder(root.parent if start == ".." else root / start) == root / folder


def test_a_person_has_a_repository_for_reports_from_elsewhere(tmp_path: Path) -> None:
    """It is used where there is neither a settings file nor a folder of reports."""
    central, service = tmp_path / "central", tmp_path / "service"
    for folder in (central, service / ".git", service / "src"):
        folder.mkdir(parents=True)
    (central / FILE).write_text("folders: .", encoding="utf-8")
    own = tmp_path / "own.yaml"
    own.write_text(f"repository: {central}", encoding="utf-8")

    place = find(service / "src", own=lambda: own)
    (service / "postmortems").mkdir()
    here = find(service / "src", own=lambda: own)

    assert (place.root, place.chosen, place.folders) == (central, True, (central,))
    assert (here.root, here.chosen) == (service, False)


def test_a_persons_repository_begins_at_home(tmp_path: Path, home: Path) -> None:
    """`~` stands for the home folder, and a repository without settings is fine."""
    (home / "incidents").mkdir()
    own = tmp_path / "own.yaml"
    own.write_text("repository: ~/incidents", encoding="utf-8")

    assert find(tmp_path, own=lambda: own).root == home / "incidents"


def test_a_persons_repository_that_is_gone_is_said(tmp_path: Path) -> None:
    """Reports do not silently go to another place than the one that was chosen."""
    own = tmp_path / "own.yaml"
    own.write_text("repository: /nowhere/at/all", encoding="utf-8")

    with pytest.raises(Missing, match="/nowhere/at/all"):
        find(tmp_path, own=lambda: own)


def test_no_person_needs_settings(tmp_path: Path) -> None:
    """A file that is not there, or empty, changes nothing."""
    own = tmp_path / "own.yaml"
    without = find(tmp_path, own=lambda: own)
    own.write_text("", encoding="utf-8")

    assert find(tmp_path, own=lambda: own) == without == find(tmp_path)
    assert read_user("") == User()


def test_a_file_that_is_not_text_is_said(tmp_path: Path) -> None:
    """With the line on which it stops being UTF-8."""
    (tmp_path / FILE).write_bytes(b"zone: UTC\nremote: \xff\n")

    with pytest.raises(PostmortemError, match=r"\.postmortem\.yaml:2:9: .*UTF-8"):
        find(tmp_path)
