"""What is handed to the store in one import, and what it remembers of every import."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import AwareDatetime, Field, field_validator

from scoring.facts import Figure, HeldCertification, Membership, TrackInputs
from scoring.sources import Frozen

if TYPE_CHECKING:
    from scoring.usage import UsageRows
else:  # its numpy would slow every start of the command line; `NewImport` checks the real type
    UsageRows = object

ImportKind = Literal["trainings", "figures", "form", "usage", "several"]


class ImportedFile(Frozen):
    """A file that an import was read from. Units: `size` in bytes."""

    name: str
    sha256: str
    size: int = Field(ge=0)


class NewImport(Frozen):
    """One import, complete: it is stored wholly or not at all.

    `certifications` is None where the import says nothing of people, and empty where it says that nobody
    holds one. With `adds` its people come on top of those known; without, they are everybody. The origins of
    the facts, and `usage`, need no `import_id`: the store sets it. `company` is the name that the files give.
    """

    kind: ImportKind
    files: tuple[ImportedFile, ...] = ()
    certifications: tuple[HeldCertification, ...] | None = None
    figures: tuple[Figure, ...] = ()
    track_inputs: tuple[TrackInputs, ...] = ()
    membership: Membership | None = None
    usage: tuple[UsageRows, ...] = Field(default=(), repr=False)
    company: str | None = None
    as_of: date | None = None
    made_by: str
    adds: bool = False

    @field_validator("usage")
    @classmethod
    def _holds_rows(cls, usage: tuple[object, ...]) -> tuple[object, ...]:
        if usage:
            from scoring.usage import UsageRows

            if not all(isinstance(rows, UsageRows) for rows in usage):
                raise ValueError("must be UsageRows")
        return usage


class ImportRecord(Frozen):
    """What is remembered of an import for good, also after it was undone. Moments are in UTC.

    `id` counts from 1 in each workspace; a higher one is newer. Units: `people` are different people,
    `certifications` and `figures` are lines, `usage_rows` are rows of usage. `datasets` are in alphabetical order;
    `months` are the first days of the first and the last month of usage, None without usage.
    """

    id: int
    workspace: str
    kind: ImportKind
    files: tuple[ImportedFile, ...]
    as_of: date | None
    made_at: AwareDatetime
    made_by: str
    adds: bool
    undone_at: AwareDatetime | None
    undone_by: str | None
    people: int
    certifications: int
    figures: int
    usage_rows: int
    datasets: tuple[str, ...]
    months: tuple[date, date] | None

    @property
    def is_undone(self) -> bool:
        """Whether the import no longer counts."""
        return self.undone_at is not None
