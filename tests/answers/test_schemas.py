"""The schema says what is read, so that an editor and CI can tell before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from postmortem import yamls
from postmortem.answers import Asked, read, schema
from postmortem.settings import Settings
from tests.answers.test_reading import WHOLE


def _errors(asked: Asked, told: Any) -> list[str]:
    made = schema(asked.outline, asked.choices)
    jsonschema.Draft202012Validator.check_schema(made)
    checker = jsonschema.Draft202012Validator(made)
    return [each.json_path for each in checker.iter_errors(told)]


def _plain(text: str) -> Any:
    return yamls.load(text).tree()


def test_it_takes_what_is_read(asked: Asked) -> None:
    """A file that uses every form is valid, but for the spelling of its choices."""
    told = _plain(WHOLE.replace("sev-1", "SEV-1").replace("In-Progress", "in progress"))
    told["timeline"][3] = "9:30 alert: disk full"

    assert _errors(asked, told) == []


def test_it_takes_what_says_nothing(asked: Asked) -> None:
    """Every field may be left open, or known to be none where it is a list."""
    names = [name for name in asked.fields if name not in ("title", "retired")]
    lists = (
        "services",
        "timeline",
        "actions",
        "factors",
        "revisions",
        "open_questions",
    )

    assert _errors(asked, {"title": "X"} | dict.fromkeys(names)) == []
    assert _errors(asked, {"title": "X"} | {name: [] for name in lists}) == []


@pytest.mark.parametrize(
    "told, path",
    [
        ({}, "$"),
        ({"title": "X", "titel": "Y"}, "$"),
        ({"title": ["X"]}, "$.title"),
        ({"title": "X", "severity": "SEV-9"}, "$.severity"),
        ({"title": "X", "timeline": {}}, "$.timeline"),
        ({"title": "X", "timeline": [{"at": "13:05"}]}, "$.timeline"),
        ({"title": "X", "timeline": [{"text": "x", "knd": "y"}]}, "$.timeline"),
        ({"title": "X", "actions": [{"text": "x", "key": "1"}]}, "$.actions"),
        ({"title": "X", "actions": [{"text": "x", "status": "gone"}]}, "$.actions"),
        ({"title": "X", "summary": {"a": "b"}}, "$.summary"),
    ],
)
def test_it_refuses_what_is_a_mistake(asked: Asked, told: Any, path: str) -> None:
    """At the place of the mistake."""
    assert _errors(asked, told) == [path]


def test_every_field_says_what_is_asked(own: Asked) -> None:
    """Its title and its question are what an editor shows beside it."""
    made = schema(own.outline)

    properties = made["properties"]
    assert properties["weather"]["description"] == "What was the weather that day?"
    assert properties["where"]["anyOf"][0] == {"enum": ["east", "west"]}
    assert made["required"] == ["title", "weather"]
    assert made["additionalProperties"] is False
    assert all(each["title"] and each["description"] for each in properties.values())
    assert "(not in this template)" in properties["summary"]["description"]


@pytest.mark.parametrize(
    "told",
    [
        {"title": "X", "weather": "w", "users": 12, "planned": True, "day": "fri"},
        {"title": "X", "weather": [], "which": ["red"], "where": "east"},
        {"title": "X", "weather": "w", "costs": [{"what": "a"}, ["b", "c"]]},
    ],
)
def test_what_is_valid_is_read(own: Asked, told: dict[str, Any]) -> None:
    """What a checker lets pass is no mistake later."""
    import json

    assert _errors(own, told) == []
    assert read(json.dumps(told), own).problems == ()


def test_the_sample_answers_are_valid(asked: Asked) -> None:
    """They are what people copy; the severities are the usual ones."""
    usual = tuple(each.name for each in Settings().severities)
    asked = replace(asked, choices={"severity": usual, "status": Settings().statuses})
    samples = Path(__file__).resolve().parents[2] / "samples"
    found = (*samples.rglob("answers*.yaml"), *samples.rglob("answers*.json"))

    wrong = {
        str(path): errors
        for path in found
        if (errors := _errors(asked, _plain(path.read_text(encoding="utf-8"))))
    }

    assert wrong == {}
