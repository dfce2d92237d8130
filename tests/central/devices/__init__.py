"""Tests of the library's end."""
