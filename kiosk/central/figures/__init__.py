"""How much the kiosks are used: anonymous counts per hour."""
