"""Lengths of time in prose, held against what the moments give."""

from __future__ import annotations

import pytest

from tests.checks.reports import codes, found, laid_over

FITS = (
    "The outage lasted 1 h 20 min.",
    "The outage lasted 80 minutes, and more was to come.",
    "The outage lasted about an hour.",
    "An outage of less than two hours.",
    "TTR: 1h20m.",
    "Checkout was down for 20 minutes for some.",
    "It was noticed after 6 minutes.",
    "It was detected within 10 minutes.",
    "The batteries lasted two minutes.",
    'It said "the outage lasted three hours".',
    "`time to detect 40 min` is what the tool printed.",
    "A 20-minute outage of checkout, for some.",
    "Total downtime: 20 minutes in one region.",
    "The queue was scaled down 5 hours later.",
    "The plan allows 5 hours of downtime a year.",
    "Customers were told within 24 hours of the outage.",
    "It was 3 days without incident.",
    "The 30-day incident review found it.",
    "That leaves 4 hours of downtime budget.",
    "The plan allows 2 hours downtime.",
    "There were 8 hours downtime in a year.",
    "The provider had a 5 hour outage the week before.",
    "It is not the 2 hours outage of last year.",
    "It went down 3 days after the release.",
    "The job scales down 2 hours after midnight.",
    "Traffic was down 2 hours later.",
    "We had seen no incident for 90 days.",
    "There had been no outage for 200 days.",
    "We kept the feature offline for 2 days.",
    "The old export stays unavailable for 14 days.",
    "It was put down for 3 hours for maintenance.",
    "It took 80 minutes to resolve.",
    "It took us 74 minutes to resolve it.",
    "It took about an hour to recover.",
    "It took us 6 minutes to detect it.",
    "It took 50 minutes to mitigate the incident.",
    "It took 20 minutes to resolve the second name.",
    "The lock took 20 minutes to resolve.",
    "The watchdog took 40 seconds to detect it.",
    "It took 90 minutes to recover the backup of another service.",
    "It took 2 minutes to acknowledge the page.",
    "The incident took 6 minutes to detect.",
    "It took checkout down for 80 minutes.",
    "It took the site down for 20 minutes.",
    "We took the old site down for 3 days for maintenance.",
    "The rollback itself took nine minutes.",
    "For users in one region it was down 20 minutes.",
    "It was down for users in one region 20 minutes.",
    "Orders were refused for 24 of 29 minutes.",
    "The incident was over in 80 minutes.",
    "The outage was over within two hours.",
    "The copy was over in 20 minutes.",
    "Downtime was 80 minutes.",
    "Downtime was 20 minutes in one region.",
    "The outage was 3 days after the release.",
    "We noticed it 6 minutes after it began.",
    "We noticed it 40 minutes after the release.",
    "A customer noticed it 40 minutes after it began.",
    "The second peak was noticed 20 minutes after it began.",
    "Detection took 6 minutes.",
    "The detection job took 45 minutes.",
    "Die Störung dauerte 80 Minuten.",
    "Die Störung dauerte 1 Stunde und 20 Minuten.",
    "Der Ausfall dauerte gut eine Stunde.",
    "Der Ausfall dauerte 1,3 Stunden.",
    "Die Umstellung dauerte drei Stunden.",
    "Der erste Ausfall dauerte vier Minuten.",
    "The first outage lasted four minutes, the second outage was over in nine minutes.",
    "Each interruption of two minutes was seen.",
    "Time to recover was 80 minutes.",
    "Our mean time to recover was 3 hours.",
    "The time to restore the old backup was 3 hours.",
    "Half of it failed from 10:00 to 11:20 UTC, for a total of 80 minutes.",
    "It failed from 11:40 to 1:10 (90 minutes).",
    "It failed from 23:50 to 00:20 UTC (30 minutes).",
    "It failed from 10:00 UTC to 11:00 CET (120 minutes).",
    "It failed in waves from 10:00 to 11:20, for a total of 12 minutes.",
    "It failed from 10:00 to 11:20, for 12 minutes.",
    "It failed from 10:00 to 11:20 (12 minutes of it unseen).",
    "It was read from 10:00 to 11:20, about an hour and a half.",
    "A report runs between 10:00 and 11:20 for 3 days.",
    "Der Dienst fehlte von 10:00 bis 11:20 Uhr, insgesamt 80 Minuten.",
    "Der Dienst fehlte zeitweise von 10:00 bis 11:20 Uhr, insgesamt 12 Minuten.",
    "Der Ausfall dauerte weniger als zwei Stunden.",
)
DIFFERS = (
    "The outage lasted two hours.",
    "The incident took 3 h 5 min.",
    "Time to detect was 16 minutes.",
    "MTTR was 3 h.",
    "Checkout was down for two days.",
    "It was noticed after twenty minutes.",
    "Down for 5 hours, most of it unnoticed.",
    "Checkout had been down for 5 hours.",
    "Checkout was unavailable 5 hours.",
    "A 5-hour outage of checkout.",
    "All saw 5 hours of\ndowntime.",
    "Total downtime: 5 hours.",
    "Full outage for 5h.",
    "It took 90 minutes to resolve.",
    "The incident took ninety minutes to resolve, and more was to come.",
    "It took 20 minutes to resolve.",
    "It took us 90 minutes to\ndetect it.",
    "It took two hours to recover from the outage.",
    "It took the team 3 h to mitigate it.",
    "The queue took 5 hours to recover.",
    "It took 30 minutes to acknowledge the page.",
    "It took checkout down for two hours.",
    "The change took the whole\nsite offline for 3 h.",
    "The incident was over in 20 minutes.",
    "The outage was over within 20 minutes.",
    "The total downtime was 3 hours.",
    "We noticed it 40 minutes after it began.",
    "It was only noticed 40 minutes after onset.",
    "The problem was first detected 40 minutes after the outage started.",
    "Detection took 45 minutes.",
    "A four-hour outage of checkout.",
    "Time to recover was 3 hours.",
    "The time to restore service was 20 minutes.",
    "Carts were lost from 10:00 to 11:20 UTC, a total of 50 minutes.",
    "Carts were lost from 10:00 to 11:20 (2 h 20 min).",
    "Carts were lost between 23:50 and 00:20, for two hours.",
    "Der Dienst fehlte von 10:00 bis 11:20 Uhr, insgesamt 50 Minuten lang.",
    "Der Dienst fehlte zwischen 10:00 und 11:20 (zwei Stunden).",
    "Die Störung dauerte zwei Stunden.",
    "Der Ausfall dauerte nur eine halbe Stunde.",
    "Die Unterbrechung dauerte insgesamt 25 Minuten.",
    "Der Ausfall dauerte etwa 3,5 Std.",
)
FORMULAS = (
    ("The outage lasted two hours.", "", "1 h 20 min (resolved - onset)"),
    ("Checkout was down for 5 hours.", "", "1 h 20 min (resolved - onset)"),
    ("A 5-hour outage of checkout.", "", "1 h 20 min (resolved - onset)"),
    ("It took 3 hours to resolve.", "", "1 h 20 min (resolved - onset)"),
    ("The incident took 3 hours to resolve.", "", "1 h 20 min (resolved - onset)"),
    ("The incident took 3 hours to detect.", "", "6 min (detected - onset)"),
    ("It took 3 hours to mitigate it.", "", "50 min (mitigated - onset)"),
    ("It took 3 hours to detect it.", "", "6 min (detected - onset)"),
    ("Time to detect was 3 hours.", "", "6 min (detected - onset)"),
    ("It was noticed after 3 hours.", "", "6 min (detected - onset)"),
    ("We noticed it 3 hours after it began.", "", "6 min (detected - onset)"),
    ("Der Ausfall dauerte 5 Stunden.", "", "1 h 20 min (resolved - onset)"),
    ("The outage lasted 5 hours.", "resolved:", "50 min (mitigated - onset)"),
    ("It took 5 hours to resolve.", "resolved:", "50 min (mitigated - onset)"),
    ("Down for 5 hours.", "resolved:", "50 min (mitigated - onset)"),
    ("Down for 5 hours.", "onset:", "1 h 14 min (resolved - detected)"),
    (
        "Down for 5 hours.",
        "detected: 2026-03-02T09:00Z",
        "1 h 20 min (resolved - onset)",
    ),
)


