"""Any title makes a name that every system takes."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.files import slug
from postmortem.files.names import BYTES, LENGTH

SLUGS = {
    "X down: failover did not take over": "x-down-failover-did-not-take-over",
    "café": "cafe",
    "cafe\u0301": "cafe",
    "Straße": "strasse",
    "İSTANBUL": "istanbul",
    "ıŞık": "ısık",
    "ﬁle №５": "file-no5",
    "it's the on-call’s": "its-the-on-calls",
    "日本語 データベース": "日本語-データベース",
    "데이터베이스 장애": "데이터베이스-장애",
    "डेटाबेस बंद": "डेटाबेस-बंद",
    "قاعدة البيانات": "قاعدة-البيانات",
    "Ёлка й": "ёлка-й",
    "👩\u200d🚒 fire": "fire",
    "1\ufe0f\u20e3 x": "1-x",
    "a\u00adb\u200bc": "abc",
    "x" * 80: "x" * 60,
    "word " * 20: "-".join(["word"] * 12),
    "a-" * 40: "-".join("a" * 30),
    "日" * 60: "日" * 33,
    "../../x": "x",
    "/abs": "abs",
    ".git/hooks/pre-commit": "git-hooks-pre-commit",
    "C:\\x": "c-x",
    "": "incident",
    ".": "incident",
    "..": "incident",
    "\0": "incident",
    "😀": "incident",
    "---": "incident",
    "\u0301": "incident",
    "con": "con-incident",
    "NUL": "nul-incident",
    "COM¹": "com1-incident",
    "lpt9": "lpt9-incident",
    ".git": "git-incident",
    "\ud800": "incident",
}

titles = st.one_of(
    st.text(),
    st.text(st.characters(categories=("L", "M", "N", "Cf", "Zs", "Cs")), max_size=90),
    st.text(alphabet="aé'’ .-/\\\0日İßﬁ\u0301\u200d９", max_size=90),
)


@pytest.mark.parametrize("title, wanted", SLUGS.items(), ids=ascii)
def test_a_title_makes_this_name(title: str, wanted: str) -> None:
    """One rule for every script."""
    assert slug(title) == wanted


@given(titles)
def test_a_slug_is_a_safe_name(title: str) -> None:
    """Letters, digits and single hyphens; short; not empty; its own slug."""
    name = slug(title)

    assert re.fullmatch(r"[^-]+(-[^-]+)*", name)
    assert {unicodedata.category(one)[0] for one in name} <= {"L", "N", "M", "P"}
    assert len(name) <= LENGTH + len("-incident")
    assert len(f"2025-05-24-{name}-99.md".encode()) <= 120
    assert len(name.encode()) <= BYTES
    assert slug(name) == name
    assert name == unicodedata.normalize("NFC", name)


@given(titles)
def test_spellings_of_one_title_make_one_name(title: str) -> None:
    """UNI-NFC: composed or not, upper or lower: no two files for what looks alike."""
    assert slug(unicodedata.normalize("NFD", title)) == slug(title)
    assert slug(unicodedata.normalize("NFKC", title)) == slug(title)
    assert slug(title.casefold()) == slug(title)
