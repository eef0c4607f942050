"""Rules about actions: each a promise that somebody can keep and anybody can see."""

from __future__ import annotations
