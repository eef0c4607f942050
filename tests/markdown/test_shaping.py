"""What authors of templates can have shown in other ways: each as the README says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from postmortem import markdown, model
from postmortem.errors import PostmortemError
from postmortem.markdown import Template
from postmortem.markdown.inspection import inspect
from postmortem.markdown.shaping import NAMES
from postmortem.markdown.shaping.diagrams import MOST, label
from postmortem.model import Action, Event, Factor, Moment, Report
from postmortem.templating import Source, Worker
from tests import hostile

README = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")
START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)
REPORT = Report(
    title="X down",
    zone="Europe/Paris",
    onset=Moment(at=START),
    detected=Moment(at=START + timedelta(minutes=7)),
    identified=Moment(at=START + timedelta(minutes=25)),
    timeline=(
        Event(at=START, text="one data centre loses power"),
        Event(
            at=START + timedelta(minutes=7),
            text="customers report it",
            kind="detected",
        ),
    ),
    factors=(
        Factor(key="F1", kind="root", text="the failover is never tried as a whole"),
        Factor(key="F2", kind="safeguard", text="it did not take over", cause="F1"),
    ),
    actions=(
        Action(
            key="A1",
            text="Fail over for real once a month",
            owner="Storage on-call",
            link="OPS-12",
        ),
        Action(key="A2", text="Page on missing data"),
    ),
    open_questions=("Why did the batteries not carry it?",),
)
_ROW = re.compile(r"^\| `(?P<wrote>\{\{.*)`(?:, .*)? \| (?P<said>.*) \|$", re.MULTILINE)
_SHOWN = re.compile(
    r"```jinja\n(?P<wrote>.*?)\n```\n\n(?P<fence>`{3,})markdown\n(?P<said>.*?)\n(?P=fence)\n",
    re.DOTALL,
)

Made = Callable[..., Template]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return how a template of that body is made."""

    def template(body: str, *, trusted: bool = True, **more: Any) -> Template:
        text = f"---\nversion: 1\n---\n# {{{{ title }}}}\n\n{body}\n"
        (tmp_path / "own.md.j2").write_text(text, encoding="utf-8")
        return markdown.load("own", (Source(path=tmp_path, trusted=trusted),), **more)

    return template


def examples() -> Iterator[tuple[str, str]]:
    """Yield what the README says that authors write, and what reports then say."""
    for found in (*_ROW.finditer(README), *_SHOWN.finditer(README)):
        yield found["wrote"].replace("\\|", "|"), found["said"]


def body(text: str) -> str:
    """Return what stands below the title, without comments and the last section."""
    below = text.partition("# X down\n\n")[2].partition("## Not in this")[0]
    return re.sub(r"<!--.*-->", "", below).strip()


@pytest.mark.parametrize("wrote, said", list(examples()))
def test_an_example_of_the_readme_is_true(made: Made, wrote: str, said: str) -> None:
    """It gives what stands beside it, for an incident of the README."""
    assert body(markdown.write(REPORT, made(wrote))) == said


def test_every_word_has_an_example() -> None:
    """What nobody can read about is not there."""
    shown = " ".join(wrote for wrote, _ in examples())

    assert [name for name in NAMES if f"| {name}" not in shown] == []


@pytest.mark.parametrize(
    "wrote, said",
    [
        ("{{ mitigated | since(onset) }}.", "."),
        ("{{ onset | since(detected) }}", "-7 min"),
        ("{{ mitigated | in_zone }}.", "."),
        ('{{ "early" | in_zone }}', "early"),
        ('{{ onset | in_zone("PT") }}', "2025-05-24 06:05 PT"),
        ("{{ none | humanised }}.", "."),
        ('{{ 1 | count_of("retry", "retries") }}', "1 retry"),
        ('{{ revisions | count_of("change") }}', "0 changes"),
        ('{{ "OPS-1, #7" | linked("https://t.example/{}") }}', "both"),
        ('{{ "a [b](c)" | linked("https://t.example/{}") }}', "a [b](c)"),
        ("{{ revisions | as_table }}", ""),
        ("{{ open_questions | as_list }}", "- Why did the batteries not carry it?"),
        ("{{ factors | selectattr('key', 'equalto', 'F2') | mermaid_graph }}", ""),
    ],
)
def test_what_is_not_known_says_nothing(made: Made, wrote: str, said: str) -> None:
    """And what is no instant or id stays as somebody said it."""
    both = "[OPS-1](https://t.example/OPS-1), [#7](https://t.example/7)"

    assert body(markdown.write(REPORT, made(wrote))) == (
        both if said == "both" else said
    )


