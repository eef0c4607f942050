"""Templates that are not trusted run in a child with a budget."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from postmortem.errors import PostmortemError, Problem, Untrusted
from postmortem.templating import TemplateMistake, Worker, run, travel
from postmortem.templating.travel import SPENT
from tests.templating.conftest import MISTAKES, RENDER, Folder
from tests.templating.test_bounds import TOO_MUCH

TWICE = (
    "{% set n = namespace(x=[1]) %}{% for a in range(99) %}{% set n.x = [n.x, n.x] %}"
)
HEAVY = {
    "loops": "{% for a in range(9999) %}{% for b in range(9999) %}"
    "{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
    "macros": "{% macro a() %}{{ b() }}{{ b() }}{% endmacro %}"
    "{% macro b() %}{% for x in range(9999) %}{{ c() }}{% endfor %}{% endmacro %}"
    "{% macro c() %}{% for x in range(9999) %}{% endfor %}{% endmacro %}{{ a() }}",
    "lists that hold themselves": TWICE + "{% endfor %}"
    "{% set m = namespace(x=[1]) %}{% for a in range(99) %}{% set m.x = [m.x, m.x] %}"
    "{% endfor %}{{ n.x == m.x }}",
    "many texts": "{% set n = namespace(x=[]) %}{% for a in range(9999) %}"
    "{% set n.x = n.x + ['%s%s' % ('a' * 999999, a)] %}{% endfor %}",
    "many lists": "{% set n = namespace(x=[]) %}{% for a in range(9999) %}"
    "{% set n.x = [n.x, [1] * 99999] %}{% endfor %}",
    "sorting": "{% for a in range(9999) %}{% set x = range(9999)|sort|reverse|list %}"
    "{% endfor %}",
    "a long text": "{{ 'a' * 3999999 }}{{ 'é' }}",
}
READ = {
    "comparisons": "{{ a" + "<a" * 130_000 + " }}",
    "macros": "".join(f"{{% macro a{at}() %}}{{% endmacro %}}" for at in range(7_000)),
    "braces": "{{" * 130_000,
    "tags": "{%" * 130_000,
    "quotes": '{% include "' + '\\"' * 130_000,
    "blanks": "{{-" + " " * 260_000,
}


StandsIn = Callable[[str], None]


@pytest.fixture
def stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandsIn:
    """Return what lets a program of these lines stand where children find Python."""

    def _stands_in(code: str) -> None:
        program = tmp_path / "python"
        words = shlex.join([sys.executable, "-I", "-S", "-c", code])
        program.write_text(f"#!/bin/sh\nexec {words}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program))

    return _stands_in


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY.keys())
def test_a_heavy_template_ends(folder: Folder, worker: Worker, text: str) -> None:
    """SEC-TPL-DOS: by the clock and in memory, as a mistake; this process lives."""
    start = time.monotonic()

    with pytest.raises(TemplateMistake) as caught:
        worker.call(RENDER, folder.request(text), path="t.md.j2")

    assert time.monotonic() - start < 2.5
    assert "too much" in str(caught.value) or " than " in str(caught.value)
    assert worker.call(RENDER, folder.request("{{ 1 }}")) == {"text": "1"}


def test_heavy_templates_all_end_in_one_child(folder: Folder, worker: Worker) -> None:
    """What is bounded in this process is so in the child, and does not end it."""
    worker.call(RENDER, folder.request(""))
    child = worker.pid
    for text in TOO_MUCH:
        with pytest.raises(TemplateMistake):
            worker.call(RENDER, folder.request(text))

    assert worker.pid == child


@pytest.mark.parametrize("text", READ.values(), ids=READ.keys())
def test_reading_a_heavy_template_ends(
    folder: Folder, worker: Worker, text: str
) -> None:
    """SEC-TPL-DOS: looking for mistakes has the same budget."""
    start = time.monotonic()

    with suppress(TemplateMistake):
        worker.call(MISTAKES, folder.request(text))

    assert time.monotonic() - start < 2.5


def test_the_default_budget_is_five_seconds(folder: Folder) -> None:
    """SEC-TPL-DOS: the start of the child included, and with a hint."""
    start = time.monotonic()

    with Worker() as worker, pytest.raises(TemplateMistake) as caught:
        worker.call(RENDER, folder.request(HEAVY["loops"]), path="t.md.j2")

    assert time.monotonic() - start < 5
    said = caught.value.problem
    assert said.message == "the template takes longer than 4.5 seconds"
    assert said.path == "t.md.j2"
    assert said.hint == (
        "look for a loop in a loop, or for something that doubles each time"
    )


def test_calls_for_one_template_share_its_time(stands_in: StandsIn) -> None:
    """A template that is slow again and again is not given the time again and again."""
    stands_in(
        "import sys, time\nfor line in sys.stdin:"
        " time.sleep(0.4); print('{\"answer\": {}}', flush=True)"
    )

    with Worker(seconds=0.9) as worker:
        for _ in range(3):
            assert worker.call(RENDER, {}) == {}  # for no template in particular
        for _ in range(4):
            with suppress(TemplateMistake):
                worker.call(RENDER, {}, path="slow")
        with pytest.raises(TemplateMistake, match=r"longer than 0\.9 seconds"):
            worker.call(RENDER, {}, path="slow")


def test_memory_stays_below_the_budget(folder: Folder) -> None:
    """SEC-TPL-DOS: the largest child of a process is one that wanted all there is."""
    code = f"""
