"""`python -m tests.checks.judged` prints precision and recall on the judged sets."""

from __future__ import annotations

from tests.checks.judged import SETS
from tests.checks.judged.measuring import measured


def main() -> None:
    """Print the figures, and every sentence on which rules and reviewer differ."""
    for name in SETS:
        found = measured(name)
        print(
            f"{name}: precision {found.precision:.2f}, recall {found.recall:.2f}, "
            f"{len(found.astray)} marked for another reason"
        )
        for it, codes in found.alarms:
            print(f"  false alarm  {', '.join(sorted(codes))}: {it.text}")
        for it in found.missed:
            print(f"  missed       {it.label}: {it.text}")
        for it, codes in found.astray:
            print(f"  astray       {it.label}, {', '.join(sorted(codes))}: {it.text}")


if __name__ == "__main__":
    main()
