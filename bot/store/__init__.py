"""What Seventy remembers of each company: the public names of the storage part."""

from bot.store.errors import NothingToUndoError, StoreError
from bot.store.records import ImportedFile, ImportKind, ImportRecord, NewImport
from bot.store.sqlite import SqliteStore
from bot.store.store import LOCAL, Store
from bot.store.worker import StoreWorker

__all__ = [
    "LOCAL",
    "ImportKind",
    "ImportRecord",
    "ImportedFile",
    "NewImport",
    "NothingToUndoError",
    "SqliteStore",
    "Store",
    "StoreError",
    "StoreWorker",
]
