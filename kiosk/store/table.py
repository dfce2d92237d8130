"""TinyDB as its friends know it, on a storage that touches only the documents it is asked for."""

from collections.abc import Callable
from typing import Any

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from kiosk.store.copies import Copies
from kiosk.store.plain import copied
from kiosk.store.storage import DurableStorage


class DurableTable(Table):
    """A table whose cost does not grow with it, but for searches."""

    def search(self, cond: QueryLike) -> list[Document]:
        """Search for all documents matching *cond*; the caller may change what it gets."""
        return [self.document_class(copied(row), row.doc_id) for row in super().search(cond)]

    def _read_table(self) -> Any:
        if isinstance(self._storage, DurableStorage):
            return Copies(self._storage.rows(self.name))
        return super()._read_table()

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        if isinstance(self._storage, DurableStorage):
            self._storage.change(self.name, updater)
            self.clear_cache()
        else:
            super()._update_table(updater)

    def _get_next_id(self) -> Any:
        # TinyDB looks through all documents for the highest number, once after every opening
        if self._next_id is None and isinstance(self._storage, DurableStorage):
            self._next_id = self._storage.rows(self.name).highest + 1  # type: ignore[assignment]
        return super()._get_next_id()  # type: ignore[no-untyped-call]


class DurableTinyDB(TinyDB):
    """A TinyDB whose every change is durable when the call returns."""

    table_class = DurableTable
    default_storage_class = DurableStorage  # type: ignore[assignment]

    def tables(self) -> set[str]:
        """Return the names of all tables."""
        if isinstance(self.storage, DurableStorage):
            return self.storage.tables()
        return super().tables()

    def drop_table(self, name: str) -> None:
        """Take a table away with everything in it."""
        if not isinstance(self.storage, DurableStorage):
            super().drop_table(name)
            return
        self._tables.pop(name, None)
        if name in self.storage.tables():
            self.storage.drop(name)