import resource
from pathlib import Path
from postmortem.templating import TemplateMistake, Worker
from tests.templating.conftest import RENDER, Folder
from tests.templating.test_worker import HEAVY

with Worker(seconds=4, megabytes=300) as worker:
    for name in ("many texts", "many lists"):
        try:
            worker.call(RENDER, Folder(Path({str(folder.path)!r})).request(HEAVY[name]))
        except TemplateMistake:
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    peaks = [int(peak) for peak in done.stdout.split()]
    assert len(peaks) == 2
    assert max(peaks) * (1 if sys.platform == "darwin" else 1024) < 512 * 1024 * 1024


def test_an_answer_is_no_longer_than_allowed(folder: Folder) -> None:
    """It is counted in the bytes that it takes."""
    with Worker(output=1000) as worker:
        made = worker.call(RENDER, folder.request("{{ 'é' * 480 }}"))
        with pytest.raises(TemplateMistake, match="writes more than 1000 bytes"):
            worker.call(RENDER, folder.request("{{ 'é' * 500 }}"))

    assert made == {"text": "é" * 480}


def test_one_child_serves_all_calls(folder: Folder) -> None:
    """It starts with the first call, and ends with the worker."""
    with Worker() as worker:
        assert worker.pid is None
        pids = set[int | None]()
        for number in range(20):
            request = folder.request("{{ a }}", a=number)
            assert worker.call(RENDER, request) == {"text": str(number)}
            pids.add(worker.pid)

    assert len(pids) == 1
    assert worker.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(pids.pop() or 0, 0)


def test_a_child_that_was_killed_is_replaced(folder: Folder) -> None:
    """One at a time, and nobody is blamed for what ended the other."""
    with Worker() as worker:
        worker.call(RENDER, folder.request(""))
        first = worker.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        time.sleep(0.05)
        made = worker.call(RENDER, folder.request("x"))

        assert made == {"text": "x"}
        assert worker.pid != first


_EMPTY = '\'{"kind": ["a", "b"], "problems": []}\''


@pytest.mark.parametrize(
    "code, message",
    [
        (3, "the template takes too much memory or time"),
        (SPENT, "the template takes more than 512 MB of memory"),
        (0, "the template takes too much memory or time"),
    ],
)
def test_a_child_that_ends_without_an_answer_is_a_mistake(
    folder: Folder,
    stands_in: StandsIn,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    message: str,
) -> None:
    """Whatever ended it: the next call has another child."""
    python = sys.executable
    stands_in(f"import sys; sys.stdin.readline(); sys.exit({code})")
    with Worker() as worker:
        with pytest.raises(TemplateMistake) as caught:
            worker.call(RENDER, folder.request(""))
        monkeypatch.setattr(sys, "executable", python)

        assert caught.value.problem.message == message
        assert worker.call(RENDER, folder.request("x")) == {"text": "x"}


@pytest.mark.parametrize(
    "answer",
    ["'x'", "'[' * 99999", "'[]'", "'{}'", "bytes([255])", "'1'", _EMPTY],
    ids=["no JSON", "deep", "a list", "empty", "no text", "a number", "no problem"],
)
def test_an_answer_that_is_none_is_a_mistake(
    folder: Folder, stands_in: StandsIn, answer: str
) -> None:
    """A child that a template broke out of can say anything, and is not believed."""
    stands_in(
        "import sys; sys.stdin.readline();"
        f"a = {answer}; a = a if isinstance(a, bytes) else a.encode();"
        "sys.stdout.buffer.write(a + b'\\n'); sys.stdout.flush(); sys.stdin.read()"
    )

    with Worker() as worker, pytest.raises(TemplateMistake, match="breaks the process"):
        worker.call(RENDER, folder.request(""))


