"""A team's own document as a template: what each piece becomes, and nothing lost."""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import markdown, shipped
from postmortem.errors import PostmortemError
from postmortem.markdown.adopting import LARGEST, Adopted, adopt
from postmortem.markdown.adopting.teaching import taught
from postmortem.markdown.inspection import inspect
from postmortem.markdown.specimen import specimen
from postmortem.markdown.template import Template
from postmortem.templating import Source
from tests.hostile import BLOCKS, CODE, MARKS

PRESETS = shipped.templates_folder() / "reports"

EXPORT = """\
# Incident report template

**Severity:** SEV1 / SEV2 / SEV3
**Author:** [your name]
**Ticket:**

Everything here is internal.

## Summary

_Two sentences that a manager can follow._

## What did customers see?

<!-- Which pages, which errors, and for how long? -->

## Timeline (all times CET)

| Time | Who | What happened |
|------|-----|---------------|
|      |     |               |

## Root cause(s)

Describe the conditions. Ask why five times.

### Weather

## Follow-ups

- [ ] [do something] (owner)
- [ ] ...

## People

| Name | Role |
|------|------|
| A person | Lead |

## Approval

This is signed by two people, and kept for a year.
"""
ISSUE = """\
---
name: Incident
about: Something broke for users.
title: "[Incident] "
labels: incident
assignees: ""
---

### Impact

<!-- Who was hit? -->

### Deploy `{{ version }}`

- Dashboard: {{ LINK }}
- Time to detect (TTD):
"""
FILLED = """\
# Postmortem: the queue stood still

Date: 2024-03-01

## Summary

The queue stood still for two hours since a worker waited for a lock that nobody gave
back, and every job behind it waited too, until somebody on call restarted the worker
by hand and saw the queue run dry within ten minutes.

### The lock

It was taken at start-up, and the code that gives it back was never reached.

## Timeline

- 09:12 the first alert
- 10:40 somebody looks
- 11:15 the worker is restarted

## Action items

1. Give locks back
2. Alert sooner
"""
FORM = """\
name: Incident
description: Report one.
title: "[Incident]: "
body:
- type: input
  id: who
  attributes:
    label: Who noticed it?
    description: A person or an alert.
- type: textarea
  attributes:
    label: Impact
"""
FIELDS = (
    "Summary",
    "Impact",
    "Timeline",
    "Action items",
    "Root cause",
    "Notes",
    "Owner",
)
WORD = re.compile(r"[^\W_]{2,}")
LINES = (
    *(f"{level} {name}" for level in ("#", "##", "###") for name in FIELDS),
    *("**Severity:** SEV1", "- Team:", "Date: ", "**Impact**", "Status: a / b / c"),
    *("_What happened?_", "<!-- how many -->", "[describe]", "- item", "- [ ] do it"),
    *("| Time | Event |", "| --- | --- |", "| Owner | |", "| A | B | C |", "{#each}"),
    *("Fixed words.", "All times are PST.", "## Not in this template", "{{ x }", "%}"),
)
documents = st.lists(
    st.one_of(*(st.sampled_from(pool) for pool in (LINES, LINES, BLOCKS, MARKS, CODE))),
    max_size=24,
).map("\n".join)


def loaded(text: str, folder: Path) -> Template:
    """Return a text as a template."""
    (folder / "ours.md.j2").write_text(text, encoding="utf-8")
    return markdown.load("ours", (Source(folder, trusted=True),))


def found(made: Adopted, records: int = 8) -> list[str]:
    """Return what a check finds in a template."""
    with tempfile.TemporaryDirectory() as folder:
        template = loaded(made.text, Path(folder))
        return [str(each) for each in inspect(template, records=records).problems]


def body(made: Adopted) -> str:
    """Return a template without its front matter."""
    return made.text.split("\n---\n", 1)[1]


def missing(text: str, made: Adopted) -> list[str]:
    """Return the words of a document that are neither in its template nor told."""
    told = [f"{each.said} {each.became}" for each in made.guesses]
    kept = set(WORD.findall(" ".join((made.text, *told)).casefold()))
    said = re.sub(r"&#?\w+;", " ", text.casefold())
    return [word for word in WORD.findall(said) if word not in kept]


@pytest.fixture
def export() -> Adopted:
    """Return a document as an editor on the web exports it, as a template."""
    return adopt(EXPORT, name="ours", origin="export.md")


