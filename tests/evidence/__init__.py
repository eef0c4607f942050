"""Evidence for the sample a-failover, made from the story that its report tells."""

from __future__ import annotations

from tests.evidence.story import FOLDER, evidence

__all__ = ["FOLDER", "evidence"]
