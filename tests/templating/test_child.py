"""What the child does with a line, without a child."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import time
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from postmortem.errors import Missing, PostmortemError, Problem, Problems
from postmortem.templating import TemplateMistake, child, travel, work
from tests.templating.conftest import RENDER, Folder


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the limits of a child away from the process that runs the tests."""
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)


def asked(function: str, request: dict[str, Any]) -> bytes:
    """Return the line that asks for something."""
    return json.dumps({"function": function, "request": request}).encode() + b"\n"


def test_a_line_is_answered_with_a_line(folder: Folder) -> None:
    """Line ends and odd characters in a text do not break lines."""
    answers = io.BytesIO()
    text = "a\n\u2028\u0085\ud800\r\n"
    lines = [asked(RENDER, folder.request("{{ a }}", a=text))] * 2

    child.serve(io.BytesIO(b"".join(lines)), answers, seconds=60, output=1000)

    said = answers.getvalue()
    assert said.count(b"\n") == 2
    first = json.loads(said.splitlines()[0].decode("utf-8", "surrogatepass"))
    assert first == {"answer": {"text": text}}


def test_an_error_is_answered(folder: Folder) -> None:
    """With its class and all that it says."""
    said = json.loads(child.answer(asked(RENDER, folder.request("{{ a }}")), 1000))

    assert said["kind"] == ["postmortem.templating.words", "TemplateMistake"]
    assert said["problems"][0]["line"] == 1


def test_an_answer_that_is_too_long_is_an_error(folder: Folder) -> None:
    """The limit is on bytes."""
    said = json.loads(child.answer(asked(RENDER, folder.request("x" * 99)), 50))

    assert said["problems"][0]["message"] == "the template writes more than 50 bytes"


def test_a_bug_is_answered() -> None:
    """With the end of its traceback."""
    said = json.loads(child.answer(asked("postmortem.nowhere:x", {}), 1000))

    assert "No module named 'postmortem.nowhere'" in said["bug"]


def test_too_little_memory_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends the child with a code of its own, whatever was being done."""

    def spent(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(work, "render", spent)
    monkeypatch.setattr("os._exit", sys.exit)

    with pytest.raises(SystemExit) as caught:
        child.serve(io.BytesIO(asked(RENDER, {})), io.BytesIO(), seconds=9, output=9)

    assert caught.value.code == travel.SPENT


ERRORS = (
    TemplateMistake("a", path="p", line=1, column=2, hint="h"),
    TemplateMistake("a", path="p"),
    Missing("a", path="p", hint="h"),
    Problems((Problem(message="a", path="p", line=1), Problem(message="b"))),
    Problems(()),
)


@pytest.mark.parametrize("error", ERRORS, ids=["all", "some", "missing", "two", "none"])
def test_an_error_arrives_as_it_left(error: PostmortemError) -> None:
    """Through JSON, the same class with the same problems."""
    said = json.loads(json.dumps(travel.told(error)))

    arrived = travel.raised(said, "elsewhere")

    assert isinstance(arrived, PostmortemError)
    assert type(arrived) is type(error)
    assert arrived.problems == error.problems
    assert str(arrived) == str(error)


def test_an_error_without_a_place_gets_one() -> None:
    """That of the template for which the child was asked."""
    arrived = travel.raised(travel.told(TemplateMistake("a")), "p")

    assert str(arrived) == "p: a"


@pytest.mark.parametrize(
    "kind", [["os", "system"], ["builtins", "SystemExit"], ["postmortem.x", "Y"]]
)
def test_no_other_class_is_made(kind: list[str]) -> None:
    """What a child names is looked for among our errors, and nowhere else."""
    said = {"kind": kind, "problems": [{"message": "a"}]}

    assert type(travel.raised(said, None)) is PostmortemError


def test_limits_that_a_system_does_not_know_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is left is the clock of the parent."""
    set_to = []

    def refuse(number: int, limits: tuple[int, int]) -> None:
        set_to.append(number)
        raise ValueError

    monkeypatch.setattr(resource, "setrlimit", refuse)
    monkeypatch.delattr(resource, "RLIMIT_NPROC", raising=False)
    child.limit(512)
    monkeypatch.setitem(sys.modules, "resource", None)
    child.limit(512)
    child.more_time(1)

    assert len(set_to) == 4


def test_watching_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as it has used more than allowed, and not before."""
    ended, codes = Event(), []
    sizes = iter([1000, 2000])

    def end(code: int) -> None:
        codes.append(code)
        ended.set()

    def used(_: int) -> SimpleNamespace:
        return SimpleNamespace(ru_maxrss=next(sizes))

    monkeypatch.setattr("os._exit", end)
    monkeypatch.setattr(sys, "platform", "freebsd")
    monkeypatch.setattr(resource, "getrusage", used)
    child.limit(1)

    assert ended.wait(5)
    assert codes == [travel.SPENT]


def test_memory_is_watched_where_it_cannot_be_limited() -> None:
    """Some systems take a limit on memory and do not hold to it."""
    code = (
        "import time; from postmortem.templating.child import watch;"
        "watch(60, every=0.01); a = bytearray(90_000_000); time.sleep(20)"
    )
    start = time.monotonic()

    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == travel.SPENT
    assert time.monotonic() - start < 10


def test_a_child_gives_up_what_it_does_not_need(folder: Folder) -> None:
    """It answers until nobody asks."""
    code = (
        "from postmortem.templating import child;"
        "child.main(seconds=5, megabytes=512, output=1000)"
    )
    request = folder.request("{{ 1 }}")

    done = subprocess.run(
        [sys.executable, "-c", code],
        input=asked(RENDER, request) * 3,
        stdout=subprocess.PIPE,
        check=True,
    )

    assert done.stdout == b'{"answer": {"text": "1"}}\n' * 3


def test_what_is_printed_goes_nowhere(folder: Folder) -> None:
    """It would stand among the answers."""
    code = (
        "from postmortem.templating import child, work;"
        "work.render = lambda _: print('x', flush=True) or {};"
        "child.main(seconds=5, megabytes=512, output=1000)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        input=asked(RENDER, {}),
        capture_output=True,
        check=True,
    )

    assert (done.stdout, done.stderr) == (b'{"answer": {}}\n', b"x\n")


def test_processor_time_is_for_each_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that has served for long may still serve."""
    used = SimpleNamespace(ru_utime=100.0, ru_stime=0.5)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    limits = []
    monkeypatch.setattr(resource, "getrusage", lambda _: used)
    monkeypatch.setattr(resource, "setrlimit", lambda *limit: limits.append(limit))

    child.more_time(4.5)

    assert limits == [(resource.RLIMIT_CPU, (107, hard))]


def test_limits_that_are_already_lower_stay(folder: Folder) -> None:
    """An administrator's limit is not raised."""
    code = (
        "import resource as r;"
        "from postmortem.templating.child import limit, more_time;"
        "r.setrlimit(r.RLIMIT_NOFILE, (32, 32)); r.setrlimit(r.RLIMIT_CPU, (2, 3));"
        "limit(512); more_time(9);"
        "print(r.getrlimit(r.RLIMIT_NOFILE), r.getrlimit(r.RLIMIT_CPU))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout == b"(32, 32) (2, 3)\n"
