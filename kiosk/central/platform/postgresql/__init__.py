"""Django's way to PostgreSQL, with the present library told to every connection."""
