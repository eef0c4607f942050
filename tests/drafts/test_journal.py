"""An answer is on disk when it is given, a letter soon after; nobody waits for it."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from postmortem.drafts import Draft, Drafts, Journal, key_of
from postmortem.errors import Missing
from tests.drafts.conftest import NOON, Clock
from tests.files.folders import names

SOON = 0.45
"""Seconds after which what was handed over is on disk, on a busy machine too."""


def test_an_answer_is_on_disk(drafts: Drafts, journal: Journal) -> None:
    """When `save` returns; what it returns is what is there."""
    saved = journal.save(answers=(("summary", "It\nstopped."),), at="impact")

    assert drafts.all() == (saved,)
    assert saved.answers == (("summary", "It\nstopped."),)
    assert (saved.began, saved.saved) == (NOON.isoformat(), NOON.isoformat())
    assert journal.trouble is None


def test_it_says_who_wrote_it(drafts: Drafts, journal: Journal) -> None:
    """A number and a machine, for whoever finds it open."""
    journal.save()
    writer = drafts.all()[0].writer

    assert writer is not None
    assert (writer.pid, writer.host) == (os.getpid(), os.uname().nodename)


def test_typing_is_on_disk_soon(drafts: Drafts, draft: Draft, journal: Journal) -> None:
    """With all that was said before, and without anybody asking for it."""
    journal.save(title="X down")
    journal.typing("preci")
    journal.typing("precious li")
    time.sleep(SOON)

    found = drafts.find(draft.key)
    assert found is not None
    assert (found.title, found.typing) == ("X down", "precious li")


def test_typing_is_saved_about_thrice_a_second(
    drafts: Drafts, draft: Draft, journal: Journal
) -> None:
    """However fast somebody types; always the latest."""
    journal.save()
    journal.save()
    seen: set[int] = set()
    ends = time.monotonic() + 2
    while time.monotonic() < ends:
        journal.typing(str(time.monotonic()))
        seen.add((drafts.folder / f"{draft.key}.0.json").stat().st_ino)
        time.sleep(0.001)

    assert 2 <= len(seen) - 1 <= 4  # every other save


def test_what_was_typed_before_an_answer_does_not_come_back(
    drafts: Drafts, draft: Draft, journal: Journal
) -> None:
    """The thread that saves later has nothing older to save."""
    for number in range(50):
        journal.typing(f"half of {number}")
        journal.save(answers=(("summary", str(number)),), typing="")
    time.sleep(SOON)

    found = drafts.find(draft.key)
    assert found is not None
    assert (found.typing, found.answers) == ("", (("summary", "49"),))


def test_what_is_half_typed_stays_when_something_else_is_saved(
    drafts: Drafts, draft: Draft, journal: Journal
) -> None:
    """A file that was made, a place in the form."""
    journal.typing("half")

    assert journal.save(report="2025-05-24-x").typing == "half"
    assert drafts.all()[0].typing == "half"


def test_nobody_waits_for_the_disk(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that takes seconds is a thing of the other thread."""
    sync, synced = os.fsync, []

    def slowly(descriptor: int) -> None:
        time.sleep(0.2)
        sync(descriptor)
        synced.append(time.monotonic())

    monkeypatch.setattr(os, "fsync", slowly)
    longest, text = 0.0, ""
    for _ in range(400):
        text += "x"
        start = time.perf_counter()
        journal.typing(text)
        longest = max(longest, time.perf_counter() - start)
        time.sleep(0.002)

    assert synced
    assert longest < 0.1


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ZeroDivisionError])
def test_leaving_saves_the_last_letter(
    drafts: Drafts, draft: Draft, error: type[BaseException]
) -> None:
    """By whatever way: Ctrl-C, the end, a mistake."""

    def leave() -> None:
        with drafts.open(draft) as journal:
            journal.typing("the last letter")
            raise error

    with pytest.raises(error):
        leave()

    assert drafts.all()[0].typing == "the last letter"


def test_leaving_twice_is_leaving_once(drafts: Drafts, journal: Journal) -> None:
    """And nothing is written by who has left."""
    journal.typing("half")
    journal.close()
    journal.close()
    journal.typing("more")
    time.sleep(SOON)

    with pytest.raises(ValueError, match="closed"):
        journal.save(typing="more")
    assert drafts.all()[0].typing == "half"


def test_a_draft_in_which_nothing_was_said_is_none(
    drafts: Drafts, draft: Draft
) -> None:
    """Who looks and leaves is offered nothing later."""
    drafts.open(draft).close()

    assert drafts.all() == ()
    assert names(drafts.folder) == []


