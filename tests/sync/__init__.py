"""Tests of the exchange with central."""
