"""The rules; standard library only, and nothing here reads a clock, a disk or a network."""
