"""`python -m tests.bench [NAME ...]` runs the comparisons and prints median ratios.

A comparison is a module beside this one with a function `pairs`; NAME is the module's.
Exits with 1 when a promised ratio is exceeded.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from tests.bench.paired import Pair, compared

NAMES = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if path.stem not in ("__init__", "__main__", "paired")
)


def main(names: list[str]) -> int:
    """Run the named comparisons, or all."""
    if unknown := sorted(set(names) - set(NAMES)):
        print(f"no bench {unknown[0]!r}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    print(f"{'':28} {'ours':>12} {'beside':>12}  ratio")
    kept = True
    for name in names or NAMES:
        pairs: Iterable[Pair] = import_module(f"tests.bench.{name}").pairs()
        for pair in pairs:
            outcome = compared(pair)
            print(outcome, flush=True)
            kept = kept and outcome.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