def test_an_endless_answer_is_cut_off(folder: Folder, stands_in: StandsIn) -> None:
    """Even where the child does not count."""
    stands_in("import sys\nwhile True: sys.stdout.write('x' * 4096)")

    with (
        Worker(output=100_000) as worker,
        pytest.raises(TemplateMistake, match="writes more than 100000 bytes"),
    ):
        worker.call(RENDER, folder.request(""))


def test_a_child_that_does_not_listen_is_ended(
    folder: Folder, stands_in: StandsIn
) -> None:
    """A request larger than a pipe holds is not waited for longer than an answer."""
    stands_in("import time; time.sleep(60)")
    start = time.monotonic()

    with Worker(seconds=0.5) as worker, pytest.raises(TemplateMistake, match="longer"):
        worker.call(RENDER, folder.request("", a="x" * 1_000_000))

    assert time.monotonic() - start < 2


def test_errors_travel(folder: Folder, worker: Worker) -> None:
    """The same class, message, place and hint as in this process."""
    request = folder.request("---\na: b\n---\n\n{{ titel }}", title="a")

    with pytest.raises(TemplateMistake) as here:
        run(RENDER, request, trusted=True, worker=None)
    with pytest.raises(TemplateMistake) as there:
        run(RENDER, request, trusted=False, worker=worker)

    assert there.value.problem == here.value.problem
    assert there.value.problem == Problem(
        message="nothing is called 'titel' here",
        path=str(folder.path / "t.md.j2"),
        line=5,
        hint="did you mean 'title'?",
    )


def test_mistakes_are_found_in_either_process(folder: Folder, worker: Worker) -> None:
    """As plain values, all at once."""
    request = folder.request("{{ a b }}\n{{ a|uper }}")

    answer = worker.call(MISTAKES, request)

    assert answer == run(MISTAKES, request, trusted=True, worker=None)
    assert [one["line"] for one in answer["problems"]] == [1, 2]


def test_trusted_templates_need_no_child(folder: Folder) -> None:
    """The answer is the same; a child starts only for the others."""
    request = folder.request("{{ a }}", a="{{ 7*7 }}")
    with Worker() as worker:
        here = run(RENDER, request, trusted=True, worker=worker)
        assert worker.pid is None
        there = run(RENDER, request, trusted=False, worker=worker)

    assert here == there == {"text": "{{ 7*7 }}"}


def test_untrusted_templates_run_nowhere_else(folder: Folder) -> None:
    """Without a child they do not run."""
    with pytest.raises(Untrusted):
        run(RENDER, folder.request(""), trusted=False, worker=None)


@pytest.mark.parametrize(
    "function",
    [
        *("os:system", "postmortem:x", "postmortem.templating.work:_x"),
        *("postmortem.a:b.c", "postmortemx.a:b", "postmortem..a:b"),
        *("postmortem.a:b\n", "a.postmortem.b:c"),
    ],
)
@pytest.mark.parametrize("trusted", [True, False])
def test_only_our_functions_run(
    function: str, *, trusted: bool, worker: Worker
) -> None:
    """A function is named by a constant of ours."""
    with pytest.raises(ValueError, match="is no function of ours"):
        run(function, {}, trusted=trusted, worker=worker)


@pytest.mark.parametrize("trusted", [True, False])
def test_only_plain_values_go_in(*, trusted: bool, worker: Worker) -> None:
    """SEC-CTXOBJ: the same in both ways to run."""
    with pytest.raises(TypeError, match=r"request\.a: .* is no plain value"):
        run(RENDER, {"a": Path("/")}, trusted=trusted, worker=worker)


def test_a_bug_of_ours_is_no_mistake_of_theirs(worker: Worker) -> None:
    """It arrives with the traceback of the child."""
    with pytest.raises(RuntimeError, match="KeyError: 'sources'"):
        worker.call(RENDER, {"name": "t"})


