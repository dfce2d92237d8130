"""Seats of workshops: who has one, who waits, and what kiosks may give by themselves."""
