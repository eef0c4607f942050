"""MUT-CHECK: each promise is broken once, on purpose, and a test says so.

One is broken always; all of them, which takes minutes, with POSTMORTEM_MUTATIONS=1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("postmortem", "samples", "templates", "tests", "pyproject.toml")
FAILED = 1
"""What pytest ends with when tests fail; another number says that none was run."""
PATIENCE = 300
SESSIONS = "tests/sessions/test_"

EVERY = "POSTMORTEM_MUTATIONS" in os.environ
QUICK = ("no HTML is stopped",)
"""Those that are always tried."""


@dataclass(frozen=True)
class Mutation:
    """A promise that is broken: where, how, and which tests are to see it."""

    path: str
    old: str
    new: str
    tests: str
    """A file, and behind a blank which of its tests."""


MUTATIONS = {
    "no HTML is stopped": Mutation(
        "postmortem/commands/_page.py",
        "    clean = nh3.clean(\n",
        "    clean = (lambda text, **_: text)(\n",
        "tests/commands/test_show.py no_html",
    ),
    "a file is just written": Mutation(
        "postmortem/files/atomic.py",
        """\
        _fill(temporary, raw, mode, old)
        check()
        if exclusive:
            _claim(temporary, path)
        else:
            temporary.replace(path)
""",
        """\
        check()
        with path.open("xb" if exclusive else "wb") as file:
            file.write(raw)
        path.chmod(mode)
""",
        "tests/files/test_faults.py failed_step_leaves",
    ),
    "a file is not synced": Mutation(
        "postmortem/files/atomic.py",
        "            return\n    os.fsync(descriptor)\n",
        "            return\n",
        "tests/files/test_faults.py on_disk_before",
    ),
    "a draft is just written": Mutation(
        "postmortem/drafts/shelf.py",
        "            atomic.put(path, raw, mode=0o600)\n",
        "            path.write_bytes(raw)\n",
        "tests/drafts planted",
    ),
    "an answer is kept later": Mutation(
        "postmortem/drafts/journal.py",
        "        self._draft = self._draft.replace(**changes)\n        self._flush()\n",
        "        self._draft = self._draft.replace(**changes)\n",
        "tests/drafts/test_journal.py test_",
    ),
    "what is typed is saved at the end": Mutation(
        "postmortem/drafts/saver.py",
        "PAUSE = 0.3\n",
        "PAUSE = 60.0\n",
        f"{SESSIONS}kill.py half_typed_word",
    ),
    "a report is written before the journal knows": Mutation(
        "postmortem/commands/_writing.py",
        "    if journal.draft.report == wanted:\n",
        "    if journal is None:\n",
        f"{SESSIONS}kill.py written_once",
    ),
    "Ctrl-C is an answer": Mutation(
        "postmortem/prompts/surface.py",
        "question.unsafe_ask()",
        "question.ask()",
        f"{SESSIONS}leaving.py nothing_typed",
    ),
    "signals are not heard": Mutation(
        "postmortem/prompts/leaving.py",
        '_LEAVING = ("SIGHUP", "SIGTERM")\n',
        "_LEAVING: tuple[str, ...] = ()\n",
        f"{SESSIONS}leaving.py lines_can",
    ),
    "yes is not drained": Mutation(
        "postmortem/prompts/confirming.py",
        "lambda: _forget(keys)",
        "lambda: None",
        f"{SESSIONS}pasting.py yes_in_advance",
    ),
    "a plain yes is not drained": Mutation(
        "postmortem/prompts/echo.py",
        "            self._keyboard.forget()\n",
        "            pass\n",
        f"{SESSIONS}pasting.py yes_in_advance",
    ),
    "a pasted letter commits": Mutation(
        "postmortem/prompts/confirming.py",
        "if held.is_together and len(text.strip()) == 1:",
        "if not text.strip():",
        "tests/prompts/test_pasting.py yes_takes_no",
    ),
    "a plain pasted letter commits": Mutation(
        "postmortem/prompts/echo.py",
        "(self._is_letter() and (many or now - before < TOGETHER))",
        "False",
        "tests/prompts/test_pasting.py yes_takes_no",
    ),
    "an Enter in a paste answers": Mutation(
        "postmortem/prompts/pressing.py",
        """\
        if event.key_processor.input_queue:
            self._break(buffer)
        elif self.has_lines:
            self.hold(_nothing, lambda: self._break(buffer))
        else:
            self.hold(self._accept, lambda: self._break(buffer))
""",
        "        self._accept()\n",
        f"{SESSIONS}pasting.py stays_in",
    ),
    "the index is committed": Mutation(
        "postmortem/history/aside.py",
        """\
    for path in change.paths:
        target(history, path)
    clean(history)
""",
        """\
    from git import Repo

    repo = Repo(history.root)
    repo.index.add([*change.paths])
    made = repo.index.commit(change.message, head=False)
    repo.create_head(branch, made)
    return Commit(
        sha=made.hexsha,
        branch=branch,
        path=change.path,
        way=Way.NEW_STAY,
        content=change.content,
    )
""",
        f"{SESSIONS}main_job.py work_of_others",
    ),
    "two write one draft": Mutation(
        "postmortem/drafts/locks.py",
        "        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)\n",
        "        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)\n",
        f"{SESSIONS}two.py second_is_told",
    ),
    "the file is read once": Mutation(
        "postmortem/commands/_records.py",
        "        if state != self._seen:\n",
        "        if self._seen is None:\n",
        f"{SESSIONS}editor.py shows_what",
    ),
    "what others wrote is shown as it is": Mutation(
        "postmortem/escape.py",
        "    return text if text.isprintable() else _UNSEEN.sub(_seen, text)\n",
        "    return text\n",
        f"{SESSIONS}escapes.py in_a_title",
    ),
}


@pytest.mark.parametrize(
    "mutation",
    [
        pytest.param(
            mutation,
            id=name,
            marks=pytest.mark.skipif(
                not EVERY and name not in QUICK,
                reason="POSTMORTEM_MUTATIONS is not set",
            ),
        )
        for name, mutation in MUTATIONS.items()
    ],
)
def test_a_broken_promise_is_seen(tmp_path: Path, mutation: Mutation) -> None:
    """MUT-CHECK: at least one of the named tests fails on a copy that is so."""
    copy = _copied(tmp_path / "copy")
    path = copy / mutation.path
    text = path.read_text()
    assert text.count(mutation.old) == 1, "it is written in another way by now"
    path.write_text(text.replace(mutation.old, mutation.new))
    file, _, which = mutation.tests.partition(" ")

    words = ("-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", file, "-k", which)
    done = subprocess.run(
        [sys.executable, *words],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "POSTMORTEM_PATIENCE": "6"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert done.returncode == FAILED, done.stdout[-2000:]


def _copied(copy: Path) -> Path:
    """Copy all that tests need, without what is compiled."""
    copy.mkdir()
    for name in COPIED:
        source, target = ROOT / name, copy / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copy(source, target)
    return copy