@pytest.mark.parametrize(
    "wrote, message",
    [
        ('{{ actions | as_table("ownr") }}', "as_table: the rows have no part 'ownr'"),
        ('{{ actions | as_table("key", heads=["a", "b"]) }}', "1 columns and 2 heads"),
        ("{{ title | as_list }}", "as_list takes rows"),
        ("{{ open_questions | mermaid_graph }}", "takes rows with parts"),
        ('{{ onset | in_zone("Europe/Pari") }}', "no zone is called"),
        ('{{ timeline | mermaid_timeline("Nowhere") }}', "no zone is called"),
        ("{{ title | humanised }}", "humanised takes a number"),
        ('{{ 5 | humanised("minute") }}', "'minute' is no unit of time"),
        ("{{ (10 ** 30) | humanised }}", "is no length of time"),
        ('{{ title | count_of("word") }}', "count_of takes rows or a number"),
        ('{{ title | linked("https://t.example/") }}', "with one {} in it"),
    ],
)
def test_a_mistake_is_said_on_its_line(made: Made, wrote: str, message: str) -> None:
    """With what is wrong, before there is any report."""
    with pytest.raises(PostmortemError, match=re.escape(message)) as raised:
        made(wrote)

    assert raised.value.problem.line == 6


@pytest.mark.parametrize(
    "wrote",
    [
        "Here: {{ actions | as_list }}",
        "{% for each in actions %}\n{{ [each] | as_list }}\n{% endfor %}",
        "```\n{{ actions | as_list }}\n```",
    ],
)
def test_a_panel_stands_alone(made: Made, wrote: str) -> None:
    """Beside other text, in a loop or in code the check finds it."""
    rows = (
        "\n\n## A\n\n{% for action in actions %}\n"
        "- **{{ action.key }}** {{ action.text }}\n{% endfor %}"
    )

    found = inspect(made(wrote + rows), records=0).problems

    assert [each.message for each in found][:1] == [
        "what as_list makes shares its place with something else"
    ]


def test_what_is_not_trusted_has_them_too(made: Made) -> None:
    """The child that runs a repository's templates knows the same words."""
    with Worker() as worker:
        template = made("{{ factors | mermaid_graph }}", trusted=False, worker=worker)

        assert "F1 --> F2" in markdown.write(REPORT, template)


@given(hostile.said)
def test_a_label_ends_nothing(said: str) -> None:
    """It has no quote, bracket, fence, comment, line break or HTML."""
    made = label(said)

    assert re.fullmatch(r"(?:[\w .,+\-/()'!?~]|[^\x00-\x7f]|#\d+;)+", made)
    assert "_" not in made
    assert made.strip() == made


def test_a_label_says_the_same() -> None:
    """Its entities are the characters that they stand for."""
    said = '<b>a</b> `b` "c" [d](e) #1; x | {f} & 50% ﬂ\n- g'

    drawn = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label(said))

    assert drawn == said.replace("\n", " ")


def test_a_large_diagram_says_what_it_leaves_out(made: Made) -> None:
    """Beyond what forges draw the last line counts the others."""
    events = tuple(Event(at=START, text=str(number)) for number in range(MOST + 3))

    text = markdown.write(
        Report(timeline=events), made("{{ timeline | mermaid_timeline }}")
    )

    assert "        ? : and 3 more\n```" in text


def test_every_action_part_can_be_a_column(made: Made) -> None:
    """Without names all parts of a row are shown, times with their zone."""
    text = markdown.write(REPORT, made("{{ timeline | as_table }}"))

    assert "| At | Kind | Text | Source | Link |" in text
    assert "| 2025-05-24 13:12 UTC | detected | customers report it | | |" in text
    assert model.DONE not in text
