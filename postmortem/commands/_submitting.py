"""From a report to its commit: what `submit` does, for other commands to call too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem.commands import _messages
from postmortem.commands._aftermath import Outcome, push, told
from postmortem.commands._committed import holds, is_new
from postmortem.commands._consent import somebody
from postmortem.commands._holding import Excuse, check_findings
from postmortem.commands._keeping import Keeper
from postmortem.commands._let_through import allowing
from postmortem.commands._places import shown_path
from postmortem.commands._ready import Ready, check_restricted, ready
from postmortem.commands._streams import answer, tell
from postmortem.commands._ways import (
    Confirm,
    Goal,
    offer_of,
    tell_proposed,
    way_chosen,
    word_of,
)
from postmortem.errors import Exit, Missing, Refused

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.env import Env
    from postmortem.history import History
    from postmortem.settings import Place


_REPEATED = ("way", "branch", "author", "force", "push", "allow_findings")
"""The wishes that the command which finishes it later says again."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What somebody asks of a submit; made without arguments, nothing special."""

    way: str = "ask"
    """switch, stay, here; or ask: as the settings say, else as proposed."""
    branch: str | None = None
    message: str | None = None
    """Subject, blank line, body; None is what the commit template makes."""
    author: str | None = None
    """`Name <e-mail>`."""
    force: bool = False
    push: bool = False
    allow_findings: bool = False
    """Whether it is committed although a check finds errors; never with a secret."""
    pr_body: bool = False
    dry_run: bool = False
    no_git: bool = False
    confirm: Confirm | None = None
    """Asked before the commit is made, in the place of which way."""
    excuse: Excuse | None = None
    """Asked where a check finds errors and no secret, in the place of refusing it."""


def submit_report(
    env: Env, place: Place, entry: Entry, wishes: Wishes | None = None
) -> Exit:
    """Commit one report of the archive, and say what became of it and what is next.

    Raises Problems for a report that cannot be read as one, and Refused or Interrupted
    when git, a hook or a person says no: then the report is as it was, a message that
    was given is kept, and the hint has the command that finishes it.
    """
    from postmortem.commands._desk import Desk

    with Desk(env) as desk:
        desk.place = place
        return _Submission(desk, entry, wishes or Wishes()).run()


