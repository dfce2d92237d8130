"""The figures: how the kiosks are used."""
