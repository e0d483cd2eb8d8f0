"""`make benchmark`: every benchmark in turn; exit code 1 when a goal is missed.

`python -m benchmarks NAME ...` runs those named; with `--quick`, on smaller files in fewer rounds, for small machines.
"""

import argparse
import sys
from importlib import import_module

NAMES = ("score_command", "scorecards", "azure_import")


def main() -> int:
    """Run the benchmarks asked for; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(NAMES)}; default: all")
    parser.add_argument("--quick", action="store_true", help="smaller files, fewer rounds")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in NAMES]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; there are {', '.join(NAMES)}")
    found = []
    for name in asked.names or NAMES:
        print(f"== {name}")
        benchmark = import_module(f"benchmarks.{name}")  # one at a time: what one loads slows the others down
        found.append(benchmark.main(quick=asked.quick))
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main())
