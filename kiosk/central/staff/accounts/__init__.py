"""Logging in and out, and what a browser is told where nothing else fits."""
