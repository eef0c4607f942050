"""What people put into a heading besides its words stays when the heading changes."""

from __future__ import annotations

import pytest

from postmortem import markdown
from postmortem.errors import Refused
from postmortem.model import Report
from tests.laws import template

REPORT = """---
template: default
status: draft
severity: SEV-2
---

{title}

## Summary

The cache was purged.
"""


def _renamed(title: str, new: str) -> str:
    text = REPORT.format(title=title)
    report = markdown.read(text, template("default")).report
    done = markdown.rewrite(text, report.replace(title=new), template("default"))
    assert markdown.refresh(done, template("default")) == done
    return done.removeprefix("---").split("---\n\n", 1)[1].split("\n\n## Summary")[0]


def _read(text: str) -> Report:
    return markdown.read(text, template("default")).report


@pytest.mark.parametrize(
    "title, renamed",
    [
        ("# Cache <!-- legal agreed -->", "# Purge <!-- legal agreed -->"),
        ("# Cache <!-- legal agreed --> #", "# Purge <!-- legal agreed -->"),
        ("# Cache <!-- the first --> is gone", "# Purge <!-- the first -->"),
        ("# Cache <!-- one --> <!-- two -->", "# Purge <!-- one --> <!-- two -->"),
        ("Cache <!-- one -->\n=====", "# Purge <!-- one -->"),
        ("# Cache {#cache}", "# Purge {#cache}"),
        ("# Cache {: .wide key=said }", "# Purge {: .wide key=said }"),
        ("# Cache <!-- one -->{#cache}", "# Purge <!-- one -->{#cache}"),
        ('# Cache <a name="cache"></a>', '# Purge <a name="cache"></a>'),
        ("# Cache[^1]", "# Purge[^1]"),
        ("# Cache ![map](map.png)", "# Purge ![map](map.png)"),
        ("# No deploys to {region}", "# Purge"),
        ("# Cache `<!-- shown -->`", "# Purge"),
        ("# Cache \\<!-- shown -->", "# Purge"),
        ("# **Cache** is [gone](https://example.org)", "# Purge"),
    ],
)
def test_what_hangs_on_a_title_stays_behind_the_new_one(
    title: str, renamed: str
) -> None:
    """Comments, attributes, notes and images are no words of the old title."""
    assert _renamed(title, "Purge") == renamed


def test_a_comment_that_the_new_title_says_is_there_once() -> None:
    """Who edits the whole line keeps the comment, and it stays hidden."""
    assert _renamed("# Cache <!-- one -->", "Purge \\<!-- one --> again") == (
        "# Purge <!-- one --> again"
    )


def test_a_title_is_not_taken_out_of_a_line_that_says_more() -> None:
    """A comment on the title would be left with no title."""
    text = REPORT.format(title="# Cache <!-- legal agreed -->")

    with pytest.raises(Refused, match="comment"):
        markdown.rewrite(text, _read(text).replace(title=None), template("default"))
