"""Widgets: the pieces that the visitor's screens are made of."""
