"""The whole interview of the default template, as one person answers it.

How its questions are worded is the program's business: they are known by their fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from postmortem import markdown
from postmortem.shipped import templates_folder
from postmortem.templating import Source
from postmortem.wizard.row_reasons import part_question
from tests.sessions.terminal import Terminal

MENU = "What next?"
ID = "2025-05-24-x-down"
BRANCH = f"postmortem/{ID}"


_LETTERS = 24
"""Of a question, so many are in one line of any terminal that shows lists."""


def asked(name: str, part: str = "") -> str:
    """Return how the question for a field begins, or for a part of its rows."""
    field = _FORM[name]
    question = part_question(field, part) if part else field.question or field.label
    return question[:_LETTERS].rstrip()


def _form() -> Mapping[str, markdown.Field]:
    source = Source(path=templates_folder() / "reports", trusted=True)
    return markdown.load("default", (source,)).outline.fields


_FORM = _form()


@dataclass(frozen=True)
class Step:
    """One question, and the answer to it."""

    asked: str
    """How the question begins."""
    said: str = ""
    """What is typed; nothing leaves it open.

    Where an option is picked it is what to type if no list is shown.
    """
    pick: int = 0
    """Which option is picked, from 1; 0 where it is no list."""
    lines: bool = False
    """Whether an empty line ends the answer."""
    kept: str = ""
    """What then stands in the report; what was typed, where nothing else is said."""
    optional: bool = False
    """Whether it is the program's choice to ask it, or when: parts of rows are so."""
    rows: bool = False
    """Whether it is asked again for as long as there is another row to add."""

    @property
    def written(self) -> str:
        """What then stands in the report."""
        return self.kept or self.said


def _line(field: str, said: str = "", kept: str = "") -> Step:
    parted = " " in field
    return Step(asked(*field.split()), said, kept=kept, optional=parted)


def _pick(field: str, number: int, kept: str, said: str = "") -> Step:
    parted = " " in field
    return Step(asked(*field.split()), said, number, kept=kept, optional=parted)


def _lines(field: str, said: str = "") -> Step:
    return Step(asked(field), said, lines=True)


def _rows(field: str, said: str, kept: str = "") -> Step:
    return Step(asked(field), said, lines=True, kept=kept, rows=True)


def _more(one: str) -> Step:
    return Step(f"Another {one}?", lines=True, optional=True)


FIRST = (
    _line("title", "X down"),
    _pick("severity", 2, "severity: SEV-2"),
    _line("services", "web, api", "services: [web, api]"),
    _line("detected", "2025-05-24 13:12, no page loads", "detected: 2025-05-24T13:12Z"),
    _line("resolved", "2025-05-24 15:00", "resolved: 2025-05-24T15:00Z"),
    _lines("summary", "One centre lost power."),
)
"""The questions before there is a file."""

REST = (
    _line("owner", "Storage on-call", "owner: Storage on-call"),
    _lines("impact", "All who pay by card."),
    _rows("timeline", "13:05 power is lost", "power is lost"),
    _more("event"),
    _pick("onset", 1, "onset: 2025-05-24T13:05Z", "2025-05-24 13:05"),
    _pick("acknowledged", 4, ""),
    _pick("mitigated", 4, ""),
    _lines("response", "Ten minutes to log in."),
    _lines("recovery", "A move by hand."),
    _lines("what_happened", "A breaker tripped."),
    _rows("factors", "It was never tried"),
    _pick("factors kind", 3, "contributing: It was never tried"),
    _line("factors evidence", "the runbook", "evidence: the runbook"),
    _more("factor"),
    _lines("safeguards_held", "The batteries."),
    _lines("safeguards_failed", "The failover."),
    _lines("went_well", "The page came fast."),
    _lines("was_hard", "Two logins."),
    _lines("lucky", "It was a quiet day."),
    _rows("actions", "Try it each month"),
    _line("actions owner", "Platform team"),
    _line("actions due", "2025-06-30"),
    _pick("actions type", 1, "prevent"),
    _pick("actions priority", 2, "P1"),
    _line("actions done_when", "a drill has passed", "done when: a drill has passed"),
    _pick("actions factor", 1, "F1"),
    _line("actions link", "https://t.example/1"),
    _more("action"),
    _rows("open_questions", "Why did it trip?"),
    _more("line"),
    _lines("appendix", "The graph of power."),
)
"""All the others; those that are not optional are asked in this order."""
EVERY = (*FIRST, *REST)


def say(terminal: Terminal, step: Step) -> None:
    """Answer a question that is shown."""
    terminal.see(step.asked)
    if step.pick:
        terminal.pick(step.pick)
    elif step.lines and step.said and not step.rows:
        terminal.write_lines(step.said.split("\n"))
    else:
        terminal.answer(step.said)


def begin(terminal: Terminal, steps: Sequence[Step] = FIRST) -> None:
    """Answer the first questions, up to what can be done next."""
    for step in steps:
        say(terminal, step)
    terminal.see(MENU)


def go_on(terminal: Terminal) -> None:
    """Choose the first of what can be done next."""
    terminal.until(lambda: offered(terminal), "later")
    terminal.pick(1)


def choose(terminal: Terminal, label: str) -> None:
    """Choose by its name what can be done next."""
    terminal.until(lambda: offered(terminal), "later")
    for number in range(1, 7):
        if terminal.has(f"{number}) {label}") or terminal.has(f"{number}. {label}"):
            terminal.pick(number)
            return
    raise AssertionError(terminal.news)


def finish(terminal: Terminal) -> list[Step]:
    """Answer all that is asked before what can be done next; return what was asked."""
    met: list[Step] = []
    others: Sequence[Step] = REST
    while (step := open_step(terminal, others)) is not None:
        say(terminal, step)
        met.append(step)
        others = [each for each in REST if each is not step]  # it is drawn once more
    return met


def open_step(
    terminal: Terminal, steps: Sequence[Step], *, menu: bool = True
) -> Step | None:
    """Wait for one of these questions, and return it; None is what can be done next."""
    known = {step.asked: step for step in steps}

    def _asked() -> bool:
        return any(map(terminal.has, known)) or (menu and offered(terminal))

    terminal.until(_asked, " | ".join((*known, MENU)))
    news = terminal.news
    last = max((*known, MENU), key=news.rfind)
    return known.get(last)


def offered(terminal: Terminal) -> bool:
    """Tell whether all is shown of what can be done next, and nothing chosen yet."""
    news = "".join(terminal.news.split())
    return "later" in news.rpartition("".join(MENU.split()))[2]


def written(steps: Sequence[Step]) -> Iterator[str]:
    """Yield what stands in the report after these answers."""
    return (step.written for step in steps if step.written)
