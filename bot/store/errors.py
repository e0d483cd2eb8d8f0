"""What can go wrong in storage, each with what happened, where, and what to do."""


class StoreError(Exception):
    """The database cannot be used as asked. `values`: path, reason (one word: `locked`, `damaged`, ...).

    `kind` names the error for programs; `values` are the words of the sentence, so that another language can
    say the same.
    """

    kind = "store_error"

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class NothingToUndoError(StoreError):
    """No such import can be undone. `values`: workspace, import_id, reason (`none`, `unknown`, `undone`)."""

    kind = "nothing_to_undo"
