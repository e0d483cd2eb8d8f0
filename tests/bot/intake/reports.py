"""Trainings reports as tests write them, and what a test asks of one that was read."""

from collections.abc import Callable

from bot.intake.trainings import TrainingsReport

SHORT = (
    "TrainingTitle,TrainingType,MCPID,CorpEmail,Email,IndividualFirstName,IndividualLastName,"
    "TrainingCompletionDate,ExpirationDate\n"
)
Read = Callable[..., TrainingsReport]


def rows(*lines: str) -> str:
    """A report of these rows under the short header."""
    return SHORT + "\n".join(lines)


def ignored(report: TrainingsReport) -> dict[str, int]:
    """How many rows were ignored for each reason."""
    return {one.reason: one.rows for one in report.ignored}


def held(report: TrainingsReport) -> list[tuple[str, str]]:
    """Who holds which certification."""
    return [(one.person, one.certification) for one in report.taken]
