"""How a report speaks: words that blame, judge, or blur how a thing is known."""

from __future__ import annotations

from postmortem.checks.wording.rules import (
    animated,
    blame,
    counterfactual,
    hedge,
    judgement,
    whole,
)

__all__ = ["animated", "blame", "counterfactual", "hedge", "judgement", "whole"]