class _Submission:
    """One report on its way."""

    def __init__(self, desk: Desk, entry: Entry, wishes: Wishes) -> None:
        self.desk, self.env, self.place = desk, desk.env, desk.place
        self.entry, self.wishes = entry, wishes
        self.keeper = Keeper(
            env=desk.env, root=desk.place.root, key=entry.id, text=wishes.message
        )
        self.allowed = False
        """Whether somebody has said to commit it with what a check finds."""

    def run(self) -> Exit:
        """Go all the way, or as far as was asked for."""
        with self.keeper:
            for option in _REPEATED:
                self.keeper.repeat(
                    option.replace("_", "-"), getattr(self.wishes, option)
                )
            _messages.check_given(self.keeper)
            found = ready(self.desk, self.entry)
            _tell_doubts(self.env, found)
            if self.wishes.no_git:
                return self.left()
            path = shown_path(self.entry.path, self.env)
            check_restricted(found, self.place, path)
            self.allowed = check_findings(
                self.desk,
                self.entry,
                path,
                excuse=self.wishes.excuse,
                allowed=self.wishes.allow_findings,
            )
            self.keeper.repeat("allow-findings", self.allowed)
            history = self.history(found)
            self.check_push()
            goal = self.goal(history)
            message = self.message(found, history, goal)
            outcome = self.already(history, goal)
            if self.wishes.dry_run:
                return self.foretold(history, goal, message, outcome)
            outcome = outcome or self.committed(history, goal, message, found)
        told(self.desk, history, outcome, found.report, aside=self.wishes.pr_body)
        if self.wishes.push:
            push(self.env, history, self.place, outcome)
        if self.wishes.pr_body:
            path = goal.paths[0]
            answer(self.env, _messages.for_review(found.report, found.template, path))
        return Exit.DONE

    def left(self) -> Exit:
        """Leave the report the file that it is."""
        tell(self.env, "nothing is committed; the report is a file")
        answer(self.env, shown_path(self.entry.path, self.env))
        return Exit.DONE

    def history(self, found: Ready) -> History:
        """Return the repository that the report is in; without one the file is kept."""
        from postmortem import history

        try:
            here = history.find(self.entry.path)
        except Missing as error:
            self.message(found, None, None)
            path = shown_path(self.entry.path, self.env)
            raise Missing(
                f"{path} is in no git repository; it is kept as it is",
                hint="`git init` makes one here; with --no-git the report stays a file",
            ) from error
        if history.outer(here):
            tell(self.env, f"this is the submodule {here.root}")
        return here

    def check_push(self) -> None:
        """Refuse a push that nobody is there to say yes to."""
        if self.wishes.push and not somebody(self.env):
            raise Refused(
                "a push needs a yes that somebody types at a terminal",
                hint="leave --push out: it is committed, and git pushes it",
            )

    def goal(self, history: History) -> Goal:
        """Return what the commit has in it, and the branch that it would make."""
        prefix = self.place.settings.branch_prefix
        branch = self.wishes.branch or f"{prefix}{self.entry.path.stem}"
        paths = [self.entry.path]
        if not self.entry.on:
            paths += self.entry.attached()
        return Goal(branch=branch, paths=tuple(map(history.inside, paths)))

    def message(self, found: Ready, history: History | None, goal: Goal | None) -> str:
        """Return the commit's message; from now on it is kept if all else fails."""
        if self.keeper.text is None:
            new = history is None or goal is None or is_new(history, goal)
            self.keeper.text = _messages.rendered(
                found.report, found.template, self.place, new=new
            )
        return _messages.finished(self.keeper.text, found.report, self.place)

    def already(self, history: History, goal: Goal) -> Outcome | None:
        """Return where this very text is committed already, if it is."""
        from postmortem.history import Way, head

        if self.entry.branch is not None:
            branch = self.entry.branch
            return Outcome(branch=branch, way=Way.NEW_STAY, again=True)
        now = head(history)
        if now.sha and holds(history, now.sha, goal):
            return Outcome(branch=now.branch, way=Way.HERE, again=True)
        if holds(history, f"refs/heads/{goal.branch}", goal):
            return Outcome(branch=goal.branch, way=Way.NEW_STAY, again=True)
        return None

    def foretold(
        self, history: History, goal: Goal, message: str, outcome: Outcome | None
    ) -> Exit:
        """Say what would be done, and do nothing of it."""
        if outcome is not None:
            told(self.desk, history, outcome)
            return Exit.DONE
        from postmortem.history import Way, head

        offer = offer_of(history, goal, self.place.settings, self.wishes.way)
        tell_proposed(self.env, offer)
        way = offer.ways[0]
        branch = head(history).branch if way is Way.HERE else goal.branch
        lines = [f"would commit {path}" for path in goal.paths]
        lines += [f"on {branch or 'no branch'} ({word_of(way)}: {way.value})"]
        answer(self.env, "\n".join((*lines, "", message)))
        return Exit.DONE

    def committed(
        self, history: History, goal: Goal, message: str, found: Ready
    ) -> Outcome:
        """Make the commit."""
        from postmortem.commands._commit import commit_report
        from postmortem.history import Change

        settings, confirm = self.place.settings, self.wishes.confirm
        offer = offer_of(history, goal, settings, self.wishes.way)
        if confirm:
            self.keeper.repeat("way", word_of(offer.ways[0]))
        self.keeper.keep()
        way = way_chosen(self.env, history, goal, offer, confirm)
        self.keeper.repeat("way", word_of(way))
        change = Change(
            path=goal.paths[0],
            content=found.content,
            message=message,
            others=goal.paths[1:],
            author=self.wishes.author,
            force=self.wishes.force,
            told=allowing(goal.paths[0]) if self.allowed else {},
        )
        return commit_report(self.env, history, settings, goal, way, change)


def _tell_doubts(env: Env, found: Ready) -> None:
    from postmortem.commands._doubts import tell_doubts

    tell_doubts(env, found.report)
