"""Backups that prove themselves, restores that lose nothing, and the mark that tells of others'."""
