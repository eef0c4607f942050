"""What no report should carry is found wherever it stands, and never repeated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

import pytest

from postmortem import checks, markdown, shipped
from postmortem.checks import Subject, subject_of
from postmortem.checks.privacy import secrets
from postmortem.model import Finding
from postmortem.settings import Settings
from postmortem.templating import Source
from tests.checks.privacy.planted import LOOK_ALIKES, PERSONAL, SECRETS

PLACES = {
    "prose": "# T\n\n## Summary\n\nBefore it. {} After it.\n",
    "code": "# T\n\n## Summary\n\n```sh\n{}\n```\n",
    "cell": "# T\n\n## Timeline\n\n| Time (UTC) | Event | Source |\n"
    "| --- | --- | --- |\n| 2025-05-24 13:05 | saw `{}` | chat |\n",
    "comment": "# T\n\n<!-- {} -->\n",
    "item": "# T\n\n## Action items\n\n- [ ] **A1** rotate {} soon\n",
}


@pytest.mark.parametrize(
    "place",
    [
        "---\nseverity: {}\n---\n\n# T\n",
        "---\nstatus: {}\nrelated: [{}]\nonset: {}\nzone: {}\n---\n\n# T\n",
        "# T\n\n## Action items\n\n- [ ] **A1** rotate it (x, due {})\n",
        "# T\n\n## {}\n\nSee [it](files/{}.txt) and [that][{}].\n",
        "# T\n\n## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| {} | x |\n",
    ],
    ids=["severity", "facts", "due", "links", "time"],
)
@pytest.mark.parametrize("kind", ["aws", "github"])
def test_no_rule_quotes_a_credential(kind: str, place: str) -> None:
    """SEC-SECRETS: another rule quotes what it cannot read, and knows no secrets."""
    planted = SECRETS[kind]

    found = checks.check(_subject(place.replace("{}", planted), Settings()))

    assert "PM701" in [each.code for each in found]
    for each in found:
        assert planted not in f"{each.message} {each.hint} {each.suggestion}"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", SECRETS)
def test_a_credential_is_found_wherever_it_stands(kind: str, place: str) -> None:
    """One finding, which holds up even a draft, and does not say what it found."""
    planted = SECRETS[kind]
    if "\n" in planted and place in ("cell", "item"):
        planted = planted.replace("\n", " ")

    found = _found(PLACES[place].format(planted))

    assert [(each.code, each.severity) for each in found] == [("PM701", "error")]
    assert _leaked(found[0], planted) == ""


@pytest.mark.parametrize(
    "table",
    [
        "| user | password |\n| --- | --- |\n| root | {} |",
        "| user | **Passwort** | by |\n| :-- | --- | --- |\n| root | `{}` | ops |",
        "user | DB-Passwort\n--- | ---\nnobody | -\nroot | {}",
        "> | Kennwort |\n> | --- |\n> | **{}** |",
        "| a \\| b | pw | by |\n|---|---|---|\n| a \\| b | {} | ops |",
    ],
)
def test_a_column_says_what_its_rows_hold(table: str) -> None:
    """A table has the name once, at its head, far from what it names."""
    planted = SECRETS["pass"].removeprefix("pass: ")

    found = _found(f"# T\n\n## Summary\n\n{table.format(planted)}\n\nAfter it.\n")

    assert [each.code for each in found] == ["PM701"]
    assert found[0].length == len(planted)


@pytest.mark.parametrize("head", ["password", "Passwort", "root pw"])
def test_what_else_a_column_of_passwords_says_is_left_alone(head: str) -> None:
    """When and how it was changed, where it is kept, and what stands for it."""
    said = (
        "rotated rotated-2x 1Password Argon2id SHA-256 OPS-1234 13:05:22Z ******** "
        "2026-03-02T13:05:00Z 20260302T130500Z <taken-out-2> $DB_PASS2 kv/prod/db-2 "
        "90days 12 - P1 changeme1 4f9c02b7e1d83a65 3d12h30m"
    )
    rows = "\n".join(f"| db-1 | {each} |" for each in (*said.split(), "on 2 hosts"))
    table = f"| host | {head} |\n| --- | --- |\n{rows}\n\nTr0ub" + "4dor | x1y2z3a4\n"

    assert _found(f"# T\n\n## Summary\n\n{table}") == []


@pytest.mark.parametrize("head", ["pass", "password policy", "passwords changed"])
def test_a_column_of_something_else_has_no_passwords(head: str) -> None:
    """What passed, a rule, a count."""
    table = f"| host | {head} |\n| --- | --- |\n| db-1 | Tr0ub" + "4dor |\n"

    assert _found(f"# T\n\n## Summary\n\n{table}") == []


def test_a_key_in_pieces_is_marked_as_a_whole() -> None:
    """Bold takes nothing out of it: whoever reads the page can copy it."""
    text = (
        f"see {SECRETS['parted']} and *{SECRETS['github']}* and {SECRETS['aws']}**s**"
    )

    found = secrets.credentials(text)

    assert [text[each.start : each.end] for each in found] == [
        SECRETS["parted"].removeprefix("**"),
        SECRETS["github"],
        SECRETS["aws"],
    ]


@pytest.mark.parametrize("kind", PERSONAL)
def test_what_says_who_somebody_is_is_found(kind: str) -> None:
    """A person's address, number or card is named by its kind, and not repeated."""
    code, planted = PERSONAL[kind]

    found = _found(f"# T\n\n## Impact\n\nSeen by {planted}, who wrote to us.\n")

    assert [each.code for each in found] == [code]
    assert planted not in f"{found[0].message} {found[0].hint}"


