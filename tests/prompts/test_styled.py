"""Questions with colours and keys, driven by keys through a pipe."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.input.base import PipeInput
from prompt_toolkit.input.defaults import create_pipe_input
from prompt_toolkit.output import DummyOutput

from postmortem.env import Env
from postmortem.errors import Interrupted, PostmortemError
from postmortem.prompts import Move, Option, Question
from postmortem.prompts.pressing import TOGETHER
from postmortem.prompts.styled import Styled

OPTIONS = [Option(f"v{number}", f"L{number}", "m" * 99) for number in range(5)]
MANY = [Option(f"v{number}", f"team {number}") for number in range(60)]


class Helped(io.StringIO):
    """Calls something once, when the first line is said between two questions."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = then

    def write(self, said: str) -> int:
        """Note what is said."""
        then, self._then = self._then, lambda: None
        then()
        return super().write(said)


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    """Return a keyboard."""
    with create_pipe_input() as pipe:
        yield pipe


def test_every_change_is_told(keys: PipeInput, tmp_path: Path) -> None:
    """The whole answer, whenever it changes, without what will not be in it."""
    told: list[str] = []

    keys.send_text("ab\x1b[D\x7fc\x1b[200~d\x07\te\x1b[201~\r")
    answer = _styled(keys, tmp_path, typed=told.append).line(Question(text="?"))

    assert answer == "cd eb"
    assert told == ["ab", "b", "cb", "cd eb"]


def test_what_is_given_is_not_told(keys: PipeInput, tmp_path: Path) -> None:
    """It was there before."""
    told: list[str] = []

    keys.send_text("\r")
    styled = _styled(keys, tmp_path, typed=told.append)

    assert styled.line(Question(text="?", given="a\nb")) == "a b"
    assert told == []


@pytest.mark.parametrize("lines", [False, True])
@pytest.mark.parametrize("typed", ["<", " /", "?\r<"])
def test_a_command_may_stand_behind_what_was_given(
    keys: PipeInput, tmp_path: Path, typed: str, *, lines: bool
) -> None:
    """The cursor is there; what was given is no part of it, and nothing is told."""
    told: list[str] = []
    helped = Helped(lambda: keys.send_text(f"{second}\r"))
    styled = _styled(keys, tmp_path, typed=told.append, heard=helped)

    first, _, second = typed.partition("\r")
    keys.send_text(f"{first}\r")
    ask = styled.text if lines else styled.line
    answer = ask(Question(text="?", given="a\nb" if lines else "ab"))

    assert answer is (Move.ALL if "/" in typed else Move.BACK)
    assert told == []


@pytest.mark.parametrize("where", ["typed", "understood"])
def test_a_mistake_of_ours_is_raised(
    keys: PipeInput, tmp_path: Path, where: str
) -> None:
    """What is raised while somebody types ends the question as it is."""

    def _fail(_text: str) -> Any:
        raise OSError("disk full")

    keys.send_text("a")
    styled = _styled(keys, tmp_path, typed=_fail if where == "typed" else str)
    question = Question(text="?", understood=_fail if where == "understood" else None)

    with pytest.raises(OSError, match="disk full"):
        styled.line(question)


def test_an_empty_answer_is_understood_too(keys: PipeInput, tmp_path: Path) -> None:
    """It may be refused; then it can be mended."""

    def _needed(text: str) -> str:
        if not text:
            keys.send_text("x\r")
            raise PostmortemError("something is needed")
        return ""

    keys.send_text("\r")
    question = Question(text="?", understood=_needed)

    assert _styled(keys, tmp_path).line(question) == "x"


def test_alt_enter_ends_a_text(keys: PipeInput, tmp_path: Path) -> None:
    """At once, wherever the cursor is."""
    keys.send_text("a\rb\x1b[A\x1b\r")

    assert _styled(keys, tmp_path).text(Question(text="?")) == "a\nb"


def test_an_empty_text_is_one(keys: PipeInput, tmp_path: Path) -> None:
    """Enter on nothing is no answer, whatever was given."""
    keys.send_text("\x15\r")

    assert _styled(keys, tmp_path).text(Question(text="?", given="a")) == ""