def test_what_is_on_disk_decides(drafts: Drafts, draft: Draft, clock: Clock) -> None:
    """Who read a draft before another one went on with it loses nothing of that."""
    with drafts.open(draft) as journal:
        old = journal.save(title="old")
    clock.on(minutes=1)
    with drafts.open(old) as journal:
        new = journal.save(title="new")
    with drafts.open(old) as journal:
        assert journal.draft.title == "new"
        assert journal.draft.saved == new.saved
        assert journal.draft.began == NOON.isoformat()


def test_a_submitted_draft_is_kept_aside(
    drafts: Drafts, draft: Draft, clock: Clock
) -> None:
    """For thirty days, private, and not offered; every one of them."""
    for _ in range(2):
        with drafts.open(draft) as journal:
            journal.save(title="X")
            journal.typing("half")
            journal.done()

    assert drafts.all() == ()
    done = [f"{draft.key}.20250524120000{it}.done" for it in ("-2", "")]
    assert names(drafts.folder) == done
    assert {path.stat().st_mode & 0o777 for path in drafts.folder.iterdir()} == {0o600}
    assert b'"half"' in (drafts.folder / done[0]).read_bytes()

    clock.on(days=29)
    drafts.sweep()
    assert names(drafts.folder) == done
    clock.on(days=2)
    drafts.sweep()
    assert names(drafts.folder) == []


def test_a_draft_that_is_in_its_file_is_gone(drafts: Drafts, draft: Draft) -> None:
    """When there is nothing in it that is not there."""
    with drafts.open(draft) as journal:
        journal.save(title="X")
        journal.save(title="Y")
        journal.done(keep=False)

    assert names(drafts.folder) == []


def test_a_draft_that_is_done_is_not_brought_back(
    drafts: Drafts, draft: Draft, clock: Clock
) -> None:
    """By a terminal that listed it before; a new one of that name can begin."""
    with drafts.open(draft) as journal:
        listed = journal.save(title="X")
        journal.done()

    with pytest.raises(Missing, match="submitted or discarded"):
        drafts.open(listed)
    drafts.open(draft).close()
    assert drafts.all() == ()


def test_a_discarded_draft_is_really_gone(drafts: Drafts, draft: Draft) -> None:
    """With what was kept of it."""
    with drafts.open(draft) as journal:
        journal.save(title="X")
        journal.save(title="Y")

    drafts.discard(draft)
    drafts.discard(draft)

    assert drafts.all() == ()
    assert names(drafts.folder) == []


def test_the_latest_is_offered_first(
    drafts: Drafts, draft: Draft, clock: Clock
) -> None:
    """Of all repositories."""
    for key in ("b", "a", "c"):
        clock.on(minutes=1)
        with drafts.open(draft.replace(key=key)) as journal:
            journal.save()

    assert [each.key for each in drafts.all()] == ["c", "a", "b"]


def test_the_draft_of_a_report_is_found(drafts: Drafts, tmp_path: Path) -> None:
    """By the key that it began with, and by that of the report that it became."""
    new = Draft(key=key_of(tmp_path), root=str(tmp_path))
    with drafts.open(new) as journal:
        journal.save(report="2025-05-24-x")

    for key in (new.key, key_of(tmp_path, "2025-05-24-x")):
        found = drafts.find(key)
        assert found is not None
        assert found.key == new.key
    assert drafts.find(key_of(tmp_path, "2025-05-24-y")) is None


def test_what_killed_runs_left_is_swept(drafts: Drafts, journal: Journal) -> None:
    """CR-LEFTOVER: after an hour; what another run makes right now is not."""
    journal.save()
    left = drafts.folder / ".pm-0123456789abcdef.tmp"
    made = drafts.folder / ".pm-0123456789abcdee.tmp"
    left.touch()
    made.touch()
    os.utime(left, (time.time() - 4000, time.time() - 4000))

    drafts.sweep()

    assert not left.exists()
    assert made.exists()


def test_without_a_thread_whoever_types_waits(
    drafts: Drafts, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that has no more threads loses nothing either."""

    def refuse(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    for words in ("ha", "half"):
        journal.typing(words)
        assert drafts.all()[0].typing == words


def test_two_may_hand_over(drafts: Drafts, journal: Journal) -> None:
    """Somebody types while another thread opens the journal; one thread saves."""
    for word in ("one", "two"):
        threading.Thread(target=journal.typing, args=(word,)).start()
    time.sleep(SOON)

    assert drafts.all()[0].typing in ("one", "two")
    assert [it.name for it in threading.enumerate()].count("saver") == 1