@pytest.mark.parametrize("around", ["", "“{}”"])
@pytest.mark.parametrize(
    "zero", ["\N{ARABIC-INDIC DIGIT ZERO}", "\N{FULLWIDTH DIGIT ZERO}"]
)
def test_a_card_is_found_in_whatever_digits(zero: str, around: str) -> None:
    """Those of other scripts are read as well, wherever they stand."""
    code, planted = PERSONAL["card"]
    written = "".join(chr(ord(zero) + int(it)) if it != " " else it for it in planted)

    found = _found(f"# T\n\n## Impact\n\nPaid with {written}. {around}\n")

    assert [each.code for each in found] == [code]
    assert written[-4:] not in found[0].message


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    """Hashes, identifiers, versions, times and placeholders are everyday words here."""
    assert _found(f"# T\n\n## Summary\n\nWe saw {text} in it.\n") == []


@pytest.mark.parametrize(
    "address, told",
    [
        *(("security@ours.eu", 0), ("Support@ours.eu", 0), ("info+eu@ours.eu", 0)),
        *(("search-dev@ours.eu", 0), ("dev@ours.eu", 0), ("on-call@ours.eu", 0)),
        *(("web_team@ours.eu", 0), ("search-request@ours.eu", 0), ("NOC@ours.eu", 0)),
        *(("do-not-reply@ours.eu", 0), ("search@lists.ours.eu", 0)),
        *(("search@googlegroups.com", 0), ("search@sub.example.com", 0)),
        *(("storage.lead@ours.eu", 1), ("lead.support@ours.eu", 1)),
        *(("dev.lead@ours.eu", 1), ("supporter@ours.eu", 1), ("dev2@ours.eu", 1)),
        *(("security-lead@ours.eu", 1), ("purchasing@lists.eu", 1)),
        *(("lead@notgooglegroups.com", 1), ("lead@support.ours.eu", 1)),
    ],
)
def test_an_address_of_a_function_or_a_list_is_no_persons(
    address: str, told: int
) -> None:
    """Whoever writes to one reaches who is there, whoever that is."""
    found = _found(f"# T\n\n## Impact\n\nSeen by {address}, and told.\n")

    assert [each.code for each in found] == ["PM711"] * told


