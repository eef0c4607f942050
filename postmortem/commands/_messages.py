"""The words of a commit: its message, what a review reads, and what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from postmortem.commands._places import message_sources
from postmortem.errors import PostmortemError, Refused

if TYPE_CHECKING:
    from pathlib import Path

    from postmortem.commands._keeping import Keeper
    from postmortem.env import Env
    from postmortem.markdown import Template
    from postmortem.model import Report
    from postmortem.settings import Place

TEMPLATE = "commit.txt.j2"
_KEPT = "messages"
_TAKEN_OUT = "<taken out>"
"""What stands for a credential in a message that is kept."""
_MOST = 999
"""How many messages of one report are kept beside each other."""
_COUNTED = (
    ("timeline", "event", "events"),
    ("factors", "factor", "factors"),
    ("actions", "action", "actions"),
)


def rendered(report: Report, template: Template, place: Place, *, new: bool) -> str:
    """Return the message that the commit template makes: subject, blank line, body.

    A credential that a report may keep is no part of it.
    """
    from postmortem import templating
    from postmortem.checks.privacy.secrets import credentials, without

    sources = message_sources(place)
    files = templating.chain(TEMPLATE, sources)
    request = {
        "name": TEMPLATE,
        "sources": [
            {"path": str(each.path), "trusted": each.trusted} for each in sources
        ],
        "context": _context(report, template, new=new),
    }
    with templating.Worker() as worker:
        answer = templating.run(
            "postmortem.templating.work:render",
            request,
            trusted=templating.trusted(files),
            worker=worker,
            path=str(files[-1].path),
        )
    text = str(answer["text"]).strip()
    return without(text, credentials(text), _TAKEN_OUT)


def finished(text: str, report: Report, place: Place) -> str:
    """Return a message as git gets it: one-line subject, body, the settings' trailers.

    Nothing in the text can become a trailer or an order to a build server.
    """
    from postmortem import history

    subject, _, body = text.strip().partition("\n")
    trailers = [
        (name, str(report.value(field) or ""))
        for name, field in place.settings.trailers.items()
    ]
    return history.message(subject, body.strip("\n"), trailers)


def check_given(keeper: Keeper) -> None:
    """Refuse a message that somebody gives in which there may be a credential.

    It is kept with something in its place, so that no more places have it than before.
    """
    if keeper.text is None:
        return
    from postmortem.checks.privacy.secrets import credentials, hint_of, without

    text = keeper.text
    found = credentials(text)
    if not found:
        return
    keeper.text = without(text, found, _TAKEN_OUT)
    first, more = found[0], len(found) - 1
    raise Refused(
        "this looks like a credential in the message of the commit: "
        f"{first.kind}, {hint_of(text[first.start : first.end])}"
        + (f", and {more} more" if more else ""),
        hint="revoke it where it was issued: a commit gives it to whoever can read\n"
        f"the repository; what is kept of the message has {_TAKEN_OUT} in its place",
    )


def for_review(report: Report, template: Template, path: str) -> str:
    """Return the Markdown that a pull request says: what happened, how far it is."""
    from postmortem.markdown.context import headline

    labels = template.outline.labels
    said = list(headline(report, labels))
    unknown = list(_unknown(report, template))
    parts = [
        f"# {report.title or report.id}",
        f"**{' · '.join(said)}**" if said else "",
        report.summary or f"_{labels['unknown']}_",
        "\n".join(f"- {count}" for count in _counts(report)),
        f"Not known yet: {', '.join(unknown)}." if unknown else "",
        f"The report: `{path}`",
    ]
    return "\n\n".join(part for part in parts if part)


def keep(env: Env, root: Path, key: str, text: str) -> Path | None:
    """Keep a message until its commit is made; None where it cannot be kept.

    Its name tells the report `key` in the repository at `root` from every other. What
    is kept there and says something else stays: this one is put beside it.
    """
    from postmortem import files

    for path in _places(env, root, key):
        if _says(path, text):
            return path
        try:
            files.write_private(path, text, root=env.state_dir, exclusive=True)
        except files.Taken:
            continue
        except PostmortemError:
            return None
        return path
    return None


def forget(path: Path | None) -> None:
    """Drop a message that was kept, now that its commit has it."""
    if path is not None:
        with suppress(OSError):
            path.unlink()


def _places(env: Env, root: Path, key: str) -> Iterator[Path]:
    """Yield the names under which a report's message can be kept, the first first."""
    import hashlib

    from postmortem import files

    said = "\0".join((str(root.resolve()), key))
    mark = hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    for number in range(1, _MOST + 1):
        behind = f"-{number}" if number > 1 else ""
        yield env.state_dir / _KEPT / f"{files.slug(key)}-{mark}{behind}.txt"


def _says(path: Path, text: str) -> bool:
    """Tell whether a kept message is this one, whatever its line breaks."""
    from postmortem import files

    with suppress(PostmortemError):
        kept = files.read_private(path).decode("utf-8", "replace")
        return kept.splitlines() == text.splitlines()
    return False


def _context(report: Report, template: Template, *, new: bool) -> dict[str, Any]:
    """Return what a commit template sees: plain values, whatever the report holds."""
    from postmortem import markdown
    from postmortem.markdown.context import context

    known = markdown.everything(template.outline.fields)
    return {
        **context(report, known, template.outline.labels),
        "new": new,
        "facts": list(_facts(report, template.outline.labels)),
        "counts": list(_counts(report)),
        "unknown": list(_unknown(report, template)),
    }


def _facts(report: Report, labels: Mapping[str, str]) -> Iterator[str]:
    """Yield what a reader of a log wants: how bad, how long, how far."""
    from postmortem import moments
    from postmortem.model import durations

    if report.severity:
        yield report.severity
    lengths = {each.name: each for each in durations(report)}
    for name in ("time to resolve", "time to mitigate", "time to detect"):
        if name in lengths:
            about = "~" if lengths[name].approximate else ""
            yield f"{labels[name]} {about}{moments.duration(lengths[name].length)}"
            break
    yield report.status or "draft"


def _counts(report: Report) -> Iterator[str]:
    for name, one, many in _COUNTED:
        count = len(report.value(name) or ())
        yield f"{count} {one if count == 1 else many}"


def _unknown(report: Report, template: Template) -> Iterator[str]:
    """Yield the labels of the fields that a reader sees to be not known yet.

    They are those that the interview counts, so that both say the same number.
    """
    from postmortem import answers

    for known in answers.unknown(report, template.outline):
        yield known.label or known.name
