"""Tests of the boards at central."""
