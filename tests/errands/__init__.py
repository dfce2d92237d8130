"""Tests of the declarations of errands."""
