"""One row of a Trainings report -> a certification held, a rejected row, or the reason why it earns nothing."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal

from bot.intake.findings import Note, Rejected, shortened
from bot.intake.people import Held, Holder, full_name
from bot.intake.report_dates import NEVER, Order, WrongDayError, read_day
from bot.intake.tables import Row, Table, plain
from bot.intake.training_columns import TrainingColumns
from scoring.certifications import Certifications
from scoring.facts import Origin

IgnoredReason = Literal["exam", "other_training", "counts_nowhere", "inactive"]
TrainingType = Literal["certification", "exam", "other", "not_given"]

_NOTHING = {"", "-", "--", "0", "n/a", "na", "null", "none", "unknown", "not available"}
_ROUNDED = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)
_CODE_LIKE = re.compile(r"[a-z]{2}[\s-]?[0-9oil]{3}", re.IGNORECASE)
_CODE_AT_END = re.compile(r"[(（\[][a-z]{2}-?\d{3}[)）\]]$", re.IGNORECASE)
_CERTIFICATION_PREFIX = re.compile(
    r"(microsoft|github)\b[\w\s]{0,20}\bcertified\b|certification\s*[:：]", re.IGNORECASE
)
_EXAM_PREFIX = re.compile(r"(exam\b|試験)", re.IGNORECASE)
# The values of ActivationStatus are not documented; what is in none of these sets is said in a note.
_ACTIVE = {
    "",
    "active",
    "activated",
    "valid",
    "current",
    "earned",
    "passed",
    "complete",
    "completed",
    "有効",
    "yes",
    "true",
    "1",
}
_OVER = {"inactive", "notactive", "expired", "lapsed", "無効", "期限切れ", "失効", "no", "false", "0"}
_WITHDRAWN = {"revoked", "withdrawn", "cancelled", "canceled", "suspended", "deactivated", "invalid", "取消"}
_LABELS = {"completed": "completion date", "expires": "expiry"}


class TrainingRows:
    """Reads the rows of one table; remembers titles that it has seen, and what is worth a note."""

    def __init__(self, table: Table, columns: TrainingColumns, certifications: Certifications, order: Order) -> None:
        self.table = table
        self.columns = columns
        self.certifications = certifications
        self.order = order
        self.keys: dict[str, str | None] = {}
        self.near: dict[str, tuple[str, ...]] = {}
        self.unclear_statuses: Counter[str] = Counter()
        self.over_with_expiry = 0
        self.rounded_mcpids: set[str] = set()
        self.holders: dict[tuple[str, ...], Holder] = {}

    def read(self, row: Row) -> Held | Rejected | IgnoredReason:
        """What a row says."""
        title = self._cell(row, self.columns.title)
        key = self._key(title)
        kind = _training_type(self._cell(row, self.columns.type))
        ignored = self._reason_to_ignore(title, key, kind)
        if ignored:
            return ignored
        if key is None:
            return self._unknown(row, title)
        holder = self._holder(row)
        if not holder.is_known:
            return self._nobody(row)
        earned, expires = self._day(row, "completed"), self._day(row, "expires")
        if isinstance(earned, Rejected):
            return earned
        if isinstance(expires, Rejected):
            return expires
        return self._held(row, holder, key, earned, expires)

    def notes(self) -> Iterable[Note]:
        """What is worth saying about the rows read so far."""
        if self.unclear_statuses:
            statuses = tuple(sorted(shortened(status) for status in self.unclear_statuses))
            message = f"rows with these values of ActivationStatus were taken: {', '.join(statuses)}"
            yield Note("unclear_status", message, {"statuses": statuses})
        if self.over_with_expiry:
            count = self.over_with_expiry
            message = f"{count} rows are marked as not active: their dates decide until when they count"
            yield Note("inactive_with_expiry", message, {"rows": count})
        if self.rounded_mcpids:
            ids = tuple(sorted(self.rounded_mcpids))
            message = f"a spreadsheet rounded MCPIDs ({', '.join(ids[:3])}): not used; send the report as downloaded"
            yield Note("rounded_mcpid", message, {"mcpids": ids})

    def _cell(self, row: Row, index: int | None) -> str:
        return "" if index is None else row.cells[index]

    def _key(self, title: str) -> str | None:
        if title not in self.keys:
            find = self.certifications.find
            self.keys[title] = find(title) or find(_CODE_AT_END.sub("", title)) if title else None
        return self.keys[title]

    def _reason_to_ignore(self, title: str, key: str | None, kind: TrainingType) -> IgnoredReason | None:
        """Why the row earns nothing, if so; an assessment counts whatever its type."""
        if key is not None and self.certifications[key].level == "assessment":
            return None if self.certifications[key].counts else "counts_nowhere"
        if kind == "exam" or (kind == "not_given" and self._is_exam(title)):
            return "exam"
        if kind == "other":
            return "other_training"
        if kind == "not_given" and title and key is None and not _looks_like_certification(title):
            return "other_training"
        return "counts_nowhere" if key is not None and not self.certifications[key].counts else None

    def _is_exam(self, title: str) -> bool:
        return bool(_EXAM_PREFIX.match(title)) or self.certifications.half_of(title) is not None

    def _unknown(self, row: Row, title: str) -> Rejected:
        column = self._header(self.columns.title)
        if not title:
            return Rejected(row.line, column, "", "no_title", "the title is empty", field="title")
        value = shortened(title)
        half = self.certifications.half_of(title)
        if half:
            name = self.certifications[half].name
            message = f'"{value}" is only one of the exams of {name}: the certification itself is needed'
            return Rejected(row.line, column, value, "half_certification", message, (half,), "title")
        if title not in self.near:
            self.near[title] = self.certifications.suggest(title[:200])
        near = self.near[title]
        message = f'certification "{value}" is not in the list of certifications that count'
        hint = f" ({' or '.join(near)}?)" if near else "; nothing to do unless you expected it to count"
        return Rejected(row.line, column, value, "unknown_certification", message + hint, near, "title")

    def _holder(self, row: Row) -> Holder:
        columns = self.columns
        indexes = (
            columns.mcpid,
            columns.work_address,
            columns.address,
            columns.account,
            columns.first_name,
            columns.last_name,
            columns.name,
        )
        cells = tuple(self._cell(row, index) for index in indexes)
        if cells not in self.holders:
            self.holders[cells] = self._new_holder(*cells)
        return self.holders[cells]

    def _new_holder(self, mcpid: str, work_address: str, *cells: str) -> Holder:
        address, account, first, last, name = (_given(cell) for cell in cells)
        return Holder(
            mcpid=self._mcpid(mcpid),
            work_address=_given(work_address).casefold(),
            other_accounts=tuple(other.casefold() for other in (address, account) if other),
            name=full_name(first, last) or " ".join(name.split()),
        )

    def _mcpid(self, words: str) -> str:
        """The id as Microsoft writes it, without what spreadsheets make of it: '0123, ="0123", 123.0."""
        if _ROUNDED.fullmatch(words):
            self.rounded_mcpids.add(words)
            return ""
        given = plain(_given(words).removesuffix(".0"))
        return given.lstrip("0") if given.isdigit() else given

    def _nobody(self, row: Row) -> Rejected:
        accounts, names = self.columns.accounts, self.columns.names
        message = "MCPID, address and name are empty" if accounts else "name is empty"
        column = self._header((*names, *accounts)[0])
        return Rejected(row.line, column, "", "no_person", message, field="person")

    def _day(self, row: Row, field: Literal["completed", "expires"]) -> date | Rejected | None:
        index = self.columns.completed if field == "completed" else self.columns.expires
        words = self._cell(row, index)
        try:
            day = read_day(words, self.order)
        except WrongDayError as error:
            return self._wrong_day(row, field, error.kind, error.reason)
        if day == NEVER and field == "completed":
            return self._wrong_day(row, field, "impossible_date", "is too far away")
        return day

    def _wrong_day(self, row: Row, field: Literal["completed", "expires"], kind: str, reason: str) -> Rejected:
        index = self.columns.completed if field == "completed" else self.columns.expires
        value = shortened(self._cell(row, index))
        message = f'{_LABELS[field]} "{value}" {reason}'
        return Rejected(row.line, self._header(index), value, kind, message, field=field)

    def _held(
        self, row: Row, holder: Holder, key: str, earned: date | None, expires: date | None
    ) -> Held | Rejected | IgnoredReason:
        without_end = expires == NEVER or (expires is None and not self.certifications[key].lapses)
        status = _status(self._cell(row, self.columns.status))
        if status in _WITHDRAWN or (status in _OVER and (without_end or expires is None)):
            return "inactive"
        if earned and expires and expires < earned:
            reason = f"is before the completion date {earned}"
            return self._wrong_day(row, "expires", "expires_before_completion", reason)
        if status in _OVER:
            self.over_with_expiry += 1
        elif status not in _ACTIVE:
            self.unclear_statuses[self._cell(row, self.columns.status)] += 1
        origin = Origin(source=self.table.name, line=row.line)
        return Held(holder, key, earned, None if without_end else expires, without_end, origin)

    def _header(self, index: int | None) -> str:
        return "" if index is None else shortened(self.table.headers[index])


@lru_cache(maxsize=1024)
def _status(words: str) -> str:
    return plain(words)


@lru_cache(maxsize=1024)
def _training_type(words: str) -> TrainingType:
    kind = plain(words)
    if kind in ("", "null", "na"):
        return "not_given"
    if "exam" in kind or "試験" in kind:
        return "exam"
    return "certification" if "certif" in kind or "認定" in kind or "資格" in kind else "other"


def _looks_like_certification(title: str) -> bool:
    return bool(_CODE_LIKE.fullmatch(title) or _CERTIFICATION_PREFIX.match(title))


def _given(words: str) -> str:
    """A cell, or nothing where it says in words that there is nothing."""
    return "" if words.casefold() in _NOTHING else words
