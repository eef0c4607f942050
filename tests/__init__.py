"""The tests, which are also the manual of how things are meant to be."""

import pytest

pytest.register_assert_rewrite("tests.statements", "tests.by_hand")
