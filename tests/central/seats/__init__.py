"""Tests of seats at central."""
