"""A terminal for each test that wants one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.prompts.sitting import Sitting

Sit = Callable[..., Sitting]


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sit]:
    """Return what starts a question in a terminal, and ends it after the test.

    With `early`, it is not waited for.
    """
    started: list[Sitting] = []

    def _sit(kind: str, *, early: bool = False, **more: Any) -> Sitting:
        names = ("rows", "columns", "variables", "echo")
        size = {name: more.pop(name) for name in names if name in more}
        sitting = Sitting({"kind": kind, **more}, tmp_path, **size)
        started.append(sitting)
        if not early:
            sitting.ready()
        return sitting

    yield _sit
    for sitting in started:
        sitting.leave()
