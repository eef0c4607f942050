"""The command line: its words, its endings and its streams, as a shell sees them."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from postmortem import __version__
from postmortem.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parent.parent
FULL = Path("/dev/full")
NO_SPACE = "this could not be read or written: No space left on device\n"
GENERAL = (
    "  postmortem [OPTIONS] COMMAND [ARGS]...",
    "  postmortem --help says more",
)


def _run(
    line: str, *, shell: str = "bash", **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which `postmortem` is a command."""
    called = f'postmortem() {{ "{sys.executable}" -m postmortem "$@"; }}; {line}'
    return subprocess.run(
        [shell, "-c", called],
        cwd=ROOT,
        env={**os.environ, **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says(name: str) -> None:
    """The list of commands is written down, and is what the commands say themselves."""
    module = import_module(f"postmortem.commands.{name.replace('-', '_')}")

    first = (module.command.help or "").splitlines()[0]

    assert COMMANDS[name] == f"{first[0].lower()}{first[1:].rstrip('.')}"
    assert module.command.name in (name, "command")


def test_every_module_is_a_command() -> None:
    """A verb is a module and a line in the table; a private module is neither."""
    modules = (ROOT / "postmortem" / "commands").glob("[!_]*.py")

    assert {it.stem for it in modules} == {it.replace("-", "_") for it in COMMANDS}


def test_a_start_looks_for_no_garbage() -> None:
    """Neither while a command loads what it needs nor when the process ends."""
    code = (
        "import atexit, gc, sys\n"
        "said = lambda *words: print(*words, file=sys.stderr)\n"
        "looked = lambda: [it['collections'] for it in gc.get_stats()]\n"
        "atexit.register(lambda: said(gc.get_freeze_count() > 0))\n"
        "from postmortem.cli import main\n"
        "before = looked()\n"
        "sys.argv = ['postmortem', 'list']\n"
        "main()\n"
        "said(before == looked())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr.split()[-2:] == ["True", "True"]


def test_a_program_that_calls_it_keeps_its_own_ways() -> None:
    """With words given, nothing of the process is set that outlives the command."""
    before = gc.get_threshold()

    main(["--version"])

    assert gc.get_threshold() == before


def test_version_and_help_are_answers(capsys: pytest.CaptureFixture[str]) -> None:
    """They go to stdout and end well."""
    codes = main(["--version"]), main(["--help"])

    out, err = capsys.readouterr()
    assert codes == (0, 0)
    assert out.startswith(f"postmortem {__version__}\nUsage: postmortem ")
    assert err == ""


@pytest.mark.parametrize(
    "words, said",
    [
        (
            ["complection"],
            [
                "there is no command 'complection'; did you mean 'completion'?",
                *GENERAL,
            ],
        ),
        (["x\x1b[2Jy"], ["there is no command 'x\\x1b[2Jy'", *GENERAL]),
        (["--colour"], ["no such option '--colour'", *GENERAL]),
        (
            ["completion", "tcsh"],
            [
                (
                    "invalid value for '{bash|zsh|fish}': 'tcsh' is not one of"
                    " 'bash', 'zsh', 'fish'"
                ),
                "  postmortem completion [OPTIONS] {bash|zsh|fish}",
                "  postmortem completion --help says more",
            ],
        ),
    ],
    ids=["typo", "hostile", "option", "choice"],
)
def test_a_wrong_line_is_answered_with_the_right_one(
    capsys: pytest.CaptureFixture[str], words: list[str], said: list[str]
) -> None:
    """Usage errors are words on stderr, end with 2 and say where to read on."""
    assert main(words) == 2
    assert capsys.readouterr() == ("", "\n".join((*said, "")))


def test_nothing_at_all_is_answered_with_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Who types the name alone sees what there is."""
    assert main([]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Usage: postmortem ")


@pytest.mark.parametrize("words", ["--version", "--help", "completion fish"])
@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_full_disk_under_stdout_is_said(words: str) -> None:
    """CR-STDOUT: an answer that was not written is no success, and no traceback."""
    done = _run(f"postmortem {words} >/dev/full")

    assert (done.returncode, done.stderr) == (2, NO_SPACE)


def test_a_closed_pipe_is_quiet() -> None:
    """CR-STDOUT: whoever reads may have enough: nothing is said, as for others."""
    done = _run("postmortem --help | true; echo ${PIPESTATUS[0]}")
    slow = _run("{ sleep 0.2; postmortem completion zsh; echo $? >&2; } | true")

    assert done.stdout in ("0\n", "141\n")
    assert (done.stderr, slow.stderr) == ("", "141\n")


@pytest.mark.parametrize("streams", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_break_nothing(streams: str) -> None:
    """A command may be started by something that opens no streams for it."""
    right = _run(f"postmortem --version {streams}")
    wrong = _run(f"postmortem nothing {streams}")

    assert (right.returncode, wrong.returncode) == (0, 2)
    assert "Traceback" not in right.stderr + wrong.stderr


def _run_command(body: str, shell: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command whose body is a line of Python."""
    code = (
        "import os, signal, sys, click, postmortem.cli as cli\n"
        "cli.COMMANDS = {'x': ''}\n"
        "command = click.Command('x', callback=lambda: BODY)\n"
        "cli.Commands.get_command = lambda *_: command\n"
        "sys.exit(cli.main(['x']))\n"
    ).replace("BODY", body)
    return subprocess.run(
        ["bash", "-c", f'"$0" -c "$1" {shell}', sys.executable, code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_interruption_ends_with_130() -> None:
    """Ctrl-C is an answer too, and no traceback."""
    done = _run_command("os.kill(os.getpid(), signal.SIGINT)")

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


@pytest.mark.parametrize("code", [0, 1, 4])
def test_a_command_returns_its_exit_code(code: int) -> None:
    """What its function returns is how the program ends; so is click's own exit."""
    assert _run_command(str(code)).returncode == code
    assert _run_command(f"click.get_current_context().exit({code})").returncode == code


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_what_is_still_in_a_buffer_is_not_lost_quietly() -> None:
    """The answer is out before the code says that all is well."""
    done = _run_command("sys.stdout.write('x') and None", ">/dev/full")

    assert (done.returncode, done.stderr) == (2, NO_SPACE)


def test_an_exception_of_ours_is_a_bug() -> None:
    """Anything that nobody thought of ends with 3 and a file, without a traceback."""
    done = _run_command("{}['x']")

    assert done.returncode == 3
    assert done.stderr.startswith("a bug in postmortem: KeyError: 'x'\n  report it")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words, cword, completed",
    [
        ("postmortem comp", "1", ["plain,completion"]),
        ("postmortem ", "1", [f"plain,{name}" for name in COMMANDS]),
        ("postmortem --ver", "1", ["plain,--version"]),
        ("postmortem completion f", "2", ["plain,fish"]),
    ],
    ids=["command", "all", "option", "value"],
)
def test_tab_completes(words: str, cword: str, completed: list[str]) -> None:
    """A shell asks through its script what could come next."""
    done = _run(
        "postmortem",
        _POSTMORTEM_COMPLETE="bash_complete",
        COMP_WORDS=words,
        COMP_CWORD=cword,
    )

    assert (done.stdout.split(), done.stderr) == (completed, "")


@pytest.mark.parametrize(
    "shell, before, after",
    [
        ("bash", "", "complete -p postmortem"),
        ("zsh", "autoload -Uz compinit; compinit -u", "echo $_comps[postmortem]"),
        ("fish", "", "complete -c postmortem"),
    ],
    ids=["bash", "zsh", "fish"],
)
def test_the_script_is_one_that_the_shell_takes(
    shell: str, before: str, after: str
) -> None:
    """It loads without a word and leaves a completion for the command."""
    script = _run(f"postmortem completion {shell}")
    assert (script.returncode, script.stderr) == (0, "")
    assert "_POSTMORTEM_COMPLETE" in script.stdout
    if not shutil.which(shell):
        return

    loaded = subprocess.run(
        [shell, "-c", f"{before}\n{script.stdout}\n{after}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert loaded.stderr == ""
    assert "postmortem" in loaded.stdout
