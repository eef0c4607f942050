"""What looks like a credential is not shown."""

from __future__ import annotations

import pytest

from postmortem.mask import masked


@pytest.mark.parametrize(
    "text, shown",
    [
        ("https://user:pass@example.com/x", "https://***@example.com/x"),
        ("https://ghp_abc@example.com/x", "https://***@example.com/x"),
        ("ssh://git@example.com/x", "ssh://***@example.com/x"),
        ("token ghp_" + "a" * 36 + " x", "token *** x"),
        ("github_pat_" + "a1_" * 20, "***"),
        ("glpat-" + "a" * 20, "***"),
        ("xoxb-1234-5678-abcdef", "***"),
        ("AKIA" + "A" * 16, "***"),
        ("eyJhbGciOiJI.eyJzdWIiOiJ1.abc_def", "***"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
        ("authorization: basic dTpw", "authorization: basic ***"),
        ("PASSWORD=hunter2 next", "PASSWORD=*** next"),
        ("{'api_key': 'abc', 'b': 1}", "{'api_key': '***', 'b': 1}"),
        ("--token=abc --x", "--token=*** --x"),
        (
            "https://hooks.slack.com/services/T0/B0/x",
            "https://hooks.slack.com/services/***",
        ),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----",
            "*** RSA PRIVATE KEY-----",
        ),
    ],
)
def test_a_secret_is_hidden(text: str, shown: str) -> None:
    """The words around it stay, so that the message is still of use."""
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "postmortems/2025-05-24-x-down.md:47:5: action A2 has no due date",
        "commit 3f786850e387550fdab836ed7e6dc881de23001b on main",
        "write to oncall@example.com",
        "the token was missing, and the password too",
        "a1b2c3d4-0000-4000-8000-abcdefabcdef",
        "https://example.com/a@b",
    ],
)
def test_harmless_words_stay(text: str) -> None:
    """Ids, addresses and sentences about secrets hold none."""
    assert masked(text) == text