def test_a_child_sees_nothing_of_this_process(
    folder: Folder, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No environment but what Python needs, no terminal, no file; its own group."""
    if sys.platform != "linux":
        pytest.skip("reads /proc")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    worker.close()
    worker.call(RENDER, folder.request(""))
    proc = Path(f"/proc/{worker.pid}")

    names = {one.split(b"=")[0] for one in (proc / "environ").read_bytes().split(b"\0")}
    limits = (proc / "limits").read_text()
    files = {str(one.readlink()) for one in (proc / "fd").iterdir()}

    assert names <= {b"", b"LD_LIBRARY_PATH"}
    assert os.getsid(worker.pid or 0) == worker.pid
    assert {one.partition(":")[0] for one in files} <= {"pipe", "/dev/null"}
    for name, most in (("address space", 512 << 20), ("file size", 10**6)):
        assert f"Max {name}".ljust(26) + str(most) in limits
    assert re.search(r"^Max cpu time +[3-9] ", limits, re.MULTILINE)
    for name, most in (("open files", 64), ("processes", 0), ("core file size", 0)):
        assert f"Max {name}".ljust(26) + str(most) in limits


def test_a_child_imports_nothing_from_the_folder_it_is_started_in(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repository that has a `jinja2.py` does not run it by being looked at."""
    canary = folder.path / "canary"
    for name in ("jinja2", "json", "sitecustomize", "usercustomize", "postmortem"):
        folder.write(f"{name}.py", f"open({str(canary)!r}, 'w').close()")
    monkeypatch.chdir(folder.path)
    monkeypatch.setenv("PYTHONPATH", str(folder.path))
    monkeypatch.setenv("PYTHONSTARTUP", str(folder.path / "json.py"))
    monkeypatch.syspath_prepend(str(folder.path))
    monkeypatch.syspath_prepend("")

    with Worker() as worker:
        made = worker.call(RENDER, folder.request("x"))

    assert made == {"text": "x"}
    assert not canary.exists()


def test_a_child_imports_what_this_process_imports(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the same order, and the package wherever it is."""
    home = str(Path(__file__).resolve().parents[2])
    monkeypatch.chdir("/")
    monkeypatch.setattr(sys, "path", ["", "lib", "/", "/a", home, "/b"])
    beside = travel.search_path()
    monkeypatch.setattr(sys, "path", ["/a", "/b"])
    elsewhere = travel.search_path()
    monkeypatch.chdir(home)
    monkeypatch.setattr(sys, "path", [home, "/a"])

    assert beside == ["/a", home, "/b"]
    assert elsewhere == [home, "/a", "/b"]
    assert travel.search_path() == [home, "/a"]


def test_a_child_starts_from_any_folder(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package is found where it is, installed or not."""
    monkeypatch.chdir("/")

    with Worker() as worker:
        assert worker.call(RENDER, folder.request("x")) == {"text": "x"}


def test_what_interrupts_a_call_ends_the_child(folder: Folder) -> None:
    """Ctrl-C leaves no child behind, and no answer for the next to read."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with Worker() as worker:
            with pytest.raises(KeyboardInterrupt):
                worker.call(RENDER, folder.request(HEAVY["loops"]))
            assert worker.pid is None
            assert worker.call(RENDER, folder.request("x")) == {"text": "x"}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_child_that_closes_its_end_is_ended(
    folder: Folder, stands_in: StandsIn
) -> None:
    """It says nothing any more, and goes on: a second later it is gone."""
    stands_in("import os, time; os.close(1); time.sleep(60)")

    with Worker() as worker, pytest.raises(TemplateMistake, match="too much memory"):
        worker.call(RENDER, folder.request(""))


def test_a_child_is_ended_where_there_are_no_groups(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not every system has them."""
    monkeypatch.delattr(os, "killpg")

    with Worker() as worker:
        worker.call(RENDER, folder.request(""))
        child = worker.pid or 0

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_no_python_is_said_so(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot start is an error with words."""
    monkeypatch.setattr(sys, "executable", str(folder.path / "python"))

    with (
        Worker() as worker,
        pytest.raises(PostmortemError, match="cannot start: No such file"),
    ):
        worker.call(RENDER, folder.request(""))


def test_a_python_that_cannot_import_us_is_a_bug(
    folder: Folder, stands_in: StandsIn
) -> None:
    """No template is blamed for it."""
    stands_in("import postmortem")

    with Worker() as worker, pytest.raises(RuntimeError, match="does not start"):
        worker.call(RENDER, folder.request(""))
