"""The rules that hold the house up, read from the syntax of every module."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "postmortem"

FLOORS = {
    **dict.fromkeys(("errors", "lazy"), -1),  # everybody may import them
    **dict.fromkeys(("model", "moments", "escape", "files", "yamls"), 0),
    **dict.fromkeys(("templating", "env", "shipped", "mask"), 0),
    **dict.fromkeys(("markdown", "importers", "prompts", "settings", "endings"), 1),
    **dict.fromkeys(("scribe",), 1),
    **dict.fromkeys(("checks", "actions", "stats", "search", "site"), 2),
    **dict.fromkeys(("drafts", "archive", "history", "answers", "timeline"), 2),
    **dict.fromkeys(("wizard",), 3),  # it reads what is typed through `answers`
    **dict.fromkeys(("commands",), 4),
    **dict.fromkeys(("cli",), 5),
    **dict.fromkeys(("__main__",), 6),
}
"""Rooms by floor; the package's own __init__ only points at what it exports."""

SOLE_USERS = {
    "git": "history",
    "questionary": "prompts",
    "prompt_toolkit": "prompts",
    "yaml": "yamls",
}
HEAVY = (
    *("git", "jinja2", "markdown_it", "msgspec", "nh3", "platformdirs", "questionary"),
    *("prompt_toolkit", "rich", "sqlite3", "tzlocal", "yaml", "zoneinfo"),
    *("asyncio", "dataclasses", "http", "importlib.metadata", "json", "subprocess"),
)
LINES = 250
LONGER = {"model.py": "the record is one thought"}
FUNCTION_LINES = 60
BANNED = re.compile(
    r"(^|_)(utils?|helpers?|common|manager|base|infos?|data)(_|$)"
    r"|^_*(get|do|process|handle)(_|$)"
)
ASKED_FOR = {
    "get_command": "click's",
    "_filter_test_common": "jinja2's",
    "get_source": "jinja2's",
    "handle_exception": "jinja2's",
    "get_completions": "prompt_toolkit's",
    "get_completions_async": "prompt_toolkit's",
    "get_rows_below_cursor_position": "prompt_toolkit's",
    "do_GET": "http.server's",
    "do_HEAD": "http.server's",
    "do_POST": "http.server's",
    "handle_starttag": "html.parser's",
    "handle_startendtag": "html.parser's",
    "handle_endtag": "html.parser's",
    "handle_data": "html.parser's",
}

MODULES = sorted(PACKAGE.rglob("*.py"))
every_module = pytest.mark.parametrize(
    "path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES]
)


@every_module
def test_a_room_imports_only_from_floors_below(path: Path) -> None:
    """Rooms on one floor do not know each other: what must meet, meets above."""
    room = _room(path)
    if room == "__init__":
        return

    wrong = [
        f"{path.name}:{line}: {room} (floor {FLOORS[room]}) imports {other}"
        for line, name in _imports(path)
        if name.split(".")[0] == "postmortem"
        and (other := (*name.split("."), "__init__")[1]) != room
        and not other.startswith("__")
        and FLOORS[other] >= FLOORS[room]
    ]

    assert wrong == []


@every_module
def test_a_library_with_edges_has_one_user(path: Path) -> None:
    """What touches the world, or costs much, is reached through one room."""
    room = _room(path)

    wrong = [
        f"{path.name}:{line}: only {SOLE_USERS[library]} imports {library}"
        for line, name in _imports(path)
        if (library := name.split(".")[0]) in SOLE_USERS and SOLE_USERS[library] != room
    ]

    assert wrong == []


@every_module
def test_a_module_opens_with_a_sentence(path: Path) -> None:
    """The first thing in a file says why the file exists."""
    docstring = ast.get_docstring(_tree(path))

    assert docstring is not None
    assert docstring.splitlines()[0].endswith((".", ":"))


@every_module
def test_a_module_is_a_screenful_of_thought(path: Path) -> None:
    """What grows longer is split by meaning; an exception has its reason here."""
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= LINES or str(path.relative_to(PACKAGE)) in LONGER


@every_module
def test_a_function_does_one_step(path: Path) -> None:
    """Sixty lines are the wall."""
    wrong = [
        f"{path.name}:{node.lineno}: {node.name}"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
    ]

    assert wrong == []


@every_module
def test_a_name_says_what_a_thing_is(path: Path) -> None:
    """No get_, do_, process, handle, utils, helpers, common, base, manager."""
    named = [path.stem, path.parent.name]
    named += [
        node.name
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]

    wrong = [name for name in named if BANNED.search(_snake(name))]

    assert [name for name in wrong if name not in ASKED_FOR] == []


def test_a_banned_name_is_seen() -> None:
    """The pattern finds the words wherever they stand, and nothing within words."""
    bad = ("get_report", "_do_it", "handle", "ReportManager", "text_utils", "BaseRule")
    good = ("target", "database_of", "processed", "document", "commonest", "getter")

    assert [name for name in bad if not BANNED.search(_snake(name))] == []
    assert [name for name in good if BANNED.search(_snake(name))] == []


@pytest.mark.parametrize(
    "words", ["", "--version", "--help", "nothing-of-that-name"], ids=str
)
def test_the_command_line_starts_light(words: str) -> None:
    """Neither asking what there is nor a slip of the finger waits for a library."""
    allowed = _loaded("import click")

    loaded = _loaded(f"from postmortem.cli import main; main({words.split()!r})")

    for_errors = set() if words.startswith("-") else {"dataclasses"}
    assert sorted((loaded - allowed) & set(HEAVY) - for_errors) == []


@pytest.mark.parametrize(
    "words, left",
    [
        ("list", "jinja2 markdown_it yaml postmortem.moments"),
        ("check --no-cache samples/a-failover", "yaml postmortem.moments.tokens"),
    ],
    ids=["list", "check"],
)
def test_a_command_loads_what_it_uses(words: str, left: str) -> None:
    """A list has no times; in a report that was laid out they need no grammar."""
    loaded = _loaded(f"from postmortem.cli import main; main({words.split()!r})")

    assert "postmortem.archive" in loaded
    assert loaded & set(left.split()) == set()


def test_the_package_alone_loads_nothing() -> None:
    """What other programs import brings only what they then use."""
    loaded = {name for name in _loaded("import postmortem") if "postmortem" in name}

    assert loaded == {"postmortem", "postmortem.lazy"}


@pytest.mark.parametrize("name", ["", ".checks", ".history", ".markdown"])
def test_a_package_has_what_it_exports(name: str) -> None:
    """Each name is found where it is said to be at home, and nothing else is there."""
    package = import_module(f"postmortem{name}")

    assert [it for it in package.__all__ if getattr(package, it, None) is None] == []
    with pytest.raises(AttributeError, match="has no attribute 'it'"):
        _ = package.it


def _loaded(code: str) -> set[str]:
    tell = "print(*sys.modules, sep='\\n', file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{tell}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(done.stderr.split())


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything imported, wherever it stands."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            assert node.module is not None
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
