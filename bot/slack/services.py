"""Everything that listeners need, made once at the start; the only thing handed to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.company_facts import company_facts
from bot.sample import sample_facts
from bot.settings import Settings
from bot.slack.reader import Readers
from bot.slack.score_answers import ScoreAnswers
from bot.store.worker import StoreWorker
from bot.wording.words import Words, load_words
from scoring import Rulebook, load_rulebook


@dataclass(frozen=True)
class Services:
    """What one running app has. `now` is the moment, aware; `today` the day in the time zone of the settings."""

    settings: Settings
    rulebook: Rulebook
    words: Words
    worker: StoreWorker
    answers: ScoreAnswers
    readers: Readers
    now: Callable[[], datetime]

    def today(self) -> date:
        """The day on which a question is asked."""
        return self.now().astimezone(self.settings.time_zone).date()

    async def close(self) -> None:
        """Let go of the database."""
        await self.worker.close()


def moment() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


async def open_worker(settings: Settings, rulebook: Rulebook) -> StoreWorker:
    """Open the database; what its usage reports tell is among the facts.

    Raises: StoreError.
    """
    return await StoreWorker.open(
        settings.seventy_database, read_facts=lambda store, workspace: company_facts(store, rulebook, workspace)
    )


async def open_services(settings: Settings, *, now: Callable[[], datetime] = moment) -> Services:
    """Read the rules and words, and open the database.

    Raises: DataFileError for a wrong data file, StoreError for a database that cannot be opened.
    """
    rulebook, words = load_rulebook(), load_words()
    worker = await open_worker(settings, rulebook)
    return Services(
        settings=settings,
        rulebook=rulebook,
        words=words,
        worker=worker,
        answers=ScoreAnswers(rulebook, words, sample_facts(rulebook), takes_files=settings.takes_files),
        readers=Readers(worker, settings.seventy_language),
        now=now,
    )
