"""A person as the cause: names of the settings, however set, and in two languages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from postmortem.model import Finding
from tests.checks.reports import found

_PEOPLE = ["Bob", "Jo C. Doe", "Al", "Max", "x", "lea-1"]
_FRONT = "---\ntemplate: default 1\nstatus: draft\n---\n\n# T\n\n"


@pytest.mark.parametrize(
    "name",
    [
        "**{}**",
        "*{}*",
        "_{}_",
        "__{}__",
        "***{}***",
        "**_{}_**",
        "[{}](https://example.com/people)",
        "[@{}](https://example.com/people)",
        "[**{}**](https://example.com/people)",
        "**[{}](https://example.com/people)**",
        "[{}][rota]",
        "@{}",
    ],
)
@pytest.mark.parametrize(
    "sentence",
    [
        "{} forgot to run the migration.",
        "The outage was caused by {}.",
        "{} caused the outage.",
        "It was {}'s fault.",
        "A typo by {} took it down.",
        "{} should have checked the plan.",
    ],
)
def test_a_name_is_one_however_it_is_set(sentence: str, name: str) -> None:
    """Bold, italic or a link: who reads the page sees the name."""
    for person in ("Bob", "Jo C. Doe"):
        told = sentence.format(name.format(person))

        assert _codes(told) == ["PM501"], told


@pytest.mark.parametrize(
    "sentence",
    [
        "The snake_Bob_ forgot its position.",
        "The mask * Bob* forgot* nothing.",
        "The 2*Bob*2 forgot its sign.",
        "The **Bob-job** failed to start.",
        "The new @bob/forms forgot its state.",
        "The mail to ops@bob.example.com failed to arrive.",
        "The job bob forgot its position.",
        "The outage was caused by Max Street losing power.",
        "The outage was due to Bob\nRiver data centre losing power.",
        "The **Bobbin** forgot its position.",
        "The _x_ forgot its value.",
        "The outage was caused by **Bob's** laptop.",
        "**Bob** restarted the worker, and asked *Al* for help.",
    ],
)
def test_marks_around_a_word_make_no_name_of_it(sentence: str) -> None:
    """What is in bold is a name where the same words are one without."""
    assert _codes(sentence) == []


@pytest.mark.parametrize(
    "sentence, marked",
    [
        ("Bob and Al ignored the alert.", "Bob and Al ignored"),
        ("Bob & Al ignored the alert.", "Bob & Al ignored"),
        ("**Bob** and **Al** ignored the alert.", "**Bob** and **Al** ignored"),
        ("Bob\nand Al ignored the alert.", "Bob"),
        ("Bob, Max and Al ignored the alert.", "Bob, Max and Al ignored"),
        ("Bob, Max, and Al ignored the alert.", "Bob, Max, and Al ignored"),
        ("Bob, Max/Al ignored the alert.", "Bob, Max/Al ignored"),
        ("Ask Bob, Max, Al ignored the alert.", "Al ignored"),
        ("It was caused by Bob and Jo C. Doe.", "caused by Bob and Jo C. Doe"),
        ("Bob and Al's mistake took it down.", "Bob and Al's mistake"),
        ("Bob and Al caused the outage.", "Bob and Al caused the outage"),
        ("Bob and Al should have known.", "Bob and Al should have known"),
        ("We told Bob, and Al ignored the alert.", "Al ignored"),
    ],
)
def test_people_are_marked_together(sentence: str, marked: str) -> None:
    """One finding, on all of their names; of a finding, the first line is marked."""
    text = f"{_FRONT}## What happened\n\n{sentence}\n"

    (one,) = (it for it in _found(text) if it.code.startswith("PM5"))

    line = text.split("\n")[one.line - 1]
    assert line[one.column - 1 : one.column - 1 + one.length] == marked


@pytest.mark.parametrize(
    "sentence",
    [
        "**Bob** deleted the orders table.",
        "Bob and Al deleted the wrong table.",
        "It went down because *Bob* overwrote the routes.",
        "Bob took down production.",
        "Bob broke the build of the API.",
        "Al had dropped all of the tables.",
        "Al ran the clean-up in the wrong account.",
        "Al deleted the live bucket by mistake.",
        "Al merged it accidentally.",
        "The root cause was Bob.",
        "The cause of it all were Bob and Al.",
        "Bob was the main cause of the outage.",
        "The mistake was Bob's.",
        "The outage was due to **Bob**.",
        "The incident happened because of Bob.",
        "We blame Bob for it.",
        "Bob is to be blamed for it.",
        "The mistake was Bob's alone.",
        "The mistake was Bob's decision to skip the test.",
        "The wrong table was deleted by Bob.",
        "The bucket was accidentally emptied by **Al**.",
        "@bob deleted the wrong table.",
        "Bob deleted the live table instead of the idle one.",
        "Bob wiped the primary, which he took for the idle one.",
        "Bob wiped the primary, which did not go as planned.",
        "Bob deleted the table, and the site came back only at noon.",
    ],
)
def test_what_a_named_person_broke_makes_them_the_cause(sentence: str) -> None:
    """A role that did it may be told; a name that did it is a finger."""
    assert _codes(sentence) == ["PM501"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bob deleted the stale lock, and the queue drained.",
        "Bob dropped the limit to 100, and error rates fell.",
        "Bob deleted the bad node so that traffic could recover.",
        "An engineer deleted the orders table.",
        "Bob found that the table was deleted by mistake.",
        "Bob saw that the script had accidentally run twice.",
        "Bob opened the ticket, which the bot had closed by mistake.",
        "Nobody blamed Bob, and the form has changed.",
        "The root cause was Bob's laptop, which held the lock.",
        "The outage was short because of Bob's dashboard.",
        "The mistake was not Bob's.",
        "Because of Bob it was found within a minute.",
        "Bob ruled out the wrong region first.",
        "Bob reported that something was wrong.",
        "A message of Bob that something is wrong came at 13:20.",
        "Bob said something went wrong, and suspected the wrong host.",
        "Bob chose the region from the list.",
        "The fault was Bob's laptop.",
        "The wrong prefix was noticed by Bob.",
        "The wrong entry was removed by Bob.",
        "The wrong table was deleted by Bob's script.",
        "Al deleted two idle volumes.",
        "Al took one replica down for the drill.",
        "Al deleted the workers, and the site came back.",
        "@bob restarted the worker.",
    ],
)
def test_what_a_named_person_did_may_be_told(sentence: str) -> None:
    """What helped, what they found, and what nobody holds against them."""
    assert _codes(sentence) == []


def test_what_somebody_deleted_to_help_is_no_cause() -> None:
    """In the answer to the incident and in the timeline it is what was done."""
    said = "Bob deleted the replica."

    assert _codes(said, "## Detection and response\n\n### What ended it") == []
    assert _codes(said, "## What happened") == ["PM501"]


_GERMAN = (
    "Der Ausfall wurde von einem Entwickler verursacht.",
    "Die Störung wurde durch die Bereitschaft verursacht.",
    "Der Ausfall ist von einer Kollegin verursacht worden.",
    "Der Datenbankadministrator hat den Ausfall verursacht.",
    "Ein Techniker verursachte die Störung.",
    "Am Morgen hat der Praktikant den Ausfall verursacht.",
    "Es fiel aus, weil ein Entwickler den Ausfall verursacht hat.",
    "Der Fehler lag beim Schichtleiter.",
    "Die Schuld liegt bei der Bereitschaft.",
    "Die Ursache war der Administrator.",
    "Durch einen Fehler der Bereitschaft war die Seite nicht erreichbar.",
    "Der Fehler des Administrators hat die Datenbank gelöscht.",
    "Der Mitarbeiter machte einen Fehler.",
    "Die Kollegin hat dabei einen schweren Fehler gemacht.",
    "Der Entwickler ist für den Ausfall verantwortlich.",
    "Verantwortlich für die Störung war ein Techniker.",
    "Ein Techniker hat aus Versehen die falsche Leitung getrennt.",
    "Der Entwickler löschte versehentlich die Tabelle.",
    "Die Bereitschaft hat die Sicherung nicht geprüft.",
    "Der Administrator hat das Handbuch nicht gelesen.",
    "Der Administrator prüfte den Plan nicht.",
    "Die Bereitschaft ignorierte den Alarm.",
    "Der Entwickler übersah den fehlenden Index.",
    "Der Kollege war unaufmerksam.",
    "Der Techniker machte einen Fehler, der lange nicht sichtbar war.",
    "Der Administrator übersah die Meldung, die nicht rot war.",
    "Die Bereitschaft übersah die nicht quittierte Meldung.",
    "Die Meldung wurde von der Bereitschaft nicht gelesen.",
    "Der Techniker hat nicht aufgepasst.",
)


@pytest.mark.parametrize("sentence", _GERMAN)
def test_a_person_as_the_cause_is_found_in_german(sentence: str) -> None:
    """Plain sentences, of roles."""
    assert _codes(sentence, german=True) == ["PM501"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bob hat den Ausfall verursacht.",
        "Bob und Al haben den Ausfall verursacht.",
        "Der Ausfall wurde von **Bob** verursacht.",
        "Den Ausfall hat Bob verursacht.",
        "Die Ursache war Bob.",
        "Bob war die Ursache des Ausfalls.",
        "Bobs Fehler hat die Datenbank gelöscht.",
        "Ein Fehler von Bob hat die Datenbank gelöscht.",
        "Die Schuld liegt bei Bob.",
        "Bob war an dem Ausfall schuld.",
        "Bob löschte die Tabelle mit den Bestellungen.",
        "Bob hat die Tabelle gelöscht.",
        "Die Tabelle wurde von Bob gelöscht.",
        "Die Tabelle ist am Morgen durch **Bob** versehentlich überschrieben worden.",
        "Al hat das Skript im falschen Konto gestartet.",
        "Max hat nicht geprüft, ob die Sicherung da war.",
        "Bob löschte versehentlich die Tabelle.",
        "Wegen Bob war die Seite nicht erreichbar.",
        "Bobs Fehler wurde erst nach Stunden behoben.",
    ],
)
def test_a_name_of_the_settings_is_a_person_in_german(sentence: str) -> None:
    """With the genitive that has no apostrophe."""
    assert _codes(sentence, german=True) == ["PM501"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Ausfall wurde von einer Änderung verursacht.",
        "Eine Änderung der Entwickler hat den Ausfall verursacht.",
        "Ein Update des Dienstleisters verursachte die Störung.",
        "Die Störung wurde durch die Konsole der Bereitschaft verursacht.",
        "Der Failover wurde von der Bereitschaft ausgelöst.",
        "Der Techniker hat den Wechsel auf die Reserve ausgelöst.",
        "Die Bereitschaft hat den Dienst neu gestartet.",
        "Der Entwickler fand die versehentlich gelöschte Tabelle.",
        "Der Administrator sah, dass das Skript nicht geprüft wurde.",
        "Das Team ist für den Speicherdienst verantwortlich.",
        "Der Entwickler hat keinen Fehler gemacht.",
        "Die Ursache war der Administratorzugang, der abgelaufen war.",
        "Die Bereitschaft hat den Fehler gefunden.",
        "Die Bereitschaft hat die Konsole nicht erreicht.",
        "Die Fehlermeldung der Anwendung nannte die Datenbank nicht.",
        "Bob hat den Speicher verdoppelt, und die Seite war da.",
        "Die Ursache war Bobs Rechner, der die Sperre hielt.",
        "Bob löschte die alte Sperre, und die Warteschlange wurde kürzer.",
        "Die alte Sperre wurde von Bob gelöscht.",
        "Das Protokoll wurde von Bob gelesen.",
        "Wegen Bobs Urlaub war die Rufnummer nicht besetzt.",
        "Die Änderung von Bob hat den Ausfall verursacht.",
        "Ein Fehler im Skript der Entwickler hat die Seite getroffen.",
        "Niemand gibt Bob die Schuld.",
        "Die Ursache war nicht der Entwickler.",
        "Der Fehler lag nicht bei der Bereitschaft.",
        "Für Entwickler verursacht das mehr Arbeit.",
        "Updates des Dienstleisters verursachten die Störung.",
        "Der Techniker machte den Fehler im Protokoll sichtbar.",
        "Die Bereitschaft ignorierte die Meldung nicht, sondern rief an.",
        "Die Bereitschaft hat keinen Alarm übersehen.",
        "Niemand hat die Meldung ignoriert.",
        "Die Ursache war der Bereitschaft nicht bekannt.",
        "Die Sicherung konnte von der Bereitschaft nicht geprüft werden.",
        "Bobs Fehler ist inzwischen behoben.",
        "Die Bereitschaft las das Handbuch und startete den Dienst.",
    ],
)
def test_what_people_did_may_be_told_in_german(sentence: str) -> None:
    """What a change, a tool or a machine did, and what people did to mend it."""
    assert _codes(sentence, german=True) == []


def test_german_words_do_no_harm_in_english() -> None:
    """A report in English is not looked at for them."""
    assert _codes("The host Die was caught by the test, and that was the log.") == []


def _codes(
    sentence: str, heading: str = "## What happened", *, german: bool = False
) -> list[str]:
    around = "Die Seite und der Dienst waren in der Nacht nicht da.\n\n"
    text = f"{_FRONT}{heading}\n\n{around if german else ''}{sentence}\n"
    return [it.code for it in _found(text) if it.code.startswith("PM5")]


def _found(text: str) -> Sequence[Finding]:
    return found(text, settings={"people": _PEOPLE})
