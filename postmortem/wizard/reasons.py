"""Why a question is asked, and an answer that would do: shown when somebody types `?`.

A template's own words come first; these are for the standard fields. They ask for what
reviewers ask for: Google's "Site Reliability Engineering" (2016), chapter 15 and
appendix D, PagerDuty's postmortem documentation, and the Howie guide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from postmortem.markdown import Field
from postmortem.markdown.fields import (
    DATE,
    LINE,
    LINES,
    LIST,
    MOMENT,
    NUMBER,
    TABLE,
    TEXT,
    YES_NO,
)

TIMES = (
    "14:32, sat 9:12am EDT, ~14:05, yesterday 3pm, 2025-05-24 13:05Z; no means not yet"
)

_REASONS = """\
title:
  It is how people find the report again: what users lost, and why if you know.
  e.g. X down: failover did not take over
severity:
  It says who has to read this and how much the write-up owes. A guess is fine; it can
  be changed later.
  e.g. SEV-2
services:
  The report is found under them, and similar incidents with it.
  e.g. feed, sign-in
status:
  A draft is held up by nothing; checks ask for more from review on.
  e.g. draft
tags:
  Words under which somebody would look for it.
  e.g. failover, power
owner:
  One person or role that brings the write-up to its end, not who caused it.
  e.g. site reliability lead
reviewers:
  Who reads it before it is final.
  e.g. edge lead, support lead
audience:
  Internal unless somebody decides otherwise.
  e.g. internal
zone:
  The clocks by which you tell times; UTC is always beside it.
  e.g. Europe/Paris
onset:
  Durations count from here. It is when users felt it, which can be long after the
  fault began, and before anybody noticed.
  e.g. TIMES
detected:
  Time to detect is the number that most often surprises. How it was noticed matters
  as much: an alert, a customer, or by chance?
  e.g. sat 9:12am EDT, support passed on complaints
acknowledged:
  When a person took it on, not when a machine sent a page.
  e.g. TIMES
declared:
  When it became an incident by name.
  e.g. TIMES
identified:
  When it was clear what to do, though perhaps not why.
  e.g. TIMES
mitigated:
  Users were mostly well again, even if by a workaround.
  e.g. TIMES
resolved:
  Back to normal by a measure that you can name. Type no if it still goes on.
  e.g. 11:00am EDT, success above 99% since
closed:
  When nobody had to watch it any more.
  e.g. TIMES
published:
  When readers got it.
  e.g. TIMES
related:
  Ids of other reports: the same week, the same system.
  e.g. 2025-05-22-feed-up-to-11-minutes-old
summary:
  Many read only this. What broke, for whom, how long, what ended it; three sentences
  without internal names.
  e.g. The feed could not be loaded for two hours on Saturday. One hall lost power,
       and the failover did not take over.
impact:
  Numbers are remembered, adjectives are argued about. Say of each number whether it
  was measured or estimated.
  e.g. 28% of requests succeeded from 9:05 to 11:00 (measured); four in five people
       could not load the feed (estimated)
background:
  What somebody from another team has to know to follow.
  e.g. Each site has its own storage; a director sends users to one of them.
detection:
  What noticed it, and what could have earlier? A customer who is faster than an alert
  is a finding.
  e.g. Support saw complaints 7 minutes in; alerts are computed in the dark hall.
response:
  Where did the minutes go? Waiting for access, a wrong trail, a missing person: each
  with its length.
  e.g. 28 minutes without access: sign-in ran in the dark hall.
recovery:
  What ended it, and how do you know that it was this?
  e.g. Traffic went to the standby in steps. Success has been above 99% since 11:00
       (edge logs).
what_happened:
  What set it off and how one thing led to the next. What did each step look like to
  those who were there, and why did it make sense?
  e.g. A feed dipped and the switch stayed on it. The batteries carried the hall
       for two minutes, then it was dark.
trigger:
  The last change or event before it, which is seldom the cause.
  e.g. Hall B lost power at 9:05, two minutes after one of its feeds dipped.
root_causes:
  There is seldom one. Ask why until you reach something that a team can change; a
  person's slip is where the questions begin, not where they end.
  e.g. The failover is exercised one service at a time, so nobody saw that two
       of its checkers stand in one hall.
safeguards_held:
  What kept it from being worse? Keep it that way.
  e.g. Load shedding switched recommendations off and left the feed alone.
safeguards_failed:
  What was there to stop this, and what did it do instead?
  e.g. the failover: two of three checkers stood in the dark hall
went_well:
  What to do again next time.
  e.g. operations and on-call shared one call
was_hard:
  Where did tools, access or knowledge stand in the way?
  e.g. the sign-in to the traffic console ran in the dark hall
lucky:
  What would have made it worse, and did not by chance alone? Next time it may.
  e.g. it was a Saturday morning
lessons:
  What do you know now that you did not know before?
  e.g. A checker that does not answer counts as one that sees no problem.
timeline:
  Facts with a time, in any order; paste what you have. A line begins with its time,
  or with ? when it is not known; +5m counts from the last one.
  e.g. 9:12am support passes on complaints
factors:
  Everything without which it would not have happened, not have been so large or not
  have taken so long; what each came from makes the chain of whys.
  e.g. the failover is exercised one service at a time
actions:
  Few that will be done beat many that will not. One owner, one day, and a state in
  which anybody can see that it is done.
  e.g. Page when the newest sample is older than two minutes
open_questions:
  What you do not know is worth as much as what you do.
  e.g. Why did the transfer switch stay on the failing feed?
revisions:
  What was changed after readers had it, with the day.
  e.g. the number of users is measured now, not estimated
appendix:
  Graphs, logs, links, and words that need explaining.
  e.g. the graph of requests by site, 9:00 to 11:30 (link)
"""
"""By field: why, and behind e.g. an answer that would do."""

_BY_KIND: Mapping[str, str] = {
    NUMBER: "1200, or 0.5",
    DATE: "2025-05-24, or fri",
    MOMENT: TIMES,
    YES_NO: "yes",
    LINES: "one, two",
    TABLE: "one | two; a cell for each column",
    LIST: "one thing; one line each",
    LINE: "a few words",
    TEXT: "a few sentences, with numbers where there are any",
}
"""By kind: an answer to a question of the template's own."""


def explained(known: Field, more: str = "") -> str:
    """Return why a field is asked, `more` that can be typed, and an example."""
    reason, example = _reasons().get(known.name, ("", ""))
    example = known.example or example or _BY_KIND.get(known.kind, "")
    if known.choices and example not in known.choices:
        example = known.choices[0]
    return lines("\n".join(filter(None, (known.reason or reason, more))), example)


def lines(reason: str, example: str) -> str:
    """Return what is shown for `?`, the example at its end."""
    shown = f"For example: {example}" if example else ""
    return "\n".join(each for each in (reason, shown) if each)


@cache
def _reasons() -> Mapping[str, tuple[str, str]]:
    """Return the reason and the example of each standard field."""
    found: dict[str, tuple[str, str]] = {}
    for block in re.split(r"^(?=\w+:$)", _REASONS, flags=re.MULTILINE):
        name, _, said = block.partition(":\n")
        reason, _, example = " ".join(said.split()).partition("e.g. ")
        found[name] = (reason.strip(), example.replace("TIMES", TIMES).strip())
    return found
