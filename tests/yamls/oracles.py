"""Other readers of YAML and of front matter, to agree with."""

from __future__ import annotations

import io
import re
from typing import Any

import yaml
from ruamel.yaml import YAML


class Guessing(yaml.SafeLoader):
    """YAML 1.1 as PyYAML reads it, and every guess that other readers add."""


Guessing.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"[yYnN]$"), list("yYnN")
)
Guessing.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)
Guessing.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"(0o[0-7]+|0b[01]+|0x[0-9a-fA-F]+)$"), ["0"]
)


def yaml_1_1(text: str) -> Any:
    """Read as PyYAML does."""
    return yaml.safe_load(text)


def yaml_guessing(text: str) -> Any:
    """Read as the most eager reader would."""
    return yaml.load(text, Loader=Guessing)  # noqa: S506


def yaml_1_2(text: str) -> Any:
    """Read as ruamel.yaml does."""
    return YAML(typ="safe", pure=True).load(io.StringIO(text))


READERS = (yaml_1_1, yaml_guessing, yaml_1_2)


def front_by_dashes(text: str) -> str:
    """Return front matter as a reader finds it that looks for any line of dashes."""
    return re.split(r"^-{3,}\s*$", text, maxsplit=2, flags=re.MULTILINE)[1]


def front_by_markdown(text: str) -> str:
    """Return front matter as the plugin of markdown-it-py finds it."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.front_matter import front_matter_plugin

    tokens = MarkdownIt().use(front_matter_plugin).parse(text)
    return str(tokens[0].content) if tokens[0].type == "front_matter" else ""
