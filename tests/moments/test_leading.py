"""Where the time at the beginning of a line ends."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import moments
from tests.moments.spellings import INSTANTS

LINES = (
    "2023-07-25 14:09|: a pod does not come back",
    "2021-05-25 - 09:30 UTC|: the release goes out",
    "2021-05-25 - ~16:27 UTC|: the second try",
    "2022-02-02 1625|: a customer writes",
    "16:58 UTC| - the disk is full",
    "14:05| - 5 pods restarted",
    "14:05 UTC| - 2025 users are gone",
    "14:32| to resolve it we restart",
    "14:32 to 14:40|, the queue drains",
    "14:05| May be wrong",
    "17.07| XY looks at the graph",
    "09.15| The site is fast again",
    "Dec 16th 12:43| @oncall is paged",
    "Sep 25, 2020, 12:24 (UTC)|: the first ticket",
    "Oct 10, 2020, 11:00 UTC| The alert fires",
    "8:27 a.m.| somebody calls",
    "8:27 am|. Somebody calls",
    "12:48 (6:48 PDT)|: the last good answer",
    "20:07 EDT (00:07 UTC)|: rolled back",
    "13:05| (thrice): restarted",
    "1:46pm - 5:30pm|) and so on",
    "23:15-00:30 UTC / 16:15-17:30 PDT|: restarts",
    "01:58–02:00 CET|",
    "2026-03-25 01:41 〜 01:43|、再起動",
    "14:32|にアラート",
    "14:32 頃| アラート",
    "14:32|頃にアラート",
    "~14:05| roughly then",
    "14:05~| roughly then",
    "2026-11-20 14:05~|: roughly then",
    "14:05~| 5 pods restarted",
    "14:05~14:20| in between",
    "14:05|~then",
    "\u5348\u5f8c2:05|、再起動",
    "around 14:05| we saw it",
    "2024-08-02T08:48:53,344+0000| [main] WARN gone",
    "2024-08-02T08:48:53Z| [main] WARN gone",
    "14.00| XY/ZZ agree",
    "13:06 PM| it is over",
    "2026-02-31 10:00|: a day that is none",
    "22025-03-18 09:36|: a year of five digits",
    "1432 UTC| all is well",
    "|1432 users are gone",
    "|5 pods restarted",
    "|2025-05-24T09:05-04:002 the alert fires",
    "|9:05:7 the alert fires",
    "|9:05-3 the alert fires",
    "|9:12am EDT2 the alert fires",
    "14:05| EC2 is slow",
    "14:05| ETA unknown",
    "8:27| among the first",
    "|The pods restarted at 14:05",
    "|2025 was a good year",
    "|3.30 has a bug",
    "|2022/1000xxx/2022-1000005.json",
    "|",
    "|" + "9" * 999,
)


@pytest.mark.parametrize("line", LINES, ids=[line[:40] for line in LINES])
def test_the_time_at_the_beginning_is_found(line: str) -> None:
    """It is the longest beginning that has the form of a time, right or wrong."""
    time, _, text = line.partition("|")

    assert moments.leading(time + text) == len(time)


TIMES = sorted(
    text
    for table in INSTANTS.values()
    for text in table
    if moments.leading(text) == len(text)
    and not re.search(r"[]).]$| on | [-+\u2212]\d+$", text)
)
_OWN_WORD = re.compile(r"[\s.(\[][A-Za-z.]*$")


@given(st.sampled_from(TIMES), st.sampled_from(string.digits + string.ascii_lowercase))
def test_no_time_is_half_read(time: str, glued: str) -> None:
    """A letter or digit right behind a time makes it another time, or none.

    A letter that makes the last word another one leaves what is before that word.
    """
    end = moments.leading(f"{time}{glued} the alert fires")

    if not (glued.isalpha() and _OWN_WORD.search(time)):
        assert end in (0, len(time) + 1)
    assert end != len(time)