@pytest.mark.parametrize("text", [EXPORT, ISSUE, FILLED, FORM, "", "no heading"])
def test_what_comes_out_passes_the_check(text: str) -> None:
    """Of whatever shape a document is."""
    assert found(adopt(text, name="ours"), records=40) == []


def test_headings_become_known_fields_and_declared_ones(export: Adopted) -> None:
    """By the names that other people's reports have for them."""
    assert export.known == (
        *("severity", "owner", "summary", "timeline", "root_causes", "actions"),
    )
    assert export.declared == (
        *("ticket", "what_did_customers_see", "weather", "people", "approval"),
    )


def test_hints_become_questions(export: Adopted) -> None:
    """In italics, in a comment, in brackets, or told to do it."""
    assert "  summary: Two sentences that a manager can follow.\n" in export.text
    assert (
        "  root_causes: Describe the conditions. Ask why five times.\n" in export.text
    )
    asked = '"What did customers see? Which pages, which errors, and for how long?"'
    assert f'{{{{ field("what_did_customers_see", {asked}, label=' in export.text


def test_labels_become_facts_with_a_line_that_shows_them(export: Adopted) -> None:
    """A standard fact where one fits, else one of the team's own."""
    assert '**Severity:** {{ severity or "?" }}\n' in body(export)
    assert '**Author:** {{ owner or "?" }}\n' in body(export)
    assert '**Ticket:** {{ field("ticket", "Ticket?", kind="line") or "?" }}\n' in body(
        export
    )


def test_tables_become_loops_over_rows(export: Adopted) -> None:
    """Of events and actions by their heads, and of the team's own columns else."""
    assert (
        "## Timeline\n\n| Time (UTC) | Who | What happened |\n| --- | --- | --- |\n"
        "{% for event in timeline %}\n| {{ event.at | utc }} | {{ event.source }} | "
    ) in body(export)
    assert 'kind="table", columns=["name", "role"]) %}' in body(export)
    assert "- [{{ action.status | box }}] **{{ action.key }}** " in body(export)


def test_fixed_text_stays(export: Adopted) -> None:
    """What tells nobody what to write is every report's."""
    assert "\nEverything here is internal.\n" in body(export)
    assert "\nThis is signed by two people, and kept for a year.\n" in body(export)


def test_every_guess_has_its_line(export: Adopted) -> None:
    """What was taken for what, why, and what is left out."""
    said = {(each.line, each.became) for each in export.guesses}
    assert {
        (1, "# Incident report: {{ title }}"),
        (3, "severity"),
        (9, "summary"),
        (17, "timeline"),
        (17, "heading 'Timeline'"),
        (27, "weather (declared)"),
        (29, "actions"),
        (31, "left out"),
        (36, "left out"),
    } <= said


ASKING = """\
# COE: title

**Severity:** SEV1 / SEV2

**Owner:** Name the person who answers for it all.

## Impact

How many customers?

- For how long?
- [number]

## Handover

Who takes over, and when?

## Timeline

Describe what somebody saw.

| When | What happened | Who |
|------|---------------|-----|
|      |               |     |

## Action items

- [ ] What keeps it from coming back?
- [ ] ...
"""


def test_what_becomes_a_question_is_listed() -> None:
    """Each by its line, and none of it is said to be left out."""
    told = {
        (guess.line, guess.said): guess.became
        for guess in adopt(ASKING, name="ours").guesses
    }

    assert told[3, "SEV1 / SEV2"] == "prompts: severity"
    assert told[5, "Name the person who answers for it all."].endswith("owner")
    assert told[9, "How many customers?"] == "prompts: impact"
    assert told[11, "- For how long?"] == "prompts: impact"
    assert told[16, "Who takes over, and when?"] == "question of handover"
    assert told[20, "Describe what somebody saw."] == "prompts: timeline"
    assert told[22, "Who"] == "source"
    assert told[28, "- [ ] What keeps it from coming back?"] == "prompts: actions"
    asked = [said for _, said in told if "?" in said]
    assert len(asked) == len({*asked})


FOOTER = "_Internal to Acme. Questions go to the guild._"
ROWS = "| What | Who | Until |\n|---|---|---|\n|  |  |  |\n"


