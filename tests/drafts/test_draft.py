"""A draft is a value, and what is on disk is that value."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.drafts import Draft, Writer, key_of
from postmortem.drafts.draft import KEY
from postmortem.drafts.spelling import Damaged, Newer, decoded, encoded
from tests.drafts.conftest import NOON

PATH = "drafts/x.1.json"
# JSON takes two halves of a character for that character.
words = st.text(st.characters()) | st.text('a\0\ud800\n"\\é😀')
known = st.none() | words
instants = st.datetimes(timezones=st.timezones()).map(lambda it: it.isoformat())
writers = st.builds(
    Writer, pid=st.integers(), host=words, started=known, since=instants
)
every_draft = st.builds(
    Draft,
    key=st.just("x"),
    root=words,
    answers=st.lists(st.tuples(words, words)).map(tuple),
    typing=words,
    began=st.none() | instants,
    saved=st.none() | instants,
    writer=st.none() | writers,
    **dict.fromkeys(
        ("report", "path", "title", "template", "folder", "at", "part", "text", "base"),
        known,
    ),
)


@given(draft=every_draft, save=st.integers(1))
def test_what_was_said_comes_back(draft: Draft, save: int) -> None:
    """Halves of characters, NULs and all."""
    assert decoded(encoded(draft, save), "x", PATH) == (draft, save)


@given(
    raw=st.binary()
    | st.recursive(
        st.none() | st.booleans() | st.floats() | words,
        lambda inner: st.lists(inner) | st.dictionaries(words, inner),
    ).map(lambda tree: json.dumps(tree).encode())
)
def test_anything_else_is_damaged(raw: bytes) -> None:
    """Whatever bytes there are, the answer is one that can be told."""
    with pytest.raises(Damaged):
        decoded(raw, "x", PATH)


@given(draft=every_draft, length=st.floats(0, 1, exclude_max=True))
def test_a_part_of_a_draft_is_damaged(draft: Draft, length: float) -> None:
    """Wherever it was cut off."""
    raw = encoded(draft, 1)

    with pytest.raises(Damaged, match="not whole"):
        decoded(raw[: int(len(raw) * length)], "x", PATH)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 0},
        {"format": "1"},
        {"format": True},
        {"format": None},
        {"save": None},
        {"save": 0},
        {"save": True},
        {"key": "y"},
        {"root": None},
        {"typing": 7},
        {"title": ["x"]},
        {"answers": [["summary"]]},
        {"answers": [["summary", 7]]},
        {"answers": 7},
        {"saved": "yesterday"},
        {"saved": "2025-05-24T12:00:00"},
        {"writer": {"pid": "7"}},
        {"writer": {"pid": 7, "host": "x", "since": None}},
    ],
    ids=str,
)
def test_a_draft_with_other_types_is_damaged(changes: dict[str, object]) -> None:
    """What goes into the interview is what the interview would have put there."""
    tree = json.loads(encoded(Draft(key="x", root="/repo"), 1)) | changes

    with pytest.raises(Damaged):
        decoded(json.dumps(tree).encode(), "x", PATH)


def test_nested_nonsense_is_damaged() -> None:
    """The reader's own limits are no crash."""
    with pytest.raises(Damaged):
        decoded(b"[" * 200_000, "x", PATH)
    with pytest.raises(Damaged):
        decoded(b'{"format": ' + b"9" * 9999 + b"}", "x", PATH)


def test_a_newer_format_is_refused() -> None:
    """Whatever else is in it."""
    with pytest.raises(Newer, match="a newer version"):
        decoded(b'{"format": 2, "key": {}}', "x", PATH)


def test_what_a_later_version_adds_is_no_damage() -> None:
    """As long as the number of the format is the same."""
    draft = Draft(key="x", root="/repo")
    tree = json.loads(encoded(draft, 1)) | {"mood": "calm"}

    assert decoded(json.dumps(tree).encode(), "x", PATH) == (draft, 1)


@given(report=words)
def test_a_key_is_a_name_on_any_system(report: str) -> None:
    """Whatever the id of the report."""
    assert KEY.fullmatch(key_of("/repo", report))


def test_a_key_tells_reports_apart(tmp_path: Path) -> None:
    """By repository and id, whichever way leads to the repository."""
    (tmp_path / "repo").mkdir()
    (tmp_path / "link").symlink_to("repo")

    key = key_of(tmp_path / "repo", "2025-05-24-x")

    assert key.startswith("2025-05-24-x-")
    assert key == key_of(str(tmp_path / "link"), "2025-05-24-x")
    assert key != key_of(tmp_path, "2025-05-24-x")
    assert key != key_of(tmp_path / "repo", "2025-05-24-x-2")


def test_new_reports_have_keys_of_their_own() -> None:
    """Two may be begun at once."""
    assert key_of("/repo") != key_of("/repo")
    assert KEY.fullmatch(key_of("/repo"))


def test_a_draft_knows_its_age() -> None:
    """Since it was saved; until then, since it was begun."""
    draft = Draft(key="x", root="/repo")
    later = NOON + timedelta(hours=1)

    assert draft.age(later) == timedelta()
    assert draft.replace(began=NOON.isoformat()).age(later) == timedelta(hours=1)
    saved = draft.replace(began=NOON.isoformat(), saved=later.isoformat())
    assert saved.age(later) == timedelta()