def test_an_owner_may_be_named_by_an_address() -> None:
    """The front matter says who answers for a report; that is its purpose."""
    text = "---\nowner: storage@ours.eu\n---\n\n# T\n"

    assert _found(text) == []


def test_the_terms_of_the_settings_stay_inside() -> None:
    """A customer's name is found in any case, and as a whole word only."""
    settings = Settings(terms=("Acme & Sons", "Blue"))

    found = _found("# T\n\nacme & sons saw it, blueberry not, Blue too.\n", settings)

    assert [each.code for each in found] == ["PM715", "PM715"]
    assert "acme" not in found[0].message.lower()
    assert [each.message.rpartition(": ")[2] for each in found] == [
        "a… (11 characters)",
        "B… (4 characters)",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Acme Retail",
        "AcmeRetail",
        "acme-retail.example.com",
        "acme_retail",
        "Acme\nRetail",
        "db/acmeretail",
    ],
)
def test_a_term_is_found_as_hosts_and_tenants_spell_it(said: str) -> None:
    """Where it has blanks there may be nothing, a hyphen or an underscore."""
    settings = Settings(terms=("Acme Retail", " "))

    found = _found(f"# T\n\n## Summary\n\nIt was {said} that saw it.\n", settings)

    assert [each.code for each in found] == ["PM715"]


@pytest.mark.parametrize(
    "said", ["Acme", "acme retailers", "acme--retail", "Acme/Retail", "xacmeretail"]
)
def test_other_words_are_no_term(said: str) -> None:
    """They begin or end elsewhere, or have something else between them."""
    settings = Settings(terms=("Acme Retail",))

    assert _found(f"# T\n\n## Summary\n\nIt was {said} here.\n", settings) == []


@pytest.mark.parametrize(
    "said",
    [
        "8.8.8.8 and 1.1.1.1, 8.8.4.4, 1.0.0.1, 9.9.9.9 and 149.112.112.112",
        "2001:4860:4860::8888, 2001:4860:4860:0:0:0:0:8844, 2606:4700:4700::1111",
        "2606:4700:4700::1001, 2620:fe::fe, 2620:FE::9, 8.8.8.8:53",
    ],
)
def test_public_resolvers_are_nobodys(said: str) -> None:
    """Everybody may ask them, and everybody's logs name them."""
    assert _found(f"# T\n\n## Summary\n\nDNS asks {said} as before.\n") == []


@pytest.mark.parametrize("said", ["8.8.8.7", "1.1.1.2", "2606:4700:4700::1112"])
def test_their_neighbours_are_somebodys(said: str) -> None:
    """The list is of addresses, not of networks."""
    found = _found(f"# T\n\n## Summary\n\nDNS asks {said} as before.\n")

    assert [each.code for each in found] == ["PM712"]


def test_a_credential_may_be_kept_with_a_reason() -> None:
    """The decision stands beside it, and the decision does not repeat it."""
    planted = SECRETS["github"]
    comment = "<!-- postmortem: allow PM701 because it was revoked the same day -->"

    found = _found(f"# T\n\n## Summary\n\n{planted} was in the log. {comment}\n")

    assert found == []


def test_a_key_of_several_lines_is_marked_where_it_begins() -> None:
    """On its first line, which nothing of a message repeats or breaks."""
    begin, end = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
    key = "MIIEowIBAAKCAQEA7bq2\nQ8yZ0kq1f3r5t7u9w1x3z5B7D9"
    text = f"# T\n\n## Summary\n\n```\n{begin}\n{key}\n{end}\n```\n"

    every = checks.check(_subject(text, Settings()))
    (found,) = [each for each in every if each.code == "PM701"]

    assert (found.line, found.column, found.length) == (7, 1, 20)
    assert "\n" not in found.message


