"""`postmortem completion`: the script by which a shell completes what is typed."""

from __future__ import annotations

import click

from postmortem.commands._streams import answer
from postmortem.errors import Exit

_VARIABLE = "_POSTMORTEM_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def command(context: click.Context, shell: str) -> Exit:
    """Print the script that lets a shell complete commands and ids.

    \b
    bash:  postmortem completion bash >> ~/.bashrc
    zsh:   postmortem completion zsh >> ~/.zshrc
    fish:  postmortem completion fish > ~/.config/fish/completions/postmortem.fish
    """  # noqa: D301 - the character \b, with which click leaves a paragraph as it is
    from click.shell_completion import BashComplete, FishComplete, ZshComplete

    shells = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
    root = context.find_root()
    script = shells[shell](root.command, {}, "postmortem", _VARIABLE)
    answer(context.obj, script.source(), exact=True)
    return Exit.DONE
