"""The laws at length: `python -m tests.laws_at_length [TEMPLATE...] [--records N]`.

Without names it takes the shipped templates, then the awkward ones of the tests. A
failure says how to try exactly that record again. POSTMORTEM_PRETTIER names a prettier.
Formatters are slow: mdformat respells every tenth record, prettier every twentieth.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests import once
from tests.laws import NAMES, PRESETS
from tests.laws_at_length.trying import MDFORMAT, PRETTIER, Case, Tally
from tests.statements import LAWS

STEP = 500
"""Records between two lines that say how far it is."""


def main(arguments: Sequence[str]) -> int:
    """Try every law with every template; 0 when all of them held."""
    asked = _parser().parse_args(arguments)
    gc.set_threshold(100_000)  # records hold no cycles, and there are many
    names = asked.template or [*PRESETS, *(n for n in NAMES if n not in PRESETS)]
    print(
        f"mdformat respells every {_th(asked.every)} record, "
        f"prettier every {_th(2 * asked.every)}"
    )
    trial = partial(_tried, asked)
    if asked.jobs > 1:
        with ProcessPoolExecutor(asked.jobs) as several:
            failed = sum(several.map(trial, names))
    else:
        failed = sum(map(trial, names))
    print("every law held" if not failed else f"{failed} failures")
    return 1 if failed else 0


def _tried(asked: argparse.Namespace, name: str) -> int:
    """Try the laws with one template; return how many times one failed."""
    once.share()
    logging.disable()  # markdown-it asks for each rule whether to tell of it
    prettier = shutil.which(os.environ.get("POSTMORTEM_PRETTIER", ""))
    tally = Tally(prettier, asked.every)
    start = time.process_time()
    numbers = [asked.only] if asked.only is not None else range(asked.records)
    for done, number in enumerate(numbers, 1):
        for said in tally.add(Case(asked.seed, name, number), tuple(asked.law)):
            print(said, flush=True)
        if done % STEP == 0 or done == len(numbers):
            for said in tally.batch():
                print(said, flush=True)
            spent = time.process_time() - start
            each = f"{1000 * spent / done:.0f} ms each"
            print(f"{name}: {done} records, {each}", flush=True)
    return _summed_up(name, tally)


def _th(number: int) -> str:
    return "" if number == 1 else f"{number}th"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.laws_at_length")
    parser.add_argument("template", nargs="*", metavar="TEMPLATE", help="these alone")
    parser.add_argument("--records", type=int, default=10_000, help="for each template")
    parser.add_argument("--seed", type=int, default=0, help="another makes others")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="that record alone")
    parser.add_argument(
        "--law", action="append", default=[], choices=(*LAWS, MDFORMAT, PRETTIER)
    )
    parser.add_argument("--jobs", type=int, default=1, help="templates at a time")
    parser.add_argument(
        "--every",
        type=int,
        default=10,
        help="mdformat respells each so-many-th, prettier half as many",
    )
    return parser


def _summed_up(name: str, tally: Tally) -> int:
    """Print what became of each law; return how many times one failed."""
    lines = [f"== {name}"]
    for law in (*LAWS, MDFORMAT, PRETTIER):
        said = [
            f"{count} {what}"
            for (which, what), count in sorted(tally.counts.items())
            if which == law
        ]
        if said:
            lines.append(f"  {law:16} {', '.join(sorted(said, key=_failed_last))}")
        for (which, place), count in tally.places.most_common():
            if which == law:
                lines.append(f"    {count} x {place}")
    print("\n".join(lines), flush=True)
    return sum(n for (_, what), n in tally.counts.items() if what == "FAILED")


def _failed_last(said: str) -> tuple[bool, str]:
    return said.endswith("FAILED"), said


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
