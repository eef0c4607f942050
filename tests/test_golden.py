"""Reports as each version wrote them are read, checked, shown and changed today.

A version that is released adds a file; none is ever changed, but for `--update` of how
a page looks or a record is told.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.author import Author

GOLDEN = Path(__file__).parent / "golden"
ID = "2025-05-24-x-down"
every_version = pytest.mark.parametrize(
    "version", sorted(path.stem for path in GOLDEN.glob("*.md"))
)


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody in an empty folder."""
    root = tmp_path / "work"
    root.mkdir()
    return Author(root, home)


@every_version
def test_a_report_of_any_version_is_read(
    author: Author, version: str, request: pytest.FixtureRequest
) -> None:
    """COMPAT-GOLD: the same record, the same page, and no mistake in it."""
    old = (GOLDEN / f"{version}.md").read_bytes()
    author.write(f"postmortems/{ID}.md", old.decode())

    told = json.loads(author.run("show", ID, "--format", "json").out)
    page = author.run("show", ID, "--format", "html").out
    checked = author.run("check", ID)

    made = {"report": told["report"], "durations": told["durations"]}
    record = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
    for name, now in ((f"{version}.json", record), (f"{version}.html", page)):
        if request.config.getoption("--update"):
            (GOLDEN / name).write_text(now, "utf-8")
        assert (GOLDEN / name).read_text("utf-8") == now
    assert told["findings"] == []
    assert " error " not in checked.out
    assert author.run("refresh", ID, "--check").code == 0


@every_version
def test_what_it_does_not_know_outlives_a_change(author: Author, version: str) -> None:
    """COMPAT-GOLD: keys and sections of somebody else's stay, byte for byte."""
    old = (GOLDEN / f"{version}.md").read_text("utf-8")
    path = author.write(f"postmortems/{ID}.md", old)

    said = author.run("set", ID, "owner=web on-call", "actions.A1.owner=web on-call")

    assert said.code == 0, said.err
    new = path.read_text("utf-8")
    assert new == old.replace("storage on-call", "web on-call")
    assert "team_code: '0x1F' # ours\n" in new
    assert "## Weather\n\nIt rained;" in new
