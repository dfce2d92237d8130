"""Tests of the handbook in the browser."""
