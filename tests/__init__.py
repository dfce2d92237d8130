"""Tests mirror the code; house, stories, bench and faults stand beside."""
