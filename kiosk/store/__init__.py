"""The ledger: the branch's local TinyDB file, and everything asked of it."""
