"""What `doctor` looks at, each with what is so and what to do about it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postmortem.commands._cautions import is_refused
from postmortem.commands._checking_codes import unknown_codes
from postmortem.commands._places import place_of, report_sources, shown_path
from postmortem.commands._pointing import told
from postmortem.errors import PostmortemError, Problem

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.settings import Place

OK, WARN, PROBLEM = "ok", "warn", "problem"
OLDEST_GIT = (2, 34)


@dataclass(frozen=True, kw_only=True)
class Symptom:
    """One thing that was looked at."""

    subject: str
    state: str
    """OK, WARN, or PROBLEM: the last would stop a submit."""
    said: str
    next_step: str | None = None

    def plain(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        said = asdict(self)
        said["next"] = said.pop("next_step")
        return said


def symptoms(env: Env) -> Iterator[Symptom]:
    """Look at everything, one after the other; nothing is changed, nothing raised."""
    yield from _git(env)
    yield _editor(env)
    yield _zone(env)
    yield _terminal(env)
    yield from _settings(env)
    yield _folder("state", env.state_dir, PROBLEM, "drafts and messages are kept there")
    yield _folder("cache", env.cache_dir, WARN, "without it everything takes longer")


def _git(env: Env) -> Iterator[Symptom]:
    from postmortem import history

    try:
        version = history.git_version()
    except PostmortemError as error:
        yield _of_error("git", PROBLEM, error)
        return
    said = ".".join(map(str, version))
    if version < OLDEST_GIT:
        oldest = ".".join(map(str, OLDEST_GIT))
        step = f"install git {oldest} or newer"
        yield Symptom(subject="git", state=WARN, said=f"git {said}", next_step=step)
    else:
        yield Symptom(subject="git", state=OK, said=f"git {said}")
    try:
        repository = history.find(_root(env))
    except PostmortemError as error:
        yield _of_error("repository", PROBLEM, error)
        return
    yield Symptom(subject="repository", state=OK, said=str(repository.root))
    try:
        who = history.identity(repository)
    except PostmortemError as error:
        yield _of_error("identity", PROBLEM, error)
    else:
        yield Symptom(subject="identity", state=OK, said=str(who))


def _root(env: Env) -> Path:
    """Return where reports are, or where somebody stands if that cannot be told."""
    try:
        return place_of(env).root
    except PostmortemError:
        return env.cwd


def _editor(env: Env) -> Symptom:
    try:
        words = env.editor
    except PostmortemError as error:
        return _of_error("editor", WARN, error)
    if words and shutil.which(words[0], path=env.variables.get("PATH")):
        return Symptom(subject="editor", state=OK, said=" ".join(words))
    said = f"there is no program {words[0] if words else ''!r}"
    step = "set EDITOR to one that is installed, such as nano"
    return Symptom(subject="editor", state=WARN, said=said, next_step=step)


def _zone(env: Env) -> Symptom:
    name = env.zone_name()
    if name:
        return Symptom(subject="zone", state=OK, said=name)
    return Symptom(
        subject="zone",
        state=WARN,
        said="this machine does not say in which zone it is, so UTC is used",
        next_step="write `zone: Europe/Paris`, or yours, into the settings",
    )


def _terminal(env: Env) -> Symptom:
    if not env.interactive:
        said = "not a terminal: nothing is asked, and nothing can be confirmed"
        return Symptom(subject="terminal", state=OK, said=said)
    encoding = (getattr(env.stdout, "encoding", None) or "").lower()
    if encoding.replace("-", "") != "utf8":
        return Symptom(
            subject="terminal",
            state=WARN,
            said=f"it is told {encoding or 'no encoding'}, and reports are UTF-8",
            next_step="set LC_ALL to one that ends in UTF-8, such as C.UTF-8",
        )
    said = "plain, questions are asked line by line" if env.dumb else "full"
    return Symptom(
        subject="terminal", state=OK, said=f"{said}, {env.width} columns wide"
    )


def _settings(env: Env) -> Iterator[Symptom]:
    try:
        place = place_of(env)
    except PostmortemError as error:
        for problem in error.problems:
            yield _of_problem("settings", PROBLEM, problem)
        return
    if place.file is None:
        said, step = "none: the defaults hold", "`postmortem init` writes them down"
        yield Symptom(subject="settings", state=OK, said=said, next_step=step)
    else:
        said = shown_path(place.file, env)
        yield Symptom(subject="settings", state=OK, said=said)
    for problem in unknown_codes(place, env):
        yield _of_problem("settings", WARN, problem)
    yield _reports(place, env)
    yield _templates(place, env)
    yield from _restricted(place)


def _reports(place: Place, env: Env) -> Symptom:
    folder = place.folder(env.cwd)
    said = shown_path(folder, env)
    if not folder.is_dir():
        step = "`postmortem init` makes it, and so does the first report"
        return Symptom(
            subject="reports", state=OK, said=f"{said} is not there yet", next_step=step
        )
    if not os.access(folder, os.W_OK):
        step = f"chmod u+w {said}"
        return Symptom(
            subject="reports",
            state=PROBLEM,
            said=f"{said} cannot be written",
            next_step=step,
        )
    return Symptom(subject="reports", state=OK, said=said)


def _templates(place: Place, env: Env) -> Symptom:
    from postmortem import markdown
    from postmortem.templating import Worker

    name = place.settings.template
    try:
        with Worker() as worker:
            template = markdown.load(name, report_sources(place), worker=worker)
    except PostmortemError as error:
        first = told(error.problems, env)[0]
        said, step = str(replace(first, hint=None)), first.hint
        return Symptom(subject="template", state=PROBLEM, said=said, next_step=step)
    if template.problems:
        step = f"`postmortem template check {name}` says them all"
        return Symptom(
            subject="template",
            state=WARN,
            said=str(told(template.problems, env)[0]).splitlines()[0],
            next_step=step,
        )
    if is_refused(place, restricted=template.restricted):
        return Symptom(
            subject="template",
            state=PROBLEM,
            said=f"{name} is for restricted repositories, and this is none",
            next_step="write `restricted: true` into the settings if it is one",
        )
    where = "ours" if template.trusted else shown_path(Path(template.path), env)
    return Symptom(subject="template", state=OK, said=f"{name}, {where}")


def _restricted(place: Place) -> Iterator[Symptom]:
    """Name the reports for few eyes that lie where too many may look."""
    from postmortem import templating
    from postmortem.archive import Archive
    from postmortem.markdown import SUFFIX, meta

    sources = report_sources(place)
    found: dict[str, list[str]] = {}
    for entry in Archive(place.folders, root=place.root).entries():
        words = (entry.fact("template") or "").split()
        found.setdefault(words[0] if words else "", []).append(entry.id)
    for name, ids in found.items():
        with suppress(PostmortemError):
            files = templating.chain(f"{name}{SUFFIX}", sources)
            if not is_refused(place, restricted=meta.read(files).restricted):
                continue
            others = f" and {len(ids) - 1} more" if ids[1:] else ""
            yield Symptom(
                subject="restricted",
                state=WARN,
                said=f"{ids[0]}{others}: {name} is for restricted repositories only",
                next_step="move it to one, or write `restricted: true` into the"
                " settings if this is one",
            )


def _folder(subject: str, folder: Path, worst: str, why: str) -> Symptom:
    """Tell whether a folder of ours can be written, or made; it is not made."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Symptom(subject=subject, state=OK, said=str(folder))
    return Symptom(
        subject=subject,
        state=worst,
        said=f"{there} cannot be written, and {why}",
        next_step=f"make it yours: chmod u+rwx {there}",
    )


def _of_error(subject: str, state: str, error: PostmortemError) -> Symptom:
    return _of_problem(subject, state, error.problems[0])


def _of_problem(subject: str, state: str, problem: Problem) -> Symptom:
    place = ":".join(str(part) for part in (problem.path, problem.line) if part)
    said = f"{place}: {problem.message}" if place else problem.message
    return Symptom(subject=subject, state=state, said=said, next_step=problem.hint)
