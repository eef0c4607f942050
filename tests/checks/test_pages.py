"""Every rule has a page, and its examples are true."""

from __future__ import annotations

from importlib import import_module

import pytest

from postmortem.checks import GROUPS, LEVELS, STAGES, Rule
from postmortem.checks.catalogue import MODULES, rules
from postmortem.checks.pages import FOLDER, Page, page
from tests.checks.reports import BASE, codes, laid_over

RULES = list(rules().values())
every_rule = pytest.mark.parametrize("rule", RULES, ids=[it.code for it in RULES])


def test_the_clean_report_is_clean() -> None:
    """What the examples are laid over has no finding, not even a hint."""
    assert codes(BASE) == []


@every_rule
def test_a_weak_example_breaks_its_rule_and_no_other(rule: Rule) -> None:
    """It shows the rule, and nothing that would need another page."""
    own = page(rule.code)

    assert set(_codes(own, own.weak)) == {rule.code}


@every_rule
def test_a_better_example_is_clean(rule: Rule) -> None:
    """It nearly breaks the rule, and breaks none."""
    own = page(rule.code)

    assert _codes(own, own.better) == []


@every_rule
def test_a_page_has_the_name_of_its_rule(rule: Rule) -> None:
    """The two say the same, and a source or an owner of the reason is named."""
    own = page(rule.code)

    assert (own.code, own.name) == (rule.code, rule.name)
    assert own.what
    assert own.why


@every_rule
def test_a_rule_belongs_to_the_group_of_its_code(rule: Rule) -> None:
    """The first digit says what a rule is about."""
    assert rule.code.startswith(GROUPS[rule.group]) or rule.code.startswith("PM6")
    assert rule.severity in LEVELS
    assert rule.since in STAGES


def test_no_code_is_used_twice() -> None:
    """The second rule would take the place of the first, and nobody would see it."""
    modules = [import_module(f"postmortem.checks.{name}") for name in MODULES]
    made = {id(it): it for each in modules for it in vars(each).values()}
    found = [it for it in made.values() if isinstance(it, Rule)]

    assert len(found) == len(rules())


def test_there_is_no_page_without_a_rule() -> None:
    """A rule that goes takes its page with it."""
    assert {path.stem for path in FOLDER.glob("*.md")} == set(rules())


def _codes(own: Page, piece: str) -> list[str]:
    text = laid_over(piece)
    return codes(text, refreshed=own.code not in _AS_THEY_ARE, **own.where)


_AS_THEY_ARE = ("PM001", "PM003", "PM102", "PM110")
"""Rules whose examples cannot be refreshed, or must not."""
