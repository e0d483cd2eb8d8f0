"""What makes a whole file unreadable, each with what it is, where, and what to do."""


class IntakeError(Exception):
    """A file cannot be read at all. The text is shown to the user.

    `kind` names the error for programs; `where` is the file, with the line where there is one; `values` are the
    words of the sentence, so that another language can say the same.
    """

    kind = "intake_error"

    def __init__(self, message: str, *, where: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.values = values


class EmptyFileError(IntakeError):
    """There is nothing in the file."""

    kind = "empty_file"


class NotATextFileError(IntakeError):
    """The file is of another format. `values`: looks_like (`xlsx`, `xls`, `zip`, `gzip`, `pdf`, `html`, `xml`)."""

    kind = "not_a_text_file"


class NulBytesError(IntakeError):
    """There are NUL bytes in a file that is not UTF-16. `values`: line."""

    kind = "nul_bytes"


class UnknownEncodingError(IntakeError):
    """The bytes are neither UTF-8, UTF-16 nor CP932. `values`: line, tried."""

    kind = "unknown_encoding"


class NoHeaderError(IntakeError):
    """The first line does not name columns. `values`: line, first (its first cell)."""

    kind = "no_header"


class RepeatedHeaderError(IntakeError):
    """Two columns have one name. `values`: line, header, columns (both, from 1)."""

    kind = "repeated_header"


class UnclosedQuoteError(IntakeError):
    """A quotation mark is opened and never closed. `values`: line."""

    kind = "unclosed_quote"


class CellTooLongError(IntakeError):
    """A cell is longer than any cell of a report. `values`: line, characters (the limit)."""

    kind = "cell_too_long"


class MissingColumnError(IntakeError):
    """A column without which the report says nothing. `values`: missing, columns (names that would do), found."""

    kind = "missing_column"


class RowTooLongError(IntakeError):
    """A row is longer than any row of a report. `values`: line, characters (the limit)."""

    kind = "row_too_long"


class TooManyColumnsError(IntakeError):
    """A line has more columns than any report. `values`: line, limit."""

    kind = "too_many_columns"


class TooManyMisfitsError(IntakeError):
    """So many rows do not fit the headers that the headers are wrong. `values`: line (of the first), limit."""

    kind = "too_many_misfits"


class TooLargeError(IntakeError):
    """There is more in the file than can be read. `values`: limit (bytes)."""

    kind = "too_large"


class TooManyMembersError(IntakeError):
    """There are too many files in an archive, or sheets in a workbook. `values`: limit."""

    kind = "too_many_members"


class NestedArchiveError(IntakeError):
    """There is an archive inside an archive."""

    kind = "nested_archive"


class EncryptedFileError(IntakeError):
    """The file needs a password."""

    kind = "encrypted_file"


class DamagedFileError(IntakeError):
    """An archive or workbook cannot be unpacked."""

    kind = "damaged_file"


class FileNotReadableError(IntakeError):
    """There is no file there, or the system does not let it be read. `values`: reason."""

    kind = "file_not_readable"
