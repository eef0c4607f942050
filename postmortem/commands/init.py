"""`postmortem init`: what a team needs in its repository before its first report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from postmortem.commands._init_pipeline import FORGES, is_fit
from postmortem.commands._places import PERSONAL, report_sources, shown_path, top_of
from postmortem.commands._streams import answer, tell
from postmortem.commands._templates import TemplateName
from postmortem.errors import Exit, Missing

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.settings import Place

_TEMPLATE = re.compile(r"^template: .*$", re.MULTILINE)
_ASIDE = ".orig"
"""Behind the name of a file that --force put another one in the place of."""


@click.command("init")
@click.option(
    "--template",
    "-t",
    metavar="T",
    type=TemplateName(),
    help="the template to copy here (default: the one of the settings)",
)
@click.option(
    "--ci",
    "forge",
    type=click.Choice(FORGES),
    help="write a pipeline that checks what a pull or merge request changes",
)
@click.option(
    "--install",
    metavar="REQUIREMENT",
    help="what pip installs there (default: what this copy was installed from)",
)
@click.option(
    "--hook", is_flag=True, help="write a git hook that checks what is staged"
)
@click.option(
    "--force", is_flag=True, help=f"replace what is there, and keep it as NAME{_ASIDE}"
)
@click.pass_obj
def command(
    env: Env,
    template: str | None,
    *,
    forge: str | None,
    install: str | None,
    hook: bool,
    force: bool,
) -> Exit:
    """Write the settings and a template into a repository.

    Nothing that is there already is overwritten. The settings file explains every
    setting with its default; the template is yours to edit from then on. Where the
    settings are there already, --ci and --hook write what they are for and no more.
    """
    from postmortem import settings

    if install is not None and not (forge and is_fit(install)):
        raise click.UsageError("--install says what --ci installs, as pip wants it")
    place = msgspec.structs.replace(
        settings.find(env.cwd), personal=env.config_dir / PERSONAL
    )
    if forge or hook:
        _top(place)
    if place.file is None or template or not (forge or hook):
        _begin(env, place, template, force=force)
    if forge:
        _put_pipeline(env, place, forge, install, force=force)
    if hook:
        _put_hook(env, place, force=force)
    if not (forge or hook):
        _tell_what_next(env, place)
    return Exit.DONE


def _begin(env: Env, place: Place, template: str | None, *, force: bool) -> None:
    """Write settings and template."""
    from postmortem import settings

    chosen = template or place.settings.template
    copies = dict(_copies(place, chosen))
    wanted = {place.root / settings.FILE: _settings_text(template), **copies}
    kept = place.file is not None and not force
    if place.file is not None and kept:
        del wanted[place.root / settings.FILE]
        answer(env, f"kept {shown_path(place.file, env)}")
    for path, text in wanted.items():
        done = _put(path, text, place.root, force=force)
        answer(env, f"{done} {shown_path(path, env)}")
    for folder in place.folders:
        folder.mkdir(parents=True, exist_ok=True)
    if template:
        _tell_which_is_used(env, place, template, kept=kept)


def _put_pipeline(
    env: Env, place: Place, forge: str, install: str | None, *, force: bool
) -> None:
    from postmortem.commands._init_pipeline import pipeline, tell_next

    top = _top(place)
    made = pipeline(forge, place, top, install)
    shown = shown_path(made.path, env)
    done = _put(made.path, made.text, top, force=force)
    answer(env, f"{done} {shown}")
    if done == "kept" and made.path.read_bytes() != made.text.encode():
        said = f"{shown} is another one than would be written now"
        tell(env, f"{said}: --force puts that in its place, and keeps a copy")
    tell_next(env, forge, made, shown)


def _put_hook(env: Env, place: Place, *, force: bool) -> None:
    from postmortem import history
    from postmortem.commands._init_hook import put_hook

    aside = _ASIDE if force else None
    done, path = put_hook(history.find(place.root), aside=aside)
    answer(env, f"{done} {shown_path(path, env)}")


def _settings_text(template: str | None) -> str:
    from postmortem import settings, yamls

    text = settings.default_text()
    if template is None:
        return text
    return _TEMPLATE.sub(lambda _: f"template: {yamls.scalar(template)}", text, count=1)


def _copies(place: Place, name: str) -> Iterator[tuple[Path, str]]:
    """Yield each file of a template, and the place of its copy, the template's first.

    A template that the team has made itself needs no copy.
    """
    from postmortem import templating
    from postmortem.markdown import SUFFIX

    sources = report_sources(place)
    ours = [each for each in sources if each.path != place.templates]
    file = f"{name}{SUFFIX}"
    names = templating.names(ours)
    if file not in names:
        if (place.templates / file).is_file():
            return
        listed = [each.removesuffix(SUFFIX) for each in names if each.endswith(SUFFIX)]
        near = templating.nearest(name, listed)
        also = f"did you mean {near!r}? " if near else ""
        hint = f"{also}there are {', '.join(listed)}"
        raise Missing(f"there is no template {name!r}", hint=hint)
    for found in reversed(templating.chain(file, ours)):
        yield place.templates / found.name, found.text


def _put(path: Path, text: str, root: Path, *, force: bool) -> str:
    """Write a file unless it is there, and say in a word what became of it."""
    from postmortem import files

    if path.is_file() and path.read_bytes() == text.encode():
        return "kept"
    if force and path.is_file():
        kept = files.create(
            path.with_name(f"{path.name}{_ASIDE}"),
            lambda _: files.read(path).text,
            root=root,
        )
        files.write(path, text, root=root, expected=files.read(path))
        return f"kept the old one as {kept.path.name}, and wrote"
    try:
        files.write(path, text, root=root, exclusive=True)
    except files.Taken:
        return "kept"
    return "wrote"


def _tell_which_is_used(env: Env, place: Place, chosen: str, *, kept: bool) -> None:
    """Say whether new reports use a template; settings that were kept may say no."""
    if kept and place.file and chosen != place.settings.template:
        said = f"to use it, write template: {chosen} in {shown_path(place.file, env)}"
    else:
        said = f"new reports use {chosen}, unless --template names another"
    tell(env, said)


def _tell_what_next(env: Env, place: Place) -> None:
    """Say on stderr what to do now."""
    if top_of(place.root) is None:
        tell(env, f"{place.root} is in no git repository: `git init` makes it one")
    tell(env, "next: read the settings, commit them with the template, and then")
    tell(env, '      postmortem new "what broke, in one line"')


def _top(place: Place) -> Path:
    """Return the top of the repository; raises Missing where there is none."""
    if top := top_of(place.root):
        return top
    raise Missing(
        f"{place.root} is in no git repository", hint="`git init` makes it one"
    )
