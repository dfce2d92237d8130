"""Row-level security: PostgreSQL itself shows each library its own rows, and no others.

Every table with a column `tenant_id` is protected by `hold`, which `kiosk central init` calls after
each migration, so that no new table can be forgotten; a table without that column that hangs off
another one gets a line in `THROUGH`. What is neither is of the whole installation: logins,
sessions, wrong guesses.
"""

from collections.abc import Mapping

from django.db import connection, transaction

THROUGH: Mapping[str, tuple[str, str]] = {
    "branches_boot": ("device_id", "branches_device"),
    "inbox_step": ("submission_id", "inbox_submission"),
    "inbox_addition": ("submission_id", "inbox_submission"),
    "inbox_correction": ("submission_id", "inbox_submission"),
    "inbox_answer": ("submission_id", "inbox_submission"),
}
"""Tables whose rows belong to whom a row of another table belongs: by which column, to which."""

MEMBERS: Mapping[str, tuple[str, str]] = {
    "accounts_staff": ("accounts_membership", "staff_id"),
}
"""Tables whose rows belong to each library that a row of another table binds them to: to which
table, by which of its columns. Seen by all, they are also made before they are bound."""

_LIBRARIES = "branches_tenant"
_PRESENT = "(SELECT current_setting('kiosk.tenant', true))"
"""Asked once a statement rather than once a row."""
_OWN = "({column} = {present} OR {present} = '*')"
_NAME = "library"
_TABLES = """
SELECT c.relname,
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id'
               AND NOT a.attisdropped),
       c.relrowsecurity AND c.relforcerowsecurity
       AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = %s)
FROM pg_class c
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
ORDER BY c.relname
"""


@transaction.atomic
def hold() -> list[str]:
    """Protect every table that is not protected yet, and return their names; safe to repeat."""
    missing = unprotected()
    for table in missing:
        protect(table)
    return missing


def protect(table: str) -> None:
    """Show rows of *table* to their own library only, to its owner's role too.

    For a table made while central runs, such as a partition; `hold` finds all others by itself.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        cursor.execute(f'DROP POLICY IF EXISTS "{_NAME}" ON "{table}"')
        cursor.execute(f'CREATE POLICY "{_NAME}" ON "{table}" USING {_rule(table)}')


def unprotected() -> list[str]:
    """Name the tables of libraries that show every row to everybody."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TABLES, [_NAME])
        tables = cursor.fetchall()
    named = {_LIBRARIES, *THROUGH, *MEMBERS}
    return [
        table for table, of_tenant, held in tables if (of_tenant or table in named) and not held
    ]


def _rule(table: str) -> str:
    """Return the condition that a row must meet to be seen or written."""
    if table in THROUGH:
        column, other = THROUGH[table]
        return f'(EXISTS (SELECT FROM "{other}" o WHERE o.id = "{table}".{column}))'
    if table in MEMBERS:
        other, column = MEMBERS[table]
        bound = f'EXISTS (SELECT FROM "{other}" o WHERE o.{column} = "{table}".id)'
        return f"({_PRESENT} = '*' OR {bound})"
    column = "key" if table == _LIBRARIES else "tenant_id"
    return _OWN.format(column=column, present=_PRESENT)