@pytest.mark.parametrize("sentence", FITS)
def test_what_the_moments_allow_is_let_be(sentence: str) -> None:
    """Rounding, a part of the incident, another thing's length, and quotes."""
    assert "PM125" not in codes(laid_over(f"## Summary\n\n{sentence}\n"))


@pytest.mark.parametrize("sentence", DIFFERS)
def test_what_the_moments_contradict_is_found(sentence: str) -> None:
    """In words, in digits, and by the name of a duration."""
    assert "PM125" in codes(laid_over(f"## Summary\n\n{sentence}\n"))


@pytest.mark.parametrize(
    "said, told",
    [
        ("**Duration:** 2 h; **Start:** D 10:00 UTC; **End:** D 11:20 UTC", 1),
        ("| Began | D 10:00 |; | Ended | D 11:20 |; | Duration | 2 h |", 1),
        ("Beginn: D 10:00; Ende: D 11:20; Dauer: zwei Stunden", 1),
        ("**Duration:** 1 h 20 min; **Start:** D 10:00; **End:** D 11:20", 0),
        ("**Duration:** 2 h; **Start:** D 10:00 UTC; **End:** D 11:20 CET", 0),
        ("**Duration:** 2 h for some; **Start:** D 10:00; **End:** D 11:20", 0),
        ("Duration: 2 h; ; ; ; ; Start: D 10:00; End: D 11:20", 0),
        ("Duration: 2 h; Start: D 10:00; End: D 11:20; End: D 12:00", 0),
    ],
)
def test_a_length_under_a_label_is_held_against_those_beside_it(
    said: str, told: int
) -> None:
    """In reports of any form, where the labels stand together."""
    labels = said.replace("; ", "\n").replace(" D ", " 2026-03-02 ")
    text = f"# Outage\n\n{labels}\n\n## Summary\n\nIt ended.\n"

    assert codes(text).count("PM125") == told


