"""Tests of the ledger and what lies beside it."""
