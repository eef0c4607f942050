"""Rules about facts: moments, events, and numbers that can be derived from them."""

from __future__ import annotations
