"""The generations of the database, and the backups that were made of it."""
