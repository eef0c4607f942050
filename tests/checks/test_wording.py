"""Wording is looked at in the language of the report, and where it is the author's."""

from __future__ import annotations

import pytest

from postmortem.checks.around import NEW
from postmortem.checks.vocabulary import Vocabulary
from postmortem.checks.windows import lowered, sentences
from postmortem.checks.wording.phrases import languages, phrases_in
from tests.checks import judged
from tests.checks.reports import codes, found

_PEOPLE = ["Bob", "storage lead", "Jo C. Doe", "rota manager-2", "Al", "Max", "x"]
_FRONT = "---\ntemplate: default 1\nstatus: draft\n---\n\n# T\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "> The engineer forgot to turn it on.",
        'The ticket says "the engineer forgot to turn it on".',
        "The log says `engineer forgot to turn it on`.",
        "```\nthe engineer forgot to turn it on\n```",
        "<!-- the engineer forgot to turn it on -->",
        "See [the note](https://example.com/human error).",
    ],
)
def test_what_is_quoted_is_not_the_authors(text: str) -> None:
    """A quote, code, a comment and a link's target are left alone."""
    assert _wording(f"{_FRONT}## What happened\n\n{text}\n") == []


@pytest.mark.parametrize("front", ["", _FRONT.removesuffix("# T\n\n")])
@pytest.mark.parametrize(
    "around",
    [
        "{}\n",
        "# T\n\n{}\n",
        "# T\n\nIt was down.\n\n{}\n\n## Summary\n\nIt was down.\n",
        "# T\n\n## Contributing factors\n\n{}\n",
        "# T\n\n## Timeline\n\n{}\n\n## Action items\n",
    ],
)
def test_prose_is_read_wherever_it_stands(front: str, around: str) -> None:
    """Above the first section too, and under a heading that is one of rows."""
    text = "Obviously the engineer forgot to turn it on."

    assert _wording(front + around.format(text), lost="" if front else NEW) == [
        "PM501",
        "PM503",
    ]


def test_a_phrase_may_run_over_a_soft_wrap() -> None:
    """Where a line ends says nothing about where a sentence does."""
    text = f"{_FRONT}## What happened\n\nThe on-call engineer\nforgot the flag.\n"

    assert _wording(text) == ["PM501"]


def test_what_helped_by_luck_may_tell_of_another_world() -> None:
    """Luck is about what did not happen."""
    text = "On a Monday the queue would have been noticed much later by the users.\n"

    lucky = _wording(f"{_FRONT}## Lessons\n\n### Where we were lucky\n\n{text}")
    told = _wording(f"{_FRONT}## What happened\n\n{text}")

    assert (lucky, told) == ([], ["PM502"])


def test_a_report_in_german_is_read_as_german() -> None:
    """The language is that of most everyday words; its own list is looked at."""
    text = (
        "Die Bereitschaft hätte den Fehler früher bemerken müssen, und das war"
        " offensichtlich menschliches Versagen.\n"
    )

    found = _wording(f"{_FRONT}## What happened\n\n{text}")

    assert found == ["PM501", "PM502", "PM503"]


@pytest.mark.parametrize(
    "said", ["The alert should have been better.", "They should have prepared better."]
)
def test_only_known_better_is_left_to_another_phrase(said: str) -> None:
    """What else ends in *better* is a world that was not, as any."""
    assert "PM502" in _wording(f"{_FRONT}## What happened\n\n{said}\n")


def test_words_that_two_phrases_of_a_rule_have_are_told_once() -> None:
    """A condition and what it would have been are one world that was not."""
    text = "If the alert had been there, we would have noticed it at once.\n"

    assert _wording(f"{_FRONT}## What happened\n\n{text}") == ["PM502"]


@pytest.mark.parametrize("name", judged.SETS)
def test_a_phrase_is_found_wherever_its_pattern_is(name: str) -> None:
    """One of its words is in every sentence that it is in: none hides it."""
    texts = [each.text for each in judged.sentences(name)]
    (english,) = (each for each in languages() if each.name == "en")
    hidden = []
    for text in map(lowered, texts):
        words = Vocabulary(f"the {text}".replace("\n", " "))
        near = {id(phrase): at for phrase, at in phrases_in(words)}
        for phrase in english.phrases:
            places = [max(at - 4, 0) for at in near.get(id(phrase), ())]
            told = [*phrase.in_text(text, sentences(text, places))]
            every = [*phrase.in_text(text, [(0, len(text))])]
            if len(told) != len(every):
                hidden.append((phrase.words[0], text))

    assert hidden == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Bob forgot to run the migration.",
        "The outage was caused by Bob.",
        "Bob caused the outage.",
        "Bob's mistake took down checkout.",
        "It was Bob’s fault.",
        "Bob should have checked the plan.",
        "Bob was responsible for the outage.",
        "Jo C. Doe did not read the runbook.",
        "The rota manager-2 ignored the alert.",
        "Rota manager-2 ignored the alert.",
        "A typo by Al took it down.",
    ],
)
def test_a_name_of_the_settings_is_a_person(sentence: str) -> None:
    """Who the settings name may be blamed as a role may; and once, not twice."""
    found = _wording(f"{_FRONT}## What happened\n\n{sentence}\n", _PEOPLE)

    assert found == ["PM501"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bobbin forgot its position, and bobs forgot theirs.",
        "The outage was caused by max connections.",
        "The bob-job failed to start.",
        "A job may never have ignored the limit, as its max failed to apply.",
        "Bob restarted the worker, and asked Al for help.",
        "Bob failed to reach the console.",
        "The outage was caused by Bob's laptop.",
        "Jo C, Doe and what not forgot nothing.",
        "The x forgot its value.",
    ],
)
def test_what_only_looks_like_a_name_is_none(sentence: str) -> None:
    """Names are whole words, as the settings write them; what they did is told."""
    assert _wording(f"{_FRONT}## What happened\n\n{sentence}\n", _PEOPLE) == []


def test_a_name_that_nobody_lists_is_a_word() -> None:
    """Without the settings nothing tells a person from a host."""
    text = f"{_FRONT}## What happened\n\nBob forgot to run the migration.\n"

    assert _wording(text) == []


@pytest.mark.parametrize(
    "said, words",
    [
        ("It is told that a developer forgot the flag.", "a developer forgot"),
        ("The cause was the lead's failure to ask.", "the lead's failure to ask"),
        ("It was the reviewer's oversight.", "the reviewer's oversight"),
        ("One of the reviewers of the plan ignored it.", "One of the reviewers of the"),
        ("So the engineer in the hall ignored it.", "the engineer in the hall ignored"),
        ("The DBA failed to notice the lag.", "The DBA failed to"),
    ],
)
def test_a_finding_points_at_who_and_what_alone(said: str, words: str) -> None:
    """The words before the person are the sentence's, and so is the blank behind."""
    text = f"{_FRONT}## What happened\n\n{said}\n"

    (told,) = (
        text.splitlines()[it.line - 1][it.column - 1 :][: it.length]
        for it in found(text)
        if it.code == "PM501"
    )

    assert told.startswith(words)


def _wording(text: str, people: list[str] | None = None, **where: object) -> list[str]:
    if people:
        where["settings"] = {"people": people}
    found = codes(text, **where)
    return sorted(each for each in found if each.startswith("PM5"))
