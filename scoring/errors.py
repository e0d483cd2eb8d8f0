"""What can go wrong in scoring, each with what happened, where, and what to do."""


class DataFileError(Exception):
    """A data file of Seventy is wrong: `file:line: what is wrong; what to do`. For maintainers, at start-up only."""


class ScoringError(Exception):
    """A score cannot be given. The text is shown to the user.

    `kind` names the error for programs; `where` says which file, line or word it is about;
    `values` are the words of the sentence, so that another language can say the same.
    """

    kind = "scoring_error"

    def __init__(self, message: str, *, where: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.values = values


class UnknownSolutionAreaError(ScoringError):
    """There is no such solution area. `values`: given, suggestions (area ids, nearest first)."""

    kind = "unknown_solution_area"


class NoEditionError(ScoringError):
    """No rules are known for the day asked. `values`: area, on, first (the first day with rules)."""

    kind = "no_edition"


class ThresholdsNotPublishedError(ScoringError):
    """Only the weights of an edition are known, not its thresholds. `values`: area, on, edition, first."""

    kind = "thresholds_not_published"


class NoTrackError(ScoringError):
    """The area has no such track on the day asked. `values`: area, on, edition, track, tracks."""

    kind = "no_track"


class UnneededFactError(ScoringError):
    """A fact was given that no rule of the area needs on that day. `values`: area, fact, needed."""

    kind = "unneeded_fact"


class WrongFactError(ScoringError):
    """A fact contradicts itself or has no meaning. `values`: fact, value, reason."""

    kind = "wrong_fact"


class UnknownCertificationError(ScoringError):
    """A certification is in no list of any edition. `values`: given, suggestions (names)."""

    kind = "unknown_certification"
