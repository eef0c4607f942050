"""A script answers as a person would, and is told where it is wrong."""

from __future__ import annotations

import pytest

from postmortem.errors import Interrupted, PostmortemError
from postmortem.prompts import KEEP, Move, Option, Prompts, Question, Script

OPTIONS = [Option("a", "A"), Option("b", "B", "the second")]


def test_answers_come_in_order() -> None:
    """Each kind of question takes its kind of answer."""
    script = Script(["one", "two\nlines", "b", ("b", "a"), "Y", "no", Move.BACK])
    prompts: Prompts = script

    prompts.say("hello", quiet=True)
    answers = [
        prompts.line(Question(text="1?")),
        prompts.text(Question(text="2?")),
        prompts.choose(Question(text="3?"), OPTIONS),
        prompts.several(Question(text="4?"), OPTIONS),
        prompts.yes("5?"),
        prompts.yes("6?"),
        prompts.line(Question(text="7?")),
    ]

    assert answers == ["one", "two\nlines", "b", ("a", "b"), True, False, Move.BACK]
    assert [question.text for question in script.asked] == [f"{n}?" for n in "1234567"]
    assert script.said == ["hello"]


def test_what_was_given_can_be_kept() -> None:
    """KEEP is what is there already, whatever the question."""
    script = Script([KEEP] * 4)
    question = Question(text="?", given="b")

    assert script.line(question) == "b"
    assert script.text(question) == "b"
    assert script.choose(question, OPTIONS) == "b"
    assert script.several(question, OPTIONS, ["b"]) == ("b",)


@pytest.mark.parametrize("kind", ["line", "text", "choose", "several"])
def test_a_move_is_an_answer(kind: str) -> None:
    """To any question but yes."""
    script = Script([Move.ALL])
    options = [OPTIONS] if kind in ("choose", "several") else []

    assert getattr(script, kind)(Question(text="?"), *options) is Move.ALL


def test_they_leave_when_the_script_ends() -> None:
    """As with Ctrl-C."""
    with pytest.raises(Interrupted):
        Script([]).line(Question(text="?"))


def test_what_is_refused_is_a_mistake_of_the_script() -> None:
    """The message names the question, the answer and the reason."""

    def _refuse(text: str) -> str:
        raise PostmortemError(f"no time: {text}")

    with pytest.raises(PostmortemError, match=r"'When\?' by 'x': no time: x"):
        Script(["x"]).line(Question(text="When?", understood=_refuse))


@pytest.mark.parametrize(
    "kind, answer",
    [
        ("line", "a\nb"),
        ("line", ("a",)),
        ("text", ("a",)),
        ("choose", "c"),
        ("choose", ("a",)),
        ("choose", KEEP),
        ("several", ("c",)),
        ("several", "a"),
    ],
)
def test_what_does_not_fit_is_a_mistake_of_the_script(kind: str, answer: str) -> None:
    """An answer that no person could give to the question."""
    options = [OPTIONS] if kind in ("choose", "several") else []

    with pytest.raises(PostmortemError, match="the script answers 'When"):
        getattr(Script([answer]), kind)(Question(text="When?", given=""), *options)
