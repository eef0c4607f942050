"""`python -m postmortem`, for where the command is not on the path."""

from __future__ import annotations

import sys

from postmortem.cli import main

if __name__ == "__main__":
    sys.exit(main())
