"""What visitors have handed in, and what the library answered."""
