"""Rules about what is missing: asked for once a report is in review, not before."""

from __future__ import annotations