@pytest.mark.parametrize("kind", ["line", "text", "choose", "several", "yes"])
def test_a_keyboard_that_is_gone_leaves(
    keys: PipeInput, tmp_path: Path, kind: str
) -> None:
    """The end of the input is no answer."""
    keys.close()

    with pytest.raises(Interrupted):
        _ask(_styled(keys, tmp_path), kind)


@pytest.mark.parametrize("kind", ["line", "text", "choose", "several", "yes"])
def test_another_thread_may_ask(keys: PipeInput, tmp_path: Path, kind: str) -> None:
    """Signals are the main thread's alone; that is no reason to fail."""
    left: list[bool] = []

    def _leave() -> None:
        with pytest.raises(Interrupted):
            _ask(_styled(keys, tmp_path), kind)
        left.append(True)

    thread = threading.Thread(target=_leave, daemon=True)
    with _pressing(keys, "\x03"):
        thread.start()
        thread.join(30)

    assert left == [True]


@pytest.mark.parametrize("key", ["<", "/"])
def test_a_key_moves_in_a_list(keys: PipeInput, tmp_path: Path, key: str) -> None:
    """With its Enter, as everywhere; nothing is picked."""
    styled = _styled(keys, tmp_path)

    for ask, options in ((styled.choose, OPTIONS), (styled.several, MANY)):
        keys.send_text(key)
        with _pressing(keys, "\r"):
            assert ask(Question(text="?"), options) is Move(key)


def test_a_key_that_was_not_meant_is_taken_back(
    keys: PipeInput, tmp_path: Path
) -> None:
    """Any other key goes on in the list."""
    keys.send_text("/\x1b[B")
    with _pressing(keys, "\r"):
        picked = _styled(keys, tmp_path).choose(Question(text="?"), OPTIONS)

    assert picked == "v1"


def test_alt_enter_picks_nothing(keys: PipeInput, tmp_path: Path) -> None:
    """It ends texts, so people press it twice: questionary issue 324."""
    keys.send_text("\x1b\r")
    with _pressing(keys, "\r"):
        picked = _styled(keys, tmp_path).choose(Question(text="?"), OPTIONS)

    assert picked == "v0"


def test_many_options_are_found_by_typing(keys: PipeInput, tmp_path: Path) -> None:
    """Where there are more of them than keys, what is typed filters them."""
    keys.send_text("m 47")
    with _pressing(keys, "\r"):
        picked = _styled(keys, tmp_path).choose(Question(text="?"), MANY)

    assert picked == "v47"


def test_what_was_given_is_pointed_at(keys: PipeInput, tmp_path: Path) -> None:
    """Enter alone picks it; what is no option is nothing given."""
    styled = _styled(keys, tmp_path)

    keys.send_text("\r")
    assert styled.choose(Question(text="?", given="v3"), OPTIONS) == "v3"
    keys.send_text("\r")
    assert styled.choose(Question(text="?", given="x"), OPTIONS) == "v0"


def test_what_is_said_around_a_list_is_heard(keys: PipeInput, tmp_path: Path) -> None:
    """What was picked stays in a line."""
    heard = io.StringIO()

    keys.send_text("\r")
    styled = _styled(keys, tmp_path, heard=heard)
    styled.choose(Question(text="Which?", progress="1/2"), OPTIONS)

    assert heard.getvalue() == " 1/2  Which?  L0\n"


@contextmanager
def _pressing(keys: PipeInput, key: str) -> Iterator[None]:
    """Press a key again and again, with time between: what comes together is pasted."""
    enough = threading.Event()

    def _press() -> None:
        while not enough.wait(4 * TOGETHER):
            keys.send_text(key)

    pressing = threading.Thread(target=_press)
    pressing.start()
    try:
        yield
    finally:
        enough.set()
        pressing.join()


def _ask(styled: Styled, kind: str) -> object:
    question = Question(text="?")
    match kind:
        case "choose":
            return styled.choose(question, OPTIONS)
        case "several":
            return styled.several(question, OPTIONS)
        case "yes":
            return styled.yes("?")
        case "text":
            return styled.text(question)
        case _:
            return styled.line(question)


def _styled(
    keys: PipeInput,
    folder: Path,
    *,
    typed: Callable[[str], Any] = str,
    heard: io.StringIO | None = None,
) -> Styled:
    return Styled(
        Env(cwd=folder, stderr=heard or io.StringIO()),
        typed=typed,
        edited=str,
        keys=lambda: keys,
        screen=DummyOutput,
    )
