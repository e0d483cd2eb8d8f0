"""`make benchmark`: every benchmark in turn; exit code 1 when a goal is missed."""

import sys

from benchmarks import score_command

if __name__ == "__main__":
    sys.exit(0 if score_command.main() else 1)
