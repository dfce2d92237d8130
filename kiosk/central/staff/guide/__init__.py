"""The guide: contacts that a branch adds."""
