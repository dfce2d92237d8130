"""Sticks: an exchange carried by hand."""