def test_each_of_two_lengths_is_told_once() -> None:
    """However near they stand."""
    said = "A 3-hour outage.\n\nA four-hour outage."
    told = found(laid_over(f"## Summary\n\n{said}\n"))

    assert [it.message.rpartition(" not ")[2] for it in told] == ["3-hour", "four-hour"]


@pytest.mark.parametrize("sentence, front, told", FORMULAS)
def test_a_finding_says_which_moments_it_holds_against(
    sentence: str, front: str, told: str
) -> None:
    """From the onset where it is known, and to the first end that is known."""
    piece = f"---\n{front}\n---\n## Summary\n\n{sentence}\n"

    (message,) = (
        each.message
        for each in found(laid_over(piece if front else piece[9:]))
        if each.code == "PM125"
    )

    assert message.startswith(f"the moments give {told}, and not ")


@pytest.mark.parametrize(
    "said, told",
    [
        ("The old plan took its usual 44 minutes.", 0),
        ("Der alte Plan brauchte die üblichen 44 Minuten.", 0),
        ("The old plan took as long as it does.", 1),
        ("The old plan took four minutes.", 1),
    ],
)
def test_a_gap_that_the_prose_explains_is_none(said: str, told: int) -> None:
    """What took as long is what went on."""
    rows = (
        "| 2026-03-02 09:55 | **change:** the cache gets a new size | deploy log |\n"
        "| 2026-03-02 10:06 | **detected:** the alert on slow orders pages | pager |\n"
        "| 2026-03-02 10:50 | **mitigated:** half of the cache is warm | metrics |\n"
    )
    head = "| Time (UTC) | Event | Source |\n| --- | --- | --- |\n"
    piece = f"## Timeline\n\n{head}{rows}\n### What slowed us\n\n{said}\n"

    assert codes(laid_over(piece), refreshed=True).count("PM116") == told
