"""The Azure usage report by Seventy: recognised, every cell checked, stored with its lines in a new database, scored.

As a program (`python -m benchmarks.azure_seventy FILE`) it does so once and prints JSON: the time and memory it took.
"""

import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.azure_metrics import AzureMetrics
from benchmarks.exports import DAY
from benchmarks.timing import peak_mib, timed
from bot.company_facts import company_facts
from bot.import_plan import applied, planned
from bot.intake.importing import read_files
from bot.intake.source_files import source_files
from bot.store.sqlite import SqliteStore
from scoring import Rulebook, load_rulebook, score
from scoring.facts import WHOLE, Facts
from scoring.scorecard import Scorecard

AREAS = ("infrastructure", "data_and_ai", "digital_and_app_innovation")
WORKSPACE = "T0BENCH"
_NOW = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)


def import_into(store: SqliteStore, rulebook: Rulebook, path: Path) -> None:
    """Import a file or folder, as `seventy import` does it."""
    files = read_files(source_files([path]), rulebook, as_of=DAY)
    plan = planned(store, rulebook, files, workspace=WORKSPACE, as_of=DAY, today=DAY, made_by="benchmark")
    applied(store, rulebook, plan, now=_NOW)


def by_seventy(path: Path, rulebook: Rulebook) -> AzureMetrics:
    """The metrics as the scorecards of the Azure areas have them, from a database that is made for this."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "seventy.db")
        import_into(store, rulebook, path)
        facts = company_facts(store, rulebook, WORKSPACE)
        cards = [score(rulebook, facts, area, DAY) for area in AREAS]
        store.close()
    return _metrics(cards[0])


def _metrics(card: Scorecard) -> AzureMetrics:
    adds, growth, used = (
        card.chosen.metric(name).inputs[WHOLE] for name in ("net_customer_adds", "usage_growth", "deployments")
    )
    return AzureMetrics(
        customers=(int(adds.now or 0), int(adds.year_ago or 0)),
        acr=(float(growth.now or 0), float(growth.year_ago or 0)),
        services=int(used.count or 0),
    )


def main() -> None:
    """Import the file named and say what it took."""
    rulebook = load_rulebook()
    for area in AREAS:
        score(rulebook, Facts(), area, DAY)  # what is worked out once for every program is not the import's
    _, took = timed(lambda: by_seventy(Path(sys.argv[1]), rulebook))
    print(json.dumps({"wall": took.wall, "cpu": took.cpu, "peak_mib": peak_mib()}))


if __name__ == "__main__":
    main()
