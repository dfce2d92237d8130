"""TinyDB as its friends know it, on a storage that touches only the documents it is asked for."""

from collections.abc import Callable, Iterable, Mapping
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

    def update(
        self,
        fields: Any,
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Update documents, as TinyDB does; return the numbers of those there were."""
        by_number = doc_ids is not None and isinstance(fields, Mapping)
        if by_number and isinstance(self._storage, DurableStorage):
            part = dict(fields)
            return self.update_each(dict.fromkeys(doc_ids or (), part))
        return super().update(fields, cond, doc_ids)

    def update_each(self, parts: Mapping[int, Mapping[str, Any]]) -> list[int]:
        """Set of each document, by its number, fields of its own; return the numbers there were.

        Documents that get the same object share it until it is saved.
        """
        updated: list[int] = []

        def updater(table: Any) -> None:
            for number, part in parts.items():
                try:
                    table.put_part(number, part)
                except KeyError:
                    continue
                updated.append(number)

        self._update_table(updater)
        return updated

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

    def table(self, name: str, **how: Any) -> DurableTable:
        """Return a table, made where there is none."""
        table: DurableTable = super().table(name, **how)  # type: ignore[assignment]
        return table

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
