"""A draft that cannot be read is kept for who can, and the one before is offered."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.drafts import Draft, Drafts
from postmortem.errors import Refused
from tests.drafts.conftest import Clock
from tests.files.folders import names

Damage = Callable[[Path], object]


def _save(drafts: Drafts, draft: Draft, *titles: str) -> Path:
    """Save a draft so often, and return the file of the last time."""
    with drafts.open(draft) as journal:
        for title in titles:
            journal.save(title=title)
    return drafts.folder / f"{draft.key}.{len(titles) % 2}.json"


def _other(**changes: object) -> Damage:
    def damage(path: Path) -> None:
        path.write_text(json.dumps(json.loads(path.read_text()) | changes))

    return damage


def _swapped(make: Damage) -> Damage:
    def damage(path: Path) -> None:
        path.unlink()
        make(path)

    return damage


DAMAGES: dict[str, Damage] = {
    "zero bytes": lambda path: path.write_bytes(b""),
    "zeros": lambda path: path.write_bytes(bytes(400)),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "not JSON": lambda path: path.write_bytes(b"\xff\xfeSubject: hello"),
    "other JSON": lambda path: path.write_bytes(b"[1]"),
    "other types": _other(answers="x"),
    "another draft": _other(key="other"),
    "older than any": _other(format=0),
    "link": _swapped(lambda path: path.symlink_to("/etc/hostname")),
    "dangling link": _swapped(lambda path: path.symlink_to("nowhere")),
    "pipe": _swapped(os.mkfifo),
    "folder": _swapped(os.mkdir),
    "another's": lambda path: os.chown(path, 12345, 12345),
}
every_damage = pytest.mark.parametrize(
    "damage",
    [
        pytest.param(
            damage,
            id=name,
            marks=pytest.mark.skipif(
                name == "another's" and os.geteuid() != 0,
                reason="only root can give files away",
            ),
        )
        for name, damage in DAMAGES.items()
    ],
)


@every_damage
def test_the_one_before_is_offered(
    drafts: Drafts, draft: Draft, damage: Damage, clock: Clock
) -> None:
    """It is one save old; what could not be read keeps its bytes under a new name."""
    path = _save(drafts, draft, "before", "last")
    damage(path)
    bad = path.with_name(f"{draft.key}.20250524120000.bad")

    (found,) = drafts.all()

    assert found.title == "before"
    assert [each.path for each in drafts.problems] == [str(path)]
    assert drafts.problems[0].hint == f"It is kept as {bad}."
    assert names(drafts.folder) == [f"{draft.key}.1.json", bad.name]
    assert drafts.all() == (found,)
    assert len(drafts.problems) == 1
    with drafts.open(found) as journal:
        assert journal.save(at="impact").title == "before"
    assert drafts.all()[0].at == "impact"
    assert bad.name in names(drafts.folder)


@every_damage
def test_nothing_is_offered_where_nothing_can_be_read(
    drafts: Drafts, draft: Draft, damage: Damage
) -> None:
    """Both are put aside, and a new one begins."""
    path = _save(drafts, draft, "before", "last")
    damage(path)
    path.with_name(f"{draft.key}.1.json").write_bytes(b"")

    assert drafts.find(draft.key) is None
    assert len(drafts.problems) == 2
    with drafts.open(draft) as journal:
        assert journal.draft.title is None
    assert [name[-4:] for name in names(drafts.folder)] == [".bad", ".bad"]


def test_what_was_listed_is_not_lost_by_damage(drafts: Drafts, draft: Draft) -> None:
    """Who has read it before it was damaged goes on with what was read."""
    path = _save(drafts, draft, "only")
    (listed,) = drafts.all()
    path.write_bytes(b"")

    with drafts.open(listed) as journal:
        assert journal.draft.title == "only"


def test_a_newer_format_is_left_alone(drafts: Drafts, draft: Draft) -> None:
    """Byte for byte; it is not offered, opened or replaced."""
    path = _save(drafts, draft, "before", "last")
    path.write_text('{"format": 2}')
    there = names(drafts.folder)

    assert drafts.all() == ()
    assert "newer version" in drafts.problems[0].message
    with pytest.raises(Refused, match="newer version"):
        drafts.find(draft.key)
    with pytest.raises(Refused, match="newer version"):
        drafts.open(draft)
    assert path.read_text() == '{"format": 2}'
    assert names(drafts.folder) == there


def test_what_is_no_draft_is_not_looked_at(drafts: Drafts, draft: Draft) -> None:
    """Somebody's notes in that folder are theirs."""
    path = _save(drafts, draft, "X")
    for name in ("notes.txt", "A b.json", ".0.json", "x.json", "x.0.json.orig"):
        (path.parent / name).write_text("mine")
    there = names(drafts.folder)

    assert len(drafts.all()) == 1
    drafts.sweep()
    assert (drafts.problems, names(drafts.folder)) == ((), there)
