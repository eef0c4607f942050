"""Sentences with a person's judgement of each, and how well the rules agree with it.

`learned-from.tsv` and `german.tsv` were there when the phrases were written; the two
`held-out` ones are looked at only to measure. A line is: label, field in which it
stands, sentence. Bob, Alice and Ana are people of the settings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
SETS = ("learned-from", "held-out", "german", "german-held-out")
FINE = ("fine", "fine-looks-bad")
CODES = {
    "blame": {"PM501", "PM302"},
    "counterfactual": {"PM502"},
    "judgement": {"PM503"},
    "animated": {"PM504"},
    "hedge": {"PM505"},
    "whole-outage": {"PM506"},
    "vague-action": {"PM410", "PM411"},
}
"""Which rules are about what a label says; others among them are no mistake."""
LANGUAGE = frozenset(code for codes in CODES.values() for code in codes)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One sentence, as a reviewer sees it."""

    label: str
    field: str
    text: str
    german: bool = False

    @property
    def bad(self) -> bool:
        """Whether a reviewer would want it put otherwise."""
        return self.label not in FINE


@dataclass(frozen=True, kw_only=True)
class Score:
    """How the rules fared; `alarms` and `missed` are there to be read."""

    precision: float
    """Of the sentences that the rules mark, the share that is bad."""
    recall: float
    """Of the bad sentences, the share that the rules mark."""
    alarms: Sequence[tuple[Judged, frozenset[str]]]
    missed: Sequence[Judged]
    astray: Sequence[tuple[Judged, frozenset[str]]]
    """Bad ones that are marked, and by no rule of their own label."""


def sentences(name: str) -> Sequence[Judged]:
    """Return one of the sets."""
    return tuple(_read(FOLDER / f"{name}.tsv"))


def score(judged: Sequence[tuple[Judged, frozenset[str]]]) -> Score:
    """Return how well the codes found in each sentence agree with its label."""
    marked = [(it, codes) for it, codes in judged if codes]
    right = [(it, codes) for it, codes in marked if it.bad]
    bad = sum(it.bad for it, _ in judged)
    return Score(
        precision=len(right) / len(marked),
        recall=len(right) / bad,
        alarms=[(it, codes) for it, codes in marked if not it.bad],
        missed=[it for it, codes in judged if it.bad and not codes],
        astray=[(it, codes) for it, codes in right if not codes & CODES[it.label]],
    )


def _read(path: Path) -> Iterator[Judged]:
    for line in path.read_text(encoding="utf-8").splitlines():
        label, field, text = line.split("\t")
        german = path.name.startswith("german")
        yield Judged(label=label, field=field, text=text, german=german)
