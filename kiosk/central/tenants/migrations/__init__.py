"""Tables of accounts, version by version."""
