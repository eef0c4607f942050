"""Every rule there is, by its code: one line here for each module of rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from postmortem.checks.rules import Rule

MODULES = (
    "structure",
    "facts.moments",
    "facts.events",
    "facts.prose",
    "facts.parts",
    "completeness.asked",
    "completeness.told",
    "causes",
    "actions.promises",
    "actions.wording",
    "actions.whole",
    "form",
    "newcomers",
    "scales",
    "allowed",
    "hidden",
    "workflow",
    "wording",
    "privacy",
)
"""Modules of this room; a rule is any `Rule` that a module holds, private or not."""


@cache
def rules() -> Mapping[str, Rule]:
    """Return the rules by code, in the order of their codes."""
    found = [
        each
        for name in MODULES
        for each in vars(import_module(f"postmortem.checks.{name}")).values()
        if isinstance(each, Rule)
    ]
    return {each.code: each for each in sorted(found, key=lambda each: each.code)}
