"""A connection to PostgreSQL that knows from its first moment which library may be seen."""

from django.db.backends.postgresql import base, features

from kiosk.central import databases, tenancy


class DatabaseFeatures(features.DatabaseFeatures):
    """Django's own, of the versions we are tried with."""

    minimum_database_version = (databases.OLDEST_POSTGRESQL,)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own; a new connection, also one after a breakdown, is told the present scope."""

    features_class = DatabaseFeatures

    def init_connection_state(self) -> None:
        """Set up a new connection."""
        super().init_connection_state()
        tenancy.tell(self)
