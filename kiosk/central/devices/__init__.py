"""The kiosks: their keys, their clocks, and how each of them is."""