@pytest.mark.parametrize(
    "above",
    [
        f"## Follow-ups\n\n{ROWS}",
        f"## Follow-ups\n\n{ROWS}\n---\n",
        "## Follow-ups\n\n- [ ] [do something]\n",
        "## Timeline\n\n| Time | Event |\n|---|---|\n| | |\n",
        "## People\n\n| Name | Role |\n|---|---|\n| | |\n",
        "## Links\n\n- [link]\n- ...\n",
        "## Impact\n\n_Who was hit?_\n\n---\n",
        "## Impact\n\n---\n",
        "## Weather\n\n_How was it?_\n\n---\n",
        "## Detected\n\n---\n",
        "**Severity:** SEV1\n\n---\n",
    ],
)
def test_a_footer_stays_a_footer(above: str) -> None:
    """Behind rows or a rule stands what every report says, and no question."""
    made = adopt(f"# Incident: title\n\n{above}\n{FOOTER}\n", name="ours")

    rule = "---\n\n" if above.endswith(("|\n\n---\n", "SEV1\n\n---\n")) else ""
    assert body(made).rstrip().endswith(f"\n\n{rule}{FOOTER.replace('_', '*')}")
    assert made.text.count("Internal") == 1
    assert not found(made, records=100)


def test_an_issue_template_keeps_its_title_and_its_braces() -> None:
    """Front matter says what it is for; what looks like Jinja stays as it is."""
    made = adopt(ISSUE, name="ours")

    assert "description: Something broke for users.\n" in made.text
    assert body(made).startswith("# [Incident] {{ title }}\n")
    assert "### Deploy `{% raw %}{{ version }}{% endraw %}`\n" in body(made)
    assert "durations | selectattr(" in body(made)
    left = [each.said for each in made.guesses if each.became == "left out"]
    assert left == ["assignees:"]


def test_a_report_is_emptied() -> None:
    """What one incident was is in no other report; its headings are."""
    made = adopt(FILLED, name="ours")

    assert body(made).startswith("# Postmortem: {{ title }}\n")
    assert made.known == ("onset", "summary", "timeline", "actions")
    assert "queue" not in body(made)
    left = [each.line for each in made.guesses if each.became == "left out"]
    assert left == [3, 7, 11, 13, 17, 23]


def test_an_issue_form_is_a_document_too() -> None:
    """A question is a heading with a hint."""
    made = adopt(FORM, name="ours")

    assert made.known == ("impact",)
    assert '"who_noticed_it", "Who noticed it? A person or an alert."' in made.text


@pytest.mark.parametrize(
    "heading, became",
    [
        ("Postmortem", "# Postmortem: {{ title }}"),
        ("COE: what broke", "# COE: {{ title }}"),
        ("Incident title (number)", "# {{ title }}"),
        ("The day the cache died", "# {{ title }}"),
        ("[RCA] something", "# [RCA] {{ title }}"),
    ],
)
def test_a_title_keeps_what_every_title_has(heading: str, became: str) -> None:
    """The kind of report, and nothing of one incident."""
    made = adopt(f"# {heading}\n\n## Summary\n", name="ours")

    assert body(made).splitlines()[0] == became


def test_a_fact_of_the_front_matter_may_be_shown_too() -> None:
    """It is one fact; and choices have no blanks around them."""
    text = "---\nowner: us\n---\n\n**Owner:**\n\n**Level**: low\n, high\n"
    made = adopt(text, name="ours")

    assert (made.known, made.declared) == (("owner", "severity"), ())
    assert "severity: How bad was it? (low , high)\n" in made.text


def test_a_heading_that_is_there_twice_is_told_apart() -> None:
    """The second one is another field, and has a number."""
    made = adopt("## Impact\n\n## Impact\n\n## Effect (UTC)\n\n## Effect\n", name="x")

    assert made.known == ("impact",)
    assert made.declared == ("impact_2", "effect", "effect_2")
    assert "\n## Impact 2\n" in body(made)


def test_what_was_pasted_twice_is_there_once() -> None:
    """The same words below the same heading are one section."""
    made = adopt("## Notes\n\n- who?\n\n## Notes\n\n- who?\n", name="ours")

    assert made.declared == ("notes",)


