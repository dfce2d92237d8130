"""What central stands on: its settings, its databases, and what knows nothing of a library."""
