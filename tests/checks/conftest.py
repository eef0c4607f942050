"""The stage of the commands' tests, for the tests of `check`."""

from __future__ import annotations

from tests.commands.conftest import plain, stage, unborn

__all__ = ["plain", "stage", "unborn"]