def test_several_on_one_line_are_found_apart() -> None:
    """What stands inside another is part of it; what stands beside it is not."""
    text = f"{SECRETS['github']} {SECRETS['aws']} {SECRETS['address']}"

    found = secrets.credentials(text)

    assert len(found) == 3
    assert [text[it.start : it.end] in text for it in found] == [True] * 3
    assert found == sorted(found, key=lambda it: it.start)


@pytest.mark.parametrize(
    "text", ["{}.", "{}: we", "**{}.** We", "**{}**. We", "{}.\n\nWe", "`{}`."]
)
@pytest.mark.parametrize("name", ["the token was ", "DB_PASSWORD=", "curl -u app:"])
def test_the_end_of_a_sentence_is_no_part_of_it(name: str, text: str) -> None:
    """Its length is told, and what stands behind it is not counted."""
    planted = SECRETS["bare"].removeprefix("api token ")
    said = text.replace("{}", f"{name}{planted}")

    (found,) = secrets.credentials(said)

    assert said[found.start : found.end] == planted


def test_dots_that_leave_something_out_stand_for_it() -> None:
    """Without them it would look like a credential."""
    assert not secrets.credentials("DB_PASSWORD=abcdef12... and so on")


def test_the_patterns_are_linear() -> None:
    """A megabyte of what nearly matches takes no longer than a megabyte may."""
    import time

    pieces = (
        "a.|key=|://:|eyJ|+1 2|4111 |1.1.|a@|::|password is |mysql -p|mysql |"
        "token=aA1/|token is |api key |curl -u|curl a:|curl \\\n|key for x |6f1c02b7-|"
        "redis-cli |redis-cli -a|token aA1/bB2+cC3/|token (((|mongosh |mongosh -p |"
        "docker login |docker a login -p |ldapsearch -w|unzip -P | --a-a-a-password |"
        "pass: |pw=|a*b|**a**b |admin / |login admin / |DB_PASS=aB1|**Password:** |"
        "token=abc123"
    )
    tables = (
        "\n| pw |",
        "\n| password |\n|-|\n",
        "\n| password |\n|-|\n" + "| a1" * 99,
    )
    for piece in (*pieces.split("|"), *tables, f"{SECRETS['parted']} "):
        begin = time.perf_counter()
        _found("# T\n\n" + piece * (200_000 // len(piece)))
        assert time.perf_counter() - begin < 20, piece
    begin = time.perf_counter()
    _found(f"# T\n\n-----BEGIN PRIVATE KEY-----\nMIIE{' ' * 200_000}x\n")
    assert time.perf_counter() - begin < 20


def test_a_name_in_letters_that_only_look_small_is_found() -> None:
    """The Kelvin sign is a k to whoever reads it, and to a pattern without case."""
    assert _found("# T\n\n## Summary\n\nto\u212aen: abcdef0123456789XYZ\n")


def _leaked(finding: Finding, planted: str) -> str:
    """Return a stretch of nine characters that a finding repeats; words are none."""
    said = f"{finding.message} {finding.hint} {finding.suggestion}"
    stretches = (planted[at : at + 9] for at in range(len(planted) - 8))
    repeated = (it for it in stretches if it in said)
    return next((it for it in repeated if not it.replace(" ", "").isalpha()), "")


def _found(text: str, settings: Settings | None = None) -> Sequence[Finding]:
    found = checks.check(_subject(text, settings or Settings()))
    return [each for each in found if each.code.startswith("PM7")]


def _subject(text: str, settings: Settings) -> Subject:
    outline = _outline()
    return subject_of(
        text,
        markdown.read(text, outline),
        outline,
        path="t.md",
        now=datetime(2025, 6, 1, tzinfo=UTC),
        settings=settings,
    )


@cache
def _outline() -> markdown.Outline:
    folder = shipped.templates_folder() / "reports"
    return markdown.load("default", (Source(path=folder, trusted=True),)).outline
