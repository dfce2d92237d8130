"""Drivers: a test says what people do, these do it."""