def test_a_list_of_labels_is_a_form() -> None:
    """Short ones are facts, and those of texts and rows have a heading."""
    text = (
        "# Report\n\n- **Start**:\n- **Summary**:\n- **Timeline**:\n  - 00:00 alert\n"
    )
    made = adopt(text, name="ours")

    assert made.known == ("onset", "summary", "timeline")
    assert "- **Start:** {{ onset | local if onset else" in body(made)
    assert "\n## Summary\n\n{{ summary }}\n" in body(made)


def test_a_table_of_names_and_values_is_a_form_too() -> None:
    """Two columns, or four of which two are empty."""
    text = "## Timing\n\n| Start time | | TTD | |\n|-|-|-|-|\n| Severity | | Area | |\n"
    made = adopt(text, name="ours")

    assert (made.known, made.declared) == (("onset", "severity"), ("area",))


@pytest.mark.parametrize("row", ["", "| | | |\n", "| 3 May | me | SEV2 |\n"])
def test_a_table_below_the_title_has_names_in_its_head(row: str) -> None:
    """With one row of values, or none, it gives facts."""
    head = "| Date | Author | Severity |\n|-|-|-|\n"
    made = adopt(f"# Review: X\n\n{head}{row}\n## Summary\n\nWhat?\n", name="ours")

    assert made.known == ("onset", "owner", "severity", "summary")
    assert "- **Author:** {{ owner or " in body(made)
    assert "3 May" not in made.text


def test_a_table_of_actions_below_the_title_gives_none() -> None:
    """Its columns are of rows, though facts are called so too."""
    head = "| Action | Owner | Status |\n|-|-|-|\n"
    made = adopt(f"# Review\n\n{head}\n## Summary\n\nWhat?\n", name="ours")

    assert made.known == ("summary",)
    assert "| Action | Owner | Status |" in made.text


def test_words_of_other_languages_have_fields() -> None:
    """A name without letters from a to z is made of the line."""
    headings = ("影響", "天気", "Causes profondes", "Maßnahmen")
    text = "\n".join(("# ポストモーテム", "", *(f"## {each}" for each in headings)))
    made = adopt(text, name="ours")

    assert made.known == ("impact", "root_causes", "actions")
    assert made.declared == ("section_4",)


def test_text_that_an_answer_could_run_into_is_quoted() -> None:
    """A list above an answer would be one with the answer's own."""
    text = "## Notes\n\n- always here, every time\n- and this one\n\nWhat happened?\n"
    made = adopt(text, name="ours")

    assert "> - always here, every time\n> - and this one\n\n{{ field(" in body(made)


def test_what_is_too_large_is_refused() -> None:
    """A template of more asks nobody anything."""
    with pytest.raises(PostmortemError, match="the document has"):
        adopt("x" * (LARGEST + 1), name="ours")


@given(documents)
def test_any_document_becomes_a_template_that_passes_the_check(text: str) -> None:
    """Every line of it is layout, a question, or a guess; and soon."""
    begun = time.monotonic()
    made = adopt(text, name="ours")

    assert time.monotonic() - begun < 2
    assert found(made) == []
    assert missing(text, made) == []


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "| a " * 5_000,
        "**a:** " * 5_000,
        "_a " * 10_000,
        "- [ ] x\n" * 5_000,
    ],
    ids=str.strip,
)
def test_a_hostile_document_takes_no_time(text: str) -> None:
    """Time grows with a document, not with its square."""
    begun = time.monotonic()
    adopt(f"# X\n\n## Notes\n\n{text}\n", name="ours")

    assert time.monotonic() - begun < 8


@pytest.mark.parametrize(
    "name", sorted(each.stem[:-3] for each in PRESETS.glob("*.j2"))
)
def test_lessons_change_no_outline(name: str, tmp_path: Path) -> None:
    """A preset with comments asks, writes and reads what it does without."""
    source = Source(PRESETS, trusted=True)
    plain = markdown.load(name, (source,))
    text = (PRESETS / f"{name}.md.j2").read_text(encoding="utf-8")
    copy = loaded(taught(text, name="ours", preset=f"{name} 1"), tmp_path)

    assert copy.problems == ()
    assert copy.outline.fields == plain.outline.fields
    assert copy.outline.sections == plain.outline.sections
    record = specimen(plain.outline.fields)
    one, two = (markdown.write(record, each).split("\n# ")[1] for each in (plain, copy))
    assert one == two
