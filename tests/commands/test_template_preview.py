"""A template beside its editor: what it makes, again at every save."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from postmortem.markdown import SUFFIX
from tests.commands.stage import ID, Stage

PATH = f"postmortems/.templates/ours{SUFFIX}"
OURS = """\
# {{ title }}

## Summary

{{ summary }}

{% include "parts/end.md.j2" %}
"""
END = "## Seen\n\n{{ detection }}\n"
_PATIENCE = 20
_SIZE = (14, 80)


@pytest.fixture
def team(stage: Stage) -> Stage:
    """Return a repository with a template of two files."""
    stage.write(PATH, OURS)
    stage.write("postmortems/.templates/parts/end.md.j2", END)
    return stage


class Seen:
    """A terminal, as somebody sees it who edits in another one."""

    def __init__(self, child: pexpect.spawn[bytes]) -> None:
        self.child = child
        self.raw = b""
        self._screen = pyte.Screen(_SIZE[1], _SIZE[0])
        self._stream = pyte.ByteStream(self._screen)

    @property
    def text(self) -> str:
        """What stands on the screen now."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def until(self, fits: Callable[[str], object]) -> str:
        """Wait until the screen is as wished."""
        end = time.monotonic() + _PATIENCE
        while not fits(self.text):
            assert time.monotonic() < end, self.text
            try:
                got = self.child.read_nonblocking(65536, 0.1)
            except pexpect.TIMEOUT:
                continue
            self.raw += got
            self._stream.feed(got)
        return self.text

    def ended(self) -> int | None:
        """Wait until it has ended; return its exit code."""
        self.raw += self.child.read()
        self.child.close()
        status: int | None = self.child.exitstatus
        return status


@pytest.fixture
def watched(team: Stage) -> Iterator[Callable[..., Seen]]:
    """Return what starts a preview in a terminal of its own."""
    begun: list[pexpect.spawn[bytes]] = []

    def _begin(*more: str, **variables: str) -> Seen:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "postmortem", "template", "preview", "ours", *more],
            cwd=str(team.root),
            env={**os.environ, "TERM": "xterm", "HOME": str(team.home), **variables},
            dimensions=_SIZE,
            timeout=_PATIENCE,
        )
        begun.append(child)
        return Seen(child)

    yield _begin
    for child in begun:
        child.close(force=True)


def _save(team: Stage, text: str, path: str = PATH) -> None:
    """Save a file as an editor does: another one takes its place."""
    new = team.root / f"{path}~"
    new.write_text(text, encoding="utf-8")
    new.replace(team.root / path)


def test_it_follows_every_save(team: Stage, watched: Callable[..., Seen]) -> None:
    """Of the template and of a part of it; a mistake stands in the page's place."""
    seen = watched()
    seen.until(lambda text: "no mistakes" in text and "Summary" in text)

    _save(team, OURS.replace("## Summary", "## In short"))
    seen.until(lambda text: "In short" in text)
    _save(
        team,
        "## Noticed\n\n{{ detektion }}\n",
        "postmortems/.templates/parts/end.md.j2",
    )
    said = seen.until(lambda text: "1 mistake ·" in text)
    assert "parts/end.md.j2:3:4: no field is called 'detektion'" in said
    assert "did you mean 'detection'?" in said
    assert "In short" not in said

    _save(
        team,
        "## Noticed\n\n{{ detection }}\n",
        "postmortems/.templates/parts/end.md.j2",
    )
    said = seen.until(lambda text: "no mistakes" in text)
    assert "Noticed" in said, "it turns to what has changed"
    seen.child.send("q")
    assert seen.ended() == 0
    assert seen.raw.rstrip().endswith(b"\x1b[?1049l")


def test_keys_turn_its_pages(watched: Callable[..., Seen]) -> None:
    """Down and up again."""
    seen = watched()
    said = seen.until(lambda text: "q leaves" in text)
    assert "X down" in said, "it begins with the title, not with the facts"

    seen.child.send("g")
    seen.until(lambda text: "· 1-13 of" in text)
    seen.child.send("j")
    seen.until(lambda text: "· 2-14 of" in text)
    seen.child.send(" ")
    seen.until(lambda text: "· 2-14 of" not in text and "q leaves" in text)
    seen.child.send("b")
    seen.until(lambda text: "· 1-13 of" in text)


