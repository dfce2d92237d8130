"""Tests of the commands at the branch."""
