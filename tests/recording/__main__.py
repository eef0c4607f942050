"""`python -m tests.recording` plays the scenario and writes what was shown.

It takes about a minute: somebody types.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.recording.drawing import Drawing
from tests.recording.playing import played
from tests.recording.scenario import STEPS

RECORDING = Path(__file__).resolve().parents[2] / "samples" / "wizard.svg"


def main() -> None:
    """Record, draw, write, and say how large it is."""
    with tempfile.TemporaryDirectory(prefix="postmortem-recording-") as folder:
        frames = list(played(STEPS, Path(folder)))
    text = Drawing(frames).svg()
    RECORDING.write_text(text, encoding="utf-8", newline="\n")
    size = len(text.encode()) / 1024
    print(f"{RECORDING}: {frames[-1].at:.0f} s, {size:.0f} KiB")


if __name__ == "__main__":
    main()
