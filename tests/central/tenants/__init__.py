"""Accounts: who gets in, and what the record says."""