@pytest.mark.parametrize("way", ["q", "\x03", "\x04"], ids=["q", "Ctrl-C", "Ctrl-D"])
def test_leaving_is_no_failure(watched: Callable[..., Seen], way: str) -> None:
    """Whichever key somebody takes for it."""
    seen = watched()
    seen.until(lambda text: "q leaves" in text)
    seen.child.send(way)
    assert seen.ended() == 0


def test_a_terminal_without_control_sequences(
    team: Stage, watched: Callable[..., Seen]
) -> None:
    """One page follows the other, and nothing commands the terminal."""
    seen = watched(TERM="dumb")
    seen.until(lambda text: "no mistakes" in text)
    _save(team, OURS.replace("## Summary", "## In short"))
    seen.until(lambda text: text.count("q leaves") == 1 and "In short" in text)
    seen.child.send("q")

    assert seen.ended() == 0
    assert b"\x1b" not in seen.raw


def test_it_waits_without_work(watched: Callable[..., Seen]) -> None:
    """A preview that is left open takes next to nothing."""
    stat = Path("/proc/self/stat")
    if not stat.exists():
        pytest.skip("this system does not say how long a process ran")
    seen = watched()
    seen.until(lambda text: "q leaves" in text)

    def _ticks() -> int:
        said = Path(f"/proc/{seen.child.pid}/stat").read_text(encoding="ascii")
        return sum(map(int, said.rpartition(")")[2].split()[11:13]))

    before = _ticks()
    time.sleep(2)
    assert _ticks() - before <= 0.1 * 2 * os.sysconf("SC_CLK_TCK")


def test_where_nobody_looks_it_is_printed_once(team: Stage) -> None:
    """A file or a pipe gets the report, and the command ends."""
    said = team.run("template", "preview", "ours")

    assert (said.code, said.err) == (0, "")
    assert said.out == team.run("template", "show", "ours", "--sample").out


def test_once_is_once_at_a_terminal_too(team: Stage) -> None:
    """For a script that somebody watches."""
    said = team.run("template", "preview", "ours", "--once", typed="")

    assert said.code == 0
    assert "\n## Summary\n" in said.out


def test_a_mistake_is_printed_in_its_place(team: Stage) -> None:
    """And the command ends with 1."""
    team.write(PATH, OURS.replace("{{ summary }}", "{{ sumary }}"))

    said = team.run("template", "preview", "ours", "--once")

    assert said.code == 1
    assert said.out == (
        f"{PATH}:5:4: no field is called 'sumary'\n  did you mean 'summary'?\n"
    )


def test_what_cannot_be_told_apart_is_said_beside_the_page(team: Stage) -> None:
    """It compiles, and would not be read back."""
    team.write(PATH, OURS.replace("{{ summary }}", "{{ summary }}\n\n{{ impact }}"))

    said = team.run("template", "preview", "ours", "--once")

    assert said.code == 1
    assert re.search(
        rf"^{re.escape(PATH)}:7:4: impact stands in the same", said.out, re.MULTILINE
    )
    assert "## Summary" in said.out


def test_a_report_is_shown_in_it(team: Stage) -> None:
    """Its record in this template's layout; the file stays as it is."""
    before = (team.root / f"postmortems/{ID}.md").read_bytes()

    said = team.run("template", "preview", "ours", "--report", "x-down", "--once")

    assert said.code == 0
    assert "# X down: failover did not take over\n" in said.out
    assert "## Summary\n\nThe failover did not take over.\n" in said.out
    assert "## Not in this template\n\n### Action items\n" in said.out
    assert (team.root / f"postmortems/{ID}.md").read_bytes() == before


@pytest.mark.parametrize(
    "words, told",
    [
        (["our"], "there is no template 'our'\n  did you mean 'ours'?"),
        (["ours", "--report", "y"], "no report has 'y' in its id"),
    ],
    ids=["template", "report"],
)
def test_what_is_not_there_is_said(team: Stage, words: list[str], told: str) -> None:
    """Before anything is shown."""
    said = team.run("template", "preview", *words, typed="")

    assert (said.code, said.out) == (2, "")
    assert told in said.err
