"""The presets: what they make of the samples, and that a switch loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from postmortem import answers, archive, files, markdown, yamls
from postmortem.answers import Asked
from postmortem.markdown import Template
from postmortem.markdown.transfer import transfer
from postmortem.markdown.transfer.places import GAP
from postmortem.model import Report
from postmortem.settings import Settings
from postmortem.templating import Source
from tests.handwritten import USUAL, added, handwritten
from tests.laws import PRESETS, SHIPPED

HERE = Path(__file__).parent
GOLDENS = HERE / "presets"
SAMPLES = HERE.parent / "samples"
OWN = {"default": "a-failover", "sre": "b-decay"}
"""What stands in the folder of samples already."""
SHOWN = [
    *((name, sample) for name in PRESETS for sample in ("a-failover", "b-decay")),
    ("security", "c-invoices"),
]
"""No sample is about data that was taken: the last one is here alone."""
NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""Nothing here counts from the present."""

every_preset = pytest.mark.parametrize("name", PRESETS)
every_shown = pytest.mark.parametrize(
    "name, sample",
    [(name, sample) for name, sample in SHOWN if OWN.get(name) != sample],
)


@cache
def preset(name: str) -> Template:
    """Return a shipped template."""
    return markdown.load(name, (Source(path=SHIPPED, trusted=True),))


@cache
def remade(name: str, sample: str) -> Report:
    """Return the record of a sample's answers, and of those to what a preset adds."""
    text = ""
    for path in (SAMPLES / sample / "answers.yaml", GOLDENS / f"{name}-{sample}.yaml"):
        if path.exists():
            text += files.read(path).text
    chosen = yamls.load(text).entries["template"].value
    text = text.replace(f"template: {chosen}\n", f"template: {name}\n", 1)
    outline = preset(name).outline
    settings = Settings()
    levels = tuple(each.name for each in settings.severities)
    choices = {"severity": levels, "status": settings.statuses}
    asked = Asked(outline=outline, now=NOW, choices=choices)
    answered = answers.read(text, asked, path=f"{name}-{sample}")
    assert [str(each) for each in answered.problems] == []
    born = archive.birth_id(answered.report, NOW)
    return answered.report.replace(id=born, template=outline.reference)


def switched(report: Report, name: str) -> Report:
    """Return what is read of a report that is written with another preset."""
    template = preset(name)
    report = report.replace(template=template.outline.reference)
    text = markdown.write(report, template)
    reading = markdown.read(text, template)
    assert reading.findings == ()
    return reading.report


@every_shown
def test_a_preset_writes_what_is_here(
    name: str, sample: str, request: pytest.FixtureRequest
) -> None:
    """What was read by a person is what is made, byte for byte; `--update` puts it."""
    made = markdown.write(remade(name, sample), preset(name)).encode()
    path = GOLDENS / f"{name}-{sample}.md"
    if request.config.getoption("--update"):
        path.write_bytes(made)

    assert path.read_bytes() == made


@every_shown
def test_what_is_here_reads_back(name: str, sample: str) -> None:
    """With nothing to remark, and each derived line as it is written."""
    text = files.read(GOLDENS / f"{name}-{sample}.md").text

    reading = markdown.read(text, preset(name))

    assert reading.report == markdown.canonical(remade(name, sample), preset(name))
    assert reading.findings == ()
    assert markdown.stale(text, preset(name)) == ()


@every_preset
@pytest.mark.parametrize("sample", ["a-failover", "b-decay"])
def test_a_report_goes_through_a_preset_and_back(name: str, sample: str) -> None:
    """Nothing is lost on the way: what has no place is kept under a last heading."""
    default = preset("default")
    report = remade("default", sample)

    back = switched(switched(report, name), "default")

    assert back == markdown.canonical(report, default)
    assert markdown.write(back, default) == markdown.write(report, default)


@every_shown
def test_what_a_preset_adds_outlives_another(name: str, sample: str) -> None:
    """Its own fields come back from `default`, which knows none of them."""
    report = remade(name, sample)

    back = switched(switched(report, "default"), name)

    assert back == markdown.canonical(report, preset(name))


def moved(text: str, *names: str) -> str:
    """Return what a text is when it is laid out by one preset after the other."""
    for old, new in pairwise(names):
        text = transfer(text, preset(new), preset(old), in_conflict).text
    return text


def in_conflict(*texts: Sequence[str]) -> list[str]:
    """Fail: nothing of what is tried here is in conflict."""
    raise AssertionError(texts)


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "default"])
@pytest.mark.parametrize("kinds", [USUAL, ("deeper",)], ids=["usual", "deeper"])
def test_what_people_wrote_comes_back_to_its_place(
    name: str, kinds: tuple[str, ...]
) -> None:
    """Through another preset and back, the text is the same byte for byte."""
    text = handwritten(*kinds)

    there = moved(text, "default", name)

    assert moved(there, name, "default") == text
    assert [line for line in added(*kinds) if line not in there] == []


def test_what_people_wrote_goes_through_every_preset() -> None:
    """One after the other, in either direction, and back to the first bytes."""
    text = handwritten(*USUAL, "deeper")
    others = [name for name in PRESETS if name != "default"]

    assert moved(text, "default", *others, "default") == text
    assert moved(text, "default", *reversed(others), "default") == text


@pytest.mark.parametrize(
    "name, mark",
    [
        ("sre", "## Costs\n\n<!-- its place: below factors -->\n\nNone so far.\n"),
        ("minimal", "## Thanks\n\nTo the bypass crew.\n\n## Not in this template\n"),
        (
            "minimal",
            "## <!---->Deeper\n\n<!-- its place: below detection, as ### -->\n\nBy",
        ),
        ("minimal", f"Times are *measured*.\n\n{GAP}\n\nLast of the timeline.\n"),
    ],
    ids=["between", "behind all", "deeper", "around lines of ours"],
)
def test_a_place_that_a_preset_has_not_is_remembered(name: str, mark: str) -> None:
    """A comment says where it belongs, as long as it does not stand there."""
    kinds = ("deeper",) if "Deeper" in mark else ("sections", "rows")

    assert mark in moved(handwritten(*kinds), "default", name)


def test_what_stands_in_its_place_has_no_mark() -> None:
    """A report that names no other place has no comment of ours."""
    text = handwritten("sections")

    assert "its place" not in text
    assert moved(text, "default", "security").count("its place") == 1


@every_preset
def test_a_preset_says_what_it_is(name: str) -> None:
    """When to use it, what is asked first, and where its sections come from."""
    found = preset(name)

    assert found.problems == ()
    assert found.description.endswith(".")
    assert 4 <= len(found.outline.first) <= 6
    assert found.source or name in ("default", "minimal")


def test_one_name_means_one_thing() -> None:
    """A field of two presets is asked for in the same kind and columns."""
    seen: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name in PRESETS:
        for field in preset(name).outline.fields.values():
            kind = (field.kind, field.columns)
            assert seen.setdefault(field.name, kind) == kind, f"{name}: {field.name}"


def test_one_preset_is_for_few_eyes() -> None:
    """Reports of no other are refused in a repository that is open."""
    assert [name for name in PRESETS if preset(name).restricted] == ["security"]
