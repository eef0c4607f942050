"""Starting: beside a command line of click that can do nothing but say hello."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.paired import Pair, Step

HELLO = """\
import sys
import click


@click.group()
@click.version_option("1.0", prog_name="hello")
def main():
    '''Say hello.'''


@main.command()
@click.option("--name", default="you")
def hello(name):
    '''Say it to one person.'''
    click.echo(f"hello {name}")
"""
RUN = "import sys; from {module} import main; sys.exit(main({arguments!r}))"


def pairs() -> Iterator[Pair]:
    """Compare --version and --help; both sides start as their entry point does."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "hello_click.py").write_text(HELLO, encoding="utf-8")
        for option in ("--version", "--help"):
            yield Pair(
                name=f"postmortem {option}",
                ours=_started("postmortem.cli", option, folder),
                theirs=_started("hello_click", option, folder),
                at_most=1.2,
                rounds=41,
            )


def _started(module: str, option: str, folder: str) -> Step:
    code = RUN.format(module=module, arguments=[option])
    path = f"import sys; sys.path.insert(0, {folder!r}); "
    command = [sys.executable, "-c", path + code]

    def _start() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return _start
