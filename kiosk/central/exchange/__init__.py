"""What kiosks bring and are told: taken in raw, then understood; every endpoint of theirs."""
